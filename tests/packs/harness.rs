//! Runs a pack's script as Argo and Kubernetes would: parameters substituted, `$(NAME)` expanded,
//! then `sh`.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub(super) struct Pack {
    pub(super) file: String,
    pub(super) document: Value,
}

impl Pack {
    pub(super) fn load(name: &str) -> Self {
        let path = directory().join(format!("{name}.yaml"));
        let text = fs::read_to_string(&path).unwrap();
        let document = serde_yaml::from_str(&text).unwrap();
        Self { file: name.to_owned(), document }
    }

    pub(super) fn all() -> Vec<Self> {
        let mut names: Vec<_> = fs::read_dir(directory())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        names.iter().map(|name| Self::load(name)).collect()
    }

    pub(super) fn spec(&self) -> &Value {
        &self.document["spec"]
    }

    pub(super) fn template(&self) -> &Value {
        &self.spec()["template"]
    }

    pub(super) fn container(&self) -> &Value {
        &self.template()["container"]
    }

    pub(super) fn params(&self) -> &[Value] {
        list(&self.spec()["params"])
    }

    pub(super) fn outputs(&self) -> &[Value] {
        list(&self.spec()["outputs"])
    }

    pub(super) fn env(&self) -> &[Value] {
        list(&self.container()["env"])
    }

    pub(super) fn defaults(&self) -> BTreeMap<String, String> {
        self.params()
            .iter()
            .filter(|param| !param["default"].is_null())
            .map(|param| (text(&param["name"]), text(&param["default"])))
            .collect()
    }
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packs")
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A scalar as Argo hands it on: everything is a string there.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// One run of a pack in a directory of its own.
pub(super) struct Run {
    pack: Pack,
    directory: TempDir,
    params: BTreeMap<String, String>,
    env: BTreeMap<String, String>,
    shims: Vec<PathBuf>,
}

impl Run {
    pub(super) fn new(pack: &str) -> Self {
        let run = Self {
            pack: Pack::load(pack),
            directory: tempfile::tempdir().unwrap(),
            params: BTreeMap::new(),
            env: BTreeMap::new(),
            shims: Vec::new(),
        };
        for name in ["workspace", "outputs", "record", "credentials", "home"] {
            fs::create_dir(run.path(name)).unwrap();
        }
        let places = [
            ("WORKSPACE", "workspace"),
            ("OUTPUTS", "outputs"),
            ("GIT_CREDENTIALS", "credentials"),
            ("RECORD", "record"),
            ("HOME", "home"),
        ];
        places.into_iter().fold(run, |run, (name, place)| {
            let path = run.path(place).to_str().unwrap().to_owned();
            run.env(name, path)
        })
    }

    pub(super) fn param(mut self, name: &str, value: impl Into<String>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// Sets a variable of the process, in place of what the pack gives it.
    pub(super) fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.env.insert(name.to_owned(), value.into());
        self
    }

    /// Puts a directory of `shims/` first on the PATH.
    pub(super) fn shim(mut self, name: &str) -> Self {
        let shims = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/shims");
        self.shims.push(shims.join(name));
        self
    }

    pub(super) fn credential(self, key: &str, value: &str) -> Self {
        self.file(&format!("credentials/{key}"), value)
    }

    pub(super) fn file(self, path: &str, content: &str) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(super) fn read(&self, path: &str) -> String {
        let path = self.path(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(super) fn output(&self, name: &str) -> String {
        self.read(&format!("outputs/{name}"))
    }

    /// The arguments that a shim was called with.
    pub(super) fn argv(&self) -> Vec<String> {
        let recorded = self.read("record/argv");
        recorded.split_terminator('\0').map(str::to_owned).collect()
    }

    pub(super) fn go(&self) -> Outcome {
        let container = self.pack.container();
        let command: Vec<_> =
            list(&container["command"]).iter().chain(list(&container["args"])).map(text).collect();
        let output = Command::new(&command[0])
            .args(&command[1..])
            .env_clear()
            .envs(self.environment())
            .current_dir(self.directory.path())
            .output()
            .unwrap();
        Outcome {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    fn environment(&self) -> BTreeMap<String, String> {
        let mut env = BTreeMap::new();
        for variable in self.pack.env() {
            if let Some(value) = variable["value"].as_str() {
                let value = expand(&self.substitute(value), &env);
                env.insert(text(&variable["name"]), value);
            }
        }
        env.extend(self.env.clone());
        env.insert("PATH".to_owned(), self.search_path());
        env
    }

    fn search_path(&self) -> String {
        let system = std::env::var("PATH").unwrap();
        let shims = self.shims.iter().map(|path| path.to_str().unwrap().to_owned());
        shims.chain([system]).collect::<Vec<_>>().join(":")
    }

    fn substitute(&self, value: &str) -> String {
        let Some(expression) = value.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"))
        else {
            return value.to_owned();
        };
        match expression.strip_prefix("inputs.parameters.") {
            Some(name) => self.value_of(name),
            None => format!("<{expression}>"),
        }
    }

    fn value_of(&self, name: &str) -> String {
        let given = self.params.get(name).cloned();
        given
            .or_else(|| self.pack.defaults().remove(name))
            .unwrap_or_else(|| panic!("{}: {name} was not supplied", self.pack.file))
    }
}

/// What the kubelet does to a value: `$(NAME)` becomes the variable declared before, `$$` a dollar
/// sign.
fn expand(value: &str, env: &BTreeMap<String, String>) -> String {
    let mut expanded = String::new();
    let mut rest = value;
    while let Some(dollar) = rest.find('$') {
        expanded.push_str(&rest[..dollar]);
        rest = &rest[dollar + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            expanded.push('$');
            rest = after;
        } else if let Some((name, after)) = reference(rest) {
            let literal = format!("$({name})");
            expanded.push_str(env.get(name).unwrap_or(&literal));
            rest = after;
        } else {
            expanded.push('$');
        }
    }
    expanded + rest
}

fn reference(rest: &str) -> Option<(&str, &str)> {
    rest.strip_prefix('(')?.split_once(')')
}

pub(super) struct Outcome {
    pub(super) success: bool,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Outcome {
    #[track_caller]
    pub(super) fn succeeds(self) -> Self {
        assert!(self.success, "failed:\n{}{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(super) fn fails_with(self, message: &str) -> Self {
        assert!(!self.success, "succeeded:\n{}", self.stdout);
        assert!(self.stderr.contains(message), "expected {message:?} in:\n{}", self.stderr);
        self
    }
}
