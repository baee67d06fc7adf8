//! What was found in a file besides text, and whether that is a reason to stop.

use crate::diagnostics::Diagnostic;
use crate::model::API_GROUP;
use crate::rules::{ap007_limit, ap008_encoding};
use crate::source::{Content, FileId, MAX_BYTES, Span};

/// How a file could be read. One that is not text is left alone, unless it says that it is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    Whole,
    /// Too large to be read.
    TooLarge,
    /// Not UTF-8 at byte `at` of the text: some bytes were replaced, or else the text ends there.
    Broken {
        at: usize,
        byte: u8,
        is_whole: bool,
    },
    /// Neither read nor ours.
    Others,
}

impl Opened {
    /// The text of a file, and how it could be read.
    pub(super) fn of(content: Content) -> (String, Self) {
        match content {
            Content::Text(text) => (text, Self::Whole),
            Content::TooLarge(bytes) => {
                let is_ours = String::from_utf8_lossy(&bytes).contains(API_GROUP);
                (String::new(), if is_ours { Self::TooLarge } else { Self::Others })
            }
            // What UTF-16 puts between the letters must not hide them.
            Content::Broken { text, at, byte, has_nul } if has_nul => {
                let is_ours = text.replace('\0', "").contains(API_GROUP);
                let start = text.get(..at).unwrap_or_default().to_owned();
                (
                    start,
                    if is_ours { Self::Broken { at, byte, is_whole: false } } else { Self::Others },
                )
            }
            Content::Broken { text, at, byte, .. } if text.contains(API_GROUP) => {
                (text, Self::Broken { at, byte, is_whole: true })
            }
            Content::Broken { .. } => (String::new(), Self::Others),
        }
    }

    /// What is wrong with the file as a whole.
    pub(super) fn finding(self, file: FileId) -> Option<Diagnostic> {
        match self {
            Self::Whole | Self::Others => None,
            Self::TooLarge => Some(ap007_limit::file_size(Span::new(file, 0, 0), MAX_BYTES as u64)),
            Self::Broken { at, byte, is_whole: true } => {
                let span = Span::new(file, at, at + '\u{fffd}'.len_utf8());
                Some(ap008_encoding::replaced(span, byte))
            }
            Self::Broken { at, byte, .. } => {
                Some(ap008_encoding::not_utf8(Span::new(file, at, at), byte))
            }
        }
    }

    /// Whether bytes of the file were replaced in the text.
    pub(super) fn is_replaced(self) -> bool {
        matches!(self, Self::Broken { is_whole: true, .. })
    }

    /// Whether definitions may be missing that are in the file.
    pub(super) fn is_partial(self) -> bool {
        matches!(self, Self::TooLarge | Self::Broken { is_whole: false, .. })
    }
}
