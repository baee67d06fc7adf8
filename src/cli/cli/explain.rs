//! `argopacks explain`: a kind, a field or a rule; or where a pipeline's values come from.

use std::fmt::Write;

use super::args::Explain;
use super::render::guess;
use super::{Outcome, output};
use crate::model::reference;
use crate::resolve::{
    BuilderPlan, Call, PipelinePlan, PlannedParam, TagPart, Wire, code, is_standard, origin,
};
use crate::rules::{RULES, rule_of};
use crate::{Compiled, compile};

pub fn run(args: &Explain) -> anyhow::Result<Outcome> {
    let topic = &*args.topic;
    if let Some((kind @ ("pipeline" | "project"), name)) = topic.split_once('/') {
        return compile(&args.paths, |compiled| in_directory(kind, name, &compiled));
    }
    let text = match rule_of(topic) {
        Some(rule) => Ok(rule.page.to_owned()),
        None if topic.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("AP")) => {
            let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
            Err(format!("there is no rule `{topic}`{}", guess(topic, &codes)))
        }
        None => reference::of(topic),
    };
    match text {
        Ok(text) => output::print(&text).map(|()| Outcome::Clean),
        Err(fault) => {
            output::complain(&format!("error: {fault}"));
            Ok(Outcome::Usage)
        }
    }
}

fn in_directory(kind: &str, name: &str, compiled: &Compiled) -> anyhow::Result<Outcome> {
    let outcome = output::report(compiled);
    let program = &compiled.program;
    let (text, names): (Vec<String>, Vec<&str>) = if kind == "pipeline" {
        let found = program.pipelines.iter().filter(|plan| *plan.name().value == *name);
        (
            found.map(|plan| pipeline(plan, compiled)).collect(),
            program.pipelines.iter().map(|plan| &*plan.name().value).collect(),
        )
    } else {
        let found = program
            .projects
            .iter()
            .enumerate()
            .filter(|(_, plan)| *plan.project.metadata.name.value == *name);
        (
            found.map(|(at, _)| project(at, compiled)).collect(),
            program.projects.iter().map(|plan| &*plan.project.metadata.name.value).collect(),
        )
    };
    if text.is_empty() && outcome == Outcome::Clean {
        output::complain(&format!("error: there is no {kind} `{name}`{}", guess(name, &names)));
        return Ok(Outcome::Usage);
    }
    output::print(&text.join("\n"))?;
    Ok(outcome)
}

/// Rows of columns, each as wide as its widest cell.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn pipeline(plan: &PipelinePlan, compiled: &Compiled) -> String {
    let run = &plan.run;
    let project = compiled.program.project_of(run);
    let mut out = format!(
        "Pipeline {} of project {}: WorkflowTemplate {}/{}\n",
        &**plan.name(),
        &*project.project.metadata.name,
        project.namespace,
        run.emitted
    );
    out.push_str("\nParameters of a run, and where their values come from\n");
    let parameter = |param: &crate::resolve::BuildParam| {
        let from = origin(&param.name).map_or_else(|| own_origin(plan, &param.name), str::to_owned);
        vec![param.name.to_string(), param.value.to_string(), format!("← {from}")]
    };
    out.push_str(&table(&run.params.iter().map(parameter).collect::<Vec<_>>()));
    out.push_str("\nSteps, and where their params come from\n");
    for (at, step) in run.builder.steps.iter().enumerate() {
        let task = match step.call {
            Call::Pack(template) => template.task.metadata.name.to_string(),
            _ => "a template of its own".to_owned(),
        };
        let after =
            step.depends.as_ref().map_or_else(String::new, |depends| format!(", after {depends}"));
        let _ = writeln!(out, "{}: {task}{after}", &*run.builder.step(at).name);
        let row = |(param, wire): (&PlannedParam, &Wire)| param_row(&run.builder, at, param, wire);
        out.push_str(&table(&step.params.iter().zip(&run.wires[at]).map(row).collect::<Vec<_>>()));
    }
    out.push_str("\nSecrets that must exist\n");
    out.push_str(&secrets(&[plan], &[], &project.namespace));
    out
}

/// Where a param that is no build parameter has its value from.
fn own_origin(plan: &PipelinePlan, name: &str) -> String {
    if plan.pipeline.spec.builder.params.get(name).is_some() {
        "builder.params of the Pipeline".to_owned()
    } else {
        "default of the Builder".to_owned()
    }
}

fn param_row(plan: &BuilderPlan, at: usize, param: &PlannedParam, wire: &Wire) -> Vec<String> {
    let default = || {
        param
            .declared
            .and_then(|declared| declared.default.as_ref())
            .map_or_else(String::new, |default| one_line(&default.0))
    };
    let (value, from) = match wire {
        Wire::Argument(argument) => {
            (one_line(&plan.argument(at, *argument).value.0), "argument of the step".to_owned())
        }
        Wire::Build if is_standard(&param.name) => (String::new(), "build parameter".to_owned()),
        Wire::Build => (String::new(), "builder param".to_owned()),
        Wire::Output(step) => {
            (String::new(), format!("output of step {}", &*plan.step(*step).name))
        }
        Wire::Default => (default(), "default of the Task".to_owned()),
        Wire::Tag(parts) => (
            parts.iter().map(|part| tag_part(plan, part)).collect(),
            "tag of the Pipeline, made in the run".to_owned(),
        ),
    };
    vec![param.name.to_string(), format!("← {from}"), value]
}

fn tag_part(plan: &BuilderPlan, part: &TagPart) -> String {
    match part {
        TagPart::Text(text) => text.clone(),
        TagPart::Build(name) => format!("<{name}>"),
        TagPart::Output(step, name) => format!("<{name} of {}>", &*plan.step(*step).name),
        TagPart::Created(_) => "<time of the run>".to_owned(),
    }
}

fn one_line(text: &str) -> String {
    match text.split_once('\n') {
        Some((first, _)) => format!("{first} …"),
        None => text.to_owned(),
    }
}

fn project(at: usize, compiled: &Compiled) -> String {
    let program = &compiled.program;
    let project = &program.projects[at];
    let mut out =
        format!("Project {}: namespace {}\n", &*project.project.metadata.name, project.namespace);
    let pipelines: Vec<&PipelinePlan> =
        program.pipelines.iter().filter(|plan| plan.run.project == at).collect();
    let webhooks: Vec<_> =
        program.webhooks.iter().filter(|webhook| webhook.project == at).collect();
    let _ = writeln!(
        out,
        "{}, {}",
        output::counted(pipelines.len(), "pipeline"),
        output::counted(webhooks.len(), "webhook")
    );
    let _ = writeln!(
        out,
        "service accounts: {} (runs), {} (sensor)",
        project.runner(),
        project.sensor()
    );
    out.push_str("\nSecrets that must exist\n");
    out.push_str(&secrets(&pipelines, &webhooks, &project.namespace));
    out
}

/// The secrets and keys that runs and events need.
fn secrets(
    pipelines: &[&PipelinePlan],
    webhooks: &[&crate::resolve::WebhookPlan],
    namespace: &str,
) -> String {
    use crate::model::kinds::repository_account::CredentialType;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |name: &str, keys: &str, what: String| {
        rows.push(vec![format!("{namespace}/{name}"), keys.to_owned(), what]);
    };
    for plan in pipelines {
        if let Some(credentials) = &plan.registry.spec.credentials {
            let key =
                credentials.secret_from.key.as_ref().map_or(".dockerconfigjson", |key| &**key);
            add(
                &credentials.secret_from.name,
                key,
                format!("Registry {}", &*plan.registry.metadata.name),
            );
        }
        if let Some(name) = code::git_secret(plan.account) {
            let keys = match code::credential_type(plan.account) {
                Some(CredentialType::Ssh) => "ssh-privatekey, known_hosts",
                Some(CredentialType::Token) => "token",
                _ => "username, password",
            };
            add(name, keys, format!("RepositoryAccount {}", &*plan.account.metadata.name));
        }
    }
    for webhook in webhooks {
        if let Some((name, key)) = code::webhook_secret(webhook.account) {
            add(
                &name,
                &key,
                format!("events of RepositoryAccount {}", &*webhook.account.metadata.name),
            );
        }
    }
    rows.sort();
    rows.dedup();
    if rows.is_empty() { "  none\n".to_owned() } else { table(&rows) }
}
