//! Definitions that the tests of several commands look at.

/// One error: there is no Registry of this name, and one of nearly this name.
pub(super) const MISSPELT: &str = "\
apiVersion: packs.argoproj.io/v1beta1
kind: Project
metadata:
  name: shop
---
apiVersion: packs.argoproj.io/v1beta1
kind: Registry
metadata:
  name: harbor
spec:
  url: harbor.acme.example
---
apiVersion: packs.argoproj.io/v1beta1
kind: RepositoryAccount
metadata:
  name: acme
spec:
  url: github.com
---
apiVersion: packs.argoproj.io/v1beta1
kind: Builder
metadata:
  name: plain
spec:
  steps:
  - name: checkout
    task:
      taskRef: CheckoutDef
---
apiVersion: packs.argoproj.io/v1beta1
kind: Pipeline
metadata:
  name: cart
  project: shop
spec:
  repository: habor
  image: cart
  tag: latest
  builder:
    name: plain
  code:
    git:
      repoAccount: acme
      repo: acme/shop
      revision: main
";

/// The same in full, as it is printed.
pub(super) const MISSPELT_IN_FULL: &str = "\
error[AP201]: there is no Registry `habor`
  --> shop.yaml:36:15
   |
 9 |   name: harbor
   |         ------ `harbor` is defined here
...
36 |   repository: habor
   |               ^^^^^ not defined
   |
help: write `harbor`
   |
36 |   repository: harbor
   |                 +
";

/// One note: a Task that takes the place of a bundled one; Config may make it a warning.
pub(super) const OWN_PACK: &str = "\
apiVersion: packs.argoproj.io/v1beta1
kind: Task
metadata:
  name: slack-message
spec:
  params:
  - name: message
    default: hello
  template:
    container:
      image: alpine:3.22
      command: [echo, '{{inputs.parameters.message}}']
";

/// Makes that note something else.
pub(super) fn config(level: &str) -> String {
    format!(
        "apiVersion: packs.argoproj.io/v1beta1\nkind: Config\nspec:\n  rules:\n    AP701: {level}\n"
    )
}

/// The Workflow of a build of the example, at a time.
pub(super) const BUILD_OF_GOAPP: &str = "\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  name: goapp-master-1589828589
  namespace: my-awesome-project
  labels:
    app.kubernetes.io/managed-by: argopacks
    packs.argoproj.io/project: my-awesome-project
    packs.argoproj.io/pipeline: goapp-latest
    packs.argoproj.io/revision: master
spec:
  workflowTemplateRef:
    name: goapp-latest
";
