//! Large inputs made to take long: each about as large as is asked for. One file a sort of input,
//! one line here.

mod definitions;
mod events;
mod expressions;
mod shape;
mod steps;
mod tasks;
mod text;

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

/// What an input may take.
const LIMIT: Duration = Duration::from_secs(2);
/// What one may take that grows with the square of its size where names are looked for carelessly.
const SHORT: Duration = Duration::from_millis(500);

/// A hostile input.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) limit: Duration,
    make: fn(usize) -> String,
}

/// Lists the cases: name, function, and the limit if it is a short one.
macro_rules! cases {
    ($($name:literal = $make:path $(, $limit:ident)?;)+) => {
        pub(crate) const CASES: &[Case] = &[$(Case {
            name: $name,
            limit: { let limit = LIMIT; $(let limit = { let _ = limit; $limit };)? limit },
            make: $make,
        },)+];
    };
}

cases! {
    "flow-lists-deep" = shape::flow_lists;
    "flow-maps-deep" = shape::flow_maps;
    "flow-maps-closed" = shape::closed_flow_maps;
    "blocks-deep" = shape::blocks;
    "items-deep" = shape::items;
    "json-deep" = shape::json;
    "aliases-of-a-list" = shape::aliases;
    "aliases-of-aliases" = shape::laughs;
    "aliases-of-a-text" = shape::aliases_of_text;
    "merge-keys" = shape::merges;
    "anchors" = shape::anchors;
    "documents-empty" = shape::documents;
    "documents-broken" = shape::broken_documents;
    "keys-many" = shape::keys;
    "keys-twice" = shape::same_keys;
    "keys-unknown" = shape::unknown_keys;
    "keys-unknown-on-a-line" = shape::unknown_keys_on_a_line;
    "keys-complex" = shape::complex_keys;
    "key-long" = shape::long_key;
    "flow-list-long" = shape::long_list;
    "tags-of-yaml" = shape::tags;
    "tabs" = shape::tabs;
    "quotes-open" = shape::open_quotes;
    "indents-odd" = shape::odd_indents;
    "directives" = shape::directives;
    "list-kind" = shape::list_kind;
    "scalar-plain" = text::plain;
    "scalar-escaped" = text::escaped;
    "scalar-literal" = text::literal;
    "scalar-folded" = text::folded;
    "scalar-wide" = text::wide;
    "comment-long" = text::comment;
    "comments-that-ignore" = text::ignores;
    "control-characters" = text::controls;
    "line-ends-odd" = text::line_ends;
    "name-long" = text::long_name;
    "names-long" = text::long_names;
    "names-odd" = text::odd_names;
    "tags-of-argo" = text::tags;
    "tags-of-argo-undefined" = text::undefined_tags;
    "tags-of-argo-open" = text::open_tags;
    "expression-of-argo-long" = text::long_expression_of_argo;
    "expression-of-argo-deep" = text::deep_expression_of_argo;
    "tag-of-image-long" = text::image_tag;
    "tasks-undefined" = definitions::undefined_tasks;
    "tasks-undefined-among-many" = definitions::undefined_among_many, SHORT;
    "tasks-of-one-name" = definitions::one_name;
    "tasks-many" = definitions::many_tasks;
    "builders-misspelt" = definitions::misspelt_builders;
    "pipelines-many" = definitions::pipelines;
    "projects-many" = definitions::projects;
    "registries-misspelt" = definitions::misspelt_registries;
    "params-unknown" = definitions::unknown_params;
    "params-many" = definitions::many_params;
    "builds-many" = definitions::builds;
    "config-images" = definitions::images;
    "config-rules" = definitions::rules;
    "expressions-many" = expressions::many;
    "expressions-in-a-text" = expressions::in_a_text;
    "expressions-long" = expressions::long;
    "expressions-deep" = expressions::deep;
    "expressions-replace" = expressions::replace;
    "expressions-join" = expressions::join;
    "expressions-sort" = expressions::sort;
    "expressions-split" = expressions::split;
    "expressions-of-a-long-value" = expressions::long_value;
    "expressions-of-a-large-map" = expressions::large_map;
    "expressions-undefined" = expressions::undefined;
    "expressions-open" = expressions::open;
    "builder-for-each-pipeline" = expressions::builder_for_each_pipeline;
    "builder-of-many-steps-for-each" = expressions::steps_for_each_pipeline;
    "depends-long" = steps::long_depends;
    "depends-deep" = steps::deep_depends;
    "depends-not" = steps::negations;
    "depends-on-all" = steps::depends_on_all;
    "when-long" = steps::long_when;
    "when-deep" = steps::deep_when;
    "whens-many" = steps::many_whens;
    "steps-many" = steps::chain;
    "steps-apart" = steps::apart;
    "steps-in-a-ring" = steps::ring;
    "steps-of-one-name" = steps::one_name;
    "steps-layered" = steps::layers;
    "loop-long" = steps::long_loop;
    "loops-many" = steps::loops;
    "loop-of-maps" = steps::loop_of_maps;
    "template-env" = tasks::environment;
    "template-unknown-fields" = tasks::unknown_fields;
    "template-deep" = tasks::deep_fields;
    "template-wrong-types" = tasks::wrong_types;
    "templates-many" = tasks::templates;
    "templates-that-call-twice" = tasks::calls_twice;
    "templates-in-a-ring" = tasks::ring_of_templates;
    "template-steps" = tasks::steps;
    "template-volumes" = tasks::volumes;
    "enum-long" = tasks::enumeration;
    "param-of-json" = tasks::json_param;
    "webhooks-on-one-repository" = events::one_repository, SHORT;
    "webhooks-on-many" = events::many_repositories;
    "branches-many" = events::branches;
    "branches-excluded" = events::excluded_branches;
    "branches-of-stars" = events::stars;
    "branch-long" = events::long_branch;
    "branch-of-slashes" = events::slashes;
    "branch-of-refs" = events::refs;
    "branch-of-sets" = events::sets;
    "event-params" = events::params;
}

impl Case {
    /// Writes the input into a directory of its own; returns that.
    pub(crate) fn write(&self, to: &Path, size: usize) -> io::Result<PathBuf> {
        let directory = to.join(self.name);
        fs::create_dir_all(&directory)?;
        fs::write(directory.join("definitions.yaml"), (self.make)(size))?;
        Ok(directory)
    }
}

/// What most inputs stand on: a project, a registry, an account and a Builder.
const PLATFORM: &str = "\
apiVersion: packs.argoproj.io/v1beta1
kind: Project
metadata: {name: shop}
---
apiVersion: packs.argoproj.io/v1beta1
kind: Registry
metadata: {name: harbor}
spec: {url: harbor.acme.example}
---
apiVersion: packs.argoproj.io/v1beta1
kind: RepositoryAccount
metadata: {name: acme}
spec:
  url: github.com
  webhook: {secretFrom: {name: acme-webhook}}
---
apiVersion: packs.argoproj.io/v1beta1
kind: Builder
metadata: {name: plain}
spec:
  steps:
  - {name: checkout, task: {taskRef: CheckoutDef}}
---
";

/// The start of a definition, up to its `spec`.
fn head(kind: &str, metadata: &str) -> String {
    format!(
        "apiVersion: packs.argoproj.io/v1beta1\nkind: {kind}\nmetadata: {{{metadata}}}\nspec:\n"
    )
}

/// A pipeline of a Builder.
fn pipeline(name: &str, builder: &str) -> String {
    head("Pipeline", &format!("name: {name}, project: shop"))
        + &format!(
            "  {{repository: harbor, image: i, tag: t, builder: {{name: {builder}}}, \
             code: {{git: {{repoAccount: acme, repo: a/b, revision: main}}}}}}\n---\n"
        )
}

/// A Task of one script, which is to be a YAML value.
fn task_of(name: &str, script: &str) -> String {
    head("Task", &format!("name: {name}"))
        + &format!(
            "  template: {{script: {{image: \"a:1\", command: [sh], source: {script}}}}}\n---\n"
        )
}

/// The platform, and a Builder and a Pipeline of some steps.
fn built(steps: &str) -> String {
    let builder = head("Builder", "name: hostile") + "  steps:\n" + steps + "---\n";
    [PLATFORM, &builder, &pipeline("hostile", "hostile")].concat()
}

/// A start, parts until the size is reached, and an end.
fn fill(size: usize, start: &str, part: impl FnMut(usize) -> String, end: &str) -> String {
    let mut text = start.to_owned();
    for part in (0..).map(part) {
        if text.len() + part.len() + end.len() > size {
            break;
        }
        text += &part;
    }
    text + end
}
