//! Builders with more steps than Argo takes in one DAG.

use super::Context;
use crate::argo::facts::{Bounds, Version};
use crate::diagnostics::Sink;
use crate::model::{Decode, MAX_ENTRIES};
use crate::plan::BuilderGraph;
use crate::rules::ap402_argo_type;

/// From 4.0 on Argo's CRDs limit the tasks of a DAG and the templates of a workflow to this many
/// (`maxItems` in manifests/base/crds/full of Argo Workflows 4.0).
const MOST: usize = 200;

pub(super) fn check(context: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    let steps = &builder.graph.steps;
    if steps.len() == MAX_ENTRIES && !Decode::is_whole(builder.builder) {
        // It has more than could be read, which was reported.
        return;
    }
    // The DAG is a template itself.
    let templates = steps.values().filter(|step| step.has_own_template()).count() + 1;
    let (field, count) =
        if steps.len() > MOST { ("tasks", steps.len()) } else { ("templates", templates) };
    if context.version >= Version::new(4, 0) && count > MOST {
        let bounds = Bounds { min: None, max: Some(MOST as i128) };
        let span = builder.builder.metadata.name.span;
        sink.report(ap402_argo_type::count(span, count, field, bounds));
    }
}
