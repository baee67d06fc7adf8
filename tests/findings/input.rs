//! What the cases are written with: definitions, as short as they can be.

use super::Case;

/// What every case may stand on: a project, a registry and an account.
pub(crate) const BASE: &str = "\
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
metadata: {name: github}
spec: {url: github.com, credentials: {secretFrom: {name: git-creds}}}
";

/// A pipeline `p` of a Builder `b`.
pub(crate) const PIPELINE: &str = "\
apiVersion: packs.argoproj.io/v1beta1
kind: Pipeline
metadata: {name: p, project: shop}
spec:
  repository: harbor
  image: cart
  tag: latest
  builder: {name: b}
  code: {git: {repoAccount: github, repo: acme/shop, revision: main}}
";

/// How definitions begin; their kind follows.
pub(crate) const HEAD: &str = "apiVersion: packs.argoproj.io/v1beta1\nkind:";

/// A definition. Its first line is that of the apiVersion, its `spec` on line 4, or from line 5 on
/// if that begins with an indentation.
pub(crate) fn definition(kind: &str, metadata: &str, spec: &str) -> String {
    let gap = if spec.starts_with(' ') { "\n" } else { " " };
    format!("{HEAD} {kind}\nmetadata: {metadata}\nspec:{gap}{}\n", spec.trim_end())
}

/// A Task `t`.
pub(crate) fn task(spec: &str) -> String {
    definition("Task", "{name: t}", spec)
}

/// A Builder `b` with a pipeline `p`.
pub(crate) fn run(builder: &str) -> String {
    documents(&[&definition("Builder", "{name: b}", builder), PIPELINE])
}

/// A Webhook `h` that starts the pipeline `p`.
pub(crate) fn webhook(rest: &str) -> String {
    definition("Webhook", "{name: h, project: shop}", rest)
}

/// The texts as the documents of one file.
pub(crate) fn documents(texts: &[&str]) -> String {
    texts.join("---\n")
}

/// The base, with a file `a.yaml` beside it.
pub(crate) fn beside_base(text: &str) -> Case {
    Case::new(&[("base.yaml", BASE), ("a.yaml", text)])
}
