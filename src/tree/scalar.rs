//! What a plain scalar means: the one table that reading and emitting share.
//!
//! [`resolve`] is what kubectl makes of unquoted text (go-yaml in its YAML 1.1 manner).
//! [`Makeup::is_plain`] is wider: it holds only for text that every YAML 1.1 and 1.2 reader takes
//! for that very string.

use std::borrow::Cow;

/// What kubectl makes of a plain scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolved {
    Null,
    Bool(bool),
    /// Within the range of `i64` or `u64`; what is larger is a float.
    Int(i128),
    /// May be infinite or NaN, which JSON cannot say and kubectl refuses.
    Float(f64),
    Str,
}

impl Resolved {
    /// The number as JSON text that YAML 1.1 readers take for the same number; nothing for what is
    /// no JSON number.
    pub fn json_number(self) -> Option<String> {
        match self {
            Self::Int(number) => Some(number.to_string()),
            Self::Float(number) if number.is_finite() => Some(float_text(number)),
            _ => None,
        }
    }
}

/// The digits that Go's JSON encoder would print; a mantissa keeps its point, without which YAML
/// 1.1 sees a string.
fn float_text(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 {
        return "0".into();
    }
    if (1e-6..1e21).contains(&size) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    format!("{mantissa}{point}e{sign}{exponent}")
}

/// Resolves a plain scalar as kubectl does.
pub(crate) fn resolve(plain: &str) -> Resolved {
    match plain.as_bytes().first() {
        None => Resolved::Null,
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~') => {
            word(plain)
        }
        Some(b'.') => fraction(plain),
        Some(b'0'..=b'9' | b'+' | b'-') => number(plain),
        Some(_) => Resolved::Str,
    }
}

fn word(plain: &str) -> Resolved {
    match plain {
        "~" | "null" | "Null" | "NULL" => Resolved::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Resolved::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Resolved::Bool(false)
        }
        _ => Resolved::Str,
    }
}

/// After a leading point, underscores stand between digits only.
fn fraction(plain: &str) -> Resolved {
    match plain {
        ".inf" | ".Inf" | ".INF" => return Resolved::Float(f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Resolved::Float(f64::NAN),
        _ => {}
    }
    let digits_around = |at: usize| {
        let digit = |i: usize| plain.as_bytes().get(i).is_some_and(u8::is_ascii_digit);
        digit(at - 1) && digit(at + 1)
    };
    if plain.match_indices('_').all(|(at, _)| digits_around(at)) {
        float(&without_underscores(plain)).unwrap_or(Resolved::Str)
    } else {
        Resolved::Str
    }
}

fn number(plain: &str) -> Resolved {
    match plain {
        "+.inf" | "+.Inf" | "+.INF" => return Resolved::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Resolved::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let plain = without_underscores(plain);
    integer(&plain)
        .or_else(|| float(&plain))
        .or_else(|| signed_binary(&plain))
        .unwrap_or(Resolved::Str)
}

fn without_underscores(plain: &str) -> Cow<'_, str> {
    if plain.contains('_') { plain.replace('_', "").into() } else { plain.into() }
}

/// An integer with the prefixes that Go takes; an empty one, or one out of range, is none.
fn integer(plain: &str) -> Option<Resolved> {
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    let (radix, digits) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &unsigned[2..]),
        [b'0', b'o' | b'O', ..] => (8, &unsigned[2..]),
        [b'0', b'b' | b'B', ..] => (2, &unsigned[2..]),
        [b'0', _, ..] => (8, &unsigned[1..]),
        _ => (10, unsigned),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let size = i128::from_str_radix(digits, radix).ok()?;
    let number = if plain.starts_with('-') { -size } else { size };
    let signed = unsigned.len() < plain.len();
    let largest = if signed { i128::from(i64::MAX) } else { i128::from(u64::MAX) };
    (i128::from(i64::MIN)..=largest).contains(&number).then_some(Resolved::Int(number))
}

/// A decimal float: `1.5`, `.5`, `5.`, `1e3`. One too large to hold is a string.
fn float(plain: &str) -> Option<Resolved> {
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            (mantissa, exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
        }
        None => (unsigned, "0"),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let shaped = digits(whole) && digits(part) && digits(exponent);
    if !shaped || exponent.is_empty() || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    plain.parse().ok().filter(|number: &f64| number.is_finite()).map(Resolved::Float)
}

/// go-yaml takes a sign behind the binary prefix: `0b-1`.
fn signed_binary(plain: &str) -> Option<Resolved> {
    let digits = plain.strip_prefix("0b")?;
    i64::from_str_radix(digits, 2).ok().map(|number| Resolved::Int(number.into()))
}

/// What text is made of: one bit for each kind of byte that a writer has to look at.
#[derive(Clone, Copy)]
pub(crate) struct Makeup(u8);

impl Makeup {
    pub(crate) const LINE: u8 = 1;
    pub(crate) const TAB: u8 = 2;
    pub(crate) const CONTROL: u8 = 4;
    pub(crate) const WIDE: u8 = 8;
    pub(crate) const MARK: u8 = 16;

    const BYTES: [u8; 256] = {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = match byte {
                0x0a => Self::LINE,
                0x09 => Self::TAB,
                0..0x20 | 0x7f => Self::CONTROL,
                0x80.. => Self::WIDE,
                0x23 | 0x3a => Self::MARK,
                _ => 0,
            };
            byte += 1;
        }
        table
    };

    pub(crate) fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |bits, byte| bits | Self::BYTES[usize::from(byte)]))
    }

    pub(crate) fn has(self, bits: u8) -> bool {
        self.0 & bits != 0
    }

    /// Whether `text`, of which this is the makeup, has characters that must be written as escapes.
    /// Tabs and line ends are not among them.
    pub(crate) fn must_escape(self, text: &str) -> bool {
        self.has(Self::CONTROL) || (self.has(Self::WIDE) && text.chars().any(must_escape))
    }

    /// Whether `text`, of which this is the makeup and which needs no escapes, may be written bare.
    pub(crate) fn is_plain(self, text: &str) -> bool {
        let Some(&first) = text.as_bytes().first() else {
            return false;
        };
        let broken = self.has(Self::LINE | Self::TAB)
            || text.ends_with(' ')
            || self.has(Self::MARK) && holds_indicator(text)
            || self.has(Self::WIDE) && text.trim() != text;
        !broken && starts_plain(first, text) && !is_ambiguous(first, text)
    }
}

/// Whether a string may be written bare: YAML 1.1 and 1.2 readers alike take it for that very
/// string.
#[cfg(test)]
pub(crate) fn is_plain_safe(text: &str) -> bool {
    let makeup = Makeup::of(text);
    !makeup.must_escape(text) && makeup.is_plain(text)
}

/// Characters that readers refuse, change or take for a line end, and those that show text as other
/// than it is: all of them below U+10000. Tabs and line ends are not among them.
pub(crate) fn must_escape(character: char) -> bool {
    match character {
        '\t' | '\n' | ' '..='~' => false,
        '\0'..='\u{9f}' => true,
        _ => is_refused(character) || reorders(character),
    }
}

fn is_refused(character: char) -> bool {
    matches!(
        character,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{fdd0}'..='\u{fdef}'
    )
}

/// Controls of writing direction.
fn reorders(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn starts_plain(first: u8, text: &str) -> bool {
    match first {
        b' ' | b'!' | b'"' | b'#' | b'%' | b'&' | b'\'' | b'*' | b',' | b':' | b'>' | b'?'
        | b'@' | b'[' | b']' | b'`' | b'{' | b'|' | b'}' => false,
        b'-' => !text.starts_with("- ") && !text.starts_with("---"),
        b'.' => !text.starts_with("..."),
        _ => true,
    }
}

fn holds_indicator(text: &str) -> bool {
    text.ends_with(':') || text.as_bytes().windows(2).any(|pair| pair == b": " || pair == b" #")
}

/// Whether some reader takes the text for something other than a string.
fn is_ambiguous(first: u8, text: &str) -> bool {
    const WORDS: [&str; 12] =
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"];
    match first {
        b'0'..=b'9' | b'+' | b'-' | b'.' => looks_numeric(text) || resolve(text) != Resolved::Str,
        _ => text.len() <= 5 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)),
    }
}

/// Wider than any reader's numbers, dates and times, since they differ: all that is made of the
/// same characters.
fn looks_numeric(text: &str) -> bool {
    let decimal = |b: u8| matches!(b, b'0'..=b'9' | b'_' | b',' | b'.' | b':' | b'+' | b'-' | b' ');
    let letter = |b: u8| matches!(b, b'e' | b'E' | b't' | b'T' | b'z' | b'Z');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let bytes = unsigned.as_bytes();
    if let [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', digits @ ..] = bytes {
        return digits
            .iter()
            .all(|&b| b.is_ascii_hexdigit() || decimal(b) || b == b'p' || b == b'P');
    }
    if bytes.iter().all(|&b| decimal(b) || letter(b)) {
        return bytes.iter().any(u8::is_ascii_digit) || !bytes.iter().any(|&b| letter(b));
    }
    [".inf", ".nan"].iter().any(|word| unsigned.eq_ignore_ascii_case(word))
}
