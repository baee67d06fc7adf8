//! Schedules: pipelines that the clock starts.

use super::build_names::emitted_name_within;
use super::given::Given;
use super::run::Run;
use crate::diagnostics::Sink;
use crate::id::Id;
use crate::model::Text;
use crate::model::kinds::schedule as definition;

/// The longest name of a `CronWorkflow`: that of a run has `-` and ten digits more (Argo Workflows,
/// workflow/validate, `maxCharsInObjectName`).
const MAX_NAME: usize = 52;

/// A pipeline that the clock starts.
#[derive(Debug)]
pub(crate) struct Schedule<'m> {
    pub definition: &'m definition::Schedule,
    /// The emitted name.
    pub name: Text,
    pub run: Id<Run<'m>>,
    pub given: Given,
}

impl<'m> Schedule<'m> {
    /// The schedule of a definition, and of the run of its pipeline.
    pub(super) fn of(definition: &'m definition::Schedule, name: Text, run: Id<Run<'m>>) -> Self {
        let spec = &definition.spec;
        let given = Given {
            revision: spec.revision.as_deref().cloned(),
            tag: None,
            params: Given::params(&spec.params),
            event: Some("schedule"),
        };
        Self { definition, name, run, given }
    }
}

/// The name of the `CronWorkflow`; reports one that it cannot have.
pub(super) fn emitted_name(definition: &definition::Schedule, sink: &mut Sink) -> Text {
    let name = &definition.metadata.name;
    let emitted = emitted_name_within(MAX_NAME, name, "a CronWorkflow", sink);
    Text { value: emitted.into(), span: name.span }
}
