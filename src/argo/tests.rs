//! What is reported of a text at a site; the names of cases are those of the findings.

use super::lookup::{check, check_expression};
use super::scope::{
    ANY_RUN, BUILDER, Declared, Item, Names, Ran, Root, Run, Scope, Sibling, Siblings, Site, Steps,
    Takes, Template,
};
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Text;
use crate::source::{FileId, Span};

fn text(value: &str) -> Text {
    Text { value: value.to_owned().into(), span: Span::new(FileId(0), 0, value.len()) }
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

fn steps(root: Root) -> Siblings<'static> {
    let mut each = Sibling::new("each", these(&["digest"]));
    each.is_loop = true;
    let mut asked = Sibling::new("asked", these(&["answer"]));
    asked.has_result = Some(false);
    asked.when = Some(Span::new(FileId(0), 0, 0));
    let checkout = Sibling::new("checkout", these(&["commit", "short-commit"]));
    let all = vec![
        checkout,
        Sibling::new("count", these(&["lines"])),
        each,
        asked,
        Sibling::new("own", these(&["x"])),
        Sibling::new("later", these(&["x"])),
    ];
    Siblings::new(root, all)
}

/// Calls `then` with the scope of the step `own`, which runs after the first four, of which the loop is
/// sure and `asked` is not.
fn in_step<R>(root: Root, then: impl FnOnce(Scope) -> R) -> R {
    let (siblings, run) = (steps(root), run());
    let ran = |at: usize| match at {
        0..=2 => Ran::Surely,
        3 => Ran::Before,
        _ => Ran::NotBefore,
    };
    let mut scope = Scope::new(Site::Step, &run, &BUILDER);
    scope.steps = Some(Steps { siblings: &siblings, own: Some(4), ran: &ran });
    then(scope)
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
fn steps_see_each_other() {
    in_step(Root::Tasks, |scope| {
        for value in [
            "{{tasks.checkout.outputs.parameters.short-commit}} {{tasks.asked.status}}",
            "{{=tasks['count'].outputs.parameters.lines}} {{=tasks.count}}",
            "{{=sprig.fromJson(tasks.each.outputs.parameters.digest)[0]}}",
            "{{tasks.each.outputs.parameters}}",
            "{{tasks.count.outputs.result}} {{tasks.count.exitCode}} {{tasks.asked.startedAt}}",
        ] {
            let is_list = value.contains("each.outputs.parameters}}");
            let takes = if is_list { Takes::List } else { Takes::One };
            clean(value, &Scope { takes, ..scope.clone() });
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
fn steps_tag_in_dag() {
    in_step(Root::Tasks, |scope| {
        one(
            "N={{steps.count.outputs.parameters.lines}}",
            &scope,
            "AP407 `steps`: the outputs of steps begin with `tasks.` here, not as in \
             `steps.count.outputs.parameters.lines` [write `{{tasks.count.outputs.parameters.lines}}`]",
        );
    });
}

#[test]
fn dag_output_short() {
    in_step(Root::Tasks, |scope| {
        one(
            "N={{tasks.count.outputs.lines}}",
            &scope,
            "AP407 `tasks.count.outputs.lines`: Argo has no variable `tasks.count.outputs.lines` \
             [write `{{tasks.count.outputs.parameters.lines}}`]",
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
fn parameters_none() {
    in_step(Root::Tasks, |scope| {
        let mut run = run();
        run.params = Names::NONE;
        let scope = Scope { run: &run, ..scope };
        for name in ["workflow.parameters", "workflow.parameters.json"] {
            let value = format!("{{{{{name}}}}}");
            let expected = format!(
                "AP407 `{name}`: the run has no parameters, so there is no `{name}` [take it out]"
            );
            one(&value, &scope, &expected);
        }
        let found = findings("{{inputs.parameters}}", &scope);
        assert!(found[0].contains("the template has no params"), "{found:?}");
    });
}

#[test]
fn params_of_the_run() {
    in_step(Root::Tasks, |scope| {
        one(
            "{{workflow.parameters.brnch}}",
            &scope,
            "AP307 `workflow.parameters.brnch`: runs have no parameter `brnch` \
             [write `{{workflow.parameters.branch}}`]",
        );
        one(
            "{{inputs.parameters.branch}}",
            &scope,
            "AP307 `inputs.parameters.branch`: the steps of a Builder have no inputs, so none named \
             `branch` [write `{{workflow.parameters.branch}}` for a parameter of the run]",
        );
        clean("{{workflow.parameters.anything}}", &Scope { run: &ANY_RUN, ..scope.clone() });
    });
}

#[test]
fn siblings_that_are_not_there() {
    in_step(Root::Tasks, |scope| {
        one(
            "{{tasks.cout.outputs.parameters.lines}}",
            &scope,
            "AP201 `cout`: `tasks` names a step `cout` that the Builder does not have [write `count`]",
        );
        one(
            "{{=tasks.count.outputs.parameters.lins}}",
            &scope,
            "AP307 `tasks.count.outputs.parameters.lins`: step `count` has no output `lins` \
             [write `lines`]",
        );
        one(
            "{{tasks.later.outputs.parameters.x}}",
            &scope,
            "AP307 `tasks.later.outputs.parameters.x`: step `own` uses an output of `later`, which \
             need not have run before it [let `own` depend on `later`]",
        );
        let found = findings("{{tasks.own.outputs.parameters.x}}", &scope);
        assert!(found[0].contains("uses an output of its own"), "{found:?}");
        one(
            "{{tasks.asked.outputs.result}}",
            &scope,
            "AP307 `tasks.asked.outputs.result`: step `asked` has no `outputs.result` \
             [only a template that runs a program has one]",
        );
        assert!(findings("{{tasks.count.ip}}", &scope)[0].contains("only a daemon"));
        assert!(findings("{{tasks.count.outputs.parameters}}", &scope)[0].contains("with items"));
    });
}

#[test]
fn output_of_skipped() {
    in_step(Root::Tasks, |scope| {
        let expected = "AP314 `tasks.asked.outputs.parameters.answer`: step `own` reads an output of \
                        `asked`, which may not be there [let `own` run only if `asked` succeeded: \
                        `depends: asked.Succeeded`]";
        one("{{tasks.asked.outputs.parameters.answer}}", &scope, expected);
        one("{{=tasks.asked.outputs.parameters.answer ?? 'no'}}", &scope, expected);
        let optional = Scope { takes: Takes::Optional, ..scope.clone() };
        clean("{{tasks.asked.outputs.artifacts.a}}", &optional);
    });
}

#[test]
fn output_of_loop() {
    in_step(Root::Tasks, |scope| {
        let value = "{{tasks.each.outputs.parameters.digest}}";
        let found = findings(value, &scope);
        assert!(found[0].starts_with("AP315 `tasks.each.outputs.parameters.digest`"), "{found:?}");
        assert!(findings("{{=tasks.each.outputs.parameters.digest}}", &scope)[0].contains("AP315"));
        clean(value, &Scope { takes: Takes::List, ..scope.clone() });
    });
}

#[test]
fn items_have_their_keys() {
    in_step(Root::Steps, |scope| {
        one(
            "{{item}}",
            &scope,
            "AP407 `item`: step `own` uses `item` and runs once \
             [give the step `withItems`, `withParam` or `withSequence`]",
        );
        let maps = Scope { item: Item::Map(vec!["host", "port"]), ..scope.clone() };
        clean("{{item.host}} {{item}} {{=item['port']}}", &maps);
        one(
            "{{item.prt}}",
            &maps,
            "AP407 `item.prt`: the items have no key `prt` [write `{{item.port}}`]",
        );
        clean("{{item.x}}", &Scope { item: Item::Any, ..scope.clone() });
        let plain = Scope { item: Item::Plain, ..scope.clone() };
        assert!(findings("{{item.x}}", &plain)[0].contains("they are no maps"));
    });
}

#[test]
fn hooks_read_their_own_step() {
    in_step(Root::Tasks, |scope| {
        let hook = Scope { site: Site::Hook, ..scope.clone() };
        clean("{{tasks.own.status}}", &hook);
        assert!(findings("{{tasks.own.outputs.parameters.x}}", &hook)[0].starts_with("AP314"));
        clean("{{tasks.own.outputs.parameters.x}}", &Scope { site: Site::ExitHook, ..hook });
    });
}

#[test]
fn the_end_of_a_run_reads_outputs_of_main_only() {
    let main = steps(Root::Tasks);
    in_step(Root::Steps, |scope| {
        let end = Scope { main: Some(&main), is_end: true, ..scope };
        clean("{{tasks.asked.outputs.parameters.answer}} {{steps.count.status}}", &end);
        clean("{{=workflow.outputs?.parameters?.[\"digest\"] ?? \"none\"}}", &end);
        let found = findings("{{tasks.count.status}}", &end);
        assert!(found[0].contains("is not known at the end of a run"), "{found:?}");
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
        let uses = check(&text(value), &scope, &mut sink);
        assert_eq!(shown(value, sink).len(), 2);
        assert_eq!((uses.inputs.len(), uses.run_params.len()), (2, 1));
    });
}
