//! The texts of a template body.

use super::EVERY_RUN;
use crate::argo::lookup;
use crate::argo::scope::{
    Declared, Item, Names, Ran, Root, Scope, Sibling, Siblings, Site, Steps, Takes, Template,
};
use crate::body::{Body, Call, CallPlace, Ports, SiteKind, TemplateKind};
use crate::diagnostics::Sink;

/// What a body has, and what is declared outside of it.
pub(super) fn template<'b>(
    body: &'b Body,
    declared: Declared<'b>,
    params: Names<'b>,
    outputs: &[&'b str],
) -> Template<'b> {
    let (inputs, own) = (names(&body.inputs), names(&body.outputs));
    Template {
        declared,
        params: match params {
            Names::Any => Names::Any,
            Names::These(params) => Names::These([inputs.parameters, params].concat()),
        },
        artifacts: Names::These(inputs.artifacts),
        outputs: Names::These([own.parameters, outputs.to_vec()].concat()),
        output_artifacts: Names::These(own.artifacts),
        retries: body.node.get("retryStrategy").is_some(),
    }
}

struct PortNames<'b> {
    parameters: Vec<&'b str>,
    artifacts: Vec<&'b str>,
}

fn names<'b>(ports: &'b Ports) -> PortNames<'b> {
    let name = |item: &'b crate::body::Item| Some(&*item.name.as_ref()?.value);
    PortNames {
        parameters: ports.parameters.iter().filter_map(name).collect(),
        artifacts: ports.artifacts.iter().filter_map(name).collect(),
    }
}

/// Checks the texts of a body, and of the templates that stand in it.
pub(super) fn check_body(body: &Body, template: &Template, sink: &mut Sink) {
    let Some(kind) = body.kind() else { return };
    let siblings = siblings(kind, body);
    // Argo's validator sees to the order of steps; here it is not known.
    let ran = |_: usize| Ran::Surely;
    for site in &body.sites {
        let mut scope = Scope::new(place(kind, site.kind, body), &EVERY_RUN, template);
        if kind.calls_templates() {
            scope.steps = Some(Steps { siblings: &siblings, own: None, ran: &ran });
            let call = site.kind.call().and_then(|call| body.calls.get(call));
            scope.item = item(body, call);
            scope.takes = Takes::List;
        }
        lookup::check(&site.text, &scope, sink);
    }
    for inline in body.calls.iter().filter_map(|call| call.inline.as_deref()) {
        let own = self::template(inline, Declared::Inputs, Names::These(Vec::new()), &[]);
        check_body(inline, &own, sink);
    }
}

/// What the loop of a call gives it; a hook's is that of its step.
fn item<'b>(body: &'b Body, call: Option<&'b Call>) -> Item<'b> {
    let step = match call.map(|call| (call, call.place)) {
        Some((_, CallPlace::Hook { of } | CallPlace::OnExit { of })) => body.calls.get(of),
        Some((call, _)) => Some(call),
        None => None,
    };
    if step.is_none_or(Call::is_loop) { Item::Any } else { Item::None }
}

/// The tasks or steps of a body that has some.
fn siblings<'b>(kind: TemplateKind, body: &'b Body) -> Siblings<'b> {
    let root = if kind == TemplateKind::Steps { Root::Steps } else { Root::Tasks };
    let is_step = |call: &&Call| matches!(call.place, CallPlace::Task | CallPlace::Step { .. });
    let calls = body.calls.iter().filter(is_step);
    let named = calls.filter_map(|call| {
        let sibling = Sibling::new(&call.name.as_ref()?.value, Names::Any);
        Some(Sibling { is_daemon: true, ..sibling })
    });
    Siblings::new(root, named.collect())
}

fn place(template: TemplateKind, site: SiteKind, body: &Body) -> Site {
    match site {
        SiteKind::Metrics => Site::Metrics,
        SiteKind::RetryStrategy => Site::Retry,
        SiteKind::HttpCondition => Site::Response,
        SiteKind::HookExpression { call } if body.calls[call].is_exit_hook() => Site::ExitHook,
        SiteKind::HookExpression { .. } => Site::Hook,
        SiteKind::Outputs if template.calls_templates() => Site::Outputs,
        _ if template.calls_templates() => Site::Step,
        _ if template.runs_pod() => Site::Pod,
        _ => Site::NoPod,
    }
}
