//! Schedules: when the controller of `CronWorkflow`s, or Argo Events, starts something. They are
//! read as robfig/cron v3 reads them (parser.go, spec.go), which both are built with.

use std::fmt::Write;
use std::ops::{Range, RangeInclusive};

use super::duration::{self, is_duration};
use super::time::is_timezone;
use crate::diagnostics::{all_of, nearest, with_article};

/// The words that stand for a schedule, and its five fields.
const WORDS: &[(&str, &str)] = &[
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
    ("@monthly", "0 0 1 * *"),
    ("@weekly", "0 0 * * 0"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@hourly", "0 * * * *"),
];

/// A field of a schedule: what it counts, from where to where, and names of these numbers.
struct Field {
    name: &'static str,
    range: RangeInclusive<u32>,
    names: &'static [&'static str],
}

const fn field(name: &'static str, first: u32, last: u32, names: &'static [&'static str]) -> Field {
    Field { name, range: first..=last, names }
}

/// The fields of a schedule in their order. A week has no day 7.
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

/// The days of each month, in a leap year.
const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// What is wrong in a schedule, and where in its text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub range: Range<usize>,
    pub why: String,
    /// What was probably meant, in the place of the range.
    pub instead: Option<String>,
}

/// A schedule, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cron {
    /// With single blanks between the fields, and names of months and days as numbers: what every
    /// CRD takes. Without the time zone.
    pub text: String,
    /// The time zone that it begins with, `TZ=Europe/Berlin`.
    pub zone: Option<String>,
    /// The minutes, hours, days, months and days of the week; none for `@every`.
    times: Option<[Set; 5]>,
}

/// The numbers of a field, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Set {
    bits: u64,
    /// Whether it has a `*`: of two fields for days, one with a `*` leaves the choice to the other;
    /// without one, a day need only be in either.
    is_any: bool,
}

/// Reads a schedule of a `CronWorkflow`, as robfig/cron's `ParseStandard` does.
pub(crate) fn read(text: &str) -> Result<Cron, Flaw> {
    let (zone, rest) = zone(text)?;
    let zone = zone.map(ToOwned::to_owned);
    let rest_at = text.len() - text[rest.start..].len();
    let body = &text[rest];
    if !body.starts_with('@') {
        let (text, times) = fields(body, rest_at)?;
        return Ok(Cron { text, zone, times: Some(times) });
    }
    let times = word(body).map_err(|flaw| Flaw {
        range: flaw.range.start + rest_at..flaw.range.end + rest_at,
        ..flaw
    })?;
    Ok(Cron { text: body.to_owned(), zone, times })
}

/// Reads a schedule as [`read`] does, and refuses what the CRD of `CronWorkflow` would: a time zone
/// and, behind `@every`, anything but whole numbers with their units.
pub(crate) fn read_for_crd(text: &str) -> Result<Cron, Flaw> {
    let cron = read(text)?;
    if let Some(zone) = &cron.zone {
        let end = text.find(zone).unwrap_or_default() + zone.len();
        return Err(flaw(0..end, "the time zone has a field of its own"));
    }
    if cron.times.is_some() || is_in_crd(text) {
        return Ok(cron);
    }
    let every = text.trim_start_matches("@every ");
    let why = format!("`{every}` is not made of whole numbers with units, such as `1h30m`");
    let range = text.len() - every.len()..text.len();
    Err(Flaw { instead: duration::in_whole_numbers(every), ..flaw(range, why) })
}

/// Reads a schedule of Argo Events, whose parser knows no words.
pub(super) fn read_fields(text: &str) -> Result<(), Flaw> {
    let (_, rest) = zone(text)?;
    if text[rest.clone()].starts_with('@') {
        return Err(flaw(rest, "Argo Events takes no words"));
    }
    fields(&text[rest.clone()], rest.start).map(|_| ())
}

/// Whether the CRD of `CronWorkflow` takes a schedule that the controller can read: it takes no
/// time zone, no fraction, and no blank at the ends (manifests/base/crds/full, from 4.0.6 on with
/// letters).
pub(super) fn is_in_crd(text: &str) -> bool {
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || b"*,/?-".contains(&b);
    match text.strip_prefix("@every") {
        Some(every) => every.ends_with(['s', 'm', 'h']) && !every.contains(['.', '+', '\u{3bc}']),
        None if text.starts_with('@') => true,
        None => {
            text.trim() == text && text.split_whitespace().all(|part| part.bytes().all(is_sign))
        }
    }
}

fn flaw(range: Range<usize>, why: impl Into<String>) -> Flaw {
    Flaw { range, why: why.into(), instead: None }
}

/// The time zone that a schedule begins with, and where the rest of it is.
fn zone(text: &str) -> Result<(Option<&str>, Range<usize>), Flaw> {
    let is_prefix = |prefix: &&&str| text.starts_with(**prefix);
    let Some(prefix) = ["TZ=", "CRON_TZ="].iter().find(is_prefix) else {
        return Ok((None, 0..text.len()));
    };
    let Some(end) = text.find(' ') else {
        return Err(flaw(0..text.len(), "nothing follows the time zone"));
    };
    let zone = &text[prefix.len()..end];
    if !zone.is_empty() && !is_timezone(zone) {
        return Err(flaw(prefix.len()..end, format!("no time zone `{zone}`")));
    }
    let rest = text[end..].trim_start();
    let start = text.len() - rest.len();
    Ok((Some(zone), start..start + rest.trim_end().len()))
}

/// The times of a word; none for `@every`.
fn word(text: &str) -> Result<Option<[Set; 5]>, Flaw> {
    if let Some(every) = text.strip_prefix("@every ") {
        let at = text.len() - every.len();
        return if is_duration(every) {
            Ok(None)
        } else {
            let why = format!("`{every}` is not a length of time such as `1h30m`");
            Err(Flaw { instead: duration::nearest(every), ..flaw(at..text.len(), why) })
        };
    }
    let known = WORDS.iter().find(|(word, _)| *word == text);
    let Some((_, meaning)) = known else {
        let words = || WORDS.iter().map(|(word, _)| *word);
        let why = format!("the words are {}", all_of(words().chain(["@every"])));
        let instead = nearest(text, words()).map(ToOwned::to_owned);
        return Err(Flaw { instead, ..flaw(0..text.len(), why) });
    };
    fields(meaning, 0).map(|(_, times)| Some(times))
}

/// Reads five fields; `base` is where they start in the whole text.
fn fields(text: &str, base: usize) -> Result<(String, [Set; 5]), Flaw> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    if parts.len() != FIELDS.len() {
        return Err(wrong_count(text, base, &parts));
    }
    let (mut written, mut sets) = (String::new(), [Set::default(); 5]);
    let mut at = 0;
    for (number, part) in parts.iter().enumerate() {
        at += text[at..].find(part).unwrap_or_default();
        let (canonical, set) = FIELDS[number].list(part, base + at)?;
        at += part.len();
        let blank = if number == 0 { "" } else { " " };
        let _ = write!(written, "{blank}{canonical}");
        sets[number] = set;
    }
    Ok((written, sets))
}

fn wrong_count(text: &str, base: usize, parts: &[&str]) -> Flaw {
    let counted = if parts.len() == 1 { "field" } else { "fields" };
    let why = format!("this has {} {counted}", parts.len());
    // Six fields are those of other programs, which count seconds first.
    let instead = (parts.len() == 6).then(|| parts[1..].join(" "));
    let instead = instead.filter(|fewer| parts[0] == "0" && fields(fewer, 0).is_ok());
    Flaw { instead, ..flaw(base..base + text.len(), why) }
}

impl Field {
    /// Reads parts between commas: how they are emitted, and their numbers.
    fn list(&self, text: &str, base: usize) -> Result<(String, Set), Flaw> {
        let (mut written, mut set) = (Vec::new(), Set::default());
        let mut at = base;
        for part in text.split(',') {
            if !part.is_empty() {
                let read = self.part(part, at).map_err(|flaw| self.proved(flaw, part, at));
                let (canonical, more) = read?;
                set = Set { bits: set.bits | more.bits, is_any: set.is_any || more.is_any };
                written.push(canonical);
            }
            at += part.len() + 1;
        }
        // robfig/cron takes a field of commas, which means no time at all.
        let written = if written.is_empty() { text.to_owned() } else { written.join(",") };
        Ok((written, set))
    }

    /// A flaw without what was meant, if that would be one as well.
    fn proved(&self, flaw: Flaw, part: &str, base: usize) -> Flaw {
        let Flaw { range, instead: Some(instead), .. } = &flaw else { return flaw };
        let (before, behind) = (&part[..range.start - base], &part[range.end - base..]);
        let mended = format!("{before}{instead}{behind}");
        let is_right = mended.split(',').all(|part| self.part(part, 0).is_ok());
        Flaw { instead: flaw.instead.filter(|_| is_right), ..flaw }
    }

    /// Reads `*`, `5`, `1-5`, and each with a step: `*/15`.
    fn part(&self, part: &str, base: usize) -> Result<(String, Set), Flaw> {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (part, None),
        };
        let (written, first, last) = self.range(range, step.is_some(), base)?;
        let step_at = base + range.len() + 1;
        let every = step.map(|step| read_step(step, step_at)).transpose()?;
        let numbers = (first..=last).step_by(every.unwrap_or(1));
        let bits = numbers.fold(0, |bits, number| bits | 1 << number);
        let is_any = written.starts_with(['*', '?']) && every.is_none_or(|every| every == 1);
        let step = every.map_or_else(String::new, |every| format!("/{every}"));
        Ok((written + &step, Set { bits, is_any }))
    }

    /// Reads `*`, `5` or `1-5`: how it is emitted, the first number and the last. A number with a
    /// step goes on to the end; what follows a `*` is not looked at.
    fn range(&self, text: &str, has_step: bool, base: usize) -> Result<(String, u32, u32), Flaw> {
        let (start, end) = match text.split_once('-') {
            Some((start, end)) => (start, Some(end)),
            None => (text, None),
        };
        let (min, max) = (*self.range.start(), *self.range.end());
        if matches!(start, "*" | "?") {
            return Ok((start.to_owned(), min, max));
        }
        let first = self.number(start, base)?;
        let Some(end) = end else {
            let last = if has_step { max } else { first };
            return Ok((first.to_string(), first, last));
        };
        let instead = |rest: String| Some(rest).filter(|_| !has_step);
        let whole = base..base + text.len();
        if max == 6 && end == "7" {
            let flaw = Flaw { range: whole, ..self.none_of(end, base) };
            return Err(Flaw { instead: instead(format!("{start}-6,0")), ..flaw });
        }
        let last = self.number(end, base + start.len() + 1)?;
        if first > last {
            let instead = instead(format!("{start}-{max},{min}-{end}"));
            return Err(Flaw { instead, ..flaw(whole, format!("`{text}` runs backwards")) });
        }
        Ok((format!("{first}-{last}"), first, last))
    }

    fn number(&self, text: &str, base: usize) -> Result<u32, Flaw> {
        let numbered = self.names.iter().zip(self.range.clone());
        let mut named = numbered.filter(|(name, _)| text.eq_ignore_ascii_case(name));
        let number = named.next().map(|(_, number)| number).or_else(|| text.parse().ok());
        let number = number.filter(|number| self.range.contains(number));
        number.ok_or_else(|| self.none_of(text, base))
    }

    /// What is said of a text that is no number of the field.
    fn none_of(&self, text: &str, base: usize) -> Flaw {
        let (first, last) = (self.range.start(), self.range.end());
        let what = with_article_of(self.name);
        let why = format!("{what} is {first} to {last}, not `{text}`");
        Flaw { instead: self.meant(text), ..flaw(base..base + text.len(), why) }
    }

    /// The number that was probably meant: Sunday is 7 to other programs, and names may be spelt
    /// out.
    fn meant(&self, text: &str) -> Option<String> {
        if self.range == (0..=6) && text == "7" {
            return Some("0".to_owned());
        }
        let short = text.get(..3).filter(|_| text.chars().all(|c| c.is_ascii_alphabetic()))?;
        self.names.iter().find(|name| name.eq_ignore_ascii_case(short)).map(|it| it.to_uppercase())
    }
}

/// "an hour", "a day of the month".
fn with_article_of(name: &str) -> String {
    if name == "hour" { "an hour".to_owned() } else { with_article(name) }
}

fn read_step(text: &str, base: usize) -> Result<usize, Flaw> {
    let step = text.parse::<i64>().ok().filter(|step| *step > 0);
    let step = step.and_then(|step| usize::try_from(step).ok());
    let range = base..base + text.len();
    step.ok_or_else(|| flaw(range, format!("the step `{text}` is not above 0")))
}

impl Cron {
    /// Whether there is a time that it means.
    pub(crate) fn comes(&self) -> bool {
        self.times.is_none_or(|times| meets(&times, &times))
    }

    /// Whether both mean one minute.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        matches!((self.times, other.times), (Some(own), Some(other)) if meets(&own, &other))
    }
}

/// Whether some minute is in both. Every date is every day of the week in some year.
fn meets(a: &[Set; 5], b: &[Set; 5]) -> bool {
    let both = |field: usize| a[field].bits & b[field].bits;
    let is_day = |times: &[Set; 5], day: u32, of_week: u32| {
        let (days, week) = (times[2], times[4]);
        let (is_date, is_of_week) = (days.has(day), week.has(of_week));
        if days.is_any || week.is_any { is_date && is_of_week } else { is_date || is_of_week }
    };
    let is_common = |day: u32| (0..7).any(|week| is_day(a, day, week) && is_day(b, day, week));
    let months = (1..=12).zip(DAYS).filter(|(month, _)| both(3) & 1 << month != 0);
    let longest = months.map(|(_, days)| days).max().unwrap_or_default();
    both(0) != 0 && both(1) != 0 && (1..=longest).any(is_common)
}

impl Set {
    fn has(self, number: u32) -> bool {
        self.bits & 1 << number != 0
    }
}

#[cfg(test)]
mod tests;
