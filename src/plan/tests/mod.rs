#![allow(clippy::unwrap_used)]
//! A Builder made of a few steps, compiled: what it came to, in the words of the tests.

mod order;
mod precedence;

use std::fmt::Write;

use super::dag::{Binding, Dag, Input};
use crate::{Compiled, compile};

const COMMON: &str = include_str!("common.yaml");

/// What a test says of a Builder and its Pipeline beyond the steps.
#[derive(Clone, Copy, Default)]
pub(crate) struct Setup {
    pub entrypoint: &'static str,
    /// `params` of the Builder, as a YAML list on one line.
    pub builder_params: &'static str,
    /// `builder.params` of the Pipeline, as a YAML map on one line.
    pub pipeline_params: &'static str,
    /// The steps, one a line.
    pub steps: &'static str,
}

/// What the steps came to: lines such as `take.colour ← output of near` and `take after near`, or
/// the findings.
pub(crate) fn outcome(setup: Setup) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("all.yaml"), COMMON.to_owned() + &definitions(setup))
        .unwrap();
    compile(&[directory.path().to_owned()], |compiled| {
        if compiled.findings.is_empty() {
            let run = compiled.plan.runs.values().next().unwrap();
            wires(&run.dag)
        } else {
            findings(&compiled)
        }
    })
}

fn definitions(setup: Setup) -> String {
    let mut text = String::new();
    let or = |text: &'static str, other: &'static str| if text.is_empty() { other } else { text };
    let _ = writeln!(
        text,
        "---\napiVersion: packs.argoproj.io/v1beta1\nkind: Builder\nmetadata: {{name: builder}}\nspec:"
    );
    if !setup.entrypoint.is_empty() {
        let _ = writeln!(text, "  entrypoint: {}", setup.entrypoint);
    }
    let _ = writeln!(text, "  params: {}\n  steps:", or(setup.builder_params, "[]"));
    for step in setup.steps.lines().map(str::trim).filter(|step| !step.is_empty()) {
        let _ = writeln!(text, "  - {{{step}}}");
    }
    let _ = writeln!(
        text,
        "---\napiVersion: packs.argoproj.io/v1beta1\nkind: Pipeline\nmetadata: {{name: pipeline, project: project}}"
    );
    let _ = writeln!(text, "spec:\n  repository: registry\n  image: image\n  tag: latest");
    let _ =
        writeln!(text, "  builder: {{name: builder, params: {}}}", or(setup.pipeline_params, "{}"));
    let _ = writeln!(
        text,
        "  code: {{git: {{repoAccount: account, repo: owner/name, revision: main}}}}"
    );
    text
}

fn wires(dag: &Dag) -> Vec<String> {
    let mut lines = Vec::new();
    for step in dag.steps.values() {
        let name = &*step.name;
        let after = step.wait.as_ref().map_or("nothing", |wait| &wait.depends);
        lines.push(format!("{name} after {after}"));
        let line = |input: &Input| format!("{name}.{} ← {}", input.name, origin(input, dag));
        lines.extend(step.inputs.iter().map(line));
    }
    lines
}

fn origin(input: &Input, dag: &Dag) -> String {
    match &input.binding {
        Binding::Argument(_) => "argument".to_owned(),
        Binding::Item(_) => "item".to_owned(),
        Binding::Run => "build".to_owned(),
        Binding::Output(step) => format!("output of {}", &*dag.steps[*step].name),
        Binding::Default => "default".to_owned(),
        Binding::Tag(_) => "tag".to_owned(),
        Binding::Missing => "nothing".to_owned(),
    }
}

fn findings(compiled: &Compiled) -> Vec<String> {
    compiled
        .findings
        .iter()
        .map(|finding| format!("{} {}", finding.rule.code, finding.message))
        .collect()
}
