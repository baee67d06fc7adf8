//! The templates of a run: the DAG, and a template for every step that a reference cannot express.

use super::{body, pack};
use crate::body::Body;
use crate::model::Text;
use crate::plan::dag::{Binding, Call, Callee, Dag, Input, Repeat, Step, StepId, TagPart};
use crate::plan::{Plan, Run};
use crate::source::Span;
use crate::tree::{Map, Node, Str};

/// The template that the steps are in.
pub(crate) const MAIN: &str = "main";

/// The templates of a run.
pub(crate) fn of(plan: &Plan, run: &Run) -> Vec<Map> {
    let dag = &run.dag;
    let form = Form::of(dag);
    let tasks: Vec<Map> =
        dag.steps.iter().map(|(id, step)| task(plan, run, id, step, form)).collect();
    let main = Map::new().with("name", MAIN).with("dag", Map::new().with("tasks", tasks));
    let own = dag.steps.iter().flat_map(|(id, step)| own_templates(plan, dag, id, step, form));
    std::iter::once(main).chain(own).collect()
}

/// Whether something in a run uses the workspace.
pub(crate) fn uses_workspace(plan: &Plan, dag: &Dag) -> bool {
    dag.steps.values().any(|step| match &step.call {
        Call::Task(callee) => plan.tasks[callee.task].uses_workspace(),
        Call::Inline(body) => body.workspace_mounts().next().is_some(),
        Call::Unknown => false,
    })
}

/// How a DAG says what a task waits for: Argo takes one way in a DAG.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `depends`, into which `continueOn` of the tasks before it goes.
    Depends,
    /// `dependencies`, beside which a task has its own `continueOn`: the only way for a task that
    /// nothing waits for, whose failure would fail the run.
    Dependencies,
}

impl Form {
    fn of(dag: &Dag) -> Self {
        let has_leaf = dag.steps.iter().any(|(id, step)| continues_as_leaf(dag, id, step));
        let waits = || dag.steps.values().filter_map(|step| step.wait.as_ref());
        if has_leaf && waits().all(|wait| wait.dependencies.is_some()) {
            Self::Dependencies
        } else {
            Self::Depends
        }
    }
}

/// Whether the run goes on though a step failed that nothing waits for.
fn continues_as_leaf(dag: &Dag, id: StepId, step: &Step<Input>) -> bool {
    let is_set = |flag: &Option<crate::model::Spanned<bool>>| flag.as_ref().is_some_and(|it| **it);
    let continues =
        step.control.continue_on.is_some_and(|on| is_set(&on.failed) || is_set(&on.error));
    let waits = |wait: &crate::plan::dag::Wait| wait.on.contains(&id);
    continues && !dag.steps.values().any(|step| step.wait.as_deref().is_some_and(waits))
}

/// Whether a step runs inside a template that only carries its `continueOn`, which Argo refuses
/// beside `depends`.
fn is_wrapped(dag: &Dag, id: StepId, step: &Step<Input>, form: Form) -> bool {
    form == Form::Depends && continues_as_leaf(dag, id, step)
}

fn task(plan: &Plan, run: &Run, id: StepId, step: &Step<Input>, form: Form) -> Map {
    let dag = &run.dag;
    let mut task = Map::new().with("name", &step.name);
    match (&step.wait, form) {
        (Some(wait), Form::Depends) => task.put("depends", &wait.depends),
        (Some(wait), Form::Dependencies) => {
            let names = wait.dependencies.iter().flatten().map(|id| &dag.steps[*id].name.value);
            let name = |name: &Str| Node::text(name.clone(), wait.depends.span);
            task.put("dependencies", names.map(name).collect::<Vec<Node>>());
        }
        (None, _) => {}
    }
    let wrapped = is_wrapped(dag, id, step, form);
    let call = if wrapped { ("template", wrapper_name(step).into()) } else { called(plan, step) };
    task.put(call.0, call.1);
    task = task.with_some("arguments", arguments(run, step));
    if form == Form::Dependencies {
        task = task.with_some("continueOn", continue_on(step));
    }
    task = task.with_some("when", step.control.when);
    match step.control.repeat {
        Some(Repeat::Items(items)) => task.with("withItems", items.clone()),
        Some(Repeat::Matrix(matrix)) => task.with("withItems", matrix.items.clone()),
        Some(Repeat::Param(param)) => task.with("withParam", param),
        Some(Repeat::Sequence(sequence)) => task.with("withSequence", sequence.clone()),
        None => task,
    }
}

/// What a task runs: the field that says it, and its value.
fn called(plan: &Plan, step: &Step<Input>) -> (&'static str, Node) {
    match &step.call {
        Call::Task(callee) if !step.has_own_template() => {
            ("templateRef", template_ref(plan, callee, step.call_span).into())
        }
        _ => ("template", step.own_template_name().into()),
    }
}

/// A reference to a template; `span` is where its Task is named.
fn template_ref(plan: &Plan, callee: &Callee, span: Span) -> Map {
    let task = &plan.tasks[callee.task];
    let template = &task.templates[callee.template];
    // What a template in the cluster is called is for the reference to say.
    let named = callee.named.filter(|_| template.body.is_none());
    let name = Node::from(named.unwrap_or(&template.name));
    let name = name.at(callee.named.map_or(span, |named| named.span));
    let reference = Map::new().with("name", Node::from(&task.name).at(span)).with("template", name);
    reference.with_some("clusterScope", task.project.is_none().then_some(true))
}

fn arguments(run: &Run, step: &Step<Input>) -> Option<Map> {
    let parameter = |input: &Input| {
        Some(Map::new().with("name", &input.name).with("value", value(run, input)?))
    };
    let parameters: Vec<Map> = step.inputs.iter().filter_map(parameter).collect();
    (!parameters.is_empty()).then(|| Map::new().with("parameters", parameters))
}

/// What a param gets; none if it keeps the Task's default.
fn value(run: &Run, input: &Input) -> Option<Node> {
    let output = |id: StepId, name: &str| {
        format!("{{{{tasks.{}.outputs.parameters.{name}}}}}", run.dag.steps[id].name)
    };
    Some(match &input.binding {
        Binding::Default | Binding::Missing => return None,
        Binding::Argument(argument) => Node::from(*argument),
        Binding::Item(span) => Node::text(format!("{{{{item.{}}}}}", &*input.name), *span),
        Binding::Run => run_param(&input.name).into(),
        Binding::Output(id) => output(*id, &input.name).into(),
        Binding::Tag(parts) => {
            let part = |part: &TagPart| match part {
                TagPart::Text(text) => text.to_string(),
                TagPart::Run(name) => run_param(name),
                TagPart::Output(id, name) => output(*id, name),
                TagPart::Created(form) => {
                    let times = form.chars();
                    times
                        .flat_map(|c| {
                            ["{{workflow.creationTimestamp.".into(), c.to_string(), "}}".into()]
                        })
                        .collect()
                }
            };
            let tag = run.pipeline().map(|it| it.definition.spec.tag.span);
            let text: String = parts.iter().map(part).collect();
            Node::text(text, tag.unwrap_or(Span::GENERATED))
        }
    })
}

fn run_param(name: &str) -> String {
    format!("{{{{workflow.parameters.{name}}}}}")
}

fn continue_on(step: &Step<Input>) -> Option<Map> {
    let on = step.control.continue_on?;
    let flag = |flag: &Option<crate::model::Spanned<bool>>| {
        flag.as_ref().map(|flag| Node::from(flag.value).at(flag.span))
    };
    Some(Map::new().with_some("error", flag(&on.error)).with_some("failed", flag(&on.failed)))
}

fn wrapper_name(step: &Step<Input>) -> Text {
    let name = step.own_template_name();
    Text { value: format!("{name}-continue").into(), ..name }
}

/// The templates that a step needs for itself.
fn own_templates(plan: &Plan, dag: &Dag, id: StepId, step: &Step<Input>, form: Form) -> Vec<Map> {
    let own = step.has_own_template().then(|| own_template(plan, step)).flatten();
    let wrapper = is_wrapped(dag, id, step, form).then(|| wrapper(plan, step));
    own.into_iter().chain(wrapper).collect()
}

fn own_template(plan: &Plan, step: &Step<Input>) -> Option<Map> {
    let name = step.own_template_name();
    let mut map = match &step.call {
        Call::Task(callee) => {
            let task = &plan.tasks[callee.task];
            let template = &task.templates[callee.template];
            pack::template(task, template, name, template.body.as_ref()?, plan.config)
        }
        Call::Inline(body) => inline(plan, step, body, name),
        Call::Unknown => return None,
    };
    if let Some(retry) = step.control.retry {
        map.set("retryStrategy", retry.clone());
    }
    if let Some(timeout) = step.control.timeout {
        map.set("timeout", Node::text(format!("{}s", timeout.value.0), timeout.span));
    }
    Some(map)
}

fn inline(plan: &Plan, step: &Step<Input>, body: &Body, name: Text) -> Map {
    let inputs = step.inputs.iter().map(|input| Map::new().with("name", &input.name)).collect();
    let mut map = Map::new().with("name", name);
    pack::put_parameters(&mut map, "inputs", inputs, body.node);
    pack::put_parameters(&mut map, "outputs", Vec::new(), body.node);
    map.0.extend(body::entries(body.node, None, plan.config).0);
    map
}

/// A template of one step with the `continueOn` that its task cannot have.
fn wrapper(plan: &Plan, step: &Step<Input>) -> Map {
    let inputs: Vec<&Input> = step
        .inputs
        .iter()
        .filter(|input| !matches!(input.binding, Binding::Default | Binding::Missing))
        .collect();
    let declared = inputs.iter().map(|input| Map::new().with("name", &input.name));
    let declared: Vec<Map> = declared.collect();
    let given = inputs.iter().map(|input| {
        let value = format!("{{{{inputs.parameters.{}}}}}", &*input.name);
        Map::new().with("name", &input.name).with("value", value)
    });
    let given: Vec<Map> = given.collect();
    let (key, call) = called(plan, step);
    let mut one = Map::new().with("name", &step.name).with(key, call);
    let mut map = Map::new().with("name", wrapper_name(step));
    if !given.is_empty() {
        one.put("arguments", Map::new().with("parameters", given));
        map.put("inputs", Map::new().with("parameters", declared));
    }
    let one = one.with_some("continueOn", continue_on(step));
    map.with("steps", vec![vec![one]])
}
