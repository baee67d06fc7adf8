//! What the commands do with definitions, in one process, and what must hold of it.
//!
//! `validate` reports what compiling finds, in each of its formats. `render --builds` writes the
//! objects if no error is among that. The two agree if all that has no error can be written.

use argopacks::diagnostics::Diagnostic;
use argopacks::diagnostics::format::{Format as Said, Report};
use argopacks::emit::Format;
use argopacks::{Compiled, Session};
use serde::Deserialize;
use serde_json::Value;

/// The time that builds are named after.
const NOW: i64 = 1_589_828_589;

/// What definitions came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// What was found, as JSON.
    pub(crate) report: String,
    /// What is printed, if nothing is wrong.
    pub(crate) manifests: Option<Manifests>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Manifests {
    pub(crate) yaml: [String; 2],
    pub(crate) json: [String; 2],
}

/// Validates and renders the definitions of a session; tells what must not be.
pub(crate) fn check(session: &Session) -> Result<Seen, String> {
    session.compile(|compiled| {
        let report = report(&compiled)?;
        if compiled.has_errors() {
            return Ok(Seen { report, manifests: None });
        }
        let [yaml, json] = [Format::Yaml, Format::Json].map(|format| render(&compiled, format));
        Ok(Seen { report, manifests: Some(Manifests { yaml: yaml?, json: json? }) })
    })
}

/// As [`check`], twice; and what is printed is read again.
pub(crate) fn check_closely(session: &Session) -> Result<Seen, String> {
    let seen = check(session)?;
    if check(session)? != seen {
        return Err("the same definitions come to something else the second time".to_owned());
    }
    if let Some(Manifests { yaml, json }) = &seen.manifests {
        yaml.iter().zip(json).try_for_each(|(yaml, json)| read_again(yaml, json))?;
    }
    Ok(seen)
}

/// Readers of YAML and of JSON find the same objects.
fn read_again(yaml: &str, json: &str) -> Result<(), String> {
    let list: Value = serde_json::from_str(json).map_err(|error| format!("JSON: {error}"))?;
    let documents = serde_yaml::Deserializer::from_str(yaml).map(Value::deserialize);
    let documents: Result<Vec<Value>, _> = documents.collect();
    let mut documents = documents.map_err(|error| format!("YAML: {error}"))?;
    // No text at all is a document with nothing in it.
    documents.retain(|document| !document.is_null());
    if list["items"] != Value::Array(documents) {
        return Err("YAML and JSON say different things".to_owned());
    }
    Ok(())
}

/// What was found, printed in each format; returned as JSON.
fn report(compiled: &Compiled) -> Result<String, String> {
    let findings = &compiled.findings;
    let report =
        Report { sources: compiled.sources, findings, unread: compiled.unread, colour: false };
    let [full, concise, json] =
        [Said::Full, Said::Concise, Said::Json].map(|format| format.print(&report));
    for text in [&full, &concise] {
        if let Some(odd) = text.chars().find(|c| c.is_control() && !"\n\t".contains(*c)) {
            return Err(format!("a report has the control character {odd:?}"));
        }
    }
    let lines = concise.lines().count();
    if lines != findings.len() + compiled.unread.len() {
        return Err(format!("{} findings have {lines} lines", findings.len()));
    }
    let read: Value =
        serde_json::from_str(&json).map_err(|error| format!("the report is no JSON: {error}"))?;
    let listed = read["findings"].as_array().map_or(&[][..], Vec::as_slice);
    if listed.len() != findings.len() {
        return Err(format!(
            "{} of {} findings are in the JSON report",
            listed.len(),
            findings.len()
        ));
    }
    if listed.iter().any(|finding| finding["level"] == "error") != compiled.has_errors() {
        return Err("the levels of the findings are not those of the run".to_owned());
    }
    listed.iter().try_for_each(finding)?;
    Ok(json)
}

/// A finding has words and a place, and so has everything beside it.
fn finding(finding: &Value) -> Result<(), String> {
    let code = finding["code"].as_str().unwrap_or_default();
    let complain = |what: &str| Err(format!("{code}: {what}"));
    if finding["message"].as_str().is_none_or(str::is_empty) {
        return complain("no message");
    }
    let related = finding["related"].as_array().into_iter().flatten();
    for place in related.chain([finding, &finding["fix"]]).filter(|place| !place.is_null()) {
        let at = |key: &str| place[key].as_u64().unwrap_or_default();
        let (start, end) = ((at("line"), at("column")), (at("end_line"), at("end_column")));
        if start.0 == 0
            || start.1 == 0
            || start > end
            || place["path"].as_str().is_none_or(str::is_empty)
        {
            return complain("a place that is none");
        }
    }
    Ok(())
}

/// What `render --builds` prints: the objects, and the Workflows of the Builds.
fn render(compiled: &Compiled, format: Format) -> Result<[String; 2], String> {
    let refused = |findings: Vec<Diagnostic>| {
        let said = findings.iter().map(|it| format!("{}: {}", it.rule.code, it.message));
        let said = said.collect::<Vec<_>>().join("; ");
        format!("validate finds no error, render does: {said}")
    };
    let objects = compiled.manifests(format).map_err(refused)?;
    Ok([objects, compiled.builds(format, NOW).map_err(refused)?])
}
