//! Argo's variables, and where each exists: a table, as of docs/variables.md and workflow/validate
//! of v4.1.2 (`validateTemplate`, `resolveAllVariables`, `addOutputsToScope`). 3.6 to 4.0 have the
//! same ones.

use super::tags::Name;

/// The roots of the names that Argo looks up before it takes a template
/// (workflow/common/common.go, `GlobalVarValidWorkflowVariablePrefix`). A simple tag with any other
/// root, such as `{{.Id}}`, is left as it is.
const CHECKED_ROOTS: &[&str] = &["item", "steps", "inputs", "outputs", "pod", "workflow", "tasks"];

pub(crate) fn is_checked_root(root: &str) -> bool {
    CHECKED_ROOTS.contains(&root)
}

/// What a site has, of what variables need. A row of the table exists where any of its bits is
/// there.
pub(crate) mod has {
    /// The site is in an object that runs: a Workflow, or a template of one.
    pub(crate) const RUN: u32 = 1;
    /// A string of a template.
    pub(crate) const TEMPLATE: u32 = 1 << 1;
    /// Of a template that runs a pod.
    pub(crate) const POD: u32 = 1 << 2;
    /// Of a template that is no `dag` and no `steps`.
    pub(crate) const LEAF: u32 = 1 << 3;
    /// Of a `dag` or `steps` template, where it hands values on.
    pub(crate) const NODES: u32 = 1 << 4;
    /// Tasks of a `dag`.
    pub(crate) const TASKS: u32 = 1 << 5;
    /// Steps of a `steps` template.
    pub(crate) const STEPS: u32 = 1 << 6;
    /// A loop's item.
    pub(crate) const ITEM: u32 = 1 << 7;
    /// A `retryStrategy`.
    pub(crate) const RETRY: u32 = 1 << 8;
    /// A template's metrics.
    pub(crate) const METRICS: u32 = 1 << 9;
    /// The condition of an `http` template.
    pub(crate) const RESPONSE: u32 = 1 << 10;
    /// The conditions of a `CronWorkflow`.
    pub(crate) const CRON: u32 = 1 << 11;
    /// The end of a run: its exit handler.
    pub(crate) const END: u32 = 1 << 12;
    /// A run with a priority.
    pub(crate) const PRIORITY: u32 = 1 << 13;
    /// A template with params.
    pub(crate) const INPUTS: u32 = 1 << 14;
    /// A run with parameters.
    pub(crate) const PARAMETERS: u32 = 1 << 15;
}

/// A variable: its name, with a [`Slot`] in `<>` for what is declared elsewhere, and where it
/// exists.
#[derive(Debug)]
pub(crate) struct Variable {
    pub name: &'static str,
    pub exists: u32,
}

/// What stands for a part of a variable's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// A parameter of the run.
    RunParam,
    /// A parameter or artifact with a global name.
    RunOutput,
    RunArtifact,
    /// A label or an annotation of the run; its name may have points.
    Label,
    Annotation,
    /// A format of a time (util/strftime).
    Time,
    /// A param of the template.
    Input,
    /// An input artifact of the template.
    Artifact,
    /// An output of the template.
    Output,
    OutputArtifact,
    /// Another step.
    Sibling,
    /// An output of another step.
    SiblingOutput,
    SiblingArtifact,
    /// A key of a loop's item.
    Key,
}

/// The slots by the words of the table.
const SLOTS: &[(&str, Slot)] = &[
    ("<run-param>", Slot::RunParam),
    ("<run-output>", Slot::RunOutput),
    ("<run-artifact>", Slot::RunArtifact),
    ("<label>", Slot::Label),
    ("<annotation>", Slot::Annotation),
    ("<time>", Slot::Time),
    ("<input>", Slot::Input),
    ("<artifact>", Slot::Artifact),
    ("<output>", Slot::Output),
    ("<output-artifact>", Slot::OutputArtifact),
    ("<step>", Slot::Sibling),
    ("<step-output>", Slot::SiblingOutput),
    ("<step-artifact>", Slot::SiblingArtifact),
    ("<key>", Slot::Key),
];

/// The formats of `workflow.creationTimestamp` (util/strftime and workflow/controller/operator.go).
pub(crate) const TIMES: &[&str] = &[
    "RFC3339", "s", "Y", "m", "d", "H", "M", "S", "y", "B", "b", "A", "a", "I", "p", "Z", "z", "L",
];

const fn at(name: &'static str, exists: u32) -> Variable {
    Variable { name, exists }
}

/// Where the outputs of other steps can be read.
const SIBLINGS: [u32; 2] = [has::TASKS, has::STEPS];
const RETRIED: u32 = has::RETRY | has::METRICS;

/// Every variable.
pub(crate) const VARIABLES: &[Variable] = &[
    // docs/variables.md, "Global"
    at("workflow.name", has::RUN),
    at("workflow.namespace", has::RUN),
    at("workflow.mainEntrypoint", has::RUN),
    at("workflow.serviceAccountName", has::RUN),
    at("workflow.uid", has::RUN),
    at("workflow.parameters.<run-param>", has::RUN),
    at("workflow.parameters", has::PARAMETERS),
    at("workflow.parameters.json", has::PARAMETERS),
    at("workflow.outputs.parameters.<run-output>", has::RUN),
    at("workflow.outputs.artifacts.<run-artifact>", has::RUN),
    at("workflow.labels.<label>", has::RUN),
    at("workflow.labels", has::RUN),
    at("workflow.labels.json", has::RUN),
    at("workflow.annotations.<annotation>", has::RUN),
    at("workflow.annotations", has::RUN),
    at("workflow.annotations.json", has::RUN),
    at("workflow.creationTimestamp", has::RUN),
    at("workflow.creationTimestamp.<time>", has::RUN),
    at("workflow.scheduledTime", has::RUN),
    at("workflow.duration", has::RUN),
    // Only where `spec.priority` is set (util/variables/keys/globals.go).
    at("workflow.priority", has::PRIORITY),
    // "Exit Handler"; the status is there before as well (validate.go, globalParams).
    at("workflow.status", has::RUN),
    at("workflow.failures", has::END),
    // "All Templates"
    at("inputs.parameters.<input>", has::TEMPLATE),
    at("inputs.parameters", has::INPUTS),
    // Handed on by `from`; in a program's own text it has a path only (workflow/common/util.go).
    at("inputs.artifacts.<artifact>", has::NODES),
    at("inputs.artifacts.<artifact>.path", has::LEAF),
    at("outputs.parameters.<output>.path", has::LEAF),
    at("outputs.artifacts.<output-artifact>.path", has::LEAF),
    at("pod.name", has::POD),
    at("node.name", has::TEMPLATE),
    // The name of the step that calls the template (controller/operator.go, executeTemplate).
    at("tasks.name", has::TEMPLATE),
    at("steps.name", has::TEMPLATE),
    // "DAG Templates", "Steps Templates"
    at("tasks.<step>.id", SIBLINGS[0]),
    at("tasks.<step>.ip", SIBLINGS[0]),
    at("tasks.<step>.status", SIBLINGS[0]),
    at("tasks.<step>.exitCode", SIBLINGS[0]),
    at("tasks.<step>.startedAt", SIBLINGS[0]),
    at("tasks.<step>.finishedAt", SIBLINGS[0]),
    at("tasks.<step>.hostNodeName", SIBLINGS[0]),
    at("tasks.<step>.outputs.result", SIBLINGS[0]),
    at("tasks.<step>.outputs.parameters", SIBLINGS[0]),
    at("tasks.<step>.outputs.parameters.<step-output>", SIBLINGS[0]),
    at("tasks.<step>.outputs.artifacts.<step-artifact>", SIBLINGS[0]),
    at("steps.<step>.id", SIBLINGS[1]),
    at("steps.<step>.ip", SIBLINGS[1]),
    at("steps.<step>.status", SIBLINGS[1]),
    at("steps.<step>.exitCode", SIBLINGS[1]),
    at("steps.<step>.startedAt", SIBLINGS[1]),
    at("steps.<step>.finishedAt", SIBLINGS[1]),
    at("steps.<step>.hostNodeName", SIBLINGS[1]),
    at("steps.<step>.outputs.result", SIBLINGS[1]),
    at("steps.<step>.outputs.parameters", SIBLINGS[1]),
    at("steps.<step>.outputs.parameters.<step-output>", SIBLINGS[1]),
    at("steps.<step>.outputs.artifacts.<step-artifact>", SIBLINGS[1]),
    // "Loops"
    at("item", has::ITEM),
    at("item.<key>", has::ITEM),
    // "RetryStrategy" and "Container/Script Templates"
    at("retries", RETRIED),
    at("lastRetry.exitCode", has::RETRY),
    at("lastRetry.status", has::RETRY),
    at("lastRetry.duration", has::RETRY),
    at("lastRetry.message", has::RETRY),
    // "Metrics"
    at("status", has::METRICS),
    at("duration", has::METRICS),
    at("exitCode", has::METRICS),
    at("outputs.result", has::METRICS),
    at("outputs.parameters.<output>", has::METRICS),
    at("resourcesDuration.cpu", has::METRICS),
    at("resourcesDuration.memory", has::METRICS),
    // "HTTP Templates"
    at("request.method", has::RESPONSE),
    at("request.url", has::RESPONSE),
    at("request.body", has::RESPONSE),
    at("request.headers", has::RESPONSE),
    at("response.statusCode", has::RESPONSE),
    at("response.body", has::RESPONSE),
    at("response.headers", has::RESPONSE),
    // "CronWorkflows"
    at("cronworkflow.name", has::CRON),
    at("cronworkflow.namespace", has::CRON),
    at("cronworkflow.labels", has::CRON),
    at("cronworkflow.labels.<label>", has::CRON),
    at("cronworkflow.annotations", has::CRON),
    at("cronworkflow.annotations.<annotation>", has::CRON),
    at("cronworkflow.lastScheduledTime", has::CRON),
    at("cronworkflow.failed", has::CRON),
    at("cronworkflow.succeeded", has::CRON),
];

/// A part of a variable's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Word(&'static str),
    Slot(Slot),
}

impl Variable {
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece> + use<> {
        self.name.split('.').map(|piece| {
            let slot = SLOTS.iter().find(|(word, _)| *word == piece);
            slot.map_or(Piece::Word(piece), |(_, slot)| Piece::Slot(*slot))
        })
    }

    pub(crate) fn root(&self) -> &'static str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// Whether a name has the form of this variable, and fills the slots with anything.
    fn takes(&self, name: &Name) -> bool {
        let mut parts = name.parts.iter();
        for piece in self.pieces() {
            let Some(part) = parts.next() else { return false };
            match piece {
                Piece::Word(word) if part.text != word => return false,
                Piece::Slot(Slot::Label | Slot::Annotation) => return true,
                _ if part.text.is_empty() => return false,
                _ => {}
            }
        }
        parts.next().is_none()
    }

    /// Whether a name stops short of this variable: `inputs.parameters` of
    /// `inputs.parameters.<input>`.
    fn goes_on_from(&self, name: &Name) -> bool {
        let mut pieces = self.pieces();
        let is_start = name.parts.iter().all(|part| match pieces.next() {
            Some(Piece::Word(word)) => part.text == word,
            Some(Piece::Slot(_)) => true,
            None => false,
        });
        is_start && pieces.next().is_some()
    }
}

/// The variable that a name means, if there is one: with the most words of its own, and of those
/// alike, one that exists where these bits are.
pub(crate) fn variable(name: &Name, bits: u32) -> Option<&'static Variable> {
    let words = |variable: &&Variable| {
        variable.pieces().filter(|piece| matches!(piece, Piece::Word(_))).count()
    };
    let meant = VARIABLES.iter().filter(|variable| variable.takes(name));
    meant.max_by_key(|variable| (words(variable), variable.exists & bits != 0))
}

/// Whether an expression may take the name for a map that has variables in it.
pub(crate) fn is_map(name: &Name, bits: u32) -> bool {
    let exists = |variable: &&Variable| variable.exists & bits != 0;
    VARIABLES.iter().filter(exists).any(|variable| variable.goes_on_from(name))
}

#[cfg(test)]
mod tests {
    use super::super::tags::tags;
    use super::*;

    fn meant(name: &str) -> Option<&'static str> {
        let text = format!("{{{{{name}}}}}");
        variable(&tags(&text)[0].names[0], has::RUN | has::LEAF).map(|variable| variable.name)
    }

    #[test]
    fn names_find_their_variable() {
        assert_eq!(meant("workflow.name"), Some("workflow.name"));
        assert_eq!(meant("workflow.parameters.json"), Some("workflow.parameters.json"));
        assert_eq!(meant("inputs.parameters.json"), Some("inputs.parameters.<input>"));
        assert_eq!(
            meant("workflow.labels.app.kubernetes.io/name"),
            Some("workflow.labels.<label>")
        );
        assert_eq!(meant("tasks.name"), Some("tasks.name"));
        assert_eq!(meant("outputs.parameters.x.path"), Some("outputs.parameters.<output>.path"));
        assert_eq!(meant("tasks.count.outputs.lines"), None);
        assert_eq!(meant("workflow.nme"), None);
        assert_eq!(meant("inputs.parameters."), None);
    }

    #[test]
    fn every_slot_of_the_table_has_a_meaning() {
        for variable in VARIABLES {
            assert_eq!(
                variable.name.matches('<').count(),
                variable.pieces().filter(|piece| matches!(piece, Piece::Slot(_))).count(),
                "{}",
                variable.name
            );
        }
    }

    #[test]
    fn every_variable_comes_once() {
        let mut names: Vec<&str> = VARIABLES.iter().map(|variable| variable.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }
}
