//! Times of day and time zones.

use crate::diagnostics::nearest;

/// The time zones of Go 1.26 (lib/time/zoneinfo.zip), a line each, sorted.
const ZONES: &str = include_str!("timezones.txt");

/// Whether Go's `time.LoadLocation` finds a time zone; letter case counts.
pub(crate) fn is_timezone(text: &str) -> bool {
    text == "Local" || ZONES.lines().any(|zone| zone == text)
}

/// The time zone nearest to a misspelt one.
pub(crate) fn nearest_timezone(text: &str) -> Option<&'static str> {
    nearest(text, ZONES.lines())
}

/// Whether Go reads a text by the layout `15:04:05`: one or two digits, then two and two, with a
/// fraction of a second or without.
pub(super) fn is_time_of_day(text: &str) -> bool {
    let (time, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = time.split(':').collect();
    let within = |part: &str, below: u32| part.parse::<u32>().is_ok_and(|number| number < below);
    let is_digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    match parts.as_slice() {
        [hour, minute, second] => {
            parts.iter().chain([&fraction]).all(is_digits)
                && !fraction.is_empty()
                && within(hour, 24)
                && hour.len() <= 2
                && within(minute, 60)
                && within(second, 60)
                && minute.len() == 2
                && second.len() == 2
        }
        _ => false,
    }
}
