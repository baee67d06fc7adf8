//! Schedules, times of day and time zones.

use std::ops::RangeInclusive;

use super::duration::is_duration;
use crate::diagnostics::nearest;

/// The words that stand for a schedule (robfig/cron, parser.go).
const WORDS: &[&str] =
    &["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/// A field of a schedule: what it counts, from where to where, and names of these numbers.
struct Field {
    name: &'static str,
    range: RangeInclusive<u32>,
    names: &'static [&'static str],
}

const fn field(name: &'static str, first: u32, last: u32, names: &'static [&'static str]) -> Field {
    Field { name, range: first..=last, names }
}

/// The fields of a schedule in their order (robfig/cron, spec.go). A week has no day 7.
const FIELDS: [Field; 5] = [
    field("minute", 0, 59, &[]),
    field("hour", 0, 23, &[]),
    field("day of the month", 1, 31, &[]),
    field(
        "month",
        1,
        12,
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    ),
    field("day of the week", 0, 6, &["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
];

/// Reads a schedule of a `CronWorkflow`, as robfig/cron's `ParseStandard` does; the error says what
/// is wrong with it.
pub(super) fn cron(text: &str) -> Result<(), String> {
    let text = without_zone(text)?;
    if let Some(every) = text.strip_prefix("@every ") {
        return is_duration(every)
            .then_some(())
            .ok_or_else(|| format!("`{every}` is not a length of time such as `1h30m`"));
    }
    if text.starts_with('@') {
        return WORDS
            .contains(&text)
            .then_some(())
            .ok_or_else(|| format!("the words are {} and `@every`", listed(WORDS)));
    }
    fields(text)
}

/// Reads a schedule of Argo Events, whose parser knows no words.
pub(super) fn cron_fields(text: &str) -> Result<(), String> {
    let text = without_zone(text)?;
    if text.starts_with('@') { Err("Argo Events takes no words".to_owned()) } else { fields(text) }
}

/// Whether the CRD of `CronWorkflow` takes a schedule that the controller can read: it takes no
/// time zone, no fraction, and no blank at the ends (manifests/base/crds/full, from 4.0.6 on with
/// letters).
pub(super) fn is_in_crd(text: &str) -> bool {
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || b"*,/?-".contains(&b);
    match text.strip_prefix("@every") {
        Some(every) => !every.contains(['.', '+']),
        None if text.starts_with('@') => true,
        None => {
            text.trim() == text && text.split_whitespace().all(|part| part.bytes().all(is_sign))
        }
    }
}

/// A schedule without the time zone that it may begin with.
fn without_zone(text: &str) -> Result<&str, String> {
    let Some(rest) = text.strip_prefix("TZ=").or_else(|| text.strip_prefix("CRON_TZ=")) else {
        return Ok(text);
    };
    let (zone, rest) = rest.split_once(' ').ok_or("nothing follows the time zone")?;
    if is_timezone(zone) { Ok(rest.trim()) } else { Err(format!("no time zone `{zone}`")) }
}

fn fields(text: &str) -> Result<(), String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    if parts.len() != FIELDS.len() {
        return Err(format!("this has {} fields", parts.len()));
    }
    let mut pairs = parts.iter().zip(&FIELDS);
    pairs.try_for_each(|(part, field)| {
        part.split(',').filter(|part| !part.is_empty()).try_for_each(|part| field.read(part))
    })
}

impl Field {
    /// Reads `*`, `5`, `1-5`, and each with a step: `*/15`.
    fn read(&self, part: &str) -> Result<(), String> {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (part, None),
        };
        if let Some(step) = step {
            let is_step = step.parse::<u32>().is_ok_and(|step| step > 0);
            is_step.then_some(()).ok_or_else(|| format!("the step `{step}` is not above 0"))?;
        }
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        if matches!(first, "*" | "?") {
            return Ok(());
        }
        let (first, last) = (self.number(first)?, self.number(last)?);
        if first <= last { Ok(()) } else { Err(format!("`{range}` runs backwards")) }
    }

    fn number(&self, text: &str) -> Result<u32, String> {
        let named = self.names.iter().position(|name| text.eq_ignore_ascii_case(name));
        let named = named.and_then(|at| u32::try_from(at).ok()).map(|at| at + self.range.start());
        let number = named.or_else(|| text.parse().ok());
        number.filter(|number| self.range.contains(number)).ok_or_else(|| {
            let (first, last) = (self.range.start(), self.range.end());
            format!("a {} is {first} to {last}, not `{text}`", self.name)
        })
    }
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The time zones of Go 1.26 (lib/time/zoneinfo.zip), a line each, sorted.
const ZONES: &str = include_str!("timezones.txt");

/// Whether Go's `time.LoadLocation` finds a time zone; letter case counts.
pub(super) fn is_timezone(text: &str) -> bool {
    text == "Local" || ZONES.lines().any(|zone| zone == text)
}

/// The time zone nearest to a misspelt one.
pub(super) fn nearest_timezone(text: &str) -> Option<&'static str> {
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
