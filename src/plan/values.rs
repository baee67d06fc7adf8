//! Values of params against their declarations.

use crate::argo::control::first_control;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::common::{Param, ParamType};
use crate::rules::ap305_param_value;

/// Reports a value that Argo, or its param, does not take; what has `{{ }}` in it is known to Argo
/// only.
pub(crate) fn check_value(value: &Text, declared: Option<&Param>, sink: &mut Sink) {
    if let Some(flaw) = first_control(value) {
        let span = value.part(flaw.start, flaw.end);
        return sink.report(ap305_param_value::control(span, &value[flaw]));
    }
    let Some(declared) = declared.filter(|_| !value.contains("{{")) else { return };
    let allowed: Vec<&str> = declared.allowed.iter().map(|allowed| &*allowed.0.value).collect();
    if !allowed.is_empty() && !allowed.contains(&&*value.value) {
        return sink.report(ap305_param_value::not_allowed(
            value.span,
            value,
            &declared.name,
            &allowed,
            declared.name.span,
        ));
    }
    let is_right = match declared.kind.unwrap_or(ParamType::String) {
        ParamType::String => true,
        ParamType::Integer => value.parse::<i64>().is_ok(),
        ParamType::Number => value.parse::<f64>().is_ok_and(f64::is_finite),
        ParamType::Boolean => matches!(&*value.value, "true" | "false"),
        ParamType::Json => serde_json::from_str::<serde::de::IgnoredAny>(value).is_ok(),
    };
    if !is_right {
        let kind = declared.kind.unwrap_or(ParamType::String).word();
        sink.report(ap305_param_value::wrong_type(
            value.span,
            value,
            &declared.name,
            kind,
            declared.name.span,
        ));
    }
}
