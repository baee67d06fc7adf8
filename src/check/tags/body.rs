//! The texts of a template body.

use super::calls::{Calls, Peer};
use crate::argo::lookup;
use crate::argo::scope::{Declared, Names, Run, Scope, Site, Steps, Takes, Template};
use crate::body::{Body, Call, CallPlace, SiteKind, TemplateKind};
use crate::diagnostics::Sink;

/// What a body has, and what is declared outside of it.
pub(super) fn template<'b>(
    body: &'b Body,
    declared: Declared<'b>,
    params: Names<'b>,
    outputs: &[&'b str],
) -> Template<'b> {
    Template {
        declared,
        params: match params {
            Names::Any => Names::Any,
            Names::These(params) => Names::These([body.inputs.parameter_names(), params].concat()),
        },
        artifacts: Names::These(body.inputs.artifact_names()),
        outputs: Names::These([body.outputs.parameter_names(), outputs.to_vec()].concat()),
        output_artifacts: Names::These(body.outputs.artifact_names()),
        retries: body.node.get("retryStrategy").is_some(),
    }
}

/// What is around a body.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub run: &'a Run<'a>,
    /// The templates that it can call by name.
    pub peers: &'a [Peer<'a>],
}

/// Checks the texts of a body, and of the templates that stand in it.
pub(super) fn check_body(body: &Body, template: &Template, around: Around, sink: &mut Sink) {
    let Some(kind) = body.kind() else { return };
    if kind.calls_templates() {
        check_calls(kind, body, template, around, sink);
    } else {
        for site in &body.sites {
            let scope = Scope::new(place(kind, site.kind), around.run, template);
            lookup::check(&site.text, &scope, sink);
        }
    }
    for inline in body.calls.iter().filter_map(|call| call.inline.as_deref()) {
        let own = self::template(inline, Declared::Inputs, Names::These(Vec::new()), &[]);
        check_body(inline, &own, around, sink);
    }
}

/// The texts of a template that calls others.
fn check_calls(
    kind: TemplateKind,
    body: &Body,
    template: &Template,
    around: Around,
    sink: &mut Sink,
) {
    let calls = Calls::of(kind, body, around.peers);
    for site in &body.sites {
        let call = site.kind.call();
        let own = calls.own(call);
        let ran = |other: usize| calls.ran(own, other);
        let mut scope = Scope::new(place_of_call(site.kind, body), around.run, template);
        scope.steps = Some(Steps { siblings: &calls.siblings, own, ran: &ran });
        scope.item = calls.item(call);
        scope.takes = Takes::List;
        lookup::check(&site.text, &scope, sink);
    }
}

fn place_of_call(site: SiteKind, body: &Body) -> Site {
    let call = site.call().map(|call| &body.calls[call]);
    match (site, call.map(|call| call.place)) {
        (SiteKind::Outputs, _) => Site::Outputs,
        (_, Some(CallPlace::Hook { .. } | CallPlace::OnExit { .. })) => {
            if call.is_some_and(Call::is_exit_hook) { Site::ExitHook } else { Site::Hook }
        }
        _ => Site::Step,
    }
}

fn place(template: TemplateKind, site: SiteKind) -> Site {
    match site {
        SiteKind::Metrics => Site::Metrics,
        SiteKind::RetryStrategy => Site::Retry,
        SiteKind::HttpCondition => Site::Response,
        _ if template.runs_pod() => Site::Pod,
        _ => Site::NoPod,
    }
}
