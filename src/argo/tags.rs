//! The tags of a text, `{{ … }}`, found as Argo finds them, with the names that each uses.
//!
//! Argo hands text to fasttemplate with `{{` and `}}` (`util/template/template.go`): a tag ends at
//! the first `}}`, whatever stands between. One that starts with `=` is an expression (`kind.go`);
//! any other is a name, blanks around it trimmed. A name that itself has a `{{` in it is looked up
//! from the last `{{` on, and put together with what stands before (`simple_template.go`).

use std::borrow::Cow;
use std::ops::Range;

use super::expr::{self, Flaw, FlawKind};

/// A tag and where it stands. All ranges are in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'t> {
    /// From `{{` to `}}`, both included; to the end of the text where `}}` is missing.
    pub range: Range<usize>,
    pub kind: Kind<'t>,
    /// One in a simple tag; in an expression every dotted name, in order.
    pub names: Vec<Name<'t>>,
    /// Why Argo cannot read the tag, where it cannot.
    pub flaw: Option<Flaw>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'t> {
    /// `{{name}}`.
    Simple,
    /// `{{outer.{{name}}…`: Argo puts the value of the inner name into the outer one.
    Nested { outer: Name<'t> },
    /// `{{= … }}`.
    Expression {
        /// The one name is all that the expression consists of.
        is_name: bool,
    },
    /// `{{` without `}}`.
    Open,
}

/// A dotted name, `tasks.build.outputs.parameters.digest`; `tasks["build"]` has two parts as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name<'t> {
    pub range: Range<usize>,
    pub parts: Vec<Part<'t>>,
    /// It is called as a function, `sprig.trim(…)`.
    pub is_call: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part<'t> {
    /// Escapes of a string read.
    pub text: Cow<'t, str>,
    /// Without the quotes of a string.
    pub range: Range<usize>,
}

impl<'t> Name<'t> {
    /// A name that is written with points only.
    fn dotted(text: &'t str, start: usize) -> Self {
        let mut at = start;
        let part = |text: &'t str| {
            let range = at..at + text.len();
            at = range.end + 1;
            Part { text: Cow::Borrowed(text), range }
        };
        let parts = text.split('.').map(part).collect();
        Self { range: start..start + text.len(), parts, is_call: false }
    }

    /// The first part: `inputs`, `workflow`.
    pub(crate) fn root(&self) -> &str {
        self.part(0).unwrap_or_default()
    }

    pub(crate) fn part(&self, at: usize) -> Option<&str> {
        self.parts.get(at).map(|part| &*part.text)
    }

    /// The parts from one on, with points between them.
    pub(crate) fn rest(&self, from: usize) -> String {
        let parts: Vec<&str> = self.parts.iter().skip(from).map(|part| &*part.text).collect();
        parts.join(".")
    }

    /// The whole name with points, as a simple tag writes it.
    pub(crate) fn text(&self) -> String {
        self.rest(0)
    }
}

/// The tags of a text, in order. Takes time in proportion to the text.
pub(crate) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("{{") {
        let start = at + open;
        let Some(length) = text[start + 2..].find("}}") else {
            let (range, names) = (start..text.len(), Vec::new());
            found.push(Tag { range, kind: Kind::Open, names, flaw: None });
            break;
        };
        at = start + 2 + length + 2;
        found.push(tag(text, start..at));
    }
    found
}

fn tag(text: &str, range: Range<usize>) -> Tag<'_> {
    let inner = &text[range.start + 2..range.end - 2];
    let start = range.start + 2;
    match inner.strip_prefix('=') {
        Some(expression) => expression_tag(expression, start + 1, range),
        None => simple_tag(inner, start, range),
    }
}

fn expression_tag(expression: &str, start: usize, range: Range<usize>) -> Tag<'_> {
    let read = expr::read(expression, start);
    let kind = Kind::Expression { is_name: read.is_name };
    Tag { range, kind, names: read.names, flaw: read.flaw }
}

fn simple_tag(inner: &str, start: usize, range: Range<usize>) -> Tag<'_> {
    let Some(nested) = inner.rfind("{{") else {
        let name = trimmed(inner, start);
        let flaw = detached(inner, start);
        return Tag { range, kind: Kind::Simple, names: vec![name], flaw };
    };
    let name = trimmed(&inner[nested + 2..], start + nested + 2);
    let outer = Name::dotted(inner[..nested].trim(), start);
    Tag { range, kind: Kind::Nested { outer }, names: vec![name], flaw: None }
}

fn trimmed(text: &str, start: usize) -> Name<'_> {
    let lead = text.len() - text.trim_start().len();
    Name::dotted(text.trim(), start + lead)
}

/// `{{ = x }}`: the `=` makes an expression only right after `{{`.
fn detached(inner: &str, start: usize) -> Option<Flaw> {
    let blanks = inner.len() - inner.trim_start().len();
    let expression = inner.trim_start().strip_prefix('=')?;
    let read = expr::read(expression, 0);
    let is_ours = read.names.iter().any(|name| super::variables::is_checked_root(name.root()));
    is_ours.then(|| Flaw { range: start..start + blanks + 1, kind: FlawKind::Detached })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    fn names(text: &str) -> Vec<String> {
        tags(text).iter().flat_map(|tag| tag.names.iter().map(Name::text)).collect()
    }

    #[test]
    fn simple_tags_are_trimmed() {
        let text = "a {{inputs.parameters.x}} {{ workflow.name }}";
        assert_eq!(names(text), ["inputs.parameters.x", "workflow.name"]);
        let tag = &tags(text)[1];
        assert_eq!(&text[tag.range.clone()], "{{ workflow.name }}");
        assert_eq!(&text[tag.names[0].range.clone()], "workflow.name");
        assert_eq!(&text[tag.names[0].parts[1].range.clone()], "name");
    }

    #[test]
    fn expression_tags_have_every_name() {
        let text = "{{=sprig.upper(workflow.parameters['image-tag']) + \"inputs.parameters.no\"}}";
        assert_eq!(names(text), ["sprig.upper", "workflow.parameters.image-tag"]);
        let name = &tags(text)[0].names[1];
        assert_eq!(&text[name.range.clone()], "workflow.parameters['image-tag']");
        assert_eq!(&text[name.parts[2].range.clone()], "image-tag");
    }

    #[test]
    fn a_tag_without_an_end_is_open() {
        let found = tags("${{ github.x }} {{unclosed");
        assert_eq!(found[0].names[0].text(), "github.x");
        assert_eq!((&found[1].kind, found[1].range.clone()), (&Kind::Open, 16..26));
    }

    #[test]
    fn a_tag_in_a_tag_is_the_inner_one() {
        let text = "{{workflow.parameters.{{item}}}}";
        let tag = &tags(text)[0];
        assert_eq!(tag.names[0].text(), "item");
        let Kind::Nested { outer } = &tag.kind else { panic!("{tag:?}") };
        assert_eq!(outer.text(), "workflow.parameters.");
        assert_eq!(&text[tag.range.clone()], "{{workflow.parameters.{{item}}");
    }

    #[test]
    fn a_blank_before_the_equals_sign_is_told() {
        assert_eq!(tags("{{ =workflow.name}}")[0].flaw.as_ref().unwrap().range, 2..4);
        assert_eq!(tags("{{ =it.name}}")[0].flaw, None);
    }

    #[test]
    fn a_megabyte_takes_no_time() {
        for text in ["{{".repeat(500_000), "{{=a[".repeat(200_000), "{{a}}".repeat(200_000)] {
            let start = Instant::now();
            assert!(!tags(&text).is_empty());
            assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
        }
        let start = Instant::now();
        tags(&"{{".repeat(500_000));
        assert!(start.elapsed() < Duration::from_millis(100), "{:?}", start.elapsed());
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_on_characters(text in "([{}= .a-z\"'`\\[\\]\\\\?é日-]|\\{\\{|\\}\\}){0,60}") {
            let mut end = 0;
            for tag in tags(&text) {
                prop_assert!(tag.range.start >= end && text.get(tag.range.clone()).is_some());
                end = tag.range.end;
                let mut at = tag.range.start;
                for name in &tag.names {
                    prop_assert!(name.range.start >= at && name.range.end <= tag.range.end);
                    at = name.range.end;
                    for part in &name.parts {
                        prop_assert!(text.get(part.range.clone()).is_some());
                        prop_assert!(part.range.start >= name.range.start);
                        prop_assert!(part.range.end <= name.range.end);
                    }
                }
                if let Some(flaw) = &tag.flaw {
                    prop_assert!(text.get(flaw.range.clone()).is_some());
                }
            }
        }
    }
}
