//! Text of definitions that an event is to put into a run.

use std::ops::Range;

/// How to say what people mean who write a tag there.
pub(crate) const NO_TAGS: &str = "nothing evaluates `{{ }}` here: write a `%variable%`, or give a payload path such as `body.pusher.name` \
                           as the whole value";

/// The first tag of Argo or of Go's templates in a text, in bytes: from `{{` to its `}}`, or to the
/// end where it has none. Such text is an error: the run would evaluate it, and the event has no
/// part in it.
pub(crate) fn tag_in(text: &str) -> Option<Range<usize>> {
    let start = text.find("{{")?;
    let end = text[start..].find("}}").map_or(text.len(), |end| start + end + 2);
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_braces_are_found() {
        let text = "built %code-branch% by {{workflow.name}}, {{x}}";
        assert_eq!(&text[tag_in(text).unwrap()], "{{workflow.name}}");
    }

    #[test]
    fn code_c_events_injection_is_found() {
        let text = "b %code-branch% in {{ .Input.body.head_commit.message }}";
        assert_eq!(tag_in(text), Some(19..56));
        assert_eq!(tag_in("{{{"), Some(0..3));
        assert_eq!(tag_in(r#"{"a": {"b": 1}}"#), None);
    }
}
