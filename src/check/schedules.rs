//! Schedules: crons that never come or meet each other, and conditions that Argo cannot evaluate.

use super::Context;
use crate::argo::lookup;
use crate::argo::scope::{ANY_TEMPLATE, Scope, Site};
use crate::argo::tags::{Kind, tags};
use crate::argo::when;
use crate::diagnostics::Sink;
use crate::model::kinds::schedule::ScheduleSpec;
use crate::model::times::Cron;
use crate::model::{Definition, Text};
use crate::rules::{ap407_unresolved_tag, ap711_never_comes, ap712_crons_meet};

pub(super) fn check(context: &Context, sink: &mut Sink) {
    for definition in &context.model.definitions {
        if let Definition::Schedule(schedule) = definition {
            check_crons(&schedule.spec.cron.0, sink);
            check_conditions(context, &schedule.spec, sink);
        }
    }
}

/// Reports each cron that never comes, and of the others each that meets one before it.
fn check_crons(crons: &[Cron], sink: &mut Sink) {
    let mut before: Vec<&Cron> = Vec::with_capacity(crons.len());
    for cron in crons {
        let (span, text) = (cron.text.span, &cron.text);
        if !cron.read.comes() {
            let is_empty = cron.read.text.split(' ').any(|field| field.starts_with(','));
            let rule =
                if is_empty { ap711_never_comes::empty_field } else { ap711_never_comes::finding };
            sink.report(rule(span, text));
            continue;
        }
        if let Some(other) = before.iter().find(|other| other.read.meets(&cron.read)) {
            let first = other.text.span;
            sink.report(ap712_crons_meet::finding(span, text, first, &other.text));
        }
        before.push(cron);
    }
}

/// `when`, which Argo puts values into and govaluate reads, and the expression of `stopStrategy`.
fn check_conditions(context: &Context, spec: &ScheduleSpec, sink: &mut Sink) {
    let scope = Scope::new(Site::Cron, &context.every_run, &ANY_TEMPLATE);
    if let Some(text) = &spec.when {
        lookup::check(text, &scope, sink);
        check_simple(text, sink);
        when::check(text, &scope, &|_| false, sink);
    }
    let strategy = spec.stop_strategy.as_ref().map(|strategy| &strategy.node);
    let expression = strategy.and_then(|node| Text::of(node.get("expression")?));
    if let Some(text) = expression {
        lookup::check_expression(&text, &scope, sink);
    }
}

/// What is known of a `CronWorkflow` and is no text.
const NO_TEXTS: &[&str] = &["annotations", "failed", "labels", "lastScheduledTime", "succeeded"];

/// Reports simple tags of what is no text: Argo puts in text only (workflow/cron/operator.go,
/// `evalWhen`, and util/template, `simpleReplaceStrict`).
fn check_simple(when: &Text, sink: &mut Sink) {
    for tag in tags(when).iter().filter(|tag| tag.kind == Kind::Simple && tag.flaw.is_none()) {
        let name = &tag.names[0];
        let is_none = name.part(1).is_some_and(|part| NO_TEXTS.contains(&part));
        if name.root() == "cronworkflow" && is_none {
            let span = when.part(tag.range.start, tag.range.end);
            sink.report(ap407_unresolved_tag::no_text(span, &name.text()));
        }
    }
}
