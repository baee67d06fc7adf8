//! Every container has an image, by a reference that Kubernetes can read.

use super::Context;
use super::required::required;
use crate::body::{Body, Container, Role};
use crate::diagnostics::Sink;
use crate::expression::is_in_text;
use crate::rules::ap312_image_tag;

pub(crate) fn check(body: &Body, context: Context, sink: &mut Sink) {
    for container in &body.containers {
        match &container.image {
            Some(image) if image.is_empty() || image.contains("{{") || is_in_text(image) => {}
            Some(image) => {
                if let Err(reason) = read(image) {
                    sink.report(ap312_image_tag::reference(image.span, image, reason));
                }
                continue;
            }
            None => {}
        }
        missing(container, context, sink);
    }
}

fn missing(container: &Container, context: Context, sink: &mut Sink) {
    let kind = match container.role {
        Role::Main => "Container",
        Role::Script => "ScriptTemplate",
        Role::Set => "ContainerNode",
        Role::Init | Role::Sidecar => "UserContainer",
    };
    let is_main = matches!(container.role, Role::Main | Role::Script);
    if is_main && context.has_default_image || container.node.entries().is_empty() && !is_main {
        return;
    }
    // The table of field facts reports these two where the field is not there at all.
    if !is_main || container.node.entry("image").is_some() {
        required(container.node, container.at, "image", kind, sink);
    }
}

/// Reads a reference as the kubelet does (distribution/reference, `ParseNormalizedNamed`); the
/// error is the reason why it cannot.
pub(crate) fn read(image: &str) -> Result<(), &'static str> {
    if image.contains(char::is_whitespace) {
        return Err("it has a space in it");
    }
    let (rest, digest) = image.split_once('@').map_or((image, None), |(a, b)| (a, Some(b)));
    if digest.is_some_and(|digest| !is_digest(digest)) {
        return Err("what follows `@` is not a digest");
    }
    let (host, rest) = match rest.split_once('/') {
        Some((first, rest)) if is_host(first) => (Some(first), rest),
        _ => (None, rest),
    };
    if host
        .is_some_and(|host| !host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c)))
    {
        return Err("the host is not a valid one");
    }
    let (name, tag) = rest.rsplit_once(':').map_or((rest, None), |(a, b)| (a, Some(b)));
    if tag.is_some_and(|tag| !is_tag(tag)) {
        return Err("the tag is not a valid one");
    }
    if name.contains(|c: char| c.is_ascii_uppercase()) {
        return Err("the name has upper-case letters");
    }
    let is_right = name.split('/').all(is_component);
    if is_right && name.len() <= 255 { Ok(()) } else { Err("the name is not a valid one") }
}

/// Whether the first part of a name is a host: it has a point or a port, or is `localhost`, or has
/// upper-case letters, which no other part can have.
fn is_host(first: &str) -> bool {
    first == "localhost"
        || first.contains(['.', ':'])
        || first.contains(|c: char| c.is_ascii_uppercase())
}

/// Words of lower-case letters and digits, joined by `.`, `_`, `__` or any number of `-`.
fn is_component(part: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let mut separators = part.split(is_word).filter(|separator| !separator.is_empty());
    part.starts_with(is_word)
        && part.ends_with(is_word)
        && separators.all(|separator| {
            matches!(separator, "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-')
        })
}

fn is_tag(tag: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
    (1..=128).contains(&tag.len()) && tag.chars().all(is_sign) && !tag.starts_with(['.', '-'])
}

fn is_digest(digest: &str) -> bool {
    digest.split_once(':').is_some_and(|(algorithm, hash)| {
        algorithm.starts_with(|c: char| c.is_ascii_alphabetic())
            && hash.len() >= 32
            && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}
