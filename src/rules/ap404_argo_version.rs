//! AP404: a field that the configured version of Argo Workflows lacks.

use crate::argo::facts::Version;
use crate::diagnostics::Diagnostic;
use crate::tree::Key;

rule!("AP404", "argo-version", Error, "a field that the configured Argo version lacks");

/// `since` and `until` are the first version that has the field and the first that has it no more.
pub fn finding(key: &Key, kind: &str, version: Version, since: Version, until: Option<Version>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, key.span, format!("Argo Workflows {version} has no `{}` in `{kind}`", key.text)).label("not in this version");
    let diagnostic = match until {
        Some(until) if version >= until => diagnostic.note(format!("it was removed in {until}")),
        _ => diagnostic.note(format!("it was added in {since}")),
    };
    diagnostic.help("take it out, or set the version that the cluster runs: `spec.argo.workflows` of Config")
}
