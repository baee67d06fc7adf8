//! Names in the lists of a body: of a form that Argo or Kubernetes takes, and each there once.

use std::collections::HashMap;

use super::Context;
use crate::body::{Body, CallPlace, Container, Item, Role};
use crate::diagnostics::{Sink, with_article};
use crate::model::Text;
use crate::rules::{ap310_name, ap311_duplicate_name, ap406_argo_missing_field};

/// A form of names.
pub struct Form {
    test: fn(&str) -> bool,
    /// The form in words.
    pub signs: &'static str,
    /// Whether Argo puts tags into these names before it looks at them.
    takes_tags: bool,
}

/// Parameters and artifacts (workflow/validate, `paramOrArtifactNameRegex`).
pub const PARAMETER: Form = Form {
    test: |name| !name.is_empty() && name.chars().all(|c| is_word(c) || c == '_'),
    signs: "letters, digits, `_` and `-`",
    takes_tags: false,
};

/// Artifacts where Argo puts tags in before it looks at the name: everywhere but in inputs.
const ARTIFACT: Form = Form { takes_tags: true, ..PARAMETER };

/// Templates, tasks and steps (workflow/validate, `workflowFieldNameRegex`).
pub const FIELD: Form = Form {
    test: |name| name.len() <= 128 && starts_well(name) && name.chars().all(is_word),
    signs: "letters, digits and `-`, a letter or digit first, at most 128",
    takes_tags: true,
};

/// Containers and volumes: DNS-1123 labels (apimachinery, `IsDNS1123Label`).
pub const LABEL: Form = Form {
    test: |name| {
        let is_end = |c: Option<char>| c.is_some_and(|c| c != '-');
        name.len() <= 63
            && name.chars().all(is_lower_word)
            && is_end(name.chars().next())
            && is_end(name.chars().last())
    },
    signs: "lower-case letters, digits and `-`, a letter or digit first and last, at most 63",
    takes_tags: true,
};

/// Variables of the environment. Kubernetes takes any printable sign but `=` since 1.32, and before
/// that letters, digits and `-._` (apimachinery, `IsEnvVarName`): here `:` and the like pass, and
/// what no shell could name does not.
const VARIABLE: Form = Form {
    test: |name| {
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_ascii_graphic() && c != '=')
    },
    signs: "letters, digits and `_`, not a digit first",
    takes_tags: true,
};

/// Ports (apimachinery, `IsValidPortName`).
const PORT: Form = Form {
    test: |name| {
        name.len() <= 15
            && name.chars().all(is_lower_word)
            && name.contains(|c: char| c.is_ascii_lowercase())
            && !name.contains("--")
            && !name.starts_with('-')
            && !name.ends_with('-')
    },
    signs: "at most 15 lower-case letters, digits and single `-`, at least one letter, none of the `-` first or last",
    takes_tags: true,
};

impl Form {
    /// Whether a name is of the form.
    pub fn takes(&self, name: &str) -> bool {
        self.takes_tags && name.contains("{{") || (self.test)(name)
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

fn is_lower_word(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn starts_well(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
}

pub fn check(body: &Body, context: Context, sink: &mut Sink) {
    let inputs = body.inputs.parameters.iter().filter_map(name);
    forms(inputs.clone(), "param", &PARAMETER, sink);
    unique(context.params.iter().copied().chain(inputs), "param", sink);
    list(body.inputs.artifacts.iter().filter_map(name), "artifact", &PARAMETER, sink);
    let outputs = body.outputs.parameters.iter().filter_map(name);
    forms(outputs.clone(), "output", &PARAMETER, sink);
    unique(context.outputs.iter().copied().chain(outputs), "output", sink);
    list(body.outputs.artifacts.iter().filter_map(name), "artifact", &ARTIFACT, sink);
    list(body.volumes.iter().filter_map(name), "volume", &LABEL, sink);
    for call in body.calls.iter().filter(|call| call.is_own()) {
        list(call.arguments.parameters.iter().filter_map(name), "argument", &PARAMETER, sink);
        list(call.arguments.artifacts.iter().filter_map(name), "artifact", &ARTIFACT, sink);
    }
    calls(body, sink);
    containers(body, sink);
}

fn calls(body: &Body, sink: &mut Sink) {
    let of = |is_meant: fn(CallPlace) -> bool| {
        let calls = body.calls.iter().filter(move |call| is_meant(call.place));
        calls.filter_map(|call| call.name.as_ref())
    };
    list(of(|place| place == CallPlace::Task), "task", &FIELD, sink);
    list(of(|place| matches!(place, CallPlace::Step { .. })), "step", &FIELD, sink);
}

fn containers(body: &Body, sink: &mut Sink) {
    // Argo names the one of `container` and `script` itself.
    let is_other = |one: &&Container| !matches!(one.role, Role::Main | Role::Script);
    let names = body.containers.iter().filter(is_other).filter_map(|one| one.name.as_ref());
    list(names, "container", &LABEL, sink);
    for container in &body.containers {
        list(container.env.iter().filter_map(name), "environment variable", &VARIABLE, sink);
        list(container.ports.iter().filter_map(name), "port", &PORT, sink);
    }
}

fn name<'b>(item: &'b Item) -> Option<&'b Text> {
    item.name.as_ref()
}

/// Reports names of a list that are of a wrong form, or there twice.
pub fn list<'t>(
    names: impl Iterator<Item = &'t Text> + Clone,
    what: &str,
    form: &Form,
    sink: &mut Sink,
) {
    forms(names.clone(), what, form, sink);
    unique(names, what, sink);
}

fn forms<'t>(names: impl Iterator<Item = &'t Text>, what: &str, form: &Form, sink: &mut Sink) {
    for name in names.filter(|name| !form.takes(name)) {
        sink.report(if name.is_empty() {
            ap406_argo_missing_field::no_name(name.span, what)
        } else {
            ap310_name::not_argo(name.span, name, &with_article(what), form.signs)
        });
    }
}

fn unique<'t>(names: impl Iterator<Item = &'t Text>, what: &str, sink: &mut Sink) {
    let mut seen: HashMap<&str, &Text> = HashMap::new();
    for name in names.filter(|name| !name.is_empty()) {
        match seen.get(&*name.value) {
            Some(first) => {
                sink.report(ap311_duplicate_name::finding(name.span, what, name, first.span));
            }
            None => {
                seen.insert(&name.value, name);
            }
        }
    }
}
