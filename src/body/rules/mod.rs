//! The rules about a template body by itself: one file a rule, one line here.
//!
//! What the table of field facts says (unknown fields, types, enums, required fields, ranges, forms
//! of names and durations) is checked elsewhere, and so are tags. A rule that depends on the type
//! of a template is silent where that is unknown.

mod arguments;
mod artifacts;
mod container_set;
mod containers;
mod dag;
mod depends;
mod graph;
mod http;
mod images;
mod inputs;
mod kind;
mod metrics;
mod misplaced;
mod mounts;
mod names;
pub(crate) mod one_of;
mod outputs;
mod plugin;
mod required;
mod resource;
mod selector;
mod siblings;

pub(crate) use outputs::check_source;
pub(crate) use siblings::{Sibling, check as check_siblings};

use super::Body;
use crate::diagnostics::{Sink, nearest};
use crate::model::Text;
use crate::tree::Node;

/// Where a body stands, and what comes to it from there.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context<'c> {
    /// Volumes that it can mount beside its own and the workspace: those of the run.
    pub volumes: &'c [&'c str],
    /// Outputs that are declared outside of it, and are put before its own.
    pub outputs: &'c [&'c Text],
    /// Where the Task mounts the workspace, into containers that do not mount it themselves.
    pub workspace: Option<&'c Text>,
    /// Where its input parameters are declared.
    pub inputs: Inputs,
    /// Params that are declared outside of it, which its own may not be called as.
    pub params: &'c [&'c Text],
    /// `templateDefaults` give containers without an image one.
    pub has_default_image: bool,
}

/// Where the input parameters of a template are declared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Inputs {
    /// In the body, in Argo's words.
    #[default]
    Own,
    /// In the params of the Task, or the arguments of the step: the body has none of its own.
    Declared,
}

/// A rule: looks at a body and reports what is wrong.
type Rule = fn(&Body, Context, &mut Sink);

const RULES: &[Rule] = &[
    kind::check,
    inputs::check,
    names::check,
    one_of::check,
    required::check,
    images::check,
    containers::check,
    container_set::check,
    mounts::check,
    artifacts::check,
    outputs::check,
    misplaced::check,
    resource::check,
    http::check,
    plugin::check,
    metrics::check,
    dag::check,
    depends::check,
    arguments::check,
];

/// Checks a body, and the inline templates in it.
pub(crate) fn check(body: &Body, context: Context, sink: &mut Sink) {
    for rule in RULES {
        rule(body, context, sink);
    }
    let inner = Context { outputs: &[], inputs: Inputs::Own, params: &[], ..context };
    for inline in body.calls.iter().filter_map(|call| call.inline.as_ref()) {
        check(inline, inner, sink);
    }
}

/// Whether a map has a key that is nearly one of these fields, and so may be it, misspelt: the
/// misspelt key is reported, and the missing field is not.
fn has_slip(node: &Node, fields: &[&str]) -> bool {
    let keys = node.entries().iter().map(|entry| &*entry.key.text);
    let mut others = keys.filter(|key| !fields.contains(key));
    others.any(|key| nearest(key, fields.iter().copied()).is_some())
}
