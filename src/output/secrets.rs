//! The Secrets that must exist, each with the command that makes it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::markdown::visible;
use crate::plan::Plan;
use crate::plan::secrets::{Need, of_project};

/// The key of Secrets that images are pulled and pushed with.
const DOCKER_CONFIG: &str = ".dockerconfigjson";

/// A Secret that must exist.
#[derive(Debug, Default, Serialize)]
pub(super) struct Secret {
    namespace: String,
    name: String,
    /// Those that are known to be needed.
    keys: BTreeSet<String>,
    /// All keys are read, whatever they are.
    takes_all: bool,
    by: BTreeSet<String>,
    /// Nothing fails without it.
    is_optional: bool,
    /// On one line, with words in capitals to fill in.
    command: String,
}

/// The Secrets of all projects, by namespace and name.
pub(super) fn of(plan: &Plan) -> Vec<Secret> {
    let mut secrets: BTreeMap<(String, String), Secret> = BTreeMap::new();
    for (id, project) in plan.projects.iter() {
        for need in of_project(plan, id) {
            let key = (project.namespace.to_string(), need.name.clone());
            let secret = secrets.entry(key).or_insert_with_key(Secret::new);
            secret.add(need);
        }
    }
    let finished = |secret: Secret| Secret { command: secret.command(), ..secret };
    secrets.into_values().map(finished).collect()
}

impl Secret {
    fn new((namespace, name): &(String, String)) -> Self {
        let (namespace, name) = (namespace.clone(), name.clone());
        Self { namespace, name, is_optional: true, ..Self::default() }
    }

    fn add(&mut self, need: Need) {
        self.takes_all |= need.keys.is_empty();
        self.keys.extend(need.keys);
        self.is_optional &= need.is_optional;
        self.by.insert(need.by);
    }

    /// Values come from files, so that none stays in the history of a shell.
    fn command(&self) -> String {
        let (name, namespace) = (word(&self.name), word(&self.namespace));
        let is_docker = self.keys.contains(DOCKER_CONFIG);
        let kind = if is_docker && self.keys.len() == 1 { "docker-registry" } else { "generic" };
        let mut command = format!("kubectl create secret {kind} {name} -n {namespace}");
        if is_docker && kind == "generic" {
            command.push_str(" --type=kubernetes.io/dockerconfigjson");
        }
        for key in &self.keys {
            command.extend([" --from-file=", &word(key), "=FILE"]);
        }
        if self.takes_all {
            command.push_str(" --from-env-file=FILE");
        }
        command
    }
}

/// A word of a shell's command, on one line.
fn word(text: &str) -> String {
    let text = visible(text);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/:".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
