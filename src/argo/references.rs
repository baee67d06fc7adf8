//! What text refers to in Argo's `{{ }}`: the names that Argo will look up when the workflow runs.

use super::tags::tags;

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
    let names = tags(text).into_iter().flat_map(|tag| tag.names);
    names
        .map(|name| Reference { name: name.text(), start: name.range.start, end: name.range.end })
        .collect()
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
        assert_eq!(names("${{ github.x }} {{unclosed"), ["github.x"]);
    }
}
