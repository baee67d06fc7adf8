//! Words of HTTP.

use crate::diagnostics::nearest;

/// Methods in use: of RFC 9110 and 5789, of `WebDAV`, and of caches and Vault.
const METHODS: &[&str] = &[
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "CONNECT",
    "OPTIONS",
    "TRACE",
    "COPY",
    "LINK",
    "LOCK",
    "MKCOL",
    "MOVE",
    "PROPFIND",
    "PROPPATCH",
    "PURGE",
    "QUERY",
    "REPORT",
    "SEARCH",
    "LIST",
    "UNLINK",
    "UNLOCK",
];

/// Whether a text is a token (RFC 9110, 5.6.2), which names of headers and methods are.
pub(super) fn is_token(text: &str) -> bool {
    let is_sign = |b: u8| b"!#$%&'*+-.^_`|~".contains(&b);
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || is_sign(b))
}

/// Whether a text is a method: one that is known, or another token that is not nearly one. Methods
/// are told apart by case.
pub(super) fn is_method(text: &str) -> bool {
    is_token(text) && nearest_method(text).is_none()
}

/// The method that was probably meant by a text that is none.
pub(super) fn nearest_method(text: &str) -> Option<&'static str> {
    if METHODS.contains(&text) { None } else { nearest(text, METHODS.iter().copied()) }
}
