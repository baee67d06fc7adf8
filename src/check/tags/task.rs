//! The texts of a Task: its templates, its outputs, the defaults of its params.

use super::super::Context;
use super::body::{Around, check_body, template};
use super::calls::Peer;
use crate::argo::lookup;
use crate::argo::scope::{Declared, Names, Scope, Site, Takes};
use crate::body::TemplateKind;
use crate::diagnostics::Sink;
use crate::model::Text;
use crate::model::kinds::task::Task as Definition;
use crate::plan::Task;

pub(in crate::check) fn check_task(context: &Context, task: &Task, sink: &mut Sink) {
    let definition = task.definition;
    let outputs = definition.spec.outputs.iter().map(|output| &*output.name.value);
    let outputs: Vec<&str> = outputs.collect();
    let peers: Vec<Peer> = task.bodies().filter_map(Peer::of).collect();
    let around = Around { run: &context.every_run, peers: &peers };
    for body in task.bodies() {
        // What a Task declares and what its templates use are compared both ways by `task_uses`.
        let own = template(body, Declared::Task, Names::Any, &outputs);
        check_body(body, &own, around, sink);
    }
    let inputs = definition.spec.params.iter().map(|param| &*param.name.value).collect();
    if let Some(body) = task.bodies().next() {
        let site =
            if body.kind().is_none_or(TemplateKind::runs_pod) { Site::Pod } else { Site::NoPod };
        let template = template(body, Declared::Task, Names::These(inputs), &outputs);
        let scope = Scope::new(site, &context.every_run, &template);
        check_outputs(definition, scope, sink);
    }
}

fn check_outputs(task: &Definition, mut scope: Scope, sink: &mut Sink) {
    for output in &task.spec.outputs {
        output.path.iter().for_each(|path| lookup::check(path, &scope, sink));
        if let Some(from) = &output.value_from {
            Text::each_in(&from.node, &mut |text| lookup::check(text, &scope, sink));
        }
    }
    scope.takes = Takes::Optional;
    for default in task.spec.outputs.iter().filter_map(|output| output.default.as_ref()) {
        lookup::check(&default.0, &scope, sink);
    }
}
