//! What an event gives to the run that it starts.

use crate::events::{EventExpr, Values};
use crate::resolve::{EventValue, PipelinePlan};

/// The value that the event gives to a build parameter of a pipeline, or of a Task that has none; none where it gives none.
pub fn standard(values: Values, name: &str, pipeline: Option<&PipelinePlan>) -> Option<EventExpr> {
    if name != "image-tag" {
        return values.standard(name);
    }
    let is_of_event =
        |plan: &&PipelinePlan| !plan.tag_is_made_in_run() && plan.tag.variables().next().is_some();
    pipeline.filter(is_of_event).map(|plan| values.tag(&plan.tag))
}

/// The value that a webhook gives to a param.
pub fn own(values: Values, value: &EventValue) -> EventExpr {
    match value {
        EventValue::Path(path) => Values::at(path),
        EventValue::Text(template) => values.tag(template),
    }
}
