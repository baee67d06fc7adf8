//! Plugin templates name one plugin (pkg/apis/workflow/v1alpha1, `Plugin.UnmarshalJSON`).

use super::Context;
use crate::body::{Body, TemplateKind};
use crate::diagnostics::Sink;
use crate::rules::ap109_one_of_fields;
use crate::tree::Value;

pub(crate) fn check(body: &Body, _: Context, sink: &mut Sink) {
    let Some((TemplateKind::Plugin, key, node)) = body.typed() else { return };
    let Value::Map(entries) = &node.value else { return };
    let what = "a plugin template";
    match &entries[..] {
        [] => sink.report(ap109_one_of_fields::contradiction(
            key.span,
            "a plugin template names no plugin",
            "give the name of the plugin, and under it what it takes",
        )),
        [first, second, ..] => sink.report(ap109_one_of_fields::both(
            second.key.span,
            what,
            &second.key.text,
            &first.key.text,
            first.key.span,
        )),
        _ => {}
    }
}
