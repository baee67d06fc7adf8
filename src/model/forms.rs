//! Strings of a certain form: durations, addresses, versions, storage sizes.

use super::decode::{Decode, Decoder, Hole};
use super::scalars::{Scalar, Spanned, Text};
use super::shape::Shape;
use crate::argo::facts::Version;
use crate::tree::Node;
use crate::tree::Str;

/// A length of time in whole seconds, written as Kubernetes and Go write it: `90s`, `30m`, `1h30m`; `7d` too.
pub type Duration = Spanned<Seconds>;

/// Whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seconds(pub i64);

impl Decode for Duration {
    const SHAPE: Shape = Shape::Form("duration");

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Scalar(text) = Scalar::decode(node, decoder)?;
        match seconds(&text) {
            Some(seconds) if seconds > 0 => Some(Self { value: Seconds(seconds), span: text.span }),
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

fn seconds(text: &str) -> Option<i64> {
    let mut rest = text;
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number: i64 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].chars().next()?;
        let factor = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(factor)?)?;
        rest = &rest[digits + 1..];
    }
    Some(total)
}

/// A host with an optional port and path, with or without a scheme: `github.com`, `https://git.acme.example:8443/scm`.
#[derive(Clone, Debug)]
pub struct Address {
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
        let is_host = host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:_".contains(c));
        let is_path = path.chars().all(|c| c.is_ascii_alphanumeric() || "._-~/+%".contains(c))
            && path.split('/').all(|part| part != "..");
        let (host, path) = (host.to_ascii_lowercase().into(), path.to_owned().into());
        (is_host && is_path).then_some(Self { text, scheme, host, path })
    }
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
pub struct Quantity(pub Text);

impl Decode for Quantity {
    const SHAPE: Shape = Shape::Form("quantity");

    fn decode(node: Node, decoder: &mut Decoder) -> Option<Self> {
        let Scalar(text) = Scalar::decode(node, decoder)?;
        if is_quantity(&text) {
            return Some(Self(text));
        }
        decoder.invalid(text.span, &text, "an amount such as `2Gi` or `500M`")
    }

    fn hole(hole: Hole) -> Self {
        Self(Text::hole(hole))
    }
}

/// Whether Kubernetes reads this as a quantity.
pub fn is_quantity(text: &str) -> bool {
    let number = text.trim_start_matches(['+', '-']);
    let suffix = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let digits = &number[..number.len() - suffix.len()];
    let is_exponent =
        suffix.strip_prefix(['e', 'E']).is_some_and(|exponent| exponent.parse::<i8>().is_ok());
    let is_suffix = matches!(
        suffix,
        "" | "n"
            | "u"
            | "m"
            | "k"
            | "M"
            | "G"
            | "T"
            | "P"
            | "E"
            | "Ki"
            | "Mi"
            | "Gi"
            | "Ti"
            | "Pi"
            | "Ei"
    );
    digits.parse::<f64>().is_ok() && (is_suffix || is_exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        assert_eq!(seconds("1h30m"), Some(5400));
        assert_eq!(seconds("7d"), Some(604_800));
        assert_eq!(seconds("90"), None);
        assert_eq!(seconds("5 min"), None);
    }

    #[test]
    fn quantities() {
        for right in ["2Gi", "0.5", "500M", "1e3", "100m"] {
            assert!(is_quantity(right), "{right}");
        }
        for wrong in ["", "Gi", "2GiB", "two", "2 Gi"] {
            assert!(!is_quantity(wrong), "{wrong}");
        }
    }
}
