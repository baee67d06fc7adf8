//! Values: what type they are of, how large they are, which form their text has.

use super::{Conform, Place};
use crate::argo::facts::{Bounds, FieldFacts, Type, Version};
use crate::argo::value_forms::{FULL_CRDS, Form, is_quantity};
use crate::diagnostics::Diagnostic;
use crate::rules::{ap310_name, ap402_argo_type, ap405_argo_enum, ap412_schedule, ap413_duration};
use crate::source::Span;
use crate::tree::scalar::Resolved;
use crate::tree::{Key, Node, Scalar};

impl Conform<'_> {
    /// Holds a scalar against the type and the facts of its field.
    pub(super) fn scalar(
        &mut self,
        node: &Node,
        scalar: &Scalar,
        ty: &Type,
        field: &FieldFacts,
        place: Place,
    ) {
        let resolved = scalar.resolve();
        if !fits(ty, scalar, resolved, self.version) {
            return self.misfit(node, scalar, ty, field, place);
        }
        let span = place.at(node.span);
        let is_item = matches!(field.ty, Type::List(_) | Type::Map(_));
        // The empty string stands for an absent field, not for an absent item.
        if resolved == Resolved::Str && (is_item || !scalar.text.is_empty()) {
            self.text(&scalar.text, ty, field, span, place);
        } else if let Resolved::Int(number) = resolved {
            self.number(number, ty, field, span, place);
        }
    }

    /// Holds text against the words that its field takes, and against its form.
    fn text(&mut self, text: &str, ty: &Type, field: &FieldFacts, span: Span, place: Place) {
        let words = &field.enum_values;
        if words.is_empty() && field.form.is_none() {
            return;
        }
        let has_tag = text.contains("{{") && !place.is_metadata();
        if !words.is_empty() && !text.is_empty() && !has_tag && !words.contains(&text) {
            self.sink.report(ap405_argo_enum::finding(span, text, field.name, words));
        }
        let Some(form) = field.form else { return };
        if has_tag && form.takes_tags(self.version) {
            return;
        }
        if !form.takes_in(text, self.version) {
            self.sink.report(finding(form, span, text, place.key));
        } else if let (Form::Integer, Ok(number)) = (form, text.parse()) {
            self.number(number, ty, field, span, place);
        }
    }

    fn number(&mut self, number: i128, ty: &Type, field: &FieldFacts, span: Span, place: Place) {
        let width = match ty {
            Type::Int(width) | Type::IntOrString(width) => width.bounds(),
            _ => Bounds::default(),
        };
        let broken = [field.range, width].into_iter().find(|bounds| !bounds.contains(number));
        if let Some(bounds) = broken {
            self.sink.report(ap402_argo_type::out_of_range(span, number, place.key, bounds));
        }
    }

    /// Holds the key of a map against the form that its keys have.
    pub(super) fn key(&mut self, key: &Key, field: &FieldFacts, place: Place) {
        let Some(form) = field.key_form else { return };
        let has_tag = key.text.contains("{{") && !place.is_metadata();
        if !has_tag && !form.takes_in(&key.text, self.version) {
            let span = place.at(key.span);
            self.sink.report(ap310_name::key(span, &key.text, field.name, form.wanted()));
        }
    }

    /// Holds how many items a list has against the field's bounds; `span` is that of its key. What
    /// is too long is so to the CRDs only.
    pub(super) fn count(&mut self, len: usize, field: &FieldFacts, span: Span) {
        let max = field.items.max.filter(|_| self.version >= FULL_CRDS);
        let bounds = Bounds { max, ..field.items };
        if i128::try_from(len).is_ok_and(|len| !bounds.contains(len)) {
            self.sink.report(ap402_argo_type::count(span, len, field.name, bounds));
        }
    }

    /// Reports a scalar of another type.
    fn misfit(
        &mut self,
        node: &Node,
        scalar: &Scalar,
        ty: &Type,
        field: &FieldFacts,
        place: Place,
    ) {
        let (span, text) = (place.at(node.span), &scalar.text);
        let finding = match (ty, scalar.resolve()) {
            (Type::Quantity, Resolved::Float(_)) => {
                ap402_argo_type::fraction(span, text, place.key)
            }
            (Type::Quantity, Resolved::Int(_) | Resolved::Str) => {
                ap402_argo_type::form(span, text, place.key, name(ty))
            }
            (Type::Str, Resolved::Int(_) | Resolved::Float(_)) if is_refused(text, field) => {
                finding(field.form.unwrap_or(Form::Duration), span, text, place.key)
            }
            _ => ap402_argo_type::finding(span, node, place.key, name(ty)),
        };
        self.sink.report(finding);
    }
}

/// Whether a number would not have the form of its field as text either.
fn is_refused(text: &str, field: &FieldFacts) -> bool {
    field.form.is_some_and(|form| !form.takes_in(text, Version::OLDEST))
}

/// What is said of a text that does not have its form.
fn finding(form: Form, span: Span, text: &str, field: &str) -> Diagnostic {
    match form {
        Form::Duration | Form::DurationOrSeconds => {
            ap413_duration::finding(span, text, field, form)
        }
        Form::Cron | Form::CronFields | Form::Timezone | Form::TimeOfDay => {
            ap412_schedule::finding(span, text, field, form)
        }
        Form::Integer | Form::Port | Form::PortNumber => {
            ap402_argo_type::form(span, text, field, form.wanted())
        }
        Form::PathBelow
        | Form::IpAddress
        | Form::StorageMedium
        | Form::PodField
        | Form::ContainerResource
        | Form::HeaderName
        | Form::HttpMethod => {
            ap402_argo_type::value(span, text, field, form.wanted(), form.nearest(text))
        }
        _ => ap310_name::value(span, text, field, form.wanted()),
    }
}

/// Whether a scalar is of a type, whatever its size.
fn fits(ty: &Type, scalar: &Scalar, resolved: Resolved, version: Version) -> bool {
    match ty {
        Type::Str => resolved == Resolved::Str,
        Type::Int(_) => matches!(resolved, Resolved::Int(_)),
        Type::Number => matches!(resolved, Resolved::Int(_) | Resolved::Float(_)),
        Type::Bool => matches!(resolved, Resolved::Bool(_)),
        Type::Scalar => resolved == Resolved::Str || version < FULL_CRDS,
        Type::IntOrString(_) => matches!(resolved, Resolved::Int(_) | Resolved::Str),
        Type::Quantity => is_amount(&scalar.text, resolved, version),
        Type::Any | Type::List(_) | Type::Map(_) | Type::Object(_) | Type::Resource => false,
    }
}

/// Whether Kubernetes takes a scalar for a quantity. The fields that have one take none below zero.
/// The CRDs take a number only if it is whole.
fn is_amount(text: &str, resolved: Resolved, version: Version) -> bool {
    match resolved {
        Resolved::Int(number) => number >= 0,
        Resolved::Float(number) => {
            number >= 0.0 && number.is_finite() && (number.fract() == 0.0 || version < FULL_CRDS)
        }
        Resolved::Str => text.contains("{{") || is_quantity(text) && !text.starts_with('-'),
        Resolved::Null | Resolved::Bool(_) => false,
    }
}

/// The name of a type, with its article.
pub(super) fn name(ty: &Type) -> &'static str {
    match ty {
        // The CRDs of 4.0 take text only, though the controller still reads numbers and booleans.
        Type::Str | Type::Scalar => "a string",
        Type::Int(_) => "an integer",
        Type::Number => "a number",
        Type::Bool => "true or false",
        Type::Any => "any value",
        Type::IntOrString(_) => "an integer or a string",
        Type::Quantity => "a quantity such as `100m` or `2Gi`",
        Type::List(_) => "a list",
        Type::Map(_) | Type::Object(_) | Type::Resource => "a map",
    }
}
