//! Tags and conditions that Argo cannot resolve: what its validator refuses, and what it lets pass
//! until the run. Each text is held against what exists where it stands.

mod body;
mod steps;
mod task;
pub(super) mod values;

pub(super) use steps::check_builder;
pub(super) use steps::check_run;
pub(super) use task::check_task;

use std::sync::LazyLock;

use crate::argo::scope::{ANY_RUN, Names, Run};

/// A run of which the parameters are not known: many pipelines call a Task and use a Builder. What
/// argopacks emits has no labels and annotations that Argo knows of when it checks a template
/// (workflow/validate, `workflowMetadata`).
static EVERY_RUN: LazyLock<Run<'static>> =
    LazyLock::new(|| Run { labels: Names::NONE, annotations: Names::NONE, ..ANY_RUN.clone() });
