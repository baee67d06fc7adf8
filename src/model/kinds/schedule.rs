//! Schedule: what the clock starts.

use crate::model::argo_typed::{Argo, StopStrategy};
use crate::model::kinds::common::OwnedMetadata;
pub(crate) use crate::model::kinds::webhook::CalledTask;
use crate::model::kinds::webhook::PipelineRef;
use crate::model::kubernetes::Count32;
use crate::model::origins::Revision;
use crate::model::short::Short;
use crate::model::times::{Cron, Timezone};
use crate::model::{Entries, OneOrMore, Scalar, Spanned, Text};

record! {
    /// A Pipeline or a Task that the clock starts.
    pub struct Schedule {
        /// `packs.argoproj.io/v1beta1`.
        "apiVersion" api_version: Text,
        /// `Schedule`.
        "kind" kind: Text,
        /// Name, project and labels; the emitted name has at most 52 characters.
        "metadata" metadata: OwnedMetadata,
        /// When, and what is started.
        "spec" spec: ScheduleSpec,
    }
}

record! {
    /// When something is started, and with what; one of `pipeline` and `task`.
    pub struct ScheduleSpec {
        /// When: minute, hour, day of the month, month and day of the week (`30 4 * * 1-5`), a word
        /// such as `@daily`, or `@every 1h30m`; or a list of these.
        "cron" cron: OneOrMore<Cron>,
        /// The time zone of `cron`, by its name in the time zone database; default `UTC`.
        "timezone" timezone: Option<Timezone>,
        /// What happens if the run before goes on still: `Allow` starts another, `Forbid` leaves
        /// this one out, `Replace` ends the one before; default `Forbid`.
        "concurrencyPolicy" concurrency_policy: Option<Spanned<ConcurrencyPolicy>>,
        /// Seconds within which a run that was missed is made up for, if the controller was away;
        /// without it none is.
        "startingDeadlineSeconds" starting_deadline_seconds: Option<Count32>,
        /// Whether nothing is started for now; default false.
        "suspend" suspend: Option<Spanned<bool>>,
        /// A condition of Argo's: without it nothing is started. Of variables it knows
        /// `cronworkflow.*`.
        "when" when: Option<Text>,
        /// The condition on which nothing is started ever again.
        "stopStrategy" stop_strategy: Option<Argo<StopStrategy>>,
        /// How many runs that ended are kept, whatever the Pipeline's `retention` says.
        "history" history: Option<History>,
        /// A Pipeline that is started; either this or `task`.
        "pipeline" pipeline: Option<PipelineRef>,
        /// A Task that is started, as a workflow of its own: its name, or more.
        "task" task: Option<Short<CalledTask>>,
        /// Branch, tag or commit; default the Pipeline's.
        "revision" revision: Option<Revision>,
        /// Values for params of the Pipeline, or for those of the Task that it gives no argument.
        "params" params: Entries<Scalar>,
    }
}

choice! {
    /// What happens if the run before goes on still.
    pub enum ConcurrencyPolicy {
        Forbid = "Forbid",
        Allow = "Allow",
        Replace = "Replace",
    }
}

record! {
    /// How many runs of a Schedule are kept.
    pub struct History {
        /// Of those that succeeded; default 3.
        "succeeded" succeeded: Option<Count32>,
        /// Of those that failed; default 3.
        "failed" failed: Option<Count32>,
    }
}
