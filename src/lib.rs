//! argopacks compiles a directory of `ArgoPacks` definitions to Argo Workflows and Argo Events
//! manifests.
//!
//! ```text
//! source → yaml → model → resolve → plan → check → lower → verify → emit
//! (text)  (trees) (kinds)  (names)  (runs) (rules) (objects) (facts) (bytes)
//! ```
//!
//! The way is one-directional: a stage knows those before it and none after it. Each takes a
//! [`diagnostics::Sink`], reports every mistake that it sees, and returns the best that can be made
//! of its input. A [`session::Session`] goes as far as what is to be emitted, [`Compiled::write`]
//! the rest of the way.
//!
//! Beside the way stands what several stages build on: the [`tree`] that is read and emitted,
//! [`diagnostics`] and the catalogue of [`rules`], [`names`], [`expression`]s, [`events`], the walk
//! over a template [`body`], and what argopacks knows as data: [`packs`], [`providers`], and in [`argo`]
//! what Argo accepts.

pub mod argo;
pub mod body;
pub mod check;
pub mod cli;
pub mod diagnostics;
pub mod emit;
pub mod events;
pub mod expression;
pub mod id;
pub mod lower;
pub mod model;
pub mod names;
pub mod packs;
pub mod plan;
pub mod providers;
pub mod resolve;
pub mod rules;
pub mod session;
pub mod source;
pub mod tree;
pub mod verify;
pub mod yaml;

use std::path::PathBuf;

use diagnostics::{Diagnostic, Level};
use rayon::prelude::*;
use session::Session;

/// What [`compile`] came to.
#[derive(Debug)]
pub struct Compiled<'m> {
    pub sources: &'m source::SourceMap,
    pub library: &'m packs::Library,
    pub model: &'m model::Model,
    pub plan: &'m plan::Plan<'m>,
    /// What is to be emitted, if nothing is wrong.
    pub objects: lower::Objects<'m, 'm>,
    /// By file and span.
    pub findings: Vec<Diagnostic>,
    /// Paths that could not be read.
    pub unread: &'m [source::Unread],
}

impl<'m> Compiled<'m> {
    /// Whether something is wrong, so that nothing may be emitted.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// Builds objects, verifies them and writes them, in parallel and in their order. Fails with
    /// what Argo would not take; nothing is to be printed then.
    pub fn write(
        &self,
        objects: &[&lower::Object<'m, 'm>],
        format: emit::Format,
    ) -> Result<Vec<emit::Written>, Vec<Diagnostic>> {
        let version = self.plan.version();
        let write = |object: &&lower::Object<'m, 'm>| {
            let node = self.objects.build(object, self.plan);
            let found = verify::verify(&node, version, object.span);
            if found.is_empty() { Ok(format.write(&node)) } else { Err(found) }
        };
        objects.par_iter().map(write).collect()
    }

    /// Builds, verifies and writes the Workflow of a build. `now` counts seconds since 1970.
    pub fn write_build(
        &self,
        build: &plan::Build<'m>,
        now: i64,
    ) -> Result<lower::BuiltWorkflow<'m>, Vec<Diagnostic>> {
        let built = lower::workflow(build, self.plan, now).map_err(|finding| vec![*finding])?;
        let found = verify::verify(&built.workflow, self.plan.version(), build.span);
        if found.is_empty() { Ok(built) } else { Err(found) }
    }
}

/// Compiles the definitions at some paths, and hands over what it came to: everything but the
/// printing.
pub fn compile<R>(paths: &[PathBuf], then: impl FnOnce(Compiled) -> R) -> R {
    Session::open(paths).compile_once(then)
}
