//! `argopacks explain`: a kind, a field or a rule; or where a pipeline's values come from.

use std::fmt::Write;

use super::args::{Explain, ExplainCommand};
use super::render::guess;
use super::{Outcome, explain_output, output};
use crate::id::Id;
use crate::model::reference;
use crate::plan::dag::{Binding, Call, Dag, Input, TagPart};
use crate::plan::secrets::{self, Need};
use crate::plan::{Pipeline, Plan, Project, Run, RunParam, Trigger, is_standard, origin};
use crate::rules::{RULES, rule_of};
use crate::{Compiled, compile};

pub(crate) fn run(args: &Explain) -> anyhow::Result<Outcome> {
    if let Some(ExplainCommand::Output(args)) = &args.command {
        return explain_output::run(args);
    }
    let topic = args.topic.as_deref().unwrap_or_default();
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
    let plan = compiled.plan;
    let (text, names): (Vec<String>, Vec<&str>) = if kind == "pipeline" {
        let all: Vec<(&Run, &Pipeline)> = plan.pipelines().map(|(_, run, it)| (run, it)).collect();
        let name_of = |run: &Run| run.definition_name().to_string();
        let found = all.iter().filter(|(run, _)| name_of(run) == name);
        (
            found.map(|(run, it)| pipeline(plan, run, it)).collect(),
            all.iter().map(|(run, _)| &*run.definition_name().value).collect(),
        )
    } else {
        let name_of = |project: &Project| project.definition.metadata.name.to_string();
        let found = plan.projects.iter().filter(|(_, project)| name_of(project) == name);
        let projects = plan.projects.values();
        (
            found.map(|(id, _)| project(plan, id)).collect(),
            projects.map(|project| &*project.definition.metadata.name.value).collect(),
        )
    };
    if text.is_empty() && outcome == Outcome::Clean {
        let guess = guess(name, &names);
        output::complain(&format!("error: there is no {kind} `{name}`{guess}"));
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

fn pipeline(plan: &Plan, run: &Run, pipeline: &Pipeline) -> String {
    let project = &plan.projects[run.project];
    let mut out = format!(
        "Pipeline {} of project {}: WorkflowTemplate {}/{}\n",
        &**run.definition_name(),
        &*project.definition.metadata.name,
        project.namespace,
        run.name
    );
    out.push_str("\nParameters of a run, and where their values come from\n");
    let parameter = |param: &RunParam| {
        let from = origin(&param.name);
        let from = from.map_or_else(|| own_origin(pipeline, &param.name), str::to_owned);
        vec![param.name.to_string(), param.value.to_string(), format!("← {from}")]
    };
    out.push_str(&table(&run.params.iter().map(parameter).collect::<Vec<_>>()));
    out.push_str("\nSteps, and where their params come from\n");
    for step in run.dag.steps.values() {
        let task = match &step.call {
            Call::Task(callee) => plan.tasks[callee.task].definition.metadata.name.to_string(),
            _ => "a template of its own".to_owned(),
        };
        let after = step.wait.as_ref().map(|wait| format!(", after {}", wait.depends));
        let _ = writeln!(out, "{}: {task}{}", &*step.name, after.unwrap_or_default());
        let rows = step.inputs.iter().map(|input| param_row(&run.dag, input));
        out.push_str(&table(&rows.collect::<Vec<_>>()));
    }
    out + &secrets_that_must_exist(&project.namespace, &secrets::of_run(plan, run))
}

fn secrets_that_must_exist(namespace: &str, needs: &[Need]) -> String {
    let row = |need: &Need| {
        let keys = if need.keys.is_empty() { "all keys".to_owned() } else { need.keys.join(", ") };
        let optional = if need.is_optional { " (optional)" } else { "" };
        vec![format!("{namespace}/{}", need.name), keys, format!("{}{optional}", need.by)]
    };
    let rows: Vec<Vec<String>> = needs.iter().map(row).collect();
    let rows = if rows.is_empty() { "  none\n".to_owned() } else { table(&rows) };
    format!("\nSecrets that must exist\n{rows}")
}

/// Where a param that is no build parameter has its value from.
fn own_origin(pipeline: &Pipeline, name: &str) -> String {
    if pipeline.definition.spec.builder.params.get(name).is_some() {
        "builder.params of the Pipeline".to_owned()
    } else {
        "default of the Builder".to_owned()
    }
}

fn param_row(dag: &Dag, input: &Input) -> Vec<String> {
    let default = || {
        let declared = input.declared.and_then(|declared| declared.default.as_ref());
        declared.map_or_else(String::new, |default| one_line(&default.0))
    };
    let (value, from) = match &input.binding {
        Binding::Argument(argument) => (one_line(argument), "argument of the step".to_owned()),
        Binding::Item(_) => (String::new(), "item of the loop".to_owned()),
        Binding::Run if is_standard(&input.name) => (String::new(), "build parameter".to_owned()),
        Binding::Run => (String::new(), "builder param".to_owned()),
        Binding::Output(step) => {
            (String::new(), format!("output of step {}", &*dag.steps[*step].name))
        }
        Binding::Default => (default(), "default of the Task".to_owned()),
        Binding::Missing => (String::new(), "nothing".to_owned()),
        Binding::Tag(parts) => (
            parts.iter().map(|part| tag_part(dag, part)).collect(),
            "tag of the Pipeline, made in the run".to_owned(),
        ),
    };
    vec![input.name.to_string(), format!("← {from}"), value]
}

fn tag_part(dag: &Dag, part: &TagPart) -> String {
    match part {
        TagPart::Text(text) => text.to_string(),
        TagPart::Run(name) => format!("<{name}>"),
        TagPart::Output(step, name) => format!("<{name} of {}>", &*dag.steps[*step].name),
        TagPart::Created(_) => "<time of the run>".to_owned(),
    }
}

/// The first line of a text, marked if there are more.
pub(crate) fn one_line(text: &str) -> String {
    match text.split_once('\n') {
        Some((first, _)) => format!("{first} …"),
        None => text.to_owned(),
    }
}

fn project<'m>(plan: &Plan<'m>, id: Id<Project<'m>>) -> String {
    let project = &plan.projects[id];
    let name = &*project.definition.metadata.name;
    let mut out = format!("Project {name}: namespace {}\n", project.namespace);
    let of_project = plan.pipelines().filter(|(_, run, _)| run.project == id);
    let pipelines: Vec<&Pipeline> = of_project.map(|(_, _, pipeline)| pipeline).collect();
    let triggers: Vec<&Trigger> = plan.triggers.values().filter(|it| it.project == id).collect();
    let schedules = plan.schedules.iter().filter(|it| plan.runs[it.run].project == id).count();
    let mut counts = vec![
        output::counted(pipelines.len(), "pipeline"),
        output::counted(triggers.len(), "webhook"),
    ];
    counts.extend((schedules > 0).then(|| output::counted(schedules, "schedule")));
    let _ = writeln!(out, "{}", counts.join(", "));
    let _ = writeln!(
        out,
        "service accounts: {} (runs), {} (sensor)",
        project.runner(),
        project.sensor()
    );
    out + &secrets_that_must_exist(&project.namespace, &secrets::of_project(plan, id))
}
