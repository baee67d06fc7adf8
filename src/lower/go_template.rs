//! Go templates as Argo Events evaluates them in `dataTemplate` and `contextTemplate`: the data is under `.Input`, sprig's
//! functions are there, and a template that comes to nothing counts as failed.
//!
//! Text of a payload is made harmless here: Argo Workflows evaluates what it finds between `{{` and `}}` in the values of
//! parameters, so a space is put behind every `{`; two values side by side cannot make one either.

/// What reads a payload path, `body.pusher.name`, as a Go template operand.
pub fn operand(path: &str) -> String {
    let mut operand = ".Input".to_owned();
    for segment in path.split('.') {
        let is_name = segment.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && segment.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let is_number = segment.chars().all(|c| c.is_ascii_digit());
        operand = match (is_name, is_number) {
            (true, _) => format!("{operand}.{segment}"),
            (_, true) => format!("(index {operand} {segment})"),
            _ => format!("(index {operand} {})", quoted(segment)),
        };
    }
    operand
}

/// A string literal of Go.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// The text at a path, harmless.
pub fn text(path: &str, trim_prefix: Option<&str>) -> String {
    let trim =
        trim_prefix.map_or_else(String::new, |prefix| format!(" | trimPrefix {}", quoted(prefix)));
    format!(
        "{{{{ with {} }}}}{{{{ toString .{trim} | replace \"{{\" \"{{ \" }}}}{{{{ end }}}}",
        operand(path)
    )
}

/// Whatever is at a path, harmless: text as it is, anything else as JSON.
pub fn anything(path: &str) -> String {
    let harmless = "replace \"{\" \"{ \"";
    format!(
        "{{{{ $v := {} }}}}{{{{ if kindIs \"string\" $v }}}}{{{{ $v | {harmless} }}}}{{{{ else if $v }}}}{{{{ toJson $v | {harmless} }}}}{{{{ end }}}}",
        operand(path)
    )
}

/// The text at a path as part of a DNS-1123 name, at most `limit` characters; never empty.
pub fn slug(path: &str, trim_prefix: Option<&str>, limit: usize) -> String {
    let trim =
        trim_prefix.map_or_else(String::new, |prefix| format!(" | trimPrefix {}", quoted(prefix)));
    format!(
        "{{{{ regexReplaceAll \"[^a-z0-9]+\" ({} | default \"\" | toString{trim} | lower) \"-\" | trunc {limit} | trimAll \"-\" | default \"x\" }}}}",
        operand(path)
    )
}

/// The time of the event in seconds since 1970, of the context.
pub const UNIX_TIME: &str = "{{ .Input.time | toDate \"2006-01-02T15:04:05Z07:00\" | unixEpoch }}";

/// The day of the event, `20060102` in UTC, of the context.
pub const DATE: &str =
    "{{ dateInZone \"20060102\" (.Input.time | toDate \"2006-01-02T15:04:05Z07:00\") \"UTC\" }}";
