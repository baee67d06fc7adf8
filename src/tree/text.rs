//! Text that is cheap to clone.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use super::written::Written;
use crate::source::Span;

/// Text that is cheap to clone: a literal of the program, or shared with the definition it comes
/// from. Equal, ordered and hashed as `str` is.
#[derive(Clone)]
pub enum Str {
    Static(&'static str),
    /// Made by the program; it stands in no file as it is.
    Shared(Arc<str>),
    /// Stands in the file as it is, so many bytes after the start of its scalar: 1 behind a quote,
    /// else 0.
    Verbatim(Arc<str>, u8),
    /// Stands in the file in another form, as with escapes.
    Written(Arc<Written>),
}

impl Str {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Static(text) => text,
            Self::Shared(text) | Self::Verbatim(text, _) => text,
            Self::Written(written) => written.text(),
        }
    }

    /// The span of the bytes `start..end` of the text, whose scalar has the span `whole`; `whole`
    /// where the text stands in no file as it is.
    pub fn part(&self, whole: Span, start: usize, end: usize) -> Span {
        match self {
            Self::Static(_) | Self::Shared(_) => whole,
            Self::Verbatim(text, quote) => {
                let quote = usize::from(*quote);
                // The text of one scalar can stand at the span of another one.
                let is_here = whole.range().len() == text.len() + 2 * quote;
                if is_here { whole.part(quote + start, quote + end) } else { whole }
            }
            Self::Written(written) => written.part(start, end),
        }
    }
}

impl Deref for Str {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Str {
    fn borrow(&self) -> &str {
        self
    }
}

impl AsRef<str> for Str {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Default for Str {
    fn default() -> Self {
        Self::Static("")
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl PartialEq for Str {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl PartialEq<str> for Str {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Str {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl Eq for Str {}

impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Str {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Str {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl From<&'static str> for Str {
    fn from(text: &'static str) -> Self {
        Self::Static(text)
    }
}

impl From<String> for Str {
    fn from(text: String) -> Self {
        Self::Shared(text.into())
    }
}

impl From<&String> for Str {
    fn from(text: &String) -> Self {
        Self::Shared(text.as_str().into())
    }
}

impl From<&Str> for Str {
    fn from(text: &Str) -> Self {
        text.clone()
    }
}

impl From<Written> for Str {
    fn from(written: Written) -> Self {
        Self::Written(Arc::new(written))
    }
}

impl From<Arc<str>> for Str {
    fn from(text: Arc<str>) -> Self {
        Self::Shared(text)
    }
}
