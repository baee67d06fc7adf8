use super::*;

/// A line a schedule: what robfig/cron makes of it, and the schedule. The conformance program
/// holds the same table against robfig/cron itself.
const TABLE: &str = include_str!("../../../../tests/conformance/testdata/crons.txt");

/// What robfig/cron v3 makes of a text.
fn verdict(text: &str) -> &'static str {
    match read(text) {
        Ok(cron) if cron.comes() => "comes",
        Ok(_) => "never",
        Err(_) => "refused",
    }
}

#[test]
fn the_table_is_read_as_robfig_reads_it() {
    let lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut seen = 0;
    for line in lines {
        let (wanted, text) = line.split_once('\t').unwrap_or((line, ""));
        assert_eq!(verdict(text), wanted, "{text:?}");
        seen += 1;
    }
    assert!(seen > 100);
}

#[test]
fn what_is_emitted_means_the_same_without_names() {
    for (text, emitted) in [
        ("0 4 * * MON-fri", "0 4 * * 1-5"),
        ("  05 4,, ? Jan,mar-DEC/2 sun ", "5 4 ? 1,3-12/2 0"),
        ("0/15 +4 *-9 * SAT/1", "0/15 4 * * 6/1"),
        ("@daily", "@daily"),
        ("@every 90s", "@every 90s"),
        (", 0 * * *", ", 0 * * *"),
    ] {
        let cron = read_for_crd(text).unwrap();
        assert_eq!(cron.text, emitted);
        assert!(is_in_crd(emitted), "{emitted}");
        let again = read(emitted).unwrap();
        assert_eq!((again.times, &*again.text), (cron.times, emitted));
    }
}

#[test]
fn flaws_have_their_place_and_what_was_meant() {
    for (text, part, why, instead) in [
        ("* * * *", "* * * *", "this has 4 fields", None),
        ("0 0 4 * * *", "0 0 4 * * *", "this has 6 fields", Some("0 4 * * *")),
        ("5 0 4 * * *", "5 0 4 * * *", "this has 6 fields", None),
        ("60 * * * *", "60", "a minute is 0 to 59, not `60`", None),
        ("* 25h * * *", "25h", "an hour is 0 to 23, not `25h`", None),
        ("* * 1,0 * *", "0", "a day of the month is 1 to 31, not `0`", None),
        ("* * * 1-13 *", "13", "a month is 1 to 12, not `13`", None),
        ("* * * * 7", "7", "a day of the week is 0 to 6, not `7`", Some("0")),
        ("* * * * 1-7", "1-7", "a day of the week is 0 to 6, not `7`", Some("1-6,0")),
        ("* * * * 1-7/2", "1-7", "a day of the week is 0 to 6, not `7`", None),
        ("* * * * fri-sunday", "sunday", "a day of the week is 0 to 6, not `sunday`", None),
        ("* 22-2 * * *", "22-2", "`22-2` runs backwards", Some("22-23,0-2")),
        ("* * * * 1,monday", "monday", "a day of the week is 0 to 6, not `monday`", Some("MON")),
        ("* * * * 5-1/2", "5-1", "`5-1` runs backwards", None),
        ("0,*/0 * * * *", "0", "the step `0` is not above 0", None),
        ("@every 1d", "1d", "`1d` is not a length of time such as `1h30m`", Some("24h")),
        ("CRON_TZ=Nowhere * * * * *", "Nowhere", "no time zone `Nowhere`", None),
        ("TZ=UTC", "TZ=UTC", "nothing follows the time zone", None),
        ("TZ=UTC 0 60 * * *", "60", "an hour is 0 to 23, not `60`", None),
        ("TZ=UTC 0 6 * * *", "TZ=UTC", "the time zone has a field of its own", None),
        (
            "@every 1.5h",
            "1.5h",
            "`1.5h` is not made of whole numbers with units, such as `1h30m`",
            Some("1h30m"),
        ),
        ("", "", "this has 0 fields", None),
    ] {
        let flaw = read_for_crd(text).unwrap_err();
        assert_eq!((&*flaw.why, flaw.instead.as_deref()), (why, instead), "{text}");
        assert_eq!(&text[flaw.range], part, "{text}");
    }
    let flaw = read("@dayly").unwrap_err();
    assert_eq!(flaw.instead.as_deref(), Some("@daily"));
    assert!(read_fields("@daily").is_err() && read_fields("TZ=UTC 0 4 * * *").is_ok());
}

#[test]
fn schedules_meet_in_a_minute_that_both_have() {
    let meet = |a: &str, b: &str| read(a).unwrap().meets(&read(b).unwrap());
    for (a, b, wanted) in [
        ("0 6 * * 1-5", "0 9 * * 6,0", false),
        ("0 6 * * *", "*/30 6 1 * *", true),
        ("0 6 * * 1", "0 6 * * 2", false),
        ("0 6 13 * *", "0 6 * * 5", true),
        ("0 6 1 * *", "0 6 2 * 1", true),
        ("0 6 31 2,4 *", "0 6 * * *", false),
        ("@daily", "0 0 1 1 *", true),
        ("@every 1m", "* * * * *", false),
    ] {
        assert_eq!((meet(a, b), meet(b, a)), (wanted, wanted), "{a}, {b}");
    }
}
