//! The table of plain scalars. The expectations were read off kubectl 1.32.

use crate::tree::scalar::{Resolved, is_plain_safe, resolve};

use super::strings::TRICKY;

/// Numbers with the JSON text that they come to.
pub(super) const NUMBERS: &[(&str, &str)] = &[
    ("0", "0"),
    ("-0", "0"),
    ("+0", "0"),
    ("00", "0"),
    ("007", "7"),
    ("07", "7"),
    ("0777", "511"),
    ("08", "8"),
    ("-08", "-8"),
    ("0_8", "8"),
    ("09.5", "9.5"),
    ("0o7", "7"),
    ("0o17", "15"),
    ("-0o7", "-7"),
    ("+0o17", "15"),
    ("0O7", "7"),
    ("0o1_7", "15"),
    ("0x1F", "31"),
    ("0X1F", "31"),
    ("-0x1F", "-31"),
    ("+0x1F", "31"),
    ("0x_1F", "31"),
    ("0_x1F", "31"),
    ("-_0_b1", "-1"),
    ("0b101", "5"),
    ("0B11", "3"),
    ("-0b1", "-1"),
    ("0b-1", "-1"),
    ("0b+1", "1"),
    ("1_000", "1000"),
    ("1__0", "10"),
    ("-_1", "-1"),
    ("1_", "1"),
    ("+1", "1"),
    ("1e3", "1000"),
    ("1E5", "100000"),
    ("12e03", "12000"),
    ("1e+3", "1000"),
    ("1E-3", "0.001"),
    ("1e1_0", "10000000000"),
    (".5", "0.5"),
    ("+.5", "0.5"),
    ("-.5", "-0.5"),
    (".5e3", "500"),
    (".5_0", "0.5"),
    ("5.", "5"),
    ("5.e3", "5000"),
    ("1._5", "1.5"),
    ("1_0.5", "10.5"),
    ("1.0", "1"),
    ("1.10", "1.1"),
    ("-0.0", "0"),
    ("1e-400", "0"),
    ("1e20", "100000000000000000000"),
    ("1e21", "1.0e+21"),
    ("1e-6", "0.000001"),
    ("1e-7", "1.0e-7"),
    ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("18446744073709551615", "18446744073709551615"),
    ("18446744073709551616", "18446744073709552000"),
    ("123456789012345678901234567890", "1.2345678901234568e+29"),
    ("5e-324", "5.0e-324"),
];

/// Bare texts that stay strings, though some readers differ.
pub(super) const STRINGS: &[&str] = &[
    "12:30:00",
    "190:20",
    "2024-01-01",
    "2024-01-01T10:00:00Z",
    "=",
    "<<",
    "nULL",
    "yES",
    "tRUE",
    "oN",
    "1.2.3",
    "0o8",
    "0o-7",
    "0o+7",
    "0b",
    "0x",
    "0o",
    "0xg",
    "-0b-1",
    "_1",
    "._5",
    ".1_",
    ".5__0",
    ".",
    ".e3",
    ".5.",
    "+-1",
    "++1",
    "-+",
    "+",
    "1e400",
    "12e",
    "1e5.",
    "0x1p4",
    "0x1.8",
    "+.nan",
    ".inf2",
    "+.inf1",
    "nan",
    "inf",
    "e3",
    "1 2",
];

pub(super) const TRUE: &[&str] =
    &["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];
pub(super) const FALSE: &[&str] =
    &["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];
pub(super) const NULLS: &[&str] = &["~", "null", "Null", "NULL"];

#[test]
fn numbers_resolve_to_json_numbers() {
    for (plain, json) in NUMBERS {
        assert_eq!(resolve(plain).json_number().as_deref(), Some(*json), "{plain}");
        assert_eq!(resolve(json).json_number().as_deref(), Some(*json), "{json} again");
        assert!(serde_json::from_str::<serde_json::Number>(json).is_ok());
    }
}

#[test]
fn integers_and_floats_are_told_apart() {
    assert_eq!(resolve("0777"), Resolved::Int(511));
    assert_eq!(resolve("08"), Resolved::Float(8.0));
    assert_eq!(resolve("1e3"), Resolved::Float(1000.0));
    assert_eq!(resolve("-.inf"), Resolved::Float(f64::NEG_INFINITY));
    assert!(matches!(resolve(".NaN"), Resolved::Float(number) if number.is_nan()));
}

#[test]
fn words_resolve_as_in_yaml_1_1() {
    assert!(TRUE.iter().all(|plain| resolve(plain) == Resolved::Bool(true)));
    assert!(FALSE.iter().all(|plain| resolve(plain) == Resolved::Bool(false)));
    assert!(NULLS.iter().chain(&[""]).all(|plain| resolve(plain) == Resolved::Null));
}

#[test]
fn all_else_is_a_string() {
    for plain in STRINGS {
        assert_eq!(resolve(plain), Resolved::Str, "{plain}");
    }
}

#[test]
fn what_is_no_number_has_no_json_text() {
    for plain in [".inf", "-.INF", ".nan", "yes", "~", "a", ""] {
        assert_eq!(resolve(plain).json_number(), None, "{plain}");
    }
}

#[test]
fn whatever_resolves_to_something_else_is_never_bare() {
    let numbers = NUMBERS.iter().map(|(plain, _)| plain);
    for plain in numbers.chain(TRUE).chain(FALSE).chain(NULLS).chain(&["", ".inf", "+.Inf", ".NaN"])
    {
        assert!(!is_plain_safe(plain), "{plain}");
    }
    for plain in TRICKY {
        assert!(!is_plain_safe(plain) || resolve(plain) == Resolved::Str, "{plain}");
    }
}

#[test]
fn what_only_some_readers_take_for_strings_is_never_bare() {
    for plain in [
        "oN",
        "tRUE",
        "nULL",
        "12:30",
        "1:2",
        "1,000",
        "2024-01-01",
        "2024-1-1 1:2",
        "=",
        "<<",
        ".",
        "1.2.3",
        "0o8",
        "-0b-1",
        "0x1p4",
        "---a",
        "...a",
    ] {
        assert!(!is_plain_safe(plain), "{plain}");
    }
}

#[test]
fn ordinary_texts_stay_bare() {
    for plain in [
        "-c",
        "--flag",
        "-e",
        "a-b",
        "v1.2.3",
        "1h30m",
        "500m",
        "2Gi",
        "./a",
        ".git",
        "/bin/sh",
        "yesterday",
        "nope",
        "one",
        "1a",
        "$(a)",
        "é",
        "a=b",
        "12e4f",
        "_x",
        "$x",
    ] {
        assert!(is_plain_safe(plain), "{plain}");
    }
}
