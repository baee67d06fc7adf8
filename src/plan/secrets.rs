//! The Secrets that must exist for runs and events.

use super::dag::{Binding, Call, Input, Step};
use super::{Pipeline, Plan, Project, Run, code};
use crate::body::{Body, ObjectRef};
use crate::id::Id;
use crate::model::kinds::repository_account::{CredentialType, RepositoryAccount};

/// What something needs of a Secret.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Need {
    /// The Secret, in the namespace of the project.
    pub name: String,
    /// Those of its keys that are needed; none if it is all, whatever they are.
    pub keys: Vec<String>,
    /// What needs it, such as `Registry harbor`.
    pub by: String,
    /// What needs it does without, too.
    pub is_optional: bool,
}

impl Need {
    fn new(name: &str, keys: &[&str], by: String) -> Self {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Self { name: name.to_owned(), keys, by, is_optional: false }
    }
}

/// The Secrets that a run needs, by name.
pub(crate) fn of_run(plan: &Plan, run: &Run) -> Vec<Need> {
    sorted(needs_of(plan, run))
}

/// As [`of_run`], for all runs of a project and its events.
pub(crate) fn of_project<'m>(plan: &Plan<'m>, id: Id<Project<'m>>) -> Vec<Need> {
    let runs = plan.runs.values().filter(|run| run.project == id);
    let mut needs: Vec<Need> = runs.flat_map(|run| needs_of(plan, run)).collect();
    for trigger in plan.triggers.values().filter(|trigger| trigger.project == id) {
        if let Some((name, key)) = code::webhook_secret(trigger.account) {
            let account = &*trigger.account.metadata.name;
            needs.push(Need::new(&name, &[&key], format!("events of RepositoryAccount {account}")));
        }
    }
    sorted(needs)
}

fn needs_of(plan: &Plan, run: &Run) -> Vec<Need> {
    let of_steps = run.dag.steps.values().flat_map(|step| of_step(plan, run, step));
    of_credentials(run).into_iter().chain(of_images(run)).chain(of_steps).collect()
}

fn sorted(mut needs: Vec<Need>) -> Vec<Need> {
    needs.sort();
    needs.dedup();
    needs
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
        needs.push(Need::new(&credentials.secret_from.name, &[key], by));
    }
    if let Some(secret) = run.param("git-secret") {
        let by = format!("RepositoryAccount {}", &*account.metadata.name);
        needs.push(Need::new(&secret.value, git_keys(account), by));
    }
    needs
}

fn git_keys(account: &RepositoryAccount) -> &'static [&'static str] {
    match code::credential_type(account) {
        Some(CredentialType::Ssh) => &["ssh-privatekey", "known_hosts"],
        Some(CredentialType::Token) => &["token"],
        _ => &["username", "password"],
    }
}

/// The secrets that images are pulled with.
fn of_images(run: &Run) -> Vec<Need> {
    let named =
        run.settings.image_pull_secrets.iter().filter_map(|node| node.get("name")?.as_str());
    named.map(|name| Need::new(name, &[".dockerconfigjson"], "images".to_owned())).collect()
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
        Some(key) => vec![value(run, step, key)?],
        None => Vec::new(),
    };
    Some(Need { name, keys, by: by.to_owned(), is_optional: secret.is_optional })
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
        Binding::Run if !super::is_standard(param) => &*run.param(param)?.value,
        _ => return None,
    };
    (!value.is_empty() && !value.contains("{{")).then(|| value.to_owned())
}
