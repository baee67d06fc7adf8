//! AP312: a tag that no registry takes.

use crate::diagnostics::Diagnostic;
use crate::source::Span;

rule!("AP312", "image-tag", Error, "a tag or image name that no registry takes");

pub(crate) fn tag(span: Span, tag: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{tag}` cannot be the tag of an image"))
        .label("registries refuse this")
        .help("use at most 128 letters, digits, `_`, `.` and `-`, a letter, digit or `_` first")
}

pub(crate) fn image(span: Span, image: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{image}` cannot be the name of an image"))
        .label("registries refuse this")
        .help("use lower-case words of letters and digits, joined by `.`, `_`, `-` or `/`; the tag goes into `tag`, the host into the Registry")
}

/// A name that begins with the host of the registry; `path` is the rest.
pub(crate) fn with_host(span: Span, image: &str, path: &str) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("`{image}` begins with the registry's host, which comes before it anyway"),
    )
    .label("the host would be there twice")
    .help(format!("write `{path}`"))
    .fix(span, path)
}

/// A reference to an image that Kubernetes cannot read; `reason` says why.
pub(crate) fn reference(span: Span, image: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(&RULE, span, format!("`{image}` cannot be the image of a container"))
        .label(reason)
        .note("the pod would never start: `InvalidImageName`")
        .help("write `[HOST/]NAME[:TAG][@DIGEST]`, as in `registry.acme.example/team/app:1.2`")
}

/// A tag whose variables can make it longer than registries take; both lengths in characters.
pub(crate) fn too_long(span: Span, widest: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        span,
        format!("the tag can have {widest} characters, and a tag has at most {limit}"),
    )
    .label("too long with long branches")
    .help("use fewer variables; `%code-short-commit%` takes 7 characters")
}
