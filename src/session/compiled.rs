//! What a session compiles to.

use rayon::prelude::*;

use crate::diagnostics::{Diagnostic, Level};
use crate::emit::{Format, Written};
use crate::lower::{self, BuiltWorkflow, Object, Objects};
use crate::model::Model;
use crate::packs::Library;
use crate::plan::{Build, Plan};
use crate::source::{SourceMap, Unread};
use crate::tree::Node;
use crate::verify::verify;

/// What definitions came to: everything but the printing.
#[derive(Debug)]
pub struct Compiled<'m> {
    /// The texts that findings point into.
    pub sources: &'m SourceMap,
    pub(crate) library: &'m Library,
    pub(crate) model: &'m Model,
    pub(crate) plan: &'m Plan<'m>,
    /// What is to be emitted, if nothing is wrong.
    pub(crate) objects: Objects<'m, 'm>,
    /// By file and span.
    pub findings: Vec<Diagnostic>,
    /// Paths that could not be read.
    pub unread: &'m [Unread],
}

impl<'m> Compiled<'m> {
    /// Whether something is wrong, so that nothing may be emitted.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// Every manifest but those of Builds, as `argopacks render` prints them. Fails with what Argo
    /// would not accept.
    pub fn manifests(&self, format: Format) -> Result<String, Vec<Diagnostic>> {
        let objects: Vec<&Object> = self.objects.list.iter().collect();
        Ok(format.in_a_row(&self.write(&objects, format)?))
    }

    /// The Workflows of the Builds, by name. `now` counts seconds since 1970, for Builds that name
    /// no time. Fails with what Argo would not accept.
    pub fn builds(&self, format: Format, now: i64) -> Result<String, Vec<Diagnostic>> {
        let built = self.build_all(now)?;
        let written: Vec<Written> = built.iter().map(|it| format.write(&it.workflow)).collect();
        Ok(format.in_a_row(&written))
    }

    /// Builds objects, verifies them and writes them, in parallel and in their order. Fails with
    /// what Argo would not accept; nothing is to be printed then.
    pub(crate) fn write(
        &self,
        objects: &[&Object<'m, 'm>],
        format: Format,
    ) -> Result<Vec<Written>, Vec<Diagnostic>> {
        let write = |object: &&Object<'m, 'm>| Ok(format.write(&self.manifest(object)?));
        objects.par_iter().map(write).collect()
    }

    /// Builds an object and verifies it. Fails with what Argo would not accept.
    pub(crate) fn manifest(&self, object: &Object<'m, 'm>) -> Result<Node, Vec<Diagnostic>> {
        let node = self.objects.build(object, self.plan);
        let found = verify(&node, self.plan.version(), object.span);
        if found.is_empty() { Ok(node) } else { Err(found) }
    }

    /// As [`Compiled::builds`], but not written yet.
    pub(crate) fn build_all(&self, now: i64) -> Result<Vec<BuiltWorkflow<'m>>, Vec<Diagnostic>> {
        let (mut built, mut found) = (Vec::new(), Vec::new());
        for build in &self.plan.builds {
            match self.build(build, now) {
                Ok(workflow) => built.push(workflow),
                Err(findings) => found.extend(findings),
            }
        }
        built.sort_by(|a, b| a.name.cmp(&b.name));
        if found.is_empty() { Ok(built) } else { Err(found) }
    }

    /// Builds and verifies the Workflow of a Build. `now` counts seconds since 1970.
    pub(crate) fn build(
        &self,
        build: &Build<'m>,
        now: i64,
    ) -> Result<BuiltWorkflow<'m>, Vec<Diagnostic>> {
        let built = lower::workflow(build, self.plan, now).map_err(|finding| vec![*finding])?;
        let found = verify(&built.workflow, self.plan.version(), build.span);
        if found.is_empty() { Ok(built) } else { Err(found) }
    }
}
