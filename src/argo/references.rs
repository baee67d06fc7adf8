//! What text refers to in Argo's `{{ }}`: the names that Argo will look up when the workflow runs.

/// A name that a tag uses, with its place in the text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Dotted: `inputs.parameters.git-secret`, `tasks.build.outputs.parameters.digest`.
    pub name: String,
    pub start: usize,
    pub end: usize,
}

/// The names that the tags of a text use: the whole of a simple tag, every dotted name of an expression tag (`{{= … }}`).
pub fn references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("{{") {
        let start = at + open + 2;
        let Some(length) = text[start..].find("}}") else { break };
        let tag = &text[start..start + length];
        if let Some(expression) = tag.strip_prefix('=') {
            in_expression(expression, start + 1, &mut found);
        } else {
            let name = tag.trim();
            let lead = tag.len() - tag.trim_start().len();
            found.push(Reference {
                name: name.to_owned(),
                start: start + lead,
                end: start + lead + name.len(),
            });
        }
        at = start + length + 2;
    }
    found
}

/// Dotted names of an expression; `a['b']` counts as `a.b`. Strings are skipped.
fn in_expression(text: &str, base: usize, found: &mut Vec<Reference>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                at += 1 + text[at + 1..]
                    .bytes()
                    .position(|byte| byte == quote)
                    .map_or(text.len(), |end| end + 1);
            }
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                let (name, end) = dotted(text, at);
                found.push(Reference { name, start: base + at, end: base + end });
                at = end;
            }
            _ => at += 1,
        }
    }
}

fn dotted(text: &str, start: usize) -> (String, usize) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let mut name = String::new();
    let mut at = start;
    loop {
        let rest = &text[at..];
        let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        name.push_str(&rest[..length]);
        at += length;
        let Some(key) = text[at..].strip_prefix("['").or_else(|| text[at..].strip_prefix("[\""))
        else {
            break;
        };
        let Some(length) = key.find(['\'', '"']) else { break };
        name.push('.');
        name.push_str(&key[..length]);
        at += "['".len() + length + "'".len();
        at += usize::from(text[at..].starts_with(']'));
    }
    (name, at)
}

/// The rest of a name under a prefix: `git-secret` of `inputs.parameters.git-secret` under `inputs.parameters.`.
pub fn names_under<'a>(
    references: &'a [Reference],
    prefix: &'a str,
) -> impl Iterator<Item = (&'a str, &'a Reference)> {
    references.iter().filter_map(move |reference| {
        reference.name.strip_prefix(prefix).map(|name| (name, reference))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        references(text).into_iter().map(|reference| reference.name).collect()
    }

    #[test]
    fn simple_and_expression_tags() {
        assert_eq!(
            names("a {{inputs.parameters.x}} {{ workflow.name }}"),
            ["inputs.parameters.x", "workflow.name"]
        );
        assert_eq!(
            names("{{=sprig.upper(workflow.parameters['image-tag']) + \"inputs.parameters.no\"}}"),
            ["sprig.upper", "workflow.parameters.image-tag"]
        );
        assert_eq!(names("{{=a['b'é + c}}"), ["a.b", "c"]);
        assert_eq!(names("${{ github.x }} {{unclosed"), ["github.x"]);
    }
}
