use super::*;
use crate::source::{FileId, SourceFile, SourceMap};
use crate::yaml;

const V3_7: Version = Version::new(3, 7);
const V4_0: Version = Version::new(4, 0);

/// What is found in a YAML text that is to be of a type: each finding as its code and the text that
/// it is at.
fn found(ty: &str, text: &str, version: Version) -> Vec<String> {
    let (mut sources, mut sink) = (SourceMap::default(), Sink::default());
    let file = sources.add(SourceFile::new("a.yaml", text));
    let documents = yaml::parse(file, sources.file(file));
    let holder = Span::new(file, 0, 0);
    let mut conform = Conform { version, sink: &mut sink };
    for document in &documents {
        conform.node(&document.root, ty, holder);
    }
    findings(sink, &sources)
}

fn findings(sink: Sink, sources: &SourceMap) -> Vec<String> {
    let place = |span| sources.text(span).trim_matches('\'');
    let found = sink.finish().into_iter();
    found.map(|it| format!("{} {}", it.rule.code, place(it.primary.span))).collect()
}

/// A wrong value of each kind: the type, the text, what is found in 4.0.
const WRONG: &[(&str, &str, &str)] = &[
    ("Container", "{image: a, comand: [x]}", "AP401 comand"),
    ("Container", "{image: a, command: x}", "AP402 x"),
    ("Container", "{image: a, command: [1]}", "AP402 1"),
    ("Container", "{image: a, command: [~]}", "AP402 ~"),
    ("Template", "{priority: 5}", "AP404 priority"),
    ("Container", "{image: a, imagePullPolicy: Sometimes}", "AP405 Sometimes"),
    // Required, and absent, null or empty.
    ("Container", "{command: [x]}", "AP406 "),
    ("Container", "{image: }", "AP406 image"),
    ("Container", "{image: ''}", "AP406 image"),
    ("EnvVarSource", "{secretKeyRef: {name: s, key: }}", "AP406 key"),
    ("DAGTemplate", "{tasks: [{template: x}]}", "AP406 template"),
    ("Backoff", "{factor: 2}", "AP406 "),
    // Integers.
    ("Template", "{activeDeadlineSeconds: 3000000000}", "AP402 3000000000"),
    ("Template", "{activeDeadlineSeconds: -1}", "AP402 -1"),
    ("Template", "{activeDeadlineSeconds: '-1'}", "AP402 -1"),
    ("Template", "{activeDeadlineSeconds: 1m}", "AP402 1m"),
    ("TTLStrategy", "{secondsAfterSuccess: 2147558400}", "AP402 2147558400"),
    ("WorkflowSpec", "{activeDeadlineSeconds: 9223372036854775808}", "AP402 9223372036854775808"),
    ("GitArtifact", "{repo: r, depth: -1}", "AP402 -1"),
    ("WorkflowSpec", "{parallelism: 0}", "AP402 0"),
    ("Artifact", "{name: a, mode: 512}", "AP402 512"),
    ("KeyToPath", "{key: a, path: b, mode: 0o1000}", "AP402 0o1000"),
    ("ContainerPort", "{containerPort: 65536}", "AP402 65536"),
    ("SecurityContext", "{runAsUser: -1}", "AP402 -1"),
    ("Parameter", "{name: a, value: 5}", "AP402 5"),
    ("Parameter", "{name: a, enum: [true]}", "AP402 true"),
    ("RetryStrategy", "{limit: ten}", "AP402 ten"),
    ("RetryStrategy", "{limit: 1.5}", "AP402 1.5"),
    ("PodSecurityContext", "{supplementalGroups: [-1]}", "AP402 -1"),
    ("WebhookContext", "{endpoint: /, method: POST, port: '70000', url: u}", "AP402 70000"),
    ("HTTPGetAction", "{port: '80'}", "AP402 80"),
    // How many.
    ("DAGTemplate", "{tasks: []}", "AP402 tasks"),
    ("CronWorkflowSpec", "{schedules: [], workflowSpec: {}}", "AP402 schedules"),
    // Quantities.
    ("ResourceRequirements", "{limits: {cpu: 0.5}}", "AP402 0.5"),
    ("ResourceRequirements", "{limits: {cpu: -1}}", "AP402 -1"),
    ("ResourceRequirements", "{limits: {memory: --5Gi}}", "AP402 --5Gi"),
    ("ResourceRequirements", "{limits: {memory: 2GB}}", "AP402 2GB"),
    ("ResourceRequirements", "{limits: {memory: true}}", "AP402 true"),
    ("ResourceRequirements", "{limits: {mem: 2Gi}}", "AP310 mem"),
    // Durations, each by its reader.
    ("Template", "{timeout: 1d}", "AP413 1d"),
    ("Template", "{timeout: 60}", "AP413 60"),
    ("Template", "{timeout: '60'}", "AP413 60"),
    ("Memoize", "{key: k, maxAge: 1d, cache: {configMap: {name: c}}}", "AP413 1d"),
    ("Backoff", "{duration: 5 min}", "AP413 5 min"),
    ("Backoff", "{duration: 5}", "AP402 5"),
    ("SuspendTemplate", "{duration: soon}", "AP413 soon"),
    // Schedules.
    ("CronWorkflowSpec", "{schedules: ['* * *'], workflowSpec: {}}", "AP412 * * *"),
    ("CronWorkflowSpec", "{schedules: ['{{x}}'], workflowSpec: {}}", "AP412 {{x}}"),
    ("CronWorkflowSpec", "{schedules: [''], workflowSpec: {}}", "AP412 "),
    ("CronWorkflowSpec", "{schedules: ['@daily'], timezone: CEST, workflowSpec: {}}", "AP412 CEST"),
    ("CalendarEventSource", "{schedule: '@daily'}", "AP412 @daily"),
    ("TimeFilter", "{start: '9:00', stop: '17:00:00'}", "AP412 9:00"),
    // Names.
    ("Template", "{name: a_b}", "AP310 a_b"),
    ("Template", "{name: 'x{{y}}'}", "AP310 x{{y}}"),
    ("DAGTask", "{name: a.b}", "AP310 a.b"),
    ("Parameter", "{name: a.b}", "AP310 a.b"),
    ("Prometheus", "{name: a-b, help: h}", "AP310 a-b"),
    ("UserContainer", "{name: A}", "AP310 A"),
    ("Volume", "{name: a_b}", "AP310 a_b"),
    ("EnvVar", "{name: 1A}", "AP310 1A"),
    (
        "ContainerPort",
        "{containerPort: 80, name: much-too-long-a-name}",
        "AP310 much-too-long-a-name",
    ),
    ("SecretKeySelector", "{name: S, key: k}", "AP310 S"),
    ("SecretKeySelector", "{name: s, key: a/b}", "AP310 a/b"),
    ("TemplateRef", "{name: a, template: a_b}", "AP310 a_b"),
    // Labels and annotations.
    ("Metadata", "{labels: {a b: c}}", "AP310 a b"),
    ("Metadata", "{labels: {a: c/d}}", "AP310 c/d"),
    ("Metadata", "{labels: {a: 1}}", "AP402 1"),
    ("Metadata", "{annotations: {a/b/c: d}}", "AP310 a/b/c"),
    ("Template", "{nodeSelector: {a: b c}}", "AP310 b c"),
    // Fields together.
    (
        "EnvVar",
        "{name: A, value: b, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}",
        "AP109 valueFrom",
    ),
    (
        "EnvVarSource",
        "{secretKeyRef: {key: k, name: s}, fieldRef: {fieldPath: metadata.name}}",
        "AP109 fieldRef",
    ),
    ("Probe", "{exec: {command: [a]}, grpc: {port: 1}}", "AP109 grpc"),
    ("Toleration", "{operator: Exists, value: a}", "AP109 value"),
    ("Toleration", "{key: a, tolerationSeconds: 5}", "AP109 tolerationSeconds"),
    ("NodeSelectorRequirement", "{key: a, operator: In, values: []}", "AP406 []"),
    ("NodeSelectorRequirement", "{key: a, operator: NotIn}", "AP406 key"),
    ("NodeSelectorRequirement", "{key: a, operator: Gt, values: ['1', '2']}", "AP109 values"),
    ("LabelSelectorRequirement", "{key: a, operator: Exists, values: [b]}", "AP109 values"),
    ("ResourceRequirements", "{requests: {memory: 2Gi}, limits: {memory: 1.5Gi}}", "AP109 2Gi"),
    ("ResourceRequirements", "{requests: {cpu: 1001m}, limits: {cpu: 1}}", "AP109 1001m"),
    ("Container", "{image: a, livenessProbe: {exec: {}, successThreshold: 2}}", "AP402 2"),
    ("Container", "{image: a, startupProbe: {httpGet: {port: web}}}", "AP201 web"),
];

/// What Kubernetes takes of the same fields.
const TOGETHER: &[(&str, &str)] = &[
    ("EnvVar", "{name: A, value: '', valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}"),
    ("Toleration", "{operator: Exists, effect: NoExecute, tolerationSeconds: 5}"),
    ("Toleration", "{key: a, effect: '{{x}}', tolerationSeconds: 5}"),
    ("NodeSelectorRequirement", "{key: a, operator: DoesNotExist}"),
    ("NodeSelectorRequirement", "{key: a, operator: Gt, values: ['1']}"),
    ("ResourceRequirements", "{requests: {cpu: 300m, memory: 1Gi}, limits: {cpu: 0.3}}"),
    ("ResourceRequirements", "{requests: {memory: 1024Mi}, limits: {memory: 1Gi}}"),
    ("ResourceRequirements", "{requests: {memory: '{{x}}'}, limits: {memory: 1Gi}}"),
    ("Container", "{image: a, readinessProbe: {exec: {}, successThreshold: 2}}"),
    (
        "Container",
        "{image: a, ports: [{name: web, containerPort: 80}], livenessProbe: {httpGet: {port: web}}}",
    ),
    ("Container", "{image: a, livenessProbe: {tcpSocket: {port: 80}}}"),
];

#[test]
fn fields_that_agree_are_taken() {
    for (ty, text) in TOGETHER {
        assert_eq!(found(ty, text, Version::new(3, 7)), Vec::<String>::new(), "{ty} {text}");
    }
}

#[test]
fn one_of_several_fields_is_there() {
    assert_eq!(found("Probe", "{periodSeconds: 5}", V4_0).len(), 1);
    assert_eq!(found("EnvVarSource", "{}", V4_0).len(), 1);
    // A misspelt one is one mistake.
    assert_eq!(
        found("EnvVarSource", "{fieldref: {fieldPath: metadata.name}}", V4_0),
        ["AP401 fieldref"]
    );
}

#[test]
fn a_wrong_value_of_each_kind_is_found_at_its_place() {
    for (ty, text, wrong) in WRONG {
        assert_eq!(found(ty, text, V4_0), [*wrong], "{ty} {text}");
    }
}

#[test]
fn tags_are_filled_in_before_a_value_is_read() {
    for (ty, text) in [
        ("Template", "{timeout: '{{inputs.parameters.t}}', activeDeadlineSeconds: '{{x}}'}"),
        ("ResourceRequirements", "{limits: {memory: '{{inputs.parameters.m}}Gi'}}"),
        ("Metadata", "{labels: {a: '{{workflow.name}}', '{{x}}': b}}"),
        ("TemplateRef", "{name: '{{x}}', template: '{{y}}'}"),
        ("Container", "{image: a, imagePullPolicy: '{{x}}', env: [{name: '{{x}}'}]}"),
    ] {
        assert_eq!(found(ty, text, V4_0), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn null_is_absent() {
    for (ty, text) in [
        ("Container", "{image: a, command: , env: ~, resources: {limits: {cpu: }}}"),
        ("Metadata", "{labels: {a: }}"),
        ("Template", "{timeout: '', activeDeadlineSeconds: }"),
    ] {
        assert_eq!(found(ty, text, V4_0), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn what_the_crds_alone_refuse_passes_before_them() {
    let tasks = vec!["{name: a, template: x}"; 201].join(", ");
    for (ty, text, code) in [
        ("ResourceRequirements", "{limits: {cpu: 0.5}}", "AP402"),
        ("Parameter", "{name: a, default: 5}", "AP402"),
        ("DAGTemplate", &format!("{{tasks: [{tasks}]}}"), "AP402"),
        ("WorkflowStep", "{name: 'run-{{item}}'}", "AP310"),
        ("CronWorkflowSpec", "{schedules: ['@every 1.5h'], workflowSpec: {}}", "AP412"),
    ] {
        assert_eq!(found(ty, text, V3_7), Vec::<String>::new(), "{text}");
        assert!(found(ty, text, V4_0)[0].starts_with(code), "{text}");
    }
}

#[test]
fn nothing_is_required_of_defaults() {
    let spec = "{templateDefaults: {container: {resources: {limits: {cpu: 1}}}}}";
    assert_eq!(found("WorkflowSpec", spec, V4_0), Vec::<String>::new());
    let templates = "templates: [{container: {command: [x]}}]";
    let spec = format!("{{templateDefaults: {{container: {{image: a}}}}, {templates}}}");
    assert_eq!(found("WorkflowSpec", &spec, V4_0), Vec::<String>::new());
    assert_eq!(found("WorkflowSpec", &format!("{{{templates}}}"), V4_0), ["AP406 container"]);
    let spec = "{templateDefaults: {container: {imag: a}}}";
    assert_eq!(found("WorkflowSpec", spec, V4_0), ["AP401 imag"]);
}

/// What is found in a whole object, whose holder is the first byte of the text.
fn found_in_object(text: &str) -> Vec<String> {
    let (mut sources, mut sink) = (SourceMap::default(), Sink::default());
    let file = sources.add(SourceFile::new("a.yaml", text));
    let documents = yaml::parse(file, sources.file(file));
    let mut conform = Conform { version: V4_0, sink: &mut sink };
    for document in &documents {
        assert!(conform.object(&document.root, Span::new(file, 0, 1)));
    }
    findings(sink, &sources)
}

#[test]
fn no_tag_is_filled_in_in_the_metadata_of_an_object() {
    let object = |metadata| {
        format!(
            "{{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {metadata}, spec: {{}}}}"
        )
    };
    assert_eq!(
        found_in_object(&object("{generateName: a-, labels: {a: b}}")),
        Vec::<String>::new()
    );
    assert_eq!(found_in_object(&object("{name: '{{x}}'}")), ["AP310 {{x}}"]);
    assert_eq!(found_in_object(&object("{labels: {a: '{{x}}'}}")), ["AP310 {{x}}"]);
}

#[test]
fn objects_of_kubernetes_are_known() {
    for (object, wrong) in [
        ("{apiVersion: v1, kind: Namespace, metadata: {name: a_b}}", "AP310 a_b"),
        ("{apiVersion: v1, kind: ServiceAccount, metadata: {nam: a}}", "AP401 nam"),
        ("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a/b: c}}", "AP310 a/b"),
        ("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: 1}}", "AP402 1"),
        (
            "{apiVersion: rbac.authorization.k8s.io/v1beta1, kind: Role, metadata: {name: a}, rules: []}",
            "AP405 rbac.authorization.k8s.io/v1beta1",
        ),
        (
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}, rules: [{resources: [x]}]}",
            "AP406 resources",
        ),
        (
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: a}, roleRef: {kind: Rol, name: a, apiGroup: rbac.authorization.k8s.io}}",
            "AP405 Rol",
        ),
    ] {
        assert_eq!(found_in_object(object), [wrong], "{object}");
    }
}

#[test]
fn what_a_trigger_creates_is_an_object_with_parts_to_be_filled_in() {
    let sensor = |spec| {
        format!(
            "{{apiVersion: argoproj.io/v1alpha1, kind: Sensor, metadata: {{name: s}}, spec: {{dependencies: [], triggers: [{{template: {{name: t, k8s: {{operation: create, source: {{resource: {{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {{generateName: a-}}, spec: {spec}}}}}}}}}}}]}}}}"
        )
    };
    assert_eq!(found_in_object(&sensor("{arguments: {parameters: [{}]}}")), Vec::<String>::new());
    assert_eq!(found_in_object(&sensor("{entrypont: main}")), ["AP401 entrypont"]);
}

#[test]
fn generated_parts_are_reported_at_what_is_written_above_them() {
    let written = |start| Span::new(FileId(0), start, start + 1);
    let generated = Node::text("1d", Span::GENERATED);
    let template = Node::from(crate::tree::Map::new().with("timeout", generated)).at(written(7));
    let mut sink = Sink::default();
    Conform { version: V4_0, sink: &mut sink }.node(&template, "Template", written(3));
    let spans: Vec<Span> = sink.finish().iter().map(|finding| finding.primary.span).collect();
    assert_eq!(spans, [written(7)]);
}
