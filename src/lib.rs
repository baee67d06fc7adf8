//! argopacks compiles a directory of `ArgoPacks` definitions to Argo Workflows and Argo Events manifests.
//!
//! ```text
//! source → yaml → model → resolve → check → lower → argo → verify → emit
//! (text)  (spans) (kinds)  (index)  (rules)  (plan) (target)        (bytes)
//! ```
//!
//! The way is one-directional: a stage knows those before it and none after it. Each takes a [`diagnostics::Sink`], reports every
//! mistake that it sees, and returns the best that can be made of its input. A [`session::Session`] goes as far as
//! what is to be emitted, [`Compiled::write`] the rest of the way.
//!
//! Beside the way stands what several stages build on: [`diagnostics`] and the catalogue of [`rules`], [`names`], [`expression`]s,
//! and what argopacks knows as data: [`packs`], [`providers`], and in [`argo`] the facts of what Argo accepts.

pub mod argo;
pub mod check;
pub mod cli;
pub mod diagnostics;
pub mod emit;
pub mod expression;
pub mod lower;
pub mod model;
pub mod names;
pub mod packs;
pub mod providers;
pub mod resolve;
pub mod rules;
pub mod session;
pub mod source;
pub mod tree;
pub mod verify;
pub mod yaml;

use std::path::PathBuf;

use diagnostics::Diagnostic;
use rayon::prelude::*;
use session::Session;

/// What [`compile`] came to.
#[derive(Debug)]
pub struct Compiled<'m> {
    pub sources: &'m source::SourceMap,
    pub library: &'m packs::Library,
    pub model: &'m model::Model,
    pub program: resolve::Program<'m>,
    /// What is to be emitted; empty where something is wrong.
    pub objects: Vec<lower::Object>,
    /// By file and span.
    pub findings: Vec<Diagnostic>,
    /// Paths that could not be read.
    pub unread: &'m [source::Unread],
}

impl Compiled<'_> {
    /// Builds objects, verifies them and writes them, in parallel and in their order. Fails with a bug of argopacks: an object that
    /// Argo would not take. Nothing is to be printed then.
    pub fn write(
        &self,
        objects: &[&lower::Object],
        format: emit::Format,
    ) -> anyhow::Result<Vec<emit::Written>> {
        let sources = lower::EventSources::of(&self.program, &self.objects);
        let version = self.program.version();
        let write = |object: &&lower::Object| {
            let value = object.build(&self.program, &sources);
            verify::verify(&value, version).map(|()| format.write(&value))
        };
        objects.par_iter().map(write).collect()
    }
}

/// Compiles the definitions at some paths, and hands over what it came to: everything but the printing.
pub fn compile<R>(paths: &[PathBuf], then: impl FnOnce(Compiled) -> R) -> R {
    Session::open(paths).compile_once(then)
}
