//! Params of a Builder that nothing takes.

use super::Context;
use crate::argo::uses::Uses;
use crate::diagnostics::Sink;
use crate::plan::BuilderGraph;
use crate::rules::ap306_unused_param;

pub(super) fn check(context: &Context, builder: &BuilderGraph, sink: &mut Sink) {
    let definition = builder.builder;
    // Expressions use params as well, and have none of them left here.
    let has_expressions =
        context.model.builder_sources.contains_key(&definition.metadata.name.span);
    if has_expressions || !builder.graph.is_whole() {
        return;
    }
    let defaults = definition.spec.params.iter().filter_map(|param| param.default.as_ref());
    let mut in_defaults = Uses::default();
    defaults.for_each(|default| in_defaults.absorb(Uses::of(&default.0)));
    let open = || builder.graph.steps.values().flat_map(|step| &step.inputs);
    for name in definition.spec.params.iter().map(|param| &param.name) {
        let is_taken = open().any(|port| port.argument.is_none() && port.name.value == name.value);
        if !is_taken && !builder.graph.uses.run_param(name) && !in_defaults.run_param(name) {
            sink.report(ap306_unused_param::of_builder(name.span, name));
        }
    }
}
