//! AP703: an image override that no Task's image meets.

use crate::diagnostics::{Diagnostic, nearest};
use crate::source::Span;

rule!("AP703", "unused-image", Warning, "an image override that nothing uses");

pub(crate) fn finding(span: Span, image: &str, images: &[&str]) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, span, format!("no Task in use names the image `{image}`"))
            .label("replaces nothing");
    match nearest(image, images.iter().copied()) {
        Some(guess) => diagnostic.help(format!("write `{guess}`")).fix(span, guess),
        None => {
            diagnostic.note("images are compared as a whole, the tag included").help("take it out")
        }
    }
}
