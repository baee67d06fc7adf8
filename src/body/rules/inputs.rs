//! Params of a Task or a step are the inputs of its template, which has none of its own then.

use super::{Context, Inputs};
use crate::body::Body;
use crate::diagnostics::Sink;
use crate::rules::ap109_one_of_fields;

pub(crate) fn check(body: &Body, context: Context, sink: &mut Sink) {
    let parameters = body.node.get("inputs").and_then(|inputs| inputs.entry("parameters"));
    let Some(parameters) = parameters.filter(|entry| !entry.value.is_null()) else { return };
    if context.inputs == Inputs::Declared {
        let help = "take them out: a Task declares them as `spec.params`, a step's own template \
                    has what it uses and the step's arguments give it";
        sink.report(ap109_one_of_fields::contradiction(
            parameters.key.span,
            "params of a template are made from the declaration of the Task",
            help,
        ));
    }
}
