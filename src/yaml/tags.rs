//! Tags as kubectl reads them: those of YAML itself say what a scalar is, any other one is a
//! mistake.

use crate::tree::scalar::{Resolved, resolve};
use crate::tree::{Scalar, Str};

/// Why a scalar cannot have its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// YAML has no such tag for scalars.
    Unknown,
    /// The text is not what the tag says.
    NotA(&'static str),
}

/// A scalar under the tag `!!NAME`.
pub(super) fn tagged(name: &str, scalar: Scalar) -> Result<Scalar, Misfit> {
    let resolved = resolve(&scalar.text);
    let (is_it, wanted) = match (name, resolved) {
        ("str", _) => return Ok(Scalar { plain: false, ..scalar }),
        ("binary", _) => {
            let text = decoded(&scalar.text).ok_or(Misfit::NotA("base64 of UTF-8 text"))?;
            return Ok(Scalar { text: Str::from(text), plain: false });
        }
        ("int", resolved) => (matches!(resolved, Resolved::Int(_)), "an integer"),
        ("float", resolved) => {
            (matches!(resolved, Resolved::Int(_) | Resolved::Float(_)), "a number")
        }
        ("bool", resolved) => (matches!(resolved, Resolved::Bool(_)), "a boolean"),
        ("null", resolved) => (resolved == Resolved::Null, "null"),
        _ => return Err(Misfit::Unknown),
    };
    if is_it { Ok(Scalar { plain: true, ..scalar }) } else { Err(Misfit::NotA(wanted)) }
}

/// Whether a list or a map can have the tag `!!NAME`.
pub(super) fn fits_collection(name: &str, is_list: bool) -> bool {
    if is_list { matches!(name, "seq" | "omap" | "pairs") } else { matches!(name, "map" | "set") }
}

/// The text that base64 stands for, as Go's decoder takes it: padded, line breaks ignored.
fn decoded(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let content = digits.iter().position(|byte| *byte == b'=').unwrap_or(digits.len());
    let (content, padding) = digits.split_at(content);
    let is_padded = padding.len() <= 2 && padding.iter().all(|byte| *byte == b'=');
    if !digits.len().is_multiple_of(4) || !is_padded {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3);
    for group in content.chunks(4) {
        let number = group.iter().try_fold(0u32, |all, byte| Some(all << 6 | sextet(*byte)?))?;
        let number = number << (6 * (4 - group.len()));
        bytes.extend_from_slice(&number.to_be_bytes()[1..group.len()]);
    }
    String::from_utf8(bytes).ok()
}

fn sextet(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_go() {
        let cases = [("aGVsbG8=", Some("hello")), ("aGVs\nbG8=", Some("hello")), ("", Some(""))];
        for (text, value) in cases {
            assert_eq!(decoded(text).as_deref(), value);
        }
        for text in ["aGVsbG8", "a", "=", "aGVsbG8===", "gICA", "aG=s", "a GVs"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
