use super::*;

const V3_7: Version = Version::new(3, 7);
const V4_0: Version = Version::new(4, 0);

/// Of each form, texts that have it and texts that do not, between blanks.
const TEXTS: &[(Form, &str, &str)] = &[
    (
        Form::Duration,
        "90s 1h30m 1.5h .5s 5.m 0 +1s 300ms 2562047h",
        "1d 90 5min s .s 1 1h30 -1s --1s 9999999h 1..5s h1",
    ),
    (Form::DurationOrSeconds, "90 0 90s 1h30m", "1d 1.5 -1 5min two"),
    (
        Form::TimeOfDay,
        "09:00:00 9:00:00 23:59:59.5",
        "24:00:00 09:00 9:0:0 09:00:60 09:00:00. noon",
    ),
    (Form::Timezone, "Europe/Berlin UTC Local EST5EDT", "europe/berlin CEST Berlin +02:00"),
    (Form::TemplateName, "main My-name1-2 123-NAME a-", "a_b -a a.b é"),
    (Form::ParamName, "my_param_1 MY-PARAM-1 -", "a.b a/b"),
    (Form::MetricName, "runs_total _a", "runs-total 1a"),
    (Form::Subdomain, "a a.b-c 1.2", "A a_b a. .a -a a- a..b"),
    (Form::NamePrefix, "a- build-1- a", "A- - a.-"),
    (Form::DnsLabel, "a a-1 1", "a.b A a- a_b"),
    (Form::EnvName, "A a.b _ -x", "1A A=B .. A$"),
    (Form::PortName, "http a-1 1-a", "80 a--b -a too-long-for-a-port HTTP"),
    (Form::PortNumber, "1 65535 012", "0 65536 http -1 +1"),
    (Form::DataKey, "a .a a.b_c-d", ".. . ..a a/b"),
    (Form::LabelKey, "team acme.example/team A.b", "/a a/ a/b/c ACME.example/a -a a..b/c"),
    (Form::LabelValue, "main v1.2 a_b", "a/b -a a- é"),
    (Form::AnnotationKey, "ACME.example/Team a", "a b/ /a"),
    (Form::ResourceName, "cpu memory example.com/gpu hugepages-2Mi", "cpus ram a/b/c"),
    (Form::PathBelow, "a a/b ..a a/..b", "/a a/../b .."),
    (Form::IpAddress, "10.0.0.7 fd00::7", "10.0.0.256 10.0.0 host"),
    (Form::StorageMedium, "Memory HugePages HugePages-2Mi", "memory Disk HugePages-"),
    (
        Form::PodField,
        "metadata.name metadata.labels metadata.annotations['a/b'] status.podIP",
        "metadata.labels.a metadata.labels[''] podIP spec.replicas",
    ),
    (
        Form::ContainerResource,
        "limits.cpu requests.memory limits.hugepages-2Mi",
        "cpu limits.cpus limit.cpu",
    ),
    (Form::HeaderName, "Accept x-a_b", "a:b é"),
    (Form::HttpMethod, "GET PATCH PURGE MKACTIVITY", "get PSOT DELTE G@T"),
    (Form::Integer, "0 -5 +3 10", "1.5 ten 0x10 5s"),
];

#[test]
fn texts_have_their_forms_and_no_others() {
    for (form, right, wrong) in TEXTS {
        for text in right.split(' ') {
            assert!(form.takes_in(text, V4_0), "{form:?} {text}");
        }
        let wrong = wrong.split(' ').chain([""].into_iter().filter(|_| *form != Form::LabelValue));
        for text in wrong.filter(|text| !(right.split(' ').any(|known| known == *text))) {
            assert!(!form.takes_in(text, V4_0), "{form:?} {text:?}");
        }
    }
}

#[test]
fn forms_are_found_by_their_names() {
    for form in Form::ALL {
        assert_eq!(Form::named(form.name()), Some(*form));
    }
    assert_eq!(Form::named("no-form"), None);
}

#[test]
fn long_names_are_refused() {
    let text = "a".repeat(254);
    for (form, limit) in [
        (Form::TemplateName, 128),
        (Form::DnsLabel, 63),
        (Form::Subdomain, 253),
        (Form::PortName, 15),
        (Form::DataKey, 253),
        (Form::LabelValue, 63),
        (Form::LabelKey, 63),
    ] {
        assert!(form.takes_in(&text[..limit], V4_0), "{form:?}");
        assert!(!form.takes_in(&text[..=limit], V4_0), "{form:?}");
    }
}

#[test]
fn what_only_the_crd_refuses_is_refused_from_the_version_that_has_it() {
    for text in ["CRON_TZ=UTC 0 8 * * *", "@every 1.5h", " 0 8 * * *"] {
        assert!(Form::Cron.takes_in(text, V3_7), "{text}");
        assert!(!Form::Cron.takes_in(text, V4_0), "{text}");
    }
}

#[test]
fn quantities_are_read_as_kubernetes_does() {
    for right in ["2Gi", "0.5", "500M", "1e3", "100m", "+1", "5.", ".5", "1E6", "12e-3", "1E"] {
        assert!(is_quantity(right), "{right}");
    }
    for wrong in [
        "", "Gi", "2GiB", "two", "2 Gi", "+-2Gi", "--5Gi", "++1", "1.2.3", ".", "1e", "1e1.5",
        "0x10",
    ] {
        assert!(!is_quantity(wrong), "{wrong}");
    }
}

#[test]
fn what_was_meant_is_found() {
    for (form, text, meant) in [
        (Form::Duration, "7d", Some("168h")),
        (Form::Duration, "90", Some("90s")),
        (Form::Duration, "5 min", Some("5m")),
        (Form::Duration, "two hours", None),
        (Form::Timezone, "europe/berlin", Some("Europe/Berlin")),
        (Form::Cron, "@dayly", None),
    ] {
        assert_eq!(form.nearest(text).as_deref(), meant, "{text}");
    }
}
