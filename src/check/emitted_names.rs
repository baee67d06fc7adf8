//! Names that come to one within a namespace or a Sensor, beside those of objects.

use std::collections::{HashMap, HashSet};

use super::Context;
use crate::diagnostics::Sink;
use crate::resolve::in_order;
use crate::rules::ap203_names_meet;
use crate::source::Span;

/// What something is called where: its kind, the place, the name.
type Place = (&'static str, String, String);

pub(super) fn check(context: &Context, sink: &mut Sink) {
    let mut seen: HashMap<Place, Span> = HashMap::new();
    // A webhook's dependency and its triggers may meet those of another: that is one mistake.
    let mut reported = HashSet::new();
    for (place, span) in places(context) {
        match seen.get(&place) {
            Some(first) if *first != span => {
                let (first, second) = in_order(*first, span);
                if !reported.insert((first, second)) {
                    continue;
                }
                let (kind, within, name) = place;
                let finding = ap203_names_meet::emitted(second, kind, &name, &within, first);
                sink.report(finding);
            }
            Some(_) => {}
            None => {
                seen.insert(place, span);
            }
        }
    }
}

fn places(context: &Context) -> Vec<(Place, Span)> {
    let plan = context.plan;
    let projects = plan.projects.values().map(|project| {
        let within = format!("in namespace `{}`", project.namespace);
        (("project", within, project.name.to_string()), project.definition.metadata.name.span)
    });
    let accounts = plan.triggers.values().map(|trigger| {
        let namespace = &plan.projects[trigger.project].namespace;
        let account = &trigger.account.metadata.name;
        let name = crate::names::dns_name(account);
        (("EventSource", format!("in namespace `{namespace}`"), name), account.span)
    });
    let webhooks = plan.triggers.values().flat_map(|trigger| {
        let span = trigger.webhook.metadata.name.span;
        let within = format!("in the Sensor of project `{}`", plan.projects[trigger.project].name);
        let dependency = (("dependency", within.clone(), trigger.name.to_string()), span);
        let names = trigger.starts.iter().map(|start| start.name.to_string());
        let triggers: Vec<_> =
            names.map(|name| (("trigger", within.clone(), name), span)).collect();
        std::iter::once(dependency).chain(triggers)
    });
    let builds = plan.builds.iter().filter_map(|build| {
        let name = build.fixed_name(plan)?;
        let namespace = &plan.projects[plan.runs[build.run].project].namespace;
        Some((("Workflow", format!("in namespace `{namespace}`"), name), build.name_span()))
    });
    projects.chain(accounts).chain(webhooks).chain(builds).collect()
}
