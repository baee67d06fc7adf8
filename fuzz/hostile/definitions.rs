//! Many definitions, and names that nothing or too much has.

use super::{PLATFORM, built, fill, head, pipeline, task_of};

fn step(name: &str, task: &str) -> String {
    format!("  - {{name: {name}, task: {{taskRef: {task}}}}}\n")
}

pub(crate) fn undefined_tasks(size: usize) -> String {
    let steps = fill(size, "", |at| step(&format!("s{at}"), &format!("Undefined{at}")), "");
    built(&steps)
}

/// 8,000 names that are not defined, each among 8,000 that are nearly the same.
pub(crate) fn undefined_among_many(_: usize) -> String {
    let external = |at| head("Task", &format!("name: Task{at}")) + "  external: true\n---\n";
    let steps = |from: usize| {
        let step = |at| step(&format!("s{at}"), &format!("Tsak{at}"));
        let head = head("Builder", &format!("name: from-{from}")) + "  steps:\n";
        head + &(from..from + 1000).map(step).collect::<String>() + "---\n"
    };
    let steps: String = (0..8).map(|part| steps(part * 1000)).collect();
    PLATFORM.to_owned() + &steps + &(0..8000).map(external).collect::<String>()
}

pub(crate) fn one_name(size: usize) -> String {
    fill(size, PLATFORM, |_| task_of("Same", "x"), "")
}

pub(crate) fn many_tasks(size: usize) -> String {
    fill(size, PLATFORM, |at| task_of(&format!("Task{at}"), "x"), "")
}

pub(crate) fn misspelt_builders(size: usize) -> String {
    let part = |at| {
        let builder = head("Builder", &format!("name: builder-{at}"))
            + "  steps: [{name: a, task: {taskRef: CheckoutDef}}]\n---\n";
        builder + &pipeline(&format!("p{at}"), &format!("bulider-{at}"))
    };
    fill(size, PLATFORM, part, "")
}

pub(crate) fn pipelines(size: usize) -> String {
    fill(size, PLATFORM, |at| pipeline(&format!("p{at}"), "plain"), "")
}

pub(crate) fn projects(size: usize) -> String {
    fill(size, PLATFORM, |at| head("Project", &format!("name: p{at}")) + "  {}\n---\n", "")
}

pub(crate) fn misspelt_registries(size: usize) -> String {
    let part = |at| {
        let registry = head("Registry", &format!("name: registry-{at}")) + "  {url: h}\n---\n";
        registry + &pipeline(&format!("p{at}"), "plain").replace("harbor", &format!("regstry-{at}"))
    };
    fill(size, PLATFORM, part, "")
}

/// Arguments that nearly are params.
pub(crate) fn unknown_params(size: usize) -> String {
    let params =
        fill(size / 2, "  params:\n", |at| format!("  - {{name: param-{at}, default: x}}\n"), "");
    let builder = head("Builder", "name: many")
        + &params
        + "  steps: [{name: a, task: {taskRef: CheckoutDef}}]\n---\n";
    let given = fill(size / 2, "{name: many, params: {", |at| format!("parma-{at}: x, "), "}}");
    [PLATFORM, &builder, &pipeline("p", "many").replace("{name: many}", &given)].concat()
}

/// A Task of many params, called with all of them.
pub(crate) fn many_params(size: usize) -> String {
    let params = fill(size / 4, "", |at| format!("  - {{name: p{at}}}\n"), "");
    let count = params.lines().count();
    let used = (0..count).map(|at| format!("{{{{inputs.parameters.p{at}}}}} ")).collect::<Vec<_>>();
    let given = (0..count).map(|at| format!("{{name: p{at}, value: x}}, ")).collect::<Vec<_>>();
    let (used, given) = (used.concat(), given.concat());
    let task = head("Task", "name: Many") + "  params:\n" + &params;
    let task = format!(
        "{task}  template: {{script: {{image: \"a:1\", command: [sh], source: \"{used}\"}}}}\n---\n"
    );
    let step =
        format!("  - {{name: a, task: {{taskRef: Many, arguments: {{params: [{given}]}}}}}}\n");
    built(&step) + &task
}

pub(crate) fn builds(size: usize) -> String {
    let build = |at: usize| {
        head("Build", "pipeline: p, project: shop") + &format!("  {{timestamp: {at}}}\n---\n")
    };
    fill(size, &(PLATFORM.to_owned() + &pipeline("p", "plain")), build, "")
}

pub(crate) fn images(size: usize) -> String {
    let start = format!("{PLATFORM}{}  images:\n", head("Config", "name: c"));
    fill(size, &start, |at| format!("    alpine:{at}: mirror.example/alpine:{at}\n"), "")
}

pub(crate) fn rules(size: usize) -> String {
    let start = format!("{PLATFORM}{}  rules:\n", head("Config", "name: c"));
    fill(size, &start, |at| format!("    AP{at}: off\n"), "")
}
