#!/usr/bin/env python3
"""Writes src/argo/facts.txt: which fields Argo accepts, of which type, in which versions.

usage: field-facts.py [SCHEMA_DIRECTORY [OUTPUT]]    (OUTPUT may be - for stdout)

Reads the JSON Schemas of Argo Workflows (one per minor version) and of Argo Events (one), follows what is reachable from their kinds,
and corrects what the schemas are known to get wrong: the three tables below, which must each still apply or the script fails.

The table: a type's name in the first column, then its fields, indented: NAME TYPE FLAG...
  TYPE   str int num bool any, scalar (str, num or bool), intstr, quantity, []TYPE, {}TYPE (a map), @NAME (a type of the table)
  FLAGS  !        required wherever it exists      !4.0+  required from that Argo Workflows version on
         3.7+     absent before that version       <4.0   absent from that version on
         =a|b|c   the values accepted (of the items, in a list); the empty string stands for absent and is not listed
A name that two types would share goes to Argo Workflows' own; `events.` comes before Argo Events' and `k8s.` before Kubernetes'. A
Kubernetes type that Argo Events knows in another shape is there twice. What only Argo Events has carries no versions. A type with no
fields is an object that must be empty.
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
    "IntOrString": "intstr", "Int64OrString": "intstr", "Quantity": "quantity", "Time": "str", "Amount": "num", "Item": "any",
    "Plugin": "{}any", "K8SResource": "{}any", "FieldsV1": "{}any",
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


def correct(products):
    """Applies the corrections; each must match a field."""
    corrections = [(place, "type", kind) for place, kind in RETYPED.items()]
    corrections += [(place, "required", "") for place in OPTIONAL.split()]
    corrections += [(*line.split()[:1], "values", line.split()[1]) for line in ENUMS.strip().splitlines()]
    for place, aspect, value in corrections:
        name, field = place.rsplit(".", 1)
        hits = [fields[field] for types in products for n, fields in types.items() if name in ("*", n) and field in fields]
        assert any(hit[aspect] != value for hit in hits), f"nothing to correct at {place}"
        for hit in hits:
            hit[aspect] = value


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
            lines.append("  " + " ".join(f"{field} {fact['type']} {fact['required']} {fact['lifetime']} {values}".split()))
    return "\n".join(lines) + "\n"


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
    text = table(types, [("workflows", found[WORKFLOW]), ("events", found[EVENTS])])
    if output == "-":
        sys.stdout.write(text)
    else:
        pathlib.Path(output).write_text(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
