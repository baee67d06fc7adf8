package random

// bodyOptions sets fields that stand beside the type of a template.
func (g *generator) bodyOptions(b *bodyPlan, body *Map) {
	if b.in.pod {
		g.podOptions(b, body)
	}
	if g.has("template-metadata", 15) {
		metadata := object("labels", g.labelMap())
		if g.has("template-annotations", 40) {
			metadata.set("annotations", object("note", g.text(b.in)))
		}
		body.set("metadata", metadata)
	}
	if b.made.kind != "suspend" && g.has("template-deadline", 12) {
		body.set("activeDeadlineSeconds", pick[any](g, 60, "90"))
	}
	if b.made.kind != "suspend" && b.made.kind != "data" && g.has("template-retry", 12) {
		body.set("retryStrategy", g.retryStrategy())
	}
	if g.has("template-synchronization", 8) {
		body.set("synchronization", g.synchronization())
	}
	if g.has("template-metrics", 6) {
		body.set("metrics", g.metrics())
	}
	if g.has("template-memoize", 5) && len(b.outputs) > 0 {
		cache := object("configMap", object("name", "cache"))
		body.set("memoize", object("key", "{{workflow.namespace}}", "maxAge", "1h", "cache", cache))
	}
}

// podOptions are fields of templates that run in pods.
func (g *generator) podOptions(b *bodyPlan, body *Map) {
	g.volumes(b, body)
	if g.has("template-node-selector", 10) {
		body.set("nodeSelector", object("kubernetes.io/os", "linux"))
	}
	if g.has("template-tolerations", 8) {
		body.set("tolerations", g.tolerations())
	}
	if g.has("template-affinity", 6) {
		body.set("affinity", g.affinity())
	}
	if g.has("template-security-context", 10) {
		body.set("securityContext", g.podSecurityContext())
	}
	if g.has("template-priority-class", 6) {
		body.set("priorityClassName", "high")
	}
	if g.has("template-token", 8) {
		body.set("automountServiceAccountToken", false)
	}
	if g.has("template-host-aliases", 6) {
		body.set("hostAliases", list(object("ip", "10.0.0.1", "hostnames", texts("db"))))
	}
	if b.made.kind == "container" && g.has("template-init-container", 8) {
		body.set("initContainers", list(object("name", "before", "image", g.image(), "command", texts("true"))))
	}
	if b.made.kind != "containerSet" && g.has("template-sidecar", 8) {
		side := object("name", "beside", "image", g.image(), "mirrorVolumeMounts", true)
		body.set("sidecars", list(side))
	}
	if b.made.kind == "container" && len(b.outputs) == 0 && g.has("template-daemon", 3) {
		body.set("daemon", true)
	}
}

// volumes of a template, which its containers mount.
func (g *generator) volumes(b *bodyPlan, body *Map) {
	kinds := map[string]*Map{
		"scratch": object("emptyDir", object()),
		"secrets": object("secret", object("secretName", "keys", "optional", true)),
		"config":  object("configMap", object("name", "settings", "items", list(object("key", "a", "path", "b")))),
		"both":    object("projected", object("sources", list(object("secret", object("name", "keys"))))),
	}
	for _, name := range []string{"scratch", "secrets", "config", "both"} {
		if !g.has("volume-"+name, 8) {
			continue
		}
		volume := object("name", name)
		for _, e := range kinds[name].entries {
			volume.set(e.key, e.value)
		}
		body.add("volumes", volume)
		b.volumes = append(b.volumes, name)
	}
}

func (g *generator) affinity() *Map {
	term := object("labelSelector", object("matchLabels", object("app", "x")), "topologyKey", "kubernetes.io/hostname")
	preferred := object("weight", g.number(1, 100), "podAffinityTerm", term)
	return object("podAntiAffinity", object("preferredDuringSchedulingIgnoredDuringExecution", list(preferred)))
}

// retryStrategy is Argo's; numbers may be written as text.
func (g *generator) retryStrategy() *Map {
	m := object("limit", pick[any](g, 2, "3", 0))
	if g.has("retry-policy", 40) {
		m.set("retryPolicy", pick(g, "Always", "OnFailure", "OnError", "OnTransientError"))
	}
	if g.has("retry-backoff", 40) {
		m.set("backoff", object("duration", pick(g, "10s", "5"), "factor", pick[any](g, 2, "2"), "maxDuration", "5m"))
	}
	if g.has("retry-expression", 30) {
		m.set("expression", "asInt(lastRetry.exitCode) > 1")
	}
	if g.has("retry-affinity", 15) {
		m.set("affinity", object("nodeAntiAffinity", object()))
	}
	return m
}

// synchronization is in the plural since 3.6.
func (g *generator) synchronization() *Map {
	if g.has("semaphore", 40) {
		ref := object("name", "limits", "key", "one")
		return object("semaphores", list(object("configMapKeyRef", ref)))
	}
	return object("mutexes", list(object("name", "lock-{{workflow.name}}")))
}

func (g *generator) metrics() *Map {
	one := object("name", "runs_total", "help", "How many ran.", "when", "{{status}} == Succeeded",
		"labels", list(object("key", "run", "value", "{{workflow.name}}")), "counter", object("value", "1"))
	return object("prometheus", list(one))
}
