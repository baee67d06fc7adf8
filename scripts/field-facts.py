#!/usr/bin/env python3
"""Writes src/argo/facts.txt: which fields Argo accepts, of which type, in which versions.

usage: field-facts.py [SCHEMA_DIRECTORY [OUTPUT]]    (OUTPUT may be - for stdout)

Reads the JSON Schemas of Argo Workflows (one per minor version) and of Argo Events (one), follows
what is reachable from their kinds, adds the few Kubernetes kinds that argopacks emits, corrects what
the schemas are known to get wrong, and adds what they leave open: the tables below, each line of
which must still apply or the script fails.

The table: a type's name in the first column, then its fields, indented: NAME TYPE FLAG...
  TYPE   str num bool any, int32 int64 uint64, scalar (str, num or bool), intstr (int32 or str),
         int64str, quantity, object (a whole object of any kind), []TYPE, {}TYPE (a map),
         @NAME (a type of the table)
  FLAGS  !        required wherever it exists
         !4.0+    required from that Argo Workflows version on
         ''       may be the empty string although it is required
         3.7+     absent before that version       <4.0   absent from that version on
         =a|b|c   the values accepted; the empty string stands for absent and is not listed
         1..9     the bounds of a number, both included and either of them open
         #1..9    the same for how many items a list has
         ~FORM    the form of the text          ^FORM  the form of the keys of a map
         ?        a part of the type: nothing in it is required
         |        at most one of the type's fields with this flag may be there; |! exactly one
         Values, bounds and forms are those of the items, in a list, and of the values, in a map.
         The forms are in src/argo/value_forms.rs.
A name that two types would share goes to Argo Workflows' own; `events.` comes before Argo Events' and
`k8s.` before Kubernetes'. A Kubernetes type that Argo Events knows in another shape is there twice.
What only Argo Events has carries no versions. A type with no fields is an object that must be empty.
"""

import itertools
import json
import pathlib
import re
import sys

WORKFLOW, EVENTS = "io.argoproj.workflow.v1alpha1.", "io.argoproj.events.v1alpha1."
KINDS = {
    WORKFLOW: ["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"],
    EVENTS: ["EventSource", "Sensor", "EventBus"],
}
# Definitions that are values rather than objects with known fields.
VALUES = {
    "IntOrString": "intstr", "Int64OrString": "int64str", "Quantity": "quantity", "Time": "str",
    "Amount": "num", "Item": "any", "Plugin": "{}any", "K8SResource": "object", "FieldsV1": "{}any",
}
SIMPLE = {"string": "str", "integer": "int", "number": "num", "boolean": "bool"}

# Typed as plain strings by the schema; AnyString in Argo's Go types takes numbers and booleans.
RETYPED = {
    "Parameter.default": "scalar", "Parameter.description": "scalar", "Parameter.enum": "[]scalar", "Parameter.value": "scalar",
    "ValueFrom.default": "scalar",
}

# Required by the schema, but not needed by the controllers. WebhookEventSource.method is: without one every request is refused.
OPTIONAL = """
    CacheConfigMap.key WebhookContext.url WebhookContext.method WebhookEventSource.url HTTPTrigger.payload TriggerParameter.dest
    GithubEventSource.events BitbucketEventSource.events GerritEventSource.hookName AMQPEventSource.exchangeName
    EventContext.datacontenttype EventContext.id EventContext.source EventContext.specversion EventContext.subject EventContext.time
    EventContext.type AzureServiceBusEventSource.queueName AzureServiceBusEventSource.subscriptionName
    AzureServiceBusEventSource.topicName AzureServiceBusTrigger.queueName AzureServiceBusTrigger.subscriptionName
    AzureServiceBusTrigger.topicName ResourceEventSource.group ResourceEventSource.namespace SQSEventSource.waitTimeSeconds
    S3Filter.prefix S3Filter.suffix StorageGridFilter.prefix StorageGridFilter.suffix Selector.value
    K8SResourcePolicy.backoff K8SResourcePolicy.errorOnBackoffTimeout CustomTrigger.payload CustomTrigger.secure
"""

# What the schemas leave open and Argo's validators, the full CRDs or Kubernetes close; `*` is any type that has the field.
ENUMS = """
    *.imagePullPolicy               Always|IfNotPresent|Never
    *.terminationMessagePolicy      FallbackToLogsOnError|File
    *.dataTransferProtection        authentication|integrity|privacy
    ArtifactGC.strategy             Never|OnWorkflowCompletion|OnWorkflowDeletion
    WorkflowLevelArtifactGC.strategy  Never|OnWorkflowCompletion|OnWorkflowDeletion
    CronWorkflowSpec.concurrencyPolicy  Allow|Forbid|Replace
    Gauge.operation                 Add|Set|Sub
    PodGC.strategy                  OnPodCompletion|OnPodSuccess|OnWorkflowCompletion|OnWorkflowSuccess
    ResourceTemplate.action         apply|create|delete|get|patch|replace
    ResourceTemplate.mergeStrategy  json|merge|strategic
    RetryStrategy.retryPolicy       Always|OnError|OnFailure|OnTransientError
    VolumeClaimGC.strategy          OnWorkflowCompletion|OnWorkflowSuccess
    WorkflowSpec.dnsPolicy          ClusterFirst|ClusterFirstWithHostNet|Default|None
    WorkflowSpec.shutdown           Stop|Terminate
    Container.restartPolicy         Always|Never|OnFailure
    ContainerNode.restartPolicy     Always|Never|OnFailure
    ScriptTemplate.restartPolicy    Always|Never|OnFailure
    UserContainer.restartPolicy     Always|Never|OnFailure
    AppArmorProfile.type            Localhost|RuntimeDefault|Unconfined
    AzureDiskVolumeSource.cachingMode  None|ReadOnly|ReadWrite
    AzureDiskVolumeSource.kind      Dedicated|Managed|Shared
    ContainerPort.protocol          SCTP|TCP|UDP
    ContainerResizePolicy.restartPolicy  NotRequired|RestartContainer
    ContainerRestartRuleOnExitCodes.operator  In|NotIn
    HTTPGetAction.scheme            HTTP|HTTPS
    HostPathVolumeSource.type       BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket
    ImageVolumeSource.pullPolicy    Always|IfNotPresent|Never
    LabelSelectorRequirement.operator  DoesNotExist|Exists|In|NotIn
    NodeSelectorRequirement.operator  DoesNotExist|Exists|Gt|In|Lt|NotIn
    PersistentVolumeClaimSpec.accessModes  ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod
    PersistentVolumeClaimSpec.volumeMode  Block|Filesystem
    PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy  AlwaysAllow|IfHealthyBudget
    PodSecurityContext.fsGroupChangePolicy  Always|OnRootMismatch
    PodSecurityContext.seLinuxChangePolicy  MountOption|Recursive
    PodSecurityContext.supplementalGroupsPolicy  Merge|Strict
    SeccompProfile.type             Localhost|RuntimeDefault|Unconfined
    SecurityContext.procMount       Default|Unmasked
    Toleration.effect               NoExecute|NoSchedule|PreferNoSchedule
    Toleration.operator             Equal|Exists|Gt|Lt
    VolumeMount.mountPropagation    Bidirectional|HostToContainer|None
    VolumeMount.recursiveReadOnly   Disabled|Enabled|IfPossible
    ArgoWorkflowTrigger.operation   resubmit|resume|retry|stop|submit|submit-from|suspend|terminate
    DataFilter.comparator           !=|<|<=|=|>|>=
    DataFilter.type                 bool|number|string
    EventDependency.filtersLogicalOperator  and|or
    EventDependencyFilter.dataLogicalOperator  and|or
    EventDependencyFilter.exprLogicalOperator  and|or
    GithubEventSource.contentType   form|json
    HTTPTrigger.method              DELETE|GET|PATCH|POST|PUT
    PersistenceStrategy.accessMode  ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod
    PulsarEventSource.type          exclusive|shared
    RateLimit.unit                  Hour|Minute|Second
    ResourceEventSource.eventTypes  ADD|DELETE|UPDATE
    SASLConfig.mechanism            GSSAPI|OAUTHBEARER|PLAIN|SCRAM-SHA-256|SCRAM-SHA-512
    ServicePort.protocol            SCTP|TCP|UDP
    StandardK8STrigger.operation    create|delete|patch|update
    TriggerParameter.operation      append|overwrite|prepend
"""


# Integers of which the schemas do not tell the width: the Go types of Argo Workflows 4.0
# (pkg/apis/workflow/v1alpha1) and of Kubernetes 1.33 (k8s.io/api); all others have it in the schema of
# Argo Events, whose unsigned fields are told here as well (nats_eventbus.go, sensor_types.go).
WIDTHS = """
    int32   Artifact.mode ArtifactPaths.mode TarStrategy.compressionLevel WorkflowSpec.priority
    int32   CronWorkflowSpec.failedJobsHistoryLimit CronWorkflowSpec.successfulJobsHistoryLimit
    int32   OSSLifecycleRule.markDeletionAfterDays OSSLifecycleRule.markInfrequentAccessAfterDays
    int32   PluginArtifact.connectionTimeoutSeconds NodeStatus.failedPodRestarts
    int32   TTLStrategy.secondsAfterCompletion TTLStrategy.secondsAfterFailure
    int32   TTLStrategy.secondsAfterSuccess WorkflowSpec.podPriority
    int32   ContainerRestartRuleOnExitCodes.values PodCertificateProjection.maxExpirationSeconds
    int64   CronWorkflowSpec.startingDeadlineSeconds CronWorkflowStatus.failed
    int64   CronWorkflowStatus.succeeded HTTP.timeoutSeconds NodeStatus.estimatedDuration
    int64   NodeStatus.resourcesDuration WorkflowStatus.resourcesDuration
    int64   WorkflowStatus.estimatedDuration Template.parallelism WorkflowSpec.parallelism
    int64   WorkflowSpec.activeDeadlineSeconds
    uint64  GitArtifact.depth LogTrigger.intervalSeconds NativeStrategy.maxMsgs
    uint64  NativeStrategy.maxSubs
"""

# Required strings that may be empty. Elsewhere the empty string is as good as absent: Argo's
# validators and Kubernetes refuse it, or the run fails.
MAY_BE_EMPTY = """
    AMQPEventSource.exchangeType AMQPEventSource.routingKey CronWorkflowStatus.phase
    GenericEventSource.config Header.value Memoize.maxAge MetricLabel.value NodeStatus.id
    NodeStatus.name NodeStatus.type PluginArtifactRepository.configuration RawArtifact.data
    ScriptTemplate.source Sysctl.value k8s.HTTPHeader.value
"""

# Required by the controller, though not by the schema: operator.go fails a retry whose backoff has no
# duration.
REQUIRED = "Backoff.duration"

# What values have to be, which the schemas do not tell; `*` is any type that has the field.
# CRD: a line of manifests/base/crds/full (4.0). K8s: k8s.io/apimachinery, pkg/util/validation, and
# Kubernetes, pkg/apis/core/validation, as of 1.33. Else the Go file that reads the field.
VALUE_FORMS = """
    # CRD: minimum, maximum.
    Artifact.mode                       0..511
    ArtifactPaths.mode                  0..511
    CronWorkflowSpec.startingDeadlineSeconds  0..
    Template.parallelism                1..
    WorkflowSpec.parallelism            1..
    # CRD: minItems, maxItems. Also validate.go: an enum and schedules have at least one item.
    CronWorkflowSpec.schedules          #1..
    DAGTemplate.tasks                   #1..200
    Inputs.parameters                   #..500
    Metrics.prometheus                  #..100
    Parameter.enum                      #1..
    Template.steps                      #1..
    WorkflowSpec.templates              #..200
    # CRD: pattern, maxLength. Also validate.go, validateWorkflowFieldNames.
    Artifact.name                       ~artifact-name
    ArtifactPaths.name                  ~artifact-name
    DAGTask.name                        ~step-name
    MetricLabel.key                     ~metric-name
    Parameter.name                      ~param-name
    Prometheus.name                     ~metric-name
    Template.name                       ~template-name
    WorkflowStep.name                   ~step-name
    # validate.go: validateOutputParameter and its like for artifacts; templateRef.
    Artifact.globalName                 ~artifact-name
    ArtifactPaths.globalName            ~artifact-name
    Parameter.globalName                ~artifact-name
    TemplateRef.template                ~template-ref
    # validate.go, validateLeaf: a positive integer or a tag; 0 passes.
    Template.activeDeadlineSeconds      ~integer 0..
    # operator.go: seconds from now, by deadlines and TTL that cannot have passed before they begin.
    TTLStrategy.secondsAfterCompletion  0..
    TTLStrategy.secondsAfterFailure     0..
    TTLStrategy.secondsAfterSuccess     0..
    WorkflowSpec.activeDeadlineSeconds  0..
    CronWorkflowSpec.failedJobsHistoryLimit  0..
    CronWorkflowSpec.successfulJobsHistoryLimit  0..
    # http_template.go, gzip.NewWriterLevel.
    HTTP.timeoutSeconds                 0..
    TarStrategy.compressionLevel        -2..9
    # util/intstr, Int32: text is read by strconv.Atoi.
    Backoff.factor                      ~integer 0..
    ContainerSetRetryStrategy.retries   ~integer 0..
    RetryStrategy.limit                 ~integer 0..
    Sequence.count                      ~integer 0..
    Sequence.end                        ~integer
    Sequence.start                      ~integer
    # operator.go and workflow_types.go (GetDeleteDelayDuration): v1alpha1.ParseStringToDuration,
    # which takes a bare number for seconds.
    Backoff.cap                         ~duration-or-seconds
    Backoff.duration                    ~duration-or-seconds
    Backoff.maxDuration                 ~duration-or-seconds
    PodGC.deleteDelayDuration           ~duration-or-seconds
    SuspendTemplate.duration            ~duration-or-seconds
    # operator.go, container_set_template_types.go; Argo Events: time.ParseDuration.
    ContainerSetRetryStrategy.duration  ~duration
    Memoize.maxAge                      ~duration
    Template.pendingTimeout             ~duration
    Template.timeout                    ~duration
    BitbucketServerEventSource.checkInterval  ~duration
    CalendarEventSource.interval        ~duration
    CatchupConfiguration.maxDuration    ~duration
    HDFSEventSource.checkInterval       ~duration
    NativeStrategy.maxAge               ~duration
    NativeStrategy.raftCommitTimeout    ~duration
    NativeStrategy.raftElectionTimeout  ~duration
    NativeStrategy.raftHeartbeatTimeout ~duration
    NativeStrategy.raftLeaseTimeout     ~duration
    SFTPEventSource.pollIntervalDuration  ~duration
    events.Backoff.duration             ~duration
    # validate.go, CronWorkflow: robfig/cron's ParseStandard, and the CRD's pattern. Argo Events has a
    # parser without descriptors such as @daily (calendar/start.go, sensor/validate.go).
    CronWorkflowSpec.schedule           ~cron
    CronWorkflowSpec.schedules          ~cron
    CalendarEventSource.schedule        ~cron-fields
    ConditionsResetByTime.cron          ~cron-fields
    *.timezone                          ~timezone
    # Argo Events, pkg/shared/util/time.go.
    TimeFilter.start                    ~time-of-day
    TimeFilter.stop                     ~time-of-day
    # K8s: modes are 0 to 0777.
    *.defaultMode                       0..511
    DownwardAPIVolumeFile.mode          0..511
    KeyToPath.mode                      0..511
    # K8s: IsValidPortNum, IsValidPortName.
    ContainerPort.containerPort         1..65535
    ContainerPort.hostPort              0..65535
    ContainerPort.name                  ~port-name
    EmailTrigger.port                   1..65535
    GRPCAction.port                     1..65535
    HTTPGetAction.port                  ~port 1..65535
    ServicePort.nodePort                0..65535
    ServicePort.port                    1..65535
    ServicePort.targetPort              ~port 1..65535
    TCPSocketAction.port                ~port 1..65535
    # Argo Events: eventsources/common/webhook listens on it.
    WebhookContext.port                 ~port-number
    WebhookEventSource.port             ~port-number
    # K8s: validateProbe, validateWeightedPodAffinityTerms, validatePodSecurityContext and others.
    Probe.failureThreshold              0..
    Probe.initialDelaySeconds           0..
    Probe.periodSeconds                 0..
    Probe.successThreshold              0..
    Probe.terminationGracePeriodSeconds 1..
    Probe.timeoutSeconds                0..
    PreferredSchedulingTerm.weight      1..100
    WeightedPodAffinityTerm.weight      1..100
    *.fsGroup                           0..2147483647
    *.runAsGroup                        0..2147483647
    *.runAsUser                         0..2147483647
    *.supplementalGroups                0..2147483647
    AWSElasticBlockStoreVolumeSource.partition  0..255
    GCEPersistentDiskVolumeSource.partition  0..255
    FCVolumeSource.lun                  0..255
    ISCSIVolumeSource.lun               0..255
    ServiceAccountTokenProjection.expirationSeconds  600..4294967296
    SleepAction.seconds                 0..
    EventSourceSpec.replicas            0..
    SensorSpec.replicas                 0..
    SensorSpec.revisionHistoryLimit     0..
    # K8s: IsQualifiedName, IsValidLabelValue, ValidateAnnotations.
    *.labels                            ^label-key ~label-value
    *.nodeSelector                      ^label-key ~label-value
    *.annotations                       ^annotation-key
    LabelSelector.matchLabels           ^label-key ~label-value
    LabelSelectorRequirement.key        ~label-key
    LabelSelectorRequirement.values     ~label-value
    NodeSelectorRequirement.key         ~label-key
    NodeSelectorRequirement.values      ~label-value
    PodAffinityTerm.topologyKey         ~label-key
    Toleration.key                      ~label-key
    Toleration.value                    ~label-value
    WorkflowMetadata.labelsFrom         ^label-key
    # K8s: ValidateContainerResourceName.
    *.limits                            ^resource-name
    *.requests                          ^resource-name
    # K8s: IsDNS1123Label.
    ContainerNode.name                  ~dns-label
    ObjectMeta.namespace                ~dns-label
    ServicePort.name                    ~dns-label
    UserContainer.name                  ~dns-label
    Volume.name                         ~dns-label
    VolumeDevice.name                   ~dns-label
    VolumeMount.name                    ~dns-label
    events.Volume.name                  ~dns-label
    # K8s: NameIsDNSSubdomain, of objects and of what refers to them.
    *.eventBusName                      ~subdomain
    *.podPriorityClassName              ~subdomain
    *.priorityClassName                 ~subdomain
    *.serviceAccountName                ~subdomain
    *.storageClassName                  ~subdomain
    ArtifactRepositoryRef.configMap     ~subdomain
    CacheConfigMap.name                 ~subdomain
    ConfigMapEnvSource.name             ~subdomain
    ConfigMapKeySelector.name           ~subdomain
    ConfigMapProjection.name            ~subdomain
    ConfigMapVolumeSource.name          ~subdomain
    LocalObjectReference.name           ~subdomain
    ObjectMeta.generateName             ~name-prefix
    ObjectMeta.name                     ~subdomain
    PersistentVolumeClaimVolumeSource.claimName  ~subdomain
    SecretEnvSource.name                ~subdomain
    SecretKeySelector.name              ~subdomain
    SecretProjection.name               ~subdomain
    SecretVolumeSource.secretName       ~subdomain
    TemplateRef.name                    ~subdomain
    WorkflowTemplateRef.name            ~subdomain
    # K8s: IsEnvVarName (the strict one, which all clusters have), IsConfigMapKey.
    EnvFromSource.prefix                ~env-name
    EnvVar.name                         ~env-name
    events.EnvVar.name                  ~env-name
    ConfigMapKeySelector.key            ~data-key
    KeyToPath.key                       ~data-key
    SecretKeySelector.key               ~data-key
    # K8s: validateLocalDescendingPath and its like, for paths below a directory.
    DownwardAPIVolumeFile.path          ~path-below
    KeyToPath.path                      ~path-below
    ServiceAccountTokenProjection.path  ~path-below
    VolumeMount.subPath                 ~path-below
    VolumeMount.subPathExpr             ~path-below
    # K8s: ValidateHostAliases, IsHTTPHeaderName, validateObjectFieldSelector,
    # validateContainerResourceFieldSelector; kubelet, emptydir.go.
    EmptyDirVolumeSource.medium         ~storage-medium
    HostAlias.hostnames                 ~subdomain
    HostAlias.ip                        ~ip-address
    ObjectFieldSelector.fieldPath       ~pod-field
    ResourceFieldSelector.resource      ~container-resource
    k8s.HTTPHeader.name                 ~header-name
    # Go's net/http, NewRequest: methods and names of headers are tokens.
    HTTP.method                         ~http-method
    HTTPHeader.name                     ~header-name
    # K8s: validateHandler, validateEnvVarValueFrom and its like, of fields that exclude each other.
    EnvVar.value                        |
    EnvVar.valueFrom                    |
    EnvVarSource.configMapKeyRef        |!
    EnvVarSource.fieldRef               |!
    EnvVarSource.fileKeyRef             |!
    EnvVarSource.resourceFieldRef       |!
    EnvVarSource.secretKeyRef           |!
    DownwardAPIVolumeFile.fieldRef      |!
    DownwardAPIVolumeFile.resourceFieldRef  |!
    LifecycleHandler.exec               |!
    LifecycleHandler.httpGet            |!
    LifecycleHandler.sleep              |!
    LifecycleHandler.tcpSocket          |!
    Probe.exec                          |!
    Probe.grpc                          |!
    Probe.httpGet                       |!
    Probe.tcpSocket                     |!
    VolumeMount.subPath                 |
    VolumeMount.subPathExpr             |
    # Parts: defaults of templates have what each template leaves out, and the parameters of a trigger
    # fill in the object that it creates.
    WorkflowSpec.templateDefaults       ?
    events.ArtifactLocation.resource    ?
"""

# Kinds of Kubernetes that argopacks emits (k8s.io/api 1.33: core/v1, rbac/v1), in the form of the
# table. ObjectMeta comes from the schemas. Cluster roles are left out: argopacks makes none.
KUBERNETES = """
ConfigMap
  apiVersion str ! =v1
  binaryData {}str ^data-key
  data {}str ^data-key
  immutable bool
  kind str ! =ConfigMap
  metadata @ObjectMeta !
Namespace
  apiVersion str ! =v1
  kind str ! =Namespace
  metadata @ObjectMeta !
  spec @NamespaceSpec
NamespaceSpec
  finalizers []str
PolicyRule
  apiGroups []str
  nonResourceURLs []str
  resourceNames []str
  resources []str
  verbs []str ! #1..
Role
  apiVersion str ! =rbac.authorization.k8s.io/v1
  kind str ! =Role
  metadata @ObjectMeta !
  rules []@PolicyRule !
RoleBinding
  apiVersion str ! =rbac.authorization.k8s.io/v1
  kind str ! =RoleBinding
  metadata @ObjectMeta !
  roleRef @RoleRef !
  subjects []@Subject
RoleRef
  apiGroup str ! =rbac.authorization.k8s.io
  kind str ! =ClusterRole|Role
  name str !
ServiceAccount
  apiVersion str ! =v1
  automountServiceAccountToken bool
  imagePullSecrets []@LocalObjectReference
  kind str ! =ServiceAccount
  metadata @ObjectMeta !
  secrets []@ObjectReference
Subject
  apiGroup str
  kind str ! =Group|ServiceAccount|User
  name str !
  namespace str ~dns-label
"""


def schemas(directory):
    """The definitions of each schema, by product and version."""
    found = {WORKFLOW: {}, EVENTS: {}}
    for path in sorted(pathlib.Path(directory).glob("argo-*.schema.json")):
        product, major, minor = re.match(r"argo-(workflows|events)-(\d+)\.(\d+)\.", path.name).groups()
        product = WORKFLOW if product == "workflows" else EVENTS
        found[product][int(major), int(minor)] = json.loads(path.read_text())["definitions"]
    if not (found[WORKFLOW] and found[EVENTS]):
        sys.exit(f"{directory}: no schemas of Argo Workflows and Argo Events, named like argo-events-1.9.11.schema.json")
    return found


def references(node):
    """The names of the definitions that a schema refers to."""
    if isinstance(node, list):
        return [name for child in node for name in references(child)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else []
    return own + [name for child in node.values() for name in references(child)]


def reachable(definitions, product):
    """The names of the definitions that a product's kinds are made of."""
    seen, waiting = set(), [product + kind for kind in KINDS[product]]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += references(definitions[name])
    return seen


def short_names(names):
    """A short name for each definition: Argo Workflows' types first, then Kubernetes', then Argo Events'."""
    taken = {}
    for name in sorted(names, key=lambda n: (n.startswith(EVENTS), not n.startswith(WORKFLOW), n)):
        short = name.rsplit(".", 1)[1]
        if short in taken:
            short = ("events." if name.startswith(EVENTS) else "k8s.") + short
        assert short not in taken, f"two types named {short}"
        taken[short] = name
    return {name: short for short, name in taken.items()}


def type_of(node, definitions, short):
    """A schema as a TYPE of the table."""
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[1]
        target, plain = definitions[name], name.rsplit(".", 1)[1]
        if plain in VALUES:
            return VALUES[plain]
        return "@" + short[name] if target["type"] == "object" else type_of(target, definitions, short)
    if node["type"] == "array":
        return "[]" + type_of(node["items"], definitions, short)
    if node["type"] == "object":
        return "{}" + type_of(node["additionalProperties"], definitions, short)
    return SIMPLE[node["type"]]


def fields_of(definition, definitions, short):
    """The fields of a definition: name to (type, required, values)."""
    required = definition.get("required", [])
    return {
        field: (type_of(node, definitions, short), field in required, node.get("const", ""))
        for field, node in definition.get("properties", {}).items()
    }


def types_of(definitions, product, short):
    """The types of one version: name to fields."""
    names = [n for n in reachable(definitions, product) if definitions[n].get("type") == "object" and n.rsplit(".", 1)[1] not in VALUES]
    return {short[name]: fields_of(definitions[name], definitions, short) for name in names}


def part_changed(versions):
    """Where a field refers to another type in a later version, give it a type of its own, TypeField, to be merged like any other."""
    for name in set().union(*versions.values()):
        for field in set().union(*(types.get(name, {}) for types in versions.values())):
            had = [types for types in versions.values() if field in types.get(name, {})]
            if len({types[name][field][0] for types in had}) == 1:
                continue
            own = name + field[0].upper() + field[1:]
            for types in had:
                kind, required, values = types[name][field]
                types[own] = types[kind.removeprefix("@")]
                types[name][field] = ("@" + own, required, values)


def since(version, first):
    return "" if version == first else f"{version[0]}.{version[1]}+"


def merged(versions):
    """The types of all versions as one: name to fields, each a mapping of type, required, lifetime and values."""
    order, result = sorted(versions), {}
    for name in set().union(*versions.values()):
        result[name] = {}
        for field in set().union(*(types.get(name, {}) for types in versions.values())):
            having = [v for v in order if field in versions[v].get(name, {})]
            assert having == [v for v in order if having[0] <= v <= having[-1]], f"{name}.{field} comes and goes"
            gone = order[order.index(having[-1]) + 1:][:1]
            lifetime = [since(having[0], order[0]), *(f"<{v[0]}.{v[1]}" for v in gone)]
            # Only a requirement that still holds in the field's last version is one.
            needing = list(itertools.takewhile(lambda v: versions[v][name][field][1], reversed(having)))
            required = "!" + since(needing[-1], having[0]) if needing else ""
            kind, _, values = versions[having[-1]][name][field]
            result[name][field] = {"type": kind, "required": required, "lifetime": " ".join(lifetime), "values": values}
    return result


def lines_of(text):
    return [line.split() for line in text.strip().splitlines() if not line.lstrip().startswith("#")]


def fields_at(place, types):
    """The facts of a field, `Type.field`, of one type or, with `*`, of every one that has it."""
    name, field = place.rsplit(".", 1)
    return [fields[field] for n, fields in types.items() if name in ("*", n) and field in fields]


def correct(products):
    """Corrects what the schemas say; each correction must match a field."""
    corrections = [(place, "type", kind) for place, kind in RETYPED.items()]
    corrections += [(place, "required", "") for place in OPTIONAL.split()]
    corrections += [(place, "required", "!") for place in REQUIRED.split()]
    corrections += [(place, "values", values) for place, values in lines_of(ENUMS)]
    for place, aspect, value in corrections:
        hits = [hit for types in products for hit in fields_at(place, types)]
        assert any(hit[aspect] != value for hit in hits), f"nothing to correct at {place}"
        for hit in hits:
            hit[aspect] = value


def complete(types, formats):
    """Adds what the schemas leave open: widths of integers, bounds and forms."""
    for place, width in widths(types, formats).items():
        for fact in fields_at(place, types):
            fact["type"] = re.sub(r"\bint$", width, fact["type"])
    flags = [(place, words) for place, *words in lines_of(VALUE_FORMS)]
    flags += [(place, ["''"]) for place in MAY_BE_EMPTY.split()]
    for place, words in flags:
        hits = fields_at(place, types)
        assert hits, f"no field {place}"
        for hit in hits:
            if not (place[0] == "*" and "@" in hit["type"]):
                hit.setdefault("flags", []).extend(words)
    for name, fields in types.items():
        for field, fact in fields.items():
            assert not re.search(r"\bint$", fact["type"]), f"{name}.{field}: of which width?"


def widths(types, formats):
    """The width of each integer, by place: as the schema of Argo Events has it, or as WIDTHS says."""
    found = {}
    for name, fields in types.items():
        plain = name.removeprefix("events.").removeprefix("k8s.")
        found |= {f"{name}.{field}": formats[plain, field] for field in fields if (plain, field) in formats}
    return found | {place: width for width, *places in lines_of(WIDTHS) for place in places}


def formats_of(definitions):
    """The formats of integers in a schema, by type and field."""
    found = {}
    for name, definition in definitions.items():
        for field, node in definition.get("properties", {}).items():
            leaf = node.get("items") or node.get("additionalProperties") or node
            if leaf.get("type") == "integer" and "format" in leaf:
                key = name.rsplit(".", 1)[1], field
                assert found.setdefault(key, leaf["format"]) == leaf["format"], f"{key}: of which width?"
    return found


def part_products(workflows, events):
    """Argo Events' types, those that differ from a type of the same name in Argo Workflows, or lead to one, under a name of their own."""
    apart = {name for name in events if name in workflows and events[name] != workflows[name]}
    while more := {n for n in events if n in workflows and n not in apart and apart & set(references_of(events[n]))}:
        apart |= more
    rename = {name: "events." + name for name in apart}
    for fields in events.values():
        for fact in fields.values():
            fact["type"] = re.sub(r"@(.+)", lambda m: "@" + rename.get(m[1], m[1]), fact["type"])
    return {rename.get(name, name): fields for name, fields in events.items()}


def references_of(fields):
    return [fact["type"].split("@")[1] for fact in fields.values() if "@" in fact["type"]]


def table(types, released):
    """The text of the table."""
    lines = ["# " + " ".join([product, *(f"{a}.{b}" for a, b in sorted(versions))]) for product, versions in released]
    for name, fields in sorted(types.items()):
        lines.append(name)
        for field, fact in sorted(fields.items()):
            values = "=" + fact["values"] if fact["values"] else ""
            words = [field, fact["type"], fact["required"], fact["lifetime"], values, *fact.get("flags", [])]
            lines.append("  " + " ".join(" ".join(words).split()))
    return "\n".join(lines) + "\n"


def with_kubernetes(text):
    """The table with the types of KUBERNETES in their places."""
    head, *types = re.split(r"\n(?=[^ #])", text.rstrip("\n") + "\n" + KUBERNETES.strip())
    types.sort(key=lambda lines: lines.split("\n")[0])
    names = [lines.split("\n")[0] for lines in types]
    assert len(set(names)) == len(names), "a type twice"
    return "\n".join([head, *types]) + "\n"


def main(directory="../shared/data", output="src/argo/facts.txt"):
    found = schemas(directory)
    short = short_names({n for product, versions in found.items() for d in versions.values() for n in reachable(d, product)})
    products = []
    for product, versions in found.items():
        types = {version: types_of(definitions, product, short) for version, definitions in versions.items()}
        part_changed(types)
        products.append(merged(types))
    correct(products)
    types = products[0] | part_products(*products)
    complete(types, formats_of(*found[EVENTS].values()))
    text = with_kubernetes(table(types, [("workflows", found[WORKFLOW]), ("events", found[EVENTS])]))
    if output == "-":
        sys.stdout.write(text)
    else:
        pathlib.Path(output).write_text(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
