//! The Secrets that runs and events need, for `argopacks explain`.

use crate::body::{Body, ObjectRef};
use crate::id::Id;
use crate::model::kinds::repository_account::{CredentialType, RepositoryAccount};
use crate::plan::dag::{Binding, Call, Input, Step};
use crate::plan::{Pipeline, Plan, Project, Run, code};

/// Columns: the Secret, its keys, what needs it.
pub(crate) fn of_run(plan: &Plan, run: &Run) -> Vec<Vec<String>> {
    rows(&plan.projects[run.project].namespace, needs_of(plan, run))
}

/// As [`of_run`], for all runs of a project and its events.
pub(crate) fn of_project<'m>(plan: &Plan<'m>, id: Id<Project<'m>>) -> Vec<Vec<String>> {
    let runs = plan.runs.values().filter(|run| run.project == id);
    let mut needs: Vec<Need> = runs.flat_map(|run| needs_of(plan, run)).collect();
    for trigger in plan.triggers.values().filter(|trigger| trigger.project == id) {
        if let Some((name, key)) = code::webhook_secret(trigger.account) {
            let account = &*trigger.account.metadata.name;
            needs.push(Need::new(
                &name,
                key.as_str(),
                format!("events of RepositoryAccount {account}"),
            ));
        }
    }
    rows(&plan.projects[id].namespace, needs)
}

fn needs_of(plan: &Plan, run: &Run) -> Vec<Need> {
    let of_steps = run.dag.steps.values().flat_map(|step| of_step(plan, run, step));
    of_credentials(run).into_iter().chain(of_images(run)).chain(of_steps).collect()
}

fn rows(namespace: &str, mut needs: Vec<Need>) -> Vec<Vec<String>> {
    needs.sort();
    needs.dedup();
    let row = |need: Need| vec![format!("{namespace}/{}", need.name), need.keys, need.by];
    needs.into_iter().map(row).collect()
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Need {
    name: String,
    keys: String,
    by: String,
}

impl Need {
    fn new(name: &str, keys: impl Into<String>, by: String) -> Self {
        Self { name: name.to_owned(), keys: keys.into(), by }
    }
}

/// The secrets of a pipeline's `Registry` and `RepositoryAccount`, if something in the run uses
/// them.
fn of_credentials(run: &Run) -> Vec<Need> {
    let mut needs = Vec::new();
    let Some(Pipeline { registry, account, .. }) = run.pipeline() else { return needs };
    let credentials = registry.spec.credentials.as_ref();
    if let Some(credentials) = credentials.filter(|_| run.param("registry-secret").is_some()) {
        let key = credentials.secret_from.key.as_ref();
        let key = key.map_or(".dockerconfigjson", |key| &**key);
        let by = format!("Registry {}", &*registry.metadata.name);
        needs.push(Need::new(&credentials.secret_from.name, key, by));
    }
    if let Some(secret) = run.param("git-secret") {
        let by = format!("RepositoryAccount {}", &*account.metadata.name);
        needs.push(Need::new(&secret.value, git_keys(account), by));
    }
    needs
}

fn git_keys(account: &RepositoryAccount) -> &'static str {
    match code::credential_type(account) {
        Some(CredentialType::Ssh) => "ssh-privatekey, known_hosts",
        Some(CredentialType::Token) => "token",
        _ => "username, password",
    }
}

/// The secrets that images are pulled with.
fn of_images(run: &Run) -> Vec<Need> {
    let named =
        run.settings.image_pull_secrets.iter().filter_map(|node| node.get("name")?.as_str());
    named.map(|name| Need::new(name, ".dockerconfigjson", "images".to_owned())).collect()
}

/// The secrets that the template of a step names.
fn of_step(plan: &Plan, run: &Run, step: &Step<Input>) -> Vec<Need> {
    let by = match &step.call {
        Call::Task(callee) => {
            format!("Task {}", &*plan.tasks[callee.task].definition.metadata.name)
        }
        Call::Inline(_) | Call::Unknown => format!("step {}", &*step.name),
    };
    let body = step.call.body(&plan.tasks);
    let secrets = body.into_iter().flat_map(Body::secrets);
    secrets.filter_map(|secret| of_object(run, step, secret, &by)).collect()
}

/// A Secret that a template names; none if what it is called is known in the run only, or it is
/// that of the run's own credentials.
fn of_object(run: &Run, step: &Step<Input>, secret: &ObjectRef, by: &str) -> Option<Need> {
    let name = value(run, step, &secret.name)?;
    let keys = match &secret.key {
        Some(key) => value(run, step, key)?,
        None => "all keys".to_owned(),
    };
    let optional = if secret.is_optional { " (optional)" } else { "" };
    Some(Need::new(&name, keys, format!("{by}{optional}")))
}

/// What a text of a template comes to in a run, if it is fixed, or one param that is.
fn value(run: &Run, step: &Step<Input>, text: &str) -> Option<String> {
    if !text.contains("{{") {
        return Some(text.to_owned());
    }
    let param = text.strip_prefix("{{inputs.parameters.")?.strip_suffix("}}")?;
    let input = step.inputs.iter().find(|input| *input.name == param)?;
    let value = match &input.binding {
        Binding::Argument(text) => &***text,
        Binding::Default => &*input.declared?.default.as_ref()?.0,
        // The run's own are listed as those of the Registry and the RepositoryAccount.
        Binding::Run if !crate::plan::is_standard(param) => &*run.param(param)?.value,
        _ => return None,
    };
    (!value.is_empty() && !value.contains("{{")).then(|| value.to_owned())
}
