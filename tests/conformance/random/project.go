package random

// namespace is one that projects live in; projects of one namespace share its
// event bus and its ports.
type namespace struct {
	name   string
	events *Map
	// Whether a project creates it: one only, whose labels and annotations are
	// those of the Namespace.
	created bool
}

// project is what is known of a Project.
type project struct {
	name      string
	namespace *namespace
}

// project defines a Project, with a namespace of its own or not.
func (g *generator) project() {
	// A Sensor has the name of its project.
	p := &project{name: g.name("project", 30)}
	spec := object()
	own, creates := emittedName(p.name), false
	if g.has("project-namespace", 50) || g.taken["namespace/"+own] {
		p.namespace = g.namespace()
		spec.set("namespace", p.namespace.name)
		if g.has("project-create-namespace", 40) {
			creates = pick(g, true, false) && !p.namespace.created
			p.namespace.created = p.namespace.created || creates
			spec.set("createNamespace", creates)
		}
	} else {
		p.namespace = &namespace{name: own, events: g.events()}
		g.taken["namespace/"+own] = true
		creates = true
	}
	g.projectAccounts(spec)
	spec.set("events", clone(p.namespace.events).(*Map).orNil())
	if g.has("project-defaults", 50) {
		spec.set("defaults", g.defaults().orNil())
	}
	g.projects = append(g.projects, p)
	metadata := object("name", p.name)
	if creates {
		g.labels(metadata)
	}
	if len(spec.entries) == 0 && g.has("project-without-spec", 50) {
		g.define("Project", metadata, nil)
		return
	}
	g.define("Project", metadata, spec)
}

// namespace is a new one, or that of another project.
func (g *generator) namespace() *namespace {
	if len(g.namespaces) > 0 && g.has("projects-share-namespace", 50) {
		return pick(g, g.namespaces...)
	}
	n := &namespace{name: emittedName(g.name("namespace", 40)), events: g.events()}
	g.namespaces = append(g.namespaces, n)
	return n
}

// projectAccounts says who sees to service accounts and rights.
func (g *generator) projectAccounts(spec *Map) {
	if g.has("service-account", 20) {
		spec.set("serviceAccountName", pick(g, "runner", "builds.acme"))
	}
	if g.has("rbac", 20) {
		spec.set("rbac", pick(g, "create", "existing"))
	}
}

// events say how events reach the projects of a namespace.
func (g *generator) events() *Map {
	events := object()
	if g.has("event-bus", 30) {
		bus := object()
		if g.has("event-bus-name", 50) {
			bus.set("name", pick(g, "default", "jetstream"))
		}
		if g.has("event-bus-create", 50) {
			bus.set("create", pick(g, true, false))
		}
		if g.has("event-bus-version", 50) {
			bus.set("version", pick(g, "latest", "2.10.10"))
		}
		events.set("eventBus", bus.orNil())
	}
	if g.has("events-url", 25) {
		events.set("url", pick(g, "https://hooks.acme.example", "https://hooks.acme.example/argo", "hooks.acme.example:8443"))
	}
	if g.has("events-port", 20) {
		events.set("port", pick(g, 12000, 13000, 80))
	}
	if g.has("sensor-service-account", 20) {
		events.set("serviceAccountName", "sensing")
	}
	return events
}

// defaults are those of a Project or a Builder.
func (g *generator) defaults() *Map {
	m := object()
	if g.has("defaults-timeout", 30) {
		m.set("timeout", g.duration())
	}
	if g.has("defaults-retention", 30) {
		m.set("retention", g.retention().orNil())
	}
	if g.has("defaults-resources", 30) {
		m.set("resources", g.runResources())
	}
	if g.has("defaults-node-selector", 25) {
		m.set("nodeSelector", object("kubernetes.io/arch", pick(g, "amd64", "arm64")))
	}
	if g.has("defaults-tolerations", 25) {
		m.set("tolerations", g.tolerations())
	}
	if g.has("defaults-image-pull-secrets", 25) {
		m.set("imagePullSecrets", list(object("name", "pull")))
	}
	if g.has("defaults-security-context", 25) {
		m.set("securityContext", g.podSecurityContext())
	}
	if g.has("defaults-workspace", 25) {
		m.set("workspace", g.workspace())
	}
	if g.has("defaults-concurrency", 25) {
		m.set("concurrency", g.concurrency())
	}
	return m
}

func (g *generator) duration() string {
	return pick(g, "90s", "30m", "1h30m", "7d", "2h", "1d12h")
}

func (g *generator) retention() *Map {
	m := object()
	if g.has("retention-succeeded", 60) {
		m.set("ttlAfterSucceeded", g.duration())
	}
	if g.has("retention-failed", 60) {
		m.set("ttlAfterFailed", g.duration())
	}
	if g.has("retention-pod-gc", 50) {
		m.set("podGC", pick(g, "OnPodCompletion", "OnPodSuccess", "OnWorkflowCompletion", "OnWorkflowSuccess"))
	}
	return m
}

// runResources are those of every container of a run. On 3.6 they are refused
// beside templates that Argo would take for containers.
func (g *generator) runResources() any {
	if g.options.Version == "3.6" && !g.noAgent {
		return nil
	}
	return g.resources()
}

func (g *generator) resources() *Map {
	m := object()
	if g.has("requests", 70) {
		m.set("requests", object("cpu", g.cpu(), "memory", pick(g, "64Mi", "1Gi", "1e9", "1.5Gi")))
	}
	if g.has("limits", 60) || len(m.entries) == 0 {
		m.set("limits", object("memory", pick(g, "2Gi", "2048M"), "ephemeral-storage", "1Gi"))
	}
	return m
}

// cpu is an amount that an API server takes; one half without quotes is not.
func (g *generator) cpu() any {
	if g.has("cpu-number", 20) {
		return pick[any](g, 1, 2)
	}
	return pick(g, "500m", "0.5", "2")
}

func (g *generator) tolerations() []any {
	one := object("key", "builds", "operator", "Equal", "value", "true", "effect", "NoSchedule")
	if g.has("toleration-seconds", 40) {
		return list(one, object("operator", "Exists", "effect", "NoExecute", "tolerationSeconds", 60))
	}
	return list(one)
}

func (g *generator) podSecurityContext() *Map {
	m := object("runAsNonRoot", true, "runAsUser", g.number(1, 65000))
	if g.has("seccomp", 40) {
		m.set("seccompProfile", object("type", "RuntimeDefault"))
	}
	if g.has("fs-group", 40) {
		m.set("fsGroup", 1000)
	}
	return m
}

func (g *generator) workspace() *Map {
	m := object()
	if g.has("workspace-storage", 60) {
		m.set("storage", pick(g, "2Gi", "500M", "1e9", "0.5Gi"))
	}
	if g.has("workspace-class", 40) {
		m.set("storageClassName", "fast")
	}
	if g.has("workspace-access-modes", 40) {
		m.set("accessModes", list(pick(g, "ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany")))
	}
	return m
}

// concurrency limits runs; those that share a key share a limit.
func (g *generator) concurrency() *Map {
	limit := pick(g, 1, 1, 2, 5)
	m := object("limit", limit)
	if g.has("concurrency-key", 50) {
		m.set("key", []string{1: "one_at.a-time", 2: "two", 5: "five"}[limit])
	}
	return m
}
