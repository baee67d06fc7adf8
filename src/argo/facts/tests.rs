use std::collections::BTreeSet;

use super::*;

const V3_6: Version = Version::new(3, 6);
const V3_7: Version = Version::new(3, 7);
const V4_0: Version = Version::new(4, 0);
const V4_1: Version = Version::new(4, 1);
const KINDS: [&str; 7] = [
    "Workflow",
    "WorkflowTemplate",
    "ClusterWorkflowTemplate",
    "CronWorkflow",
    "EventSource",
    "Sensor",
    "EventBus",
];

fn field(path: &str) -> &'static FieldFacts {
    let (ty, name) = path.rsplit_once('.').unwrap();
    type_named(ty).and_then(|ty| ty.field(name)).unwrap_or_else(|| panic!("no field {path}"))
}

fn lifetime(path: &str) -> (Version, Option<Version>) {
    (field(path).since, field(path).until)
}

#[test]
fn the_embedded_table_parses() {
    assert_eq!(parse(TEXT).as_deref(), Ok(types()));
}

#[test]
fn the_table_covers_the_versions() {
    let versions: Vec<String> = Version::ALL.iter().map(Version::to_string).collect();
    assert_eq!(TEXT.lines().next(), Some(format!("# workflows {}", versions.join(" ")).as_str()));
    for facts in types().iter().flat_map(TypeFacts::fields) {
        for version in [Some(facts.since), facts.until, facts.required_since].into_iter().flatten()
        {
            assert!(Version::ALL.contains(&version), "{}: {version}", facts.name);
        }
    }
}

#[test]
fn every_kind_is_there() {
    for kind in KINDS {
        assert_eq!(field(&format!("{kind}.kind")).enum_values, [kind]);
        assert_eq!(field(&format!("{kind}.apiVersion")).enum_values, ["argoproj.io/v1alpha1"]);
        assert!(field(&format!("{kind}.spec")).required_in(V3_6));
    }
}

#[test]
fn the_table_is_as_large_as_it_was() {
    let fields = || types().iter().flat_map(TypeFacts::fields);
    let versioned = fields().filter(|field| field.since > Version::OLDEST || field.until.is_some());
    let closed = fields().filter(|field| !field.enum_values.is_empty());
    assert_eq!(
        [types().len(), fields().count(), versioned.count(), closed.count()],
        [355, 1962, 65, 80]
    );
}

#[test]
fn each_kind_leads_to_as_many_types_as_it_did() {
    assert_eq!(KINDS.map(|kind| reachable(&[kind]).len()), [216, 195, 195, 200, 151, 140, 45]);
}

#[test]
fn every_type_belongs_to_a_kind() {
    assert_eq!(reachable(&KINDS), types().iter().map(|facts| facts.name).collect());
}

/// The types that kinds lead to, themselves included.
fn reachable(kinds: &[&str]) -> BTreeSet<&'static str> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<_> = kinds.iter().filter_map(|kind| type_named(kind)).collect();
    while let Some(next) = waiting.pop() {
        if seen.insert(next.name) {
            waiting.extend(next.fields().iter().filter_map(|field| field.ty.object()));
        }
    }
    seen
}

#[test]
fn fields_come_and_go() {
    assert_eq!(lifetime("Template.annotations"), (V3_7, None));
    assert_eq!(lifetime("Template.priority"), (V3_6, Some(V3_7)));
    assert_eq!(lifetime("Template.pendingTimeout"), (V4_1, None));
    assert_eq!(lifetime("WorkflowSpec.podPriority"), (V3_6, Some(V3_7)));
    assert_eq!(lifetime("CronWorkflowSpec.schedule"), (V3_6, Some(V4_0)));
    assert_eq!(lifetime("Synchronization.mutex"), (V3_6, Some(V4_0)));
    assert_eq!(lifetime("Synchronization.mutexes"), (V3_6, None));
    assert_eq!(lifetime("CacheConfigMap.key"), (V3_6, Some(V4_0)));
    assert!(field("Synchronization.mutex").exists_in(V3_7));
    assert!(!field("Synchronization.mutex").exists_in(V4_0));
    assert!(!field("Template.annotations").exists_in(V3_6));
}

#[test]
fn requirements_depend_on_the_version() {
    assert_eq!(field("CronWorkflowSpec.schedules").required_since, Some(V4_0));
    assert!(!field("CronWorkflowSpec.schedules").required_in(V3_7));
    assert_eq!(field("SyncDatabaseRef.key").required_since, Some(V3_7));
    assert_eq!(field("ScriptTemplate.source").required_since, Some(V3_6));
    assert_eq!(field("DAGTask.name").required_since, Some(V3_6));
    assert_eq!(field("CronWorkflowStatus.phase").required_since, None);
}

#[test]
fn argo_events_requires_less_than_its_schema_says() {
    for path in [
        "WebhookContext.url",
        "WebhookContext.method",
        "HTTPTrigger.payload",
        "GithubEventSource.events",
        "EventContext.id",
    ] {
        assert_eq!(field(path).required_since, None, "{path}");
    }
    assert!(field("WebhookContext.endpoint").required_in(V4_1));
    assert!(field("GitlabEventSource.events").required_in(V4_1));
}

#[test]
fn types_are_corrected() {
    for path in [
        "RetryStrategy.limit",
        "Template.activeDeadlineSeconds",
        "HTTPGetAction.port",
        "ServicePort.targetPort",
    ] {
        assert_eq!(field(path).ty, Type::IntOrString, "{path}");
    }
    assert_eq!(field("ResourceRequirements.limits").ty, Type::Map(Box::new(Type::Quantity)));
    assert_eq!(field("EmptyDirVolumeSource.sizeLimit").ty, Type::Quantity);
    assert_eq!(field("Parameter.value").ty, Type::Scalar);
    assert_eq!(field("Parameter.enum").ty, Type::List(Box::new(Type::Scalar)));
    assert_eq!(field("DAGTask.withItems").ty, Type::List(Box::new(Type::Any)));
    assert_eq!(
        field("Template.steps").ty,
        Type::List(Box::new(Type::List(Box::new(Type::Object("WorkflowStep")))))
    );
    assert_eq!(field("WebhookContext.port").ty, Type::Str);
}

#[test]
fn values_are_closed() {
    for ty in ["Container", "ContainerNode", "UserContainer", "ScriptTemplate", "events.Container"]
    {
        assert_eq!(
            field(&format!("{ty}.imagePullPolicy")).enum_values,
            ["Always", "IfNotPresent", "Never"],
            "{ty}"
        );
    }
    assert_eq!(
        field("RetryStrategy.retryPolicy").enum_values,
        ["Always", "OnError", "OnFailure", "OnTransientError"]
    );
    assert_eq!(field("DataFilter.comparator").enum_values, ["!=", "<", "<=", "=", ">", ">="]);
    assert!(field("Container.image").enum_values.is_empty());
}

#[test]
fn argo_events_has_types_of_its_own_where_they_differ() {
    assert!(type_named("events.Template").unwrap().field("steps").is_none());
    assert_eq!(field("SensorSpec.template").ty, Type::Object("events.Template"));
    assert!(type_named("events.EnvVarSource").unwrap().field("fileKeyRef").is_none());
    assert_eq!(
        field("events.Container.env").ty,
        Type::List(Box::new(Type::Object("events.EnvVar")))
    );
    assert!(type_named("events.SecretKeySelector").is_none());
    assert_eq!(field("Template.steps").ty.object().unwrap().name, "WorkflowStep");
}

#[test]
fn a_malformed_table_is_refused() {
    for (text, reason) in [
        ("  name str\n", "line 1: a field before the first type"),
        ("A\n  name\n", "line 2: a field has a name and a type"),
        ("A\n  name text\n", "line 2: unknown type text"),
        ("A\n  name str ?\n", "line 2: unknown flag ?"),
        ("A\n  name str 4+\n", "line 2: \"4\" is not a version like 4.1"),
        ("A\n  name str !4.0\n", "line 2: unknown flag !4.0"),
        ("A\n  b str\n  a str\n", "line 3: a after b"),
        ("B\nA\n", "line 2: A after B"),
        ("A\n\nB\n", "line 2: \"\" is not a name"),
        ("A B\n", "line 1: \"A B\" is not a name"),
        ("A\n  b []@B\n", "A.b: unknown type B"),
    ] {
        assert_eq!(parse(text), Err(reason.to_owned()));
    }
}

#[test]
fn versions_are_ordered_and_written_as_they_are_read() {
    assert!(Version::ALL.is_sorted());
    assert!(Version::new(3, 10) > V3_7);
    for text in ["3.6", "3.7", "4.0", "4.1"] {
        assert_eq!(text.parse::<Version>().unwrap().to_string(), text);
    }
    assert!("4".parse::<Version>().is_err());
    assert!("4.x".parse::<Version>().is_err());
}

#[test]
#[ignore = "a measurement, for --release"]
fn parsing_takes_less_than_two_milliseconds() {
    let start = std::time::Instant::now();
    let rounds = 200;
    for _ in 0..rounds {
        std::hint::black_box(parse(std::hint::black_box(TEXT)).unwrap());
    }
    let each = start.elapsed() / rounds;
    println!("{each:?} a parse");
    assert!(each.as_millis() < 2);
}
