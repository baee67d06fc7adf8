//! Quantities of Kubernetes.

/// The suffixes of a quantity with what they stand for, as a base and a power
/// (k8s.io/apimachinery, pkg/api/resource/suffix.go).
const SCALES: &[(&str, f64, i32)] = &[
    ("", 10.0, 0),
    ("n", 10.0, -9),
    ("u", 10.0, -6),
    ("m", 10.0, -3),
    ("k", 10.0, 3),
    ("M", 10.0, 6),
    ("G", 10.0, 9),
    ("T", 10.0, 12),
    ("P", 10.0, 15),
    ("E", 10.0, 18),
    ("Ki", 1024.0, 1),
    ("Mi", 1024.0, 2),
    ("Gi", 1024.0, 3),
    ("Ti", 1024.0, 4),
    ("Pi", 1024.0, 5),
    ("Ei", 1024.0, 6),
];

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
        && (SCALES.iter().any(|(name, ..)| *name == suffix) || is_exponent(suffix))
}

fn is_exponent(suffix: &str) -> bool {
    let digits = suffix.strip_prefix(['e', 'E']);
    digits.is_some_and(|digits| digits.parse::<i32>().is_ok())
}

/// How much a quantity is, if a text is one.
pub(crate) fn amount(text: &str) -> Option<f64> {
    let unit_at = text.rfind(|c: char| c.is_ascii_digit() || c == '.')? + 1;
    let (number, suffix) = text.split_at(unit_at);
    if !is_quantity(text) {
        return None;
    }
    let Some((_, base, power)) = SCALES.iter().find(|(name, ..)| *name == suffix) else {
        return text.parse().ok();
    };
    let number: f64 = number.parse().ok()?;
    // A division by a power of ten is exact to the last digit, which its inverse is not.
    Some(if *power < 0 { number / base.powi(-power) } else { number * base.powi(*power) })
}
