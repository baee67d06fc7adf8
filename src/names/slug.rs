//! The slug of a text: how branches, revisions and commits stand in the names of builds, in tags
//! and in labels.
//!
//! `Slug::of` is what a slug is. `events` prints the same thing for Argo Events, and the
//! conformance program holds the two together.

use sha1::{Digest, Sha1};

/// Hex digits of the mark of a slug that lost something.
pub(crate) const MARK_DIGITS: usize = 5;

/// What a mark takes of a slug, in characters: `-` and its digits.
pub(crate) const MARK: usize = 1 + MARK_DIGITS;

/// The slug of a text without a letter or a digit.
pub(crate) const EMPTY: &str = "x";

/// How a text becomes part of a name: lower case, every run of other characters than ASCII letters
/// and digits one `-`, cut, and without `-` at its ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slug {
    /// The most characters that it has.
    pub limit: usize,
    /// What is hashed before the text; none where a slug that lost something has no mark.
    pub mark: Option<String>,
}

impl Slug {
    /// A slug for where two texts may have one: labels, and commits that are shortened.
    pub const fn plain(limit: usize) -> Self {
        Self { limit, mark: None }
    }

    /// A slug for where two texts must not have one. Where it is not the text itself, cut or with
    /// other characters, it ends with `-` and the first hex digits of the SHA-1 of `salt` and text.
    /// Texts with different salts have different marks.
    pub fn marked(limit: usize, salt: impl Into<String>) -> Self {
        Self { limit, mark: Some(salt.into()) }
    }

    /// What a cut slug keeps of the text, in characters, before its mark.
    pub fn kept(&self) -> usize {
        self.limit.saturating_sub(MARK).max(1)
    }

    /// The slug of a text; never empty.
    pub fn of(&self, text: &str) -> String {
        let dashed = dashed(text);
        let slug = cut(&dashed, self.limit);
        let slug = if slug.is_empty() { EMPTY } else { slug };
        match &self.mark {
            Some(salt) if slug != text => {
                format!("{}-{}", cut(slug, self.kept()), digits(salt, text))
            }
            _ => slug.to_owned(),
        }
    }
}

/// Text as it can stand between other parts of a name: as in a slug, but whole, and with a `-` left
/// at its ends.
pub(crate) fn dashed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out
}

/// The start of a text of ASCII characters, without `-` at its ends.
fn cut(text: &str, limit: usize) -> &str {
    text[..text.len().min(limit)].trim_matches('-')
}

/// The mark of a text.
fn digits(salt: &str, text: &str) -> String {
    let hash = Sha1::new().chain_update(salt).chain_update(text).finalize();
    hash.iter().flat_map(|byte| [byte >> 4, byte & 15]).take(MARK_DIGITS).map(hex).collect()
}

fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_cut_and_never_empty() {
        assert_eq!(Slug::plain(9).of("Feature/X_1"), "feature-x");
        assert_eq!(Slug::plain(9).of("///"), "x");
        assert_eq!(Slug::plain(8).of("--a--b---c"), "a-b-c");
        assert_eq!(dashed("-%-a.B-"), "-a-b-");
    }

    #[test]
    fn code_e_a_slug_that_lost_nothing_is_the_text() {
        let slug = Slug::marked(63, "");
        for text in ["master", "release-1", "x", "2020"] {
            assert_eq!(slug.of(text), text);
        }
    }

    #[test]
    fn code_e2_a_slug_that_lost_something_has_a_mark() {
        // The digits are those of sha1sum(1).
        let slug = Slug::marked(63, "");
        assert_eq!(slug.of("фича"), "x-5dfee");
        assert_eq!(slug.of("Feature"), "feature-ad565");
        assert_eq!(slug.of(&"a".repeat(70)), format!("{}-ed6c6", "a".repeat(57)));
    }

    #[test]
    fn names_of_one_second_differ() {
        let slug = Slug::marked(26, "checkout-service-frontend-");
        let differ = |a: &str, b: &str| assert_ne!(slug.of(a), slug.of(b), "{a}, {b}");
        differ("dependabot/npm_and_yarn/react-18.2.0", "dependabot/npm_and_yarn/redux-4.1.0");
        differ("feature/a_b", "feature-a-b");
        differ("Feature", "feature");
        differ("日本", "中国");
    }

    #[test]
    fn a_marked_slug_keeps_to_its_limit() {
        for limit in 8..=63 {
            let slug = Slug::marked(limit, "a").of(&"ab-".repeat(40));
            assert!(slug.len() <= limit && !slug.contains("--"), "{slug}");
        }
    }
}
