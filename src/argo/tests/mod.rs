//! What is reported of a text at a site; the names of cases are those of the findings.

mod examples;
mod steps;

use super::lookup::{check, check_expression};
use super::scope::{Declared, Names, Run, Scope, Site, Template};
use super::uses::Uses;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Text;
use crate::source::{FileId, Span};
use crate::tree::Str;

fn text(value: &str) -> Text {
    Text { value: Str::Verbatim(value.into(), 0), span: Span::new(FileId(0), 0, value.len()) }
}

fn shown(value: &str, sink: Sink) -> Vec<String> {
    let line = |finding: Diagnostic| {
        let place = &value[finding.primary.span.range()];
        let help = finding.help.join("; ");
        format!("{} `{place}`: {} [{help}]", finding.rule.code, finding.message)
    };
    sink.finish().into_iter().map(line).collect()
}

fn findings(value: &str, scope: &Scope) -> Vec<String> {
    let mut sink = Sink::default();
    check(&text(value), scope, &mut sink);
    shown(value, sink)
}

#[track_caller]
fn clean(value: &str, scope: &Scope) {
    assert_eq!(findings(value, scope), Vec::<String>::new(), "{value}");
}

#[track_caller]
fn one(value: &str, scope: &Scope, expected: &str) {
    assert_eq!(findings(value, scope), [expected], "{value}");
}

fn these(names: &[&'static str]) -> Names<'static> {
    Names::These(names.to_vec())
}

fn run() -> Run<'static> {
    Run {
        params: these(&["branch", "image-tag"]),
        outputs: these(&["digest"]),
        artifacts: Names::NONE,
        labels: these(&["team"]),
        annotations: Names::NONE,
        has_priority: false,
    }
}

fn task(params: &[&'static str]) -> Template<'static> {
    Template {
        declared: Declared::Task,
        params: these(params),
        artifacts: these(&["src"]),
        outputs: these(&["lines"]),
        output_artifacts: Names::NONE,
        retries: false,
    }
}

fn in_body<R>(params: &[&'static str], then: impl FnOnce(Scope) -> R) -> R {
    let (template, run) = (task(params), run());
    then(Scope::new(Site::Pod, &run, &template))
}

#[test]
fn what_exists_is_clean() {
    in_body(&["language", "max-lines"], |scope| {
        for value in [
            "{{inputs.parameters.language}} {{ inputs.parameters.max-lines }}",
            "{{=inputs.parameters['max-lines']}} {{=toJson(inputs.parameters)}}",
            "{{inputs.parameters}} {{workflow.parameters}} {{workflow.parameters.json}}",
            "{{inputs.artifacts.src.path}} {{outputs.parameters.lines.path}}",
            "{{workflow.name}} {{workflow.creationTimestamp.RFC3339}} {{pod.name}} {{tasks.name}}",
            "{{workflow.labels.team}} {{workflow.labels.json}}",
            "{{=workflow.labels['app.kubernetes.io/name']}}",
            "{{.Id}} ${{ github.x }} {{range .x}} {{ user.name }} {{lastRetry.x}} {{}}",
            "{{=sprig.trim(workflow.parameters.branch) + steps}}",
            "{{workflow.outputs.parameters.digest}}",
        ] {
            clean(value, &scope);
        }
    });
}

#[test]
fn inline_template_tasks_output() {
    in_body(&[], |scope| {
        one(
            "echo {{tasks.checkout.outputs.parameters.commit}}",
            &scope,
            "AP407 `tasks.checkout.outputs.parameters.commit`: \
             `tasks.checkout.outputs.parameters.commit` is not known inside a template \
             [write `{{inputs.parameters.commit}}`, and give the param `commit` in the step's arguments]",
        );
    });
}

#[test]
fn code_q_item_and_artifact_in_a_body() {
    in_body(&[], |scope| {
        one(
            "{{item}}",
            &scope,
            "AP407 `item`: `item` is not known inside a template [hand the item over in the step's \
             arguments, `value: '{{item}}'`, and write `{{inputs.parameters.NAME}}`]",
        );
        one(
            "{{inputs.artifacts.x.path}}",
            &scope,
            "AP307 `inputs.artifacts.x.path`: the template has no input artifact `x` \
             [its input artifacts are `src`]",
        );
        one(
            "{{inputs.artifacts.src}}",
            &scope,
            "AP407 `inputs.artifacts.src`: `inputs.artifacts.src` is no text: the artifact is a file \
             [write `{{inputs.artifacts.src.path}}` for the file's path]",
        );
    });
}

#[test]
fn wrong_tag_script() {
    in_body(&["language"], |scope| {
        for value in ["{{inputs.params.language}}", "{{inputs.language}}"] {
            let found = findings(value, &scope);
            assert!(found[0].ends_with("[write `{{inputs.parameters.language}}`]"), "{found:?}");
        }
    });
}

#[test]
fn output_path_tag_and_defaults_are_texts_like_others() {
    in_body(&["p"], |scope| {
        clean("/tmp/{{inputs.parameters.p}}", &scope);
        one(
            "/tmp/{{inputs.parameters.nope}}",
            &scope,
            "AP307 `inputs.parameters.nope`: the template uses a param `nope` that the Task does not \
             declare [add `- name: nope` to `spec.params`]",
        );
        one(
            "{{workflow.nme}}",
            &scope,
            "AP407 `workflow.nme`: Argo has no variable `workflow.nme` [write `{{workflow.name}}`]",
        );
    });
}

#[test]
fn workflow_labels() {
    in_body(&[], |scope| {
        let mut run = run();
        run.labels = Names::NONE;
        let scope = Scope { run: &run, ..scope };
        one(
            "{{workflow.labels.team}}",
            &scope,
            "AP407 `workflow.labels.team`: Argo does not know `workflow.labels.team` in this template \
             [hand the value over as a param]",
        );
        one(
            "{{workflow.failures}}",
            &scope,
            "AP407 `workflow.failures`: `workflow.failures` does not exist here \
             [it exists only at the end of a run, in `onExit`]",
        );
        clean("{{workflow.failures}}", &Scope { is_end: true, ..scope.clone() });
        one(
            "{{tasks.x.outputs.result}}",
            &scope,
            "AP407 `tasks.x.outputs.result`: `tasks.x.outputs.result` is not known inside a template \
             [write `{{inputs.parameters.value}}`, and give the param `value` in the step's arguments]",
        );
    });
}

#[test]
fn expressions_are_checked_like_tags() {
    in_body(&["git-secret"], |scope| {
        one(
            "{{=inputs.parameters.git-secret}}",
            &scope,
            "AP407 `inputs.parameters.git-secret`: this expression cannot be read: `-` is a minus \
             sign in it [write `inputs.parameters[\"git-secret\"]`]",
        );
        one(
            "{{=inputs.parameters['git-sekret'] + inputs.parameters.nope}}",
            &scope,
            "AP307 `inputs.parameters['git-sekret']`: the template uses a param `git-sekret` that the \
             Task does not declare [write `{{inputs.parameters.git-secret}}`]",
        );
        for (value, reason) in [
            ("{{=}}", "there is nothing in it"),
            ("{{=toJson({\"a\": {\"b\": 1}})}}", "has no counterpart"),
            ("{{ =workflow.name}}", "a blank before the `=`"),
        ] {
            assert!(findings(value, &scope)[0].contains(reason), "{value}");
        }
    });
}

#[test]
fn tags_in_tags() {
    in_body(&["name"], |scope| {
        clean("{{workflow.parameters.{{inputs.parameters.name}}}}", &scope);
        one(
            "{{inputs.parameters.{{inputs.parameters.name}}}}",
            &scope,
            "AP407 `inputs.parameters.`: a tag in a tag \
             [write an expression: `{{=inputs.parameters[NAME]}}`]",
        );
        assert!(findings("{{ {{inputs.parameters.nam}}", &scope)[0].starts_with("AP307"));
        assert!(findings("a {{b", &scope)[0].contains("has no `}}`"));
    });
}

#[test]
fn fields_that_are_expressions() {
    let (template, run) = (task(&["p"]), run());
    let found = |site: Site, value: &str| {
        let mut sink = Sink::default();
        check_expression(&text(value), &Scope::new(site, &run, &template), &mut sink);
        shown(value, sink)
    };
    for (site, value) in [
        (Site::Retry, "asInt(lastRetry.exitCode) >= 2 && lastRetry.status != 'Error'"),
        (Site::Retry, "{{=asInt(lastRetry.exitCode) >= 2}}"),
        (Site::Retry, "'{{inputs.parameters.p}}' == 'x'"),
        (Site::Response, "response.statusCode == 200 && response.body contains 'x'"),
        (Site::Run, "workflow.status == 'Succeeded'"),
        (Site::Cron, "cronworkflow.failed >= 1"),
    ] {
        assert_eq!(found(site, value), Vec::<String>::new(), "{value}");
    }
    assert!(found(Site::Retry, "lastRetry.exitcode == 2")[0].contains("`lastRetry.exitCode`"));
    assert!(found(Site::Run, "lastRetry.exitCode = 2")[0].contains("write `==`"));
    assert!(found(Site::Cron, "workflow.name == 'x'")[0].contains("does not exist here"));
}

#[test]
fn metrics_and_places() {
    let (template, run) = (task(&["p"]), run());
    let at = |site: Site, value: &str| findings(value, &Scope::new(site, &run, &template));
    let metrics =
        "{{outputs.parameters.lines}} {{outputs.result}} {{duration}} {{inputs.parameters.p}}";
    assert_eq!(at(Site::Metrics, metrics), Vec::<String>::new());
    assert!(at(Site::Pod, "{{outputs.result}}")[0].contains("in a template's metrics"));
    assert!(at(Site::NoPod, "{{pod.name}}")[0].contains("in a template that runs a pod"));
    assert!(at(Site::Run, "{{inputs.parameters.p}}")[0].contains("only in templates"));
    assert!(at(Site::Pod, "{{outputs.parameters.x.path}}")[0].contains("no output `x`"));
    assert!(at(Site::Pod, "{{workflow.creationTimestamp.Q}}")[0].contains("no format of a time"));
    assert!(at(Site::Pod, "{{workflow.priority}}")[0].contains("`priority`"));
    assert!(at(Site::Pod, "${{ inputs.x }}")[0].starts_with("AP407"));
}

#[test]
fn one_finding_a_tag_and_all_uses() {
    in_body(&[], |scope| {
        let value = "{{=inputs.parameters.a + inputs.parameters.b}} {{workflow.parameters.c}}";
        let mut sink = Sink::default();
        check(&text(value), &scope, &mut sink);
        let uses = Uses::of(&text(value));
        assert_eq!(shown(value, sink).len(), 2);
        assert_eq!((uses.inputs.len(), uses.run_params.len()), (2, 1));
    });
}
