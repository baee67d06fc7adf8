//! Lengths of time.

/// The units that Go knows, in nanoseconds (`unitMap` of Go's time/format.go).
const UNITS: &[(&str, i128)] = &[
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// Whether Go's `time.ParseDuration` reads a text as a length of time: numbers with units that add
/// up to no more than 2^63 - 1 nanoseconds, 292 years. One below zero is none, though Go takes it.
pub(super) fn is_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    if rest == "0" {
        return true;
    }
    let mut total = 0;
    while !rest.is_empty() {
        let Some((nanos, below)) = term(rest) else { return false };
        total += nanos;
        rest = below;
    }
    total <= i128::from(i64::MAX) && !text.trim_start_matches('+').is_empty()
}

/// Whether Argo's `ParseStringToDuration` reads a text: a number of seconds, or as Go does
/// (pkg/apis/workflow/v1alpha1/utils.go).
pub(super) fn is_duration_or_seconds(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|seconds| seconds >= 0) || is_duration(text)
}

/// The first number of a text with its unit, in nanoseconds, and what follows.
fn term(text: &str) -> Option<(i128, &str)> {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let unit_at = text.find(|c: char| !is_number(c))?;
    let (number, rest) = text.split_at(unit_at);
    let (unit, rest) = rest.split_at(rest.find(is_number).unwrap_or(rest.len()));
    let (_, nanos) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if part.contains('.') || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    // A fraction of a unit has no weight in whether the sum can be held.
    Some((whole.checked_mul(*nanos)?, rest))
}

/// The length of time that was probably meant: days, which Go does not know, in hours; a number of
/// seconds without its unit; blanks and long names of units.
pub(super) fn nearest(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let unit_at = compact.find(|c: char| !c.is_ascii_digit()).unwrap_or(compact.len());
    let (digits, unit) = compact.split_at(unit_at);
    let number: u64 = digits.parse().ok()?;
    Some(match unit.to_ascii_lowercase().as_str() {
        "" | "s" | "sec" | "secs" | "second" | "seconds" => format!("{number}s"),
        "m" | "min" | "mins" | "minute" | "minutes" => format!("{number}m"),
        "h" | "hr" | "hrs" | "hour" | "hours" => format!("{number}h"),
        "d" | "day" | "days" => format!("{}h", number.checked_mul(24)?),
        "w" | "week" | "weeks" => format!("{}h", number.checked_mul(168)?),
        _ => return None,
    })
}

/// The same length of time, to the second, without a fraction: `1.5h` as `1h30m`; none if that is
/// no such length, or none at all.
pub(super) fn in_whole_numbers(text: &str) -> Option<String> {
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit_at);
    let number: f64 = number.parse().ok().filter(|number| *number < 1e6)?;
    let (_, nanos) = UNITS.iter().find(|(name, _)| *name == unit)?;
    #[allow(clippy::cast_precision_loss, reason = "units are far below 2^52")]
    let seconds = number * (*nanos as f64) / 1e9;
    if seconds < 1.0 || seconds.fract() != 0.0 {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, below 2^52")]
    let seconds = seconds as u64;
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, unit)| format!("{count}{unit}")).collect();
    Some(parts.concat())
}
