//! Schedules to `CronWorkflow`s.

use super::metadata::{Labels, PIPELINE, PROJECT, REVISION, SCHEDULE, frame, labels};
use super::{Object, ObjectKind, Origin, build};
use crate::model::kinds::schedule::{ConcurrencyPolicy, ScheduleSpec};
use crate::model::kubernetes::Count32;
use crate::plan::{Plan, Schedule};
use crate::tree::{Map, Node};

/// How many runs are kept where nothing else is said.
const KEPT: i64 = 3;

pub(crate) fn object<'p, 'm>(plan: &Plan<'m>, schedule: &'p Schedule<'m>) -> Object<'p, 'm> {
    let project = plan.runs[schedule.run].project;
    Object {
        kind: ObjectKind::CronWorkflow,
        namespace: Some(plan.projects[project].namespace.clone()),
        name: schedule.name.clone(),
        span: schedule.name.span,
        project: Some(project),
        origin: Origin::Schedule(schedule),
    }
}

pub(crate) fn manifest(object: &Object, plan: &Plan, schedule: &Schedule) -> Node {
    let run = &plan.runs[schedule.run];
    let metadata = &schedule.definition.metadata;
    let with_run = |labels: Labels| {
        let labels =
            if run.pipeline().is_some() { labels.with(PIPELINE, &run.name) } else { labels };
        labels.with(SCHEDULE, &schedule.name)
    };
    let labels = with_run(labels(object, plan)).and(&metadata.labels);
    let annotations = Labels::default().and(&metadata.annotations);
    let on_runs = Labels::ours().with(PROJECT, &plan.projects[run.project].name);
    let on_runs = with_run(on_runs);
    let on_runs = if schedule.given.revision(run).is_empty() {
        on_runs
    } else {
        on_runs.with(REVISION, build::revision(run, &schedule.given))
    };
    let mut spec = timing(&schedule.definition.spec);
    spec.put("workflowMetadata", Map::new().with_some("labels", on_runs.map()));
    spec.put("workflowSpec", build::spec(run, &schedule.given));
    frame(object, labels, annotations).with("spec", spec).into()
}

/// When runs are started, and how many are kept. What Argo would take from the machine that its
/// controller runs on, or take otherwise than `Schedule` says, is always written.
fn timing(spec: &ScheduleSpec) -> Map {
    let cron = spec.cron.0.iter().map(|cron| Node::text(cron.read.text.clone(), cron.text.span));
    let timezone = spec.timezone.as_ref().map_or(Node::from("UTC"), |zone| Node::from(&zone.0));
    let policy = spec.concurrency_policy.as_ref();
    let policy = policy.map_or(Node::from(ConcurrencyPolicy::Forbid.word()), |policy| {
        Node::text(policy.word(), policy.span)
    });
    let number = |count: &Count32| Node::from(&**count);
    let kept = |count: Option<&Count32>| count.map_or(Node::from(KEPT), number);
    let history = spec.history.as_ref();
    let suspend = spec.suspend.as_ref().map(|suspend| Node::from(suspend.value).at(suspend.span));
    Map::new()
        .with("schedules", cron.collect::<Vec<Node>>())
        .with("timezone", timezone)
        .with("concurrencyPolicy", policy)
        .with_some("startingDeadlineSeconds", spec.starting_deadline_seconds.as_ref().map(number))
        .with_some("suspend", suspend)
        .with_some("when", spec.when.as_ref())
        .with_some("stopStrategy", spec.stop_strategy.as_ref().map(|it| it.node.clone()))
        .with("successfulJobsHistoryLimit", kept(history.and_then(|it| it.succeeded.as_ref())))
        .with("failedJobsHistoryLimit", kept(history.and_then(|it| it.failed.as_ref())))
}
