//! Tasks that take the place of bundled ones.

use super::Context;
use crate::diagnostics::Sink;
use crate::plan::Task;
use crate::rules::ap701_own_pack;

pub(super) fn check(context: &Context, task: &Task, sink: &mut Sink) {
    let name = &task.definition.metadata.name;
    let is_bundled = |bundled: &str| *bundled == *name.value;
    if !task.is_bundled() && context.library.names().any(is_bundled) {
        sink.report(ap701_own_pack::finding(name.span, name));
    }
}
