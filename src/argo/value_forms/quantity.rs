//! Quantities of Kubernetes.

/// The suffixes of a quantity (k8s.io/apimachinery, pkg/api/resource/suffix.go).
const SUFFIXES: &[&str] =
    &["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/// Whether Kubernetes reads a text as a quantity: a number with at most one sign and one point,
/// then a suffix or an exponent (`ParseQuantity`, and the pattern in the CRDs).
pub(crate) fn is_quantity(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let (number, suffix) =
        unsigned.split_at(unsigned.find(|c| !is_number(c)).unwrap_or(unsigned.len()));
    let has_digit = number.contains(|c: char| c.is_ascii_digit());
    has_digit
        && number.matches('.').count() <= 1
        && (SUFFIXES.contains(&suffix) || is_exponent(suffix))
}

fn is_exponent(suffix: &str) -> bool {
    let digits = suffix.strip_prefix(['e', 'E']);
    digits.is_some_and(|digits| digits.parse::<i32>().is_ok())
}
