package random

import "fmt"

// webhook defines a Webhook for a Pipeline, a Task, or both. Each repository
// has one, so that no push starts two builds of one name.
func (g *generator) webhook() {
	p := g.pushed()
	if p == nil {
		return
	}
	name := g.name("templates/"+p.project.namespace.name, 25)
	event := object()
	params := object()
	task := g.eventTask(p, name)
	if task == nil || g.has("webhook-pipeline", 60) {
		event.set("pipeline", object("name", p.name))
		g.pipelineEventParams(p, params)
	}
	if task != nil {
		event.set("task", g.inShort(g.taskOnEvent(task, params)))
	}
	event.set("params", params.orNil())
	spec := object("repo", g.webhookRepo(p))
	if g.has("webhook-on", 20) {
		spec.set("on", texts("push"))
	}
	g.branches(spec)
	if g.has("webhook-skip-ci", 20) {
		spec.set("skipCi", pick(g, true, false))
	}
	spec.set("event", event)
	p.repo = "" // once only
	g.define("Webhook", g.metadata(name, p.project), spec)
	g.secondWebhook(p, spec)
}

// secondWebhook starts the pipeline on other branches of the same repository.
func (g *generator) secondWebhook(p *pipeline, first *Map) {
	mine, other := "main", "release/1.2"
	switch {
	case g.has("webhooks-on-disjoint-globs", 6):
		mine, other = "release/*", "feature/*"
	case g.has("webhooks-on-glob-and-branch", 10):
		mine = "feature/*"
	case !g.has("webhooks-on-two-branches", 15):
		return
	}
	first.set("branches", texts(mine))
	second := object("repo", clone(first.get("repo")), "branches", texts(other), "event", object("pipeline", object("name", p.name)))
	g.define("Webhook", g.metadata(g.name("templates/"+p.project.namespace.name, 25), p.project), second)
}

// pushed is a pipeline whose account has events.
func (g *generator) pushed() *pipeline {
	var candidates []*pipeline
	for _, p := range g.pipelines {
		if p.account.provider == "github" && p.account.secret && p.repo != "" {
			candidates = append(candidates, p)
		}
	}
	if len(candidates) == 0 {
		return nil
	}
	return pick(g, candidates...)
}

// eventTask is a template that needs no more than an event can give.
func (g *generator) eventTask(p *pipeline, webhook string) *template {
	if !g.has("webhook-task", 55) {
		return nil
	}
	return g.eventTaskOf(p, webhook)
}

// eventTaskOf takes a template that a Webhook or a Schedule can run, and its
// name, which is that of both.
func (g *generator) eventTaskOf(p *pipeline, caller string) *template {
	var candidates []*template
	for _, t := range g.tasks {
		if !t.external && sees(p.project, t.project) && !t.templates[0].ofRun && !t.templates[0].tag && len(emittedName(t.name)) < 30 {
			candidates = append(candidates, t.templates[0])
		}
	}
	// What runs it is named after the caller and the Task, and is one of the namespace's templates.
	t := pick(g, candidates...)
	emitted := "templates/" + p.project.namespace.name + "/" + emittedName(caller) + "-" + emittedName(t.task.name)
	if g.taken[emitted] {
		return nil
	}
	g.taken[emitted] = true
	return t
}

// onPush are build parameters that every event gives to a Task.
var onPush = []string{"project", "repo", "revision", "branch", "branch-slug", "event", "author", "pull-request", "base-branch"}

// taskOnEvent calls a Task with arguments, and leaves some to the event.
func (g *generator) taskOnEvent(t *template, params *Map) *Map {
	call := object("taskRef", g.reference(t))
	in := &scope{used: map[string]bool{}}
	var given []any
	for _, p := range t.params {
		switch {
		case contains(onPush, p.name) && g.has("event-wires-param", 60):
		case p.kind == "" && !contains(standard, p.name) && params.get(p.name) == nil && g.has("event-param-of-task", 40):
			params.set(p.name, g.eventValue())
		case p.required || g.has("event-argument", 40):
			given = append(given, object("name", p.name, "value", g.argument(p, in)))
		}
	}
	if len(given) > 0 {
		call.set("arguments", object("params", given))
	}
	return call
}

// pipelineEventParams sets params of the pipeline from the event.
func (g *generator) pipelineEventParams(p *pipeline, params *Map) {
	for _, one := range p.builder.params {
		if one.kind == "" && g.has("event-param-of-pipeline", 40) {
			params.set(one.name, g.eventValue())
		}
	}
}

// eventValue is a path in the payload, or text with variables.
func (g *generator) eventValue() string {
	if g.has("event-text", 40) {
		return pick(g, "built %code-branch% at %code-short-commit%", "%project%: %event%, 100%%", "%code-commit% %timestamp% %date%", `"%code-revision%"`)
	}
	return pick(g, "body.head_commit.message", "body.pusher.name", "body.ref", "body.nothing.there", "headers.X-Github-Event")
}

// webhookRepo names the repository of a pipeline by account or by address.
func (g *generator) webhookRepo(p *pipeline) *Map {
	at := 0
	for _, a := range g.accounts {
		if a.host == p.account.host && sees(p.project, a.project) {
			at++
		}
	}
	m := object("account", p.account.name, "name", p.repo)
	if at == 1 && g.has("webhook-url", 60) {
		m = object("url", pick(g, "", "https://")+p.account.url+"/"+p.repo+pick(g, "", ".git"))
	}
	m.set("revision", pick(g, "main", "release/1.2", "feature/żółć"))
	return m
}

// branches are globs, or the branch of the repository.
func (g *generator) branches(spec *Map) {
	if !g.has("branches", 60) {
		return
	}
	branches := list()
	for _, branch := range []string{"main", "release/*", "**", "v?.x", "feature/**/done", "a.b+c", "hot-fix", "żółć/*", "x(y)"} {
		if g.has(fmt.Sprintf("branch-%s", branch), 20) {
			branches = append(branches, branch)
		}
	}
	if len(branches) > 0 {
		spec.set("branches", branches)
	}
}
