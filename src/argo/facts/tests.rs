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

/// Kinds of Kubernetes that argopacks emits.
const KUBERNETES_KINDS: [&str; 5] =
    ["Namespace", "ServiceAccount", "Role", "RoleBinding", "ConfigMap"];

fn field(path: &str) -> &'static FieldFacts {
    let (ty, name) = path.rsplit_once('.').unwrap();
    type_named(ty).and_then(|ty| ty.field(name)).unwrap_or_else(|| panic!("no field {path}"))
}

fn object(name: &str) -> Type {
    Type::Object(find(types(), name).unwrap())
}

fn lifetime(path: &str) -> (Version, Option<Version>) {
    (field(path).since, field(path).until)
}

#[test]
fn the_embedded_table_parses() {
    let known = types();
    for facts in known {
        read::fields(facts.text, &|name| find(known, name))
            .unwrap_or_else(|reason| panic!("{}: {reason}", facts.name));
    }
    let names: Vec<_> = TEXT.lines().filter(|line| !line.starts_with(['#', ' '])).collect();
    assert_eq!(names, known.iter().map(|facts| facts.name).collect::<Vec<_>>());
    assert!(names.is_sorted());
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
        [364, 2000, 65, 93]
    );
}

#[test]
fn each_kind_leads_to_as_many_types_as_it_did() {
    assert_eq!(KINDS.map(|kind| reachable(&[kind]).len()), [216, 195, 195, 200, 151, 140, 45]);
}

#[test]
fn every_type_belongs_to_a_kind() {
    let kinds = [&KINDS[..], &KUBERNETES_KINDS].concat();
    assert_eq!(reachable(&kinds), types().iter().map(|facts| facts.name).collect());
}

/// The types that kinds lead to, themselves included.
fn reachable(kinds: &[&str]) -> BTreeSet<&'static str> {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<_> = kinds.iter().filter_map(|kind| type_named(kind)).collect();
    while let Some(next) = waiting.pop() {
        if seen.insert(next.name) {
            waiting.extend(next.fields().iter().filter_map(|field| held(&field.ty)));
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
        assert_eq!(field(path).ty, Type::IntOrString(Width::Int32), "{path}");
    }
    assert_eq!(field("ResourceRequirements.limits").ty, Type::Map(Box::new(Type::Quantity)));
    assert_eq!(field("EmptyDirVolumeSource.sizeLimit").ty, Type::Quantity);
    assert_eq!(field("Parameter.value").ty, Type::Scalar);
    assert_eq!(field("Parameter.enum").ty, Type::List(Box::new(Type::Scalar)));
    assert_eq!(field("DAGTask.withItems").ty, Type::List(Box::new(Type::Any)));
    assert_eq!(
        field("Template.steps").ty,
        Type::List(Box::new(Type::List(Box::new(object("WorkflowStep")))))
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
    assert_eq!(field("SensorSpec.template").ty, object("events.Template"));
    assert!(type_named("events.EnvVarSource").unwrap().field("fileKeyRef").is_none());
    assert_eq!(field("events.Container.env").ty, Type::List(Box::new(object("events.EnvVar"))));
    assert!(type_named("events.SecretKeySelector").is_none());
    assert_eq!(held(&field("Template.steps").ty).unwrap().name, "WorkflowStep");
}

#[test]
fn a_malformed_line_is_refused() {
    for (line, reason) in [
        ("  name", "line 1: a field has a name and a type"),
        ("  a str\n  name text", "line 2: unknown type text"),
        ("  name str $", "line 1: unknown flag $"),
        ("  name str ~form", "line 1: unknown form form"),
        ("  name int32 1..x", "line 1: \"1..x\" are no bounds like 1..9"),
        ("  name int", "line 1: unknown type int"),
        ("  name str 4+", "line 1: \"4\" is not a version like 4.1"),
        ("  name str !4.0", "line 1: unknown flag !4.0"),
        ("  name []@Nothing", "line 1: unknown type Nothing"),
    ] {
        assert_eq!(read::fields(line, &|name| find(types(), name)), Err(reason.to_owned()));
    }
}

#[test]
fn fields_are_sorted_and_each_is_found() {
    for facts in types() {
        assert!(facts.fields().is_sorted_by_key(|field| field.name), "{}", facts.name);
        // The walker has a bit for each.
        assert!(facts.fields().len() <= 128, "{}", facts.name);
        for field in facts.fields() {
            assert_eq!(facts.field(field.name), Some(field));
        }
    }
    assert_eq!(type_named("Template").unwrap().field("activeDeadline"), None);
    assert_eq!(type_named("Template").unwrap().field(""), None);
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
fn reading_takes_less_than_a_millisecond() {
    let rounds = 200;
    let timed = |what: &str, work: &dyn Fn()| {
        let start = std::time::Instant::now();
        (0..rounds).for_each(|_| work());
        let each = start.elapsed() / rounds;
        println!("{what}: {each:?}");
        assert!(each.as_micros() < 1000);
    };
    timed("index", &|| drop(std::hint::black_box(read::index(TEXT))));
    timed("index and every field", &|| {
        for facts in read::index(TEXT) {
            let found = read::fields(facts.text, &|name| find(types(), name));
            std::hint::black_box(found.unwrap());
        }
    });
}

/// The facts of the objects that a type holds, directly or in lists and maps.
fn held(ty: &Type) -> Option<&'static TypeFacts> {
    match ty {
        Type::List(item) | Type::Map(item) => held(item),
        Type::Object(id) => Some(id.facts()),
        _ => None,
    }
}
