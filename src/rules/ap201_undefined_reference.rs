//! AP201: a name that nothing defines.

use crate::diagnostics::{Diagnostic, nearest};
use crate::model::Kind;
use crate::source::Span;

rule!("AP201", "undefined-reference", Error, "a reference to a name that nothing defines");

/// A name like no other; `names` are some of those in reach.
pub(crate) fn finding(span: Span, kind: Kind, name: &str, names: &[&str]) -> Diagnostic {
    let help = if names.is_empty() {
        format!("no {} is defined in reach of it: add a definition", kind.name())
    } else {
        format!("defined in reach of it: {}", crate::diagnostics::all_of(names.iter().copied()))
    };
    undefined(span, kind, name).help(help)
}

/// A name that is a slip of the hand away from `guess`, which may be defined at `place`.
pub(crate) fn misspelt(
    span: Span,
    kind: Kind,
    name: &str,
    guess: &str,
    place: Option<Span>,
) -> Diagnostic {
    let mut diagnostic = undefined(span, kind, name);
    if let Some(place) = place {
        diagnostic = diagnostic.related(place, format!("`{guess}` is defined here"));
    }
    diagnostic.help(format!("write `{guess}`")).fix(span, guess)
}

/// A name that is defined out of reach, in a project.
pub(crate) fn elsewhere(span: Span, kind: Kind, name: &str, project: &str) -> Diagnostic {
    let help = "define it in this project, or globally: without `metadata.project`, `scope: global` where the";
    undefined(span, kind, name)
        .note(format!("project `{project}` has one, which is seen in that project only"))
        .help(format!("{help} {} has a scope", kind.name()))
}

fn undefined(span: Span, kind: Kind, name: &str) -> Diagnostic {
    let message = format!("there is no {} `{name}`", kind.name());
    Diagnostic::new(&RULE, span, message).label("not defined").once()
}

/// A template that a Task does not have.
pub(crate) fn template(span: Span, task: &str, template: &str, names: &[&str]) -> Diagnostic {
    template_of(span, &format!("Task `{task}`"), template, names)
}

/// A template that `owner` does not have: "Task `x`".
pub(crate) fn template_of(span: Span, owner: &str, template: &str, names: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("{owner} has no template `{template}`"))
        .label("not defined");
    match nearest(template, names.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None if names.is_empty() => {
            diagnostic.help("it has one template, which can run none by name: give it `templates`")
        }
        None => {
            diagnostic.help(format!("it has {}", crate::diagnostics::all_of(names.iter().copied())))
        }
    }
}

/// A step that does not exist; `field` is where it is named: "depends".
pub(crate) fn step(span: Span, field: &str, name: &str, names: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        span,
        format!("`{field}` names a step `{name}` that does not exist"),
    )
    .label("no such step");
    match nearest(name, names.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None => diagnostic
            .help(format!("its steps are {}", crate::diagnostics::all_of(names.iter().copied()))),
    }
}

/// A template said to be in the cluster (`clusterScope: true`) that no Task declares.
pub(crate) fn external(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{name}` is said to be in the cluster, and no Task declares it"))
        .label("not declared")
        .note("calls are checked against the params that a Task declares, for templates that live in the cluster as well")
        .help(format!("add a Task `{name}` with `spec.external: true` and its params"))
}

/// No account is at the host of a repository; `hosts` are those where one is.
pub(crate) fn account_at(span: Span, host: &str, hosts: &[&str]) -> Diagnostic {
    let message = format!("no RepositoryAccount is at `{host}`");
    let diagnostic = Diagnostic::new(&RULE, span, message).label("no account at this host");
    match nearest(host, hosts.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")),
        None => diagnostic.help("define a RepositoryAccount with this `url`, or name the account: `repo: {account, name}`"),
    }
}

/// The accounts at the host of a repository are for other paths; `accounts` are their names, what
/// each is for, and where that is said.
pub(crate) fn account_for(
    span: Span,
    repository: &str,
    accounts: &[(&str, String, Span)],
) -> Diagnostic {
    let message = format!("no RepositoryAccount is for `{repository}`");
    let diagnostic = Diagnostic::new(&RULE, span, message)
        .label("no account has this path")
        .help("correct the path, or define a RepositoryAccount that has it");
    accounts.iter().fold(diagnostic, |diagnostic, (name, path, place)| {
        diagnostic.related(*place, format!("account `{name}` is for `{path}/…`"))
    })
}

/// A name in a list of a template body: of a task, a step, a container, an artifact. `field` is
/// where it is named, `what` what it should be: "task".
pub(crate) fn within(
    span: Span,
    field: &str,
    what: &str,
    name: &str,
    names: &[&str],
) -> Diagnostic {
    let noun = crate::diagnostics::with_article(what);
    let message = format!("`{field}` names {noun} `{name}` that the template does not have");
    let diagnostic = Diagnostic::new(&RULE, span, message).label(format!("no such {what}"));
    match nearest(name, names.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None if names.is_empty() => diagnostic.help(format!("the template has no {what}s")),
        None => {
            let all = crate::diagnostics::all_of(names.iter().copied().take(10));
            diagnostic.help(format!("its {what}s are {all}"))
        }
    }
}

/// A port of a container by a name that none of its ports has.
pub(crate) fn port(span: Span, name: &str, names: &[&str]) -> Diagnostic {
    let message = format!("the container has no port `{name}`");
    let diagnostic = Diagnostic::new(&RULE, span, message).label("no such port");
    match nearest(name, names.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None if names.is_empty() => {
            diagnostic.help("give its number; the container names no ports")
        }
        None => {
            let all = crate::diagnostics::all_of(names.iter().copied());
            diagnostic.help(format!("its ports are {all}"))
        }
    }
}

/// A mount of a volume that the template does not declare.
pub(crate) fn volume(span: Span, name: &str, names: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, span, format!("the template has no volume `{name}`"))
        .label("not declared")
        .note("Argo accepts the template, and fails when it creates the pod");
    if let Some(guess) = nearest(name, names.iter().copied()) {
        return diagnostic.help(format!("write `{guess}`")).fix(span, guess);
    }
    let help = format!("declare `{name}` in the `volumes` of the template");
    diagnostic.help(format!("{help}; the run's workspace is the volume `workspace`"))
}
