//! Texts of steps, and what they read of each other.

use super::{clean, findings, one, run, these};
use crate::argo::scope::{
    ANY_RUN, BUILDER, Item, Names, Ran, Root, Scope, Sibling, Siblings, Site, Steps, Takes,
};
use crate::source::{FileId, Span};

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

/// Calls `then` with the scope of the step `own`, which runs after the first four, of which the
/// loop is sure and `asked` is not.
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
            "AP201 `cout`: `tasks` names a step `cout` that does not exist [write `count`]",
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
