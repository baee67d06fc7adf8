package random

import "fmt"

// bodyPlan is what a template body is made for.
type bodyPlan struct {
	made *template
	in   *scope
	// outputs are names that the body gives.
	outputs []string
	// mount is where the workspace is mounted, empty for none.
	mount   string
	volumes []string
}

// newBody decides on the type of a template and what it may name.
func (g *generator) newBody(made *template) *bodyPlan {
	made.kind = g.kind(made)
	b := &bodyPlan{made: made, in: &scope{inputs: namesOf(made.params), used: map[string]bool{}}}
	b.in.pod = made.kind == "container" || made.kind == "script" || made.kind == "containerSet"
	trait := "run-parameter-in-task"
	if made.name != "" {
		trait = "run-parameter-in-sibling-template"
	}
	if g.has(trait, 10) {
		made.ofRun = true
		b.in.run = always
	}
	if b.in.pod || made.kind == "resource" {
		g.repeat(0, 2, func() { b.outputs = appendNew(b.outputs, g.outputName()) })
	}
	if b.in.pod && made.name == "" && g.has("task-workspace", 30) {
		b.mount = pick(g, "/workspace", "/mnt/a b", "/w")
	}
	return b
}

// kind is a type that can hold the params of a template.
func (g *generator) kind(made *template) string {
	switch {
	case g.has("task-script", 20):
		return "script"
	case g.has("task-resource", 8):
		return "resource"
	case g.has("task-suspend", 8) && len(made.params) == 0:
		return "suspend"
	case g.noAgent:
		return "container"
	case g.has("task-container-set", 12):
		return "containerSet"
	case g.has("task-http", 12):
		return "http"
	case g.has("task-plugin", 6):
		return "plugin"
	case g.has("task-data", 5) && len(made.params) == 0:
		return "data"
	}
	return "container"
}

func appendNew(items []string, item string) []string {
	for _, old := range items {
		if old == item {
			return items
		}
	}
	return append(items, item)
}

// body makes a template that uses every param of its plan.
func (g *generator) body(b *bodyPlan) *Map {
	body := object()
	types := map[string]func(*bodyPlan, *Map){
		"container": g.containerBody, "script": g.scriptBody, "containerSet": g.containerSetBody,
		"resource": g.resourceBody, "suspend": g.suspendBody, "http": g.httpBody, "plugin": g.pluginBody, "data": g.dataBody,
	}
	g.bodyOptions(b, body)
	types[b.made.kind](b, body)
	return body
}

// unused are tags of the params that the body does not use yet.
func (g *generator) unused(b *bodyPlan) []string {
	var tags []string
	for _, p := range b.made.params {
		if !b.in.used[p.name] {
			tags = append(tags, g.use(b.in, p.name))
		}
	}
	return tags
}

// image is one that containers run.
func (g *generator) image() string {
	image := pick(g, "alpine:3.22", "golang:1.25.5", "ghcr.io/acme/tool:v1", "python:3.14")
	g.images = append(g.images, image)
	return image
}

// env hands the params that are left to a program, by its environment.
func (g *generator) env(b *bodyPlan) []any {
	var env []any
	if left := len(b.made.params) - len(b.in.used); left > 0 && g.has("params-as-a-whole", 5) {
		return list(object("name", "PARAMS", "value", pick(g, "{{inputs.parameters}}", "{{=toJson(inputs.parameters)}}")))
	}
	for i, tag := range g.unused(b) {
		env = append(env, object("name", fmt.Sprintf("PARAM_%d", i), "value", tag))
	}
	if tag := g.runTag(b.in); tag != "" {
		env = append(env, object("name", "OF_RUN", "value", tag))
	}
	if g.has("env-text", 30) {
		env = append(env, object("name", "TEXT", "value", g.text(b.in)))
	}
	if g.has("env-secret", 20) {
		ref := object("name", "token", "key", "value")
		if g.has("env-secret-optional", 40) {
			ref.set("optional", true)
		}
		env = append(env, object("name", "TOKEN", "valueFrom", object("secretKeyRef", ref)))
	}
	if g.has("env-field", 10) {
		env = append(env, object("name", "POD", "valueFrom", object("fieldRef", object("fieldPath", "metadata.name"))))
	}
	if g.has("env-config-map", 10) {
		env = append(env, object("name", "SETTING", "valueFrom", object("configMapKeyRef", object("name", "settings", "key", "a.b"))))
	}
	return env
}

// program sets what containers of all sorts have: environment, resources, mounts.
func (g *generator) program(b *bodyPlan, m *Map) {
	if env := g.env(b); len(env) > 0 {
		m.set("env", env)
	}
	if g.has("env-from", 8) {
		m.set("envFrom", list(object("prefix", "X_", "secretRef", object("name", "all", "optional", true))))
	}
	if g.has("container-resources", 20) {
		m.set("resources", g.resources())
	}
	if g.has("working-dir", 15) {
		m.set("workingDir", "/tmp")
	}
	if g.has("pull-policy", 15) {
		m.set("imagePullPolicy", pick(g, "Always", "IfNotPresent", "Never"))
	}
	if g.has("container-security-context", 15) {
		m.set("securityContext", object("allowPrivilegeEscalation", false, "capabilities", object("drop", texts("ALL"))))
	}
	for i, volume := range b.volumes {
		m.add("volumeMounts", object("name", volume, "mountPath", fmt.Sprintf("/mnt/%d", i)))
	}
	if m.get("volumeMounts") == nil && b.mount != "" && g.has("mounts-null", 5) {
		m.set("volumeMounts", null{})
	}
}

func (g *generator) containerBody(b *bodyPlan, body *Map) {
	container := object("image", g.image())
	if g.has("image-from-param", 8) && len(b.in.inputs) > 0 {
		container.set("image", g.use(b.in, b.in.inputs[0]))
	}
	if g.has("command", 70) {
		container.set("command", texts("sh", "-c"))
	}
	if g.has("args", 70) {
		container.set("args", list(g.text(b.in), "-x", "run"))
	}
	if g.has("ports", 8) {
		container.set("ports", list(object("containerPort", 8080)))
	}
	if g.has("probe", 6) {
		container.set("readinessProbe", object("httpGet", object("path", "/", "port", 8080), "periodSeconds", 5))
	}
	g.program(b, container)
	body.set("container", container)
}

func (g *generator) scriptBody(b *bodyPlan, body *Map) {
	script := object("image", g.image(), "command", texts(pick(g, "sh", "python", "bash")))
	source := "set -eu\necho \"$PARAM_0\" > /tmp/out\n"
	if g.has("tag-in-source", 20) {
		source += "# of " + g.workflowTag(b.in) + "\n"
	}
	script.set("source", source)
	g.program(b, script)
	body.set("script", script)
}

func (g *generator) containerSetBody(b *bodyPlan, body *Map) {
	main := object("name", "main", "image", g.image(), "command", texts("echo"))
	main.set("args", append(texts(g.unused(b)...), g.text(b.in)))
	first := object("name", "first", "image", g.image(), "command", texts("true"))
	set := object("containers", list(first, main))
	if g.has("container-set-dependencies", 60) {
		main.set("dependencies", texts("first"))
	}
	if g.has("container-set-retry", 20) {
		set.set("retryStrategy", object("retries", pick[any](g, 2, "3")))
	}
	for i, volume := range b.volumes {
		set.add("volumeMounts", object("name", volume, "mountPath", fmt.Sprintf("/mnt/%d", i)))
	}
	body.set("containerSet", set)
}

func (g *generator) resourceBody(b *bodyPlan, body *Map) {
	manifest := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: made-\ndata:\n  run: \"{{workflow.name}}\"\n"
	for i, tag := range g.unused(b) {
		manifest += fmt.Sprintf("  p%d: '%s'\n", i, tag)
	}
	resource := object("action", pick(g, "create", "apply"), "manifest", manifest)
	if g.has("resource-conditions", 40) {
		resource.set("successCondition", "metadata.name")
		resource.set("failureCondition", "status.failed > 3")
	}
	if g.has("resource-owner", 30) {
		resource.set("setOwnerReference", true)
	}
	if g.has("resource-flags", 15) {
		resource.set("flags", texts("--server-side"))
	}
	body.set("resource", resource)
}

func (g *generator) suspendBody(_ *bodyPlan, body *Map) {
	suspend := object()
	if g.has("suspend-duration", 60) {
		suspend.set("duration", pick(g, "20", "1h", "5m30s"))
	}
	body.set("suspend", suspend)
}

func (g *generator) httpBody(b *bodyPlan, body *Map) {
	http := object("url", "https://acme.example/hook", "method", pick(g, "POST", "GET", "PUT"))
	for i, tag := range g.unused(b) {
		http.add("headers", object("name", fmt.Sprintf("X-Param-%d", i), "value", tag))
	}
	if g.has("http-secret", 30) {
		from := object("secretKeyRef", object("name", "hook", "key", "token"))
		http.add("headers", object("name", "Authorization", "valueFrom", from))
	}
	if g.has("http-body", 50) {
		http.set("body", `{"run": "{{workflow.name}}"}`)
	}
	if g.has("http-condition", 40) {
		http.set("successCondition", "response.statusCode == 202")
	}
	if g.has("http-timeout", 30) {
		http.set("timeoutSeconds", 20)
	}
	body.set("http", http)
}

func (g *generator) pluginBody(b *bodyPlan, body *Map) {
	said := list(g.text(b.in))
	for _, tag := range g.unused(b) {
		said = append(said, tag)
	}
	body.set("plugin", object("notify", object("text", said, "loud", true, "times", 3)))
}

func (g *generator) dataBody(_ *bodyPlan, body *Map) {
	s3 := object("endpoint", "minio:9000", "bucket", "builds", "insecure", true)
	paths := object("name", "files", "s3", s3)
	expression := object("expression", `filter(data, {# endsWith ".txt"})`)
	body.set("data", object("source", object("artifactPaths", paths), "transformation", list(expression)))
}
