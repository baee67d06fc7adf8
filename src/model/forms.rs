//! Strings of a certain form: durations, addresses, versions, storage sizes.

use super::decode::{Decode, Decoder, Hole};
use super::scalars::{Scalar, Spanned, Text};
use super::shape::Shape;
use crate::argo::facts::Version;
use crate::tree::Node;
use crate::tree::Str;

/// A length of time in whole seconds, written as Kubernetes and Go write it: `90s`, `30m`, `1h30m`;
/// `7d` too.
pub(crate) type Duration = Spanned<Seconds>;

/// Whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seconds(pub i64);

impl Decode for Duration {
    const SHAPE: Shape = Shape::Form("duration");

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Scalar(text) = Scalar::decode(node, decoder)?;
        match seconds(&text) {
            Some(seconds @ 1..=MAX_SECONDS) => {
                Some(Self { value: Seconds(seconds), span: text.span })
            }
            Some(1..) => decoder.invalid(text.span, &text, "at most 24855d, which is 68 years"),
            _ => decoder.invalid(
                text.span,
                &text,
                "a length of time such as `90s`, `30m`, `1h30m` or `7d`",
            ),
        }
    }

    fn hole(hole: Hole) -> Self {
        Self { value: Seconds(0), span: hole.span }
    }
}

/// The longest time that Kubernetes counts: `activeDeadlineSeconds` of a pod, and the seconds of a
/// `ttlStrategy`, have 32 bits.
const MAX_SECONDS: i64 = i32::MAX as i64;

/// The seconds of a length of time, if it is written as one. What is too long to count is as long
/// as can be.
fn seconds(text: &str) -> Option<i64> {
    let mut rest = text;
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            return None;
        }
        let number: i64 = rest[..digits].parse().unwrap_or(i64::MAX);
        let unit = rest[digits..].chars().next()?;
        let factor = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            _ => return None,
        };
        total = total.saturating_add(number.saturating_mul(factor));
        rest = &rest[digits + 1..];
    }
    Some(total)
}

/// A host with an optional port and path, with or without a scheme: `github.com`,
/// `https://git.acme.example:8443/scm`.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    pub text: Text,
    /// `http` or `https`, where it is written.
    pub scheme: Option<&'static str>,
    /// Host and port, lower case.
    pub host: Str,
    /// Without slashes around it; empty where there is none.
    pub path: Str,
}

impl Decode for Address {
    const SHAPE: Shape = Shape::Form("host or URL");

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let text = Text::decode(node, decoder)?;
        match Self::parse(text.clone()) {
            Some(address) => Some(address),
            None => decoder.invalid(
                text.span,
                &text,
                "a host such as `github.com`, or an http(s) URL without a user",
            ),
        }
    }

    fn hole(hole: Hole) -> Self {
        let empty = Str::default;
        Self { text: Text::hole(hole), scheme: None, host: empty(), path: empty() }
    }
}

impl Address {
    fn parse(text: Text) -> Option<Self> {
        let (scheme, rest) = match text.split_once("://") {
            Some(("https", rest)) => (Some("https"), rest),
            Some(("http", rest)) => (Some("http"), rest),
            Some(_) => return None,
            None => (None, &**text),
        };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let path = path.trim_matches('/');
        let is_path = path.chars().all(|c| c.is_ascii_alphanumeric() || "._-~/+%".contains(c))
            && path.split('/').all(|part| part != "..");
        let is_right = is_host(host) && is_path;
        let (host, path) = (host.to_ascii_lowercase().into(), path.to_owned().into());
        is_right.then_some(Self { text, scheme, host, path })
    }
}

/// Whether this is a host, with a port or without.
fn is_host(text: &str) -> bool {
    let (host, port) = text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
    let is_inner = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let is_label = |label: &str| {
        label.chars().all(is_inner) && !label.is_empty() && !label.starts_with(['-', '_'])
    };
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|number| number > 0);
    host.split('.').all(is_label) && port.is_none_or(is_port)
}

/// `Version::ALL`, as they are written.
const VERSIONS: &[&str] = &["3.6", "3.7", "4.0", "4.1"];

impl Decode for Spanned<Version> {
    const SHAPE: Shape = Shape::Choice(VERSIONS);

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Scalar(text) = Scalar::decode(node, decoder)?;
        match text.parse() {
            Ok(value) if Version::ALL.contains(&value) => Some(Self { value, span: text.span }),
            _ => decoder.not_one_of(&text, VERSIONS),
        }
    }

    fn hole(hole: Hole) -> Self {
        Self { value: Version::new(4, 0), span: hole.span }
    }
}

/// An amount of storage, as Kubernetes writes it: `2Gi`, `500M`.
#[derive(Clone, Debug)]
pub(crate) struct Quantity(pub Text);

impl Decode for Quantity {
    const SHAPE: Shape = Shape::Number("quantity");

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Scalar(text) = Scalar::decode(node, decoder)?;
        if is_amount(&text) {
            return Some(Self(text));
        }
        decoder.invalid(text.span, &text, "an amount such as `2Gi` or `500M`, above zero")
    }

    fn hole(hole: Hole) -> Self {
        Self(Text::hole(hole))
    }
}

/// Whether Kubernetes reads this as a quantity (apimachinery's `resource.ParseQuantity`).
pub(crate) fn is_quantity(text: &str) -> bool {
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let suffix = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let digits = &number[..number.len() - suffix.len()];
    let is_exponent =
        suffix.strip_prefix(['e', 'E']).is_some_and(|exponent| exponent.parse::<i8>().is_ok());
    digits.matches('.').count() <= 1
        && digits.contains(|c: char| c.is_ascii_digit())
        && (SUFFIXES.contains(&suffix) || is_exponent)
}

const SUFFIXES: &[&str] =
    &["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/// Whether this is a quantity above zero.
fn is_amount(text: &str) -> bool {
    let digits = text.split(['e', 'E']).next().unwrap_or_default();
    is_quantity(text) && !text.starts_with('-') && digits.contains(|c| matches!(c, '1'..='9'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        assert_eq!(seconds("1h30m"), Some(5400));
        assert_eq!(seconds("7d"), Some(604_800));
        assert_eq!(seconds("99999999999999999999d"), Some(i64::MAX));
        assert_eq!(seconds("90"), None);
        assert_eq!(seconds("s"), None);
        assert_eq!(seconds("5 min"), None);
    }

    #[test]
    fn quantities() {
        for right in ["2Gi", "0.5", "500M", "1e3", "100m", "+1", "-1", "1.", "1E", "1e-3"] {
            assert!(is_quantity(right), "{right}");
        }
        for wrong in ["", "Gi", "2GiB", "two", "2 Gi", "+-2Gi", "++1", ".", "1.2.3", "1e", "1e+-3"]
        {
            assert!(!is_quantity(wrong), "{wrong}");
        }
    }
}
