package random

import (
	"fmt"
	"slices"
)

// task is what is known of a Task.
type task struct {
	name      string
	project   *project
	external  bool
	templates []*template
}

// template is one that a step can call.
type template struct {
	task *task
	// name is empty where the Task has one template.
	name    string
	kind    string
	params  []param
	outputs []string
	// tag tells whether it takes the tag of the image.
	tag bool
	// ofRun tells whether it names parameters that only runs of pipelines have.
	ofRun bool
}

// runsTemplates tells whether it is made of other templates.
func (t *template) runsTemplates() bool { return t.kind == "dag" || t.kind == "steps" }

// bundled adds the packs that come with argopacks.
func (g *generator) bundled() {
	text := func(names ...string) []param {
		var params []param
		for _, name := range names {
			params = append(params, param{name: name})
		}
		return params
	}
	add := func(name string, t *template) {
		t.kind = "container"
		t.task = &task{name: name, templates: []*template{t}}
		g.tasks = append(g.tasks, t.task)
	}
	add("CheckoutDef", &template{params: text("repo", "revision", "branch"), outputs: []string{"commit", "short-commit", "branch", "committer-date"}})
	add("BuildCodeDef", &template{params: text("build-command")})
	add("TestCodeDef", &template{params: text("test-command")})
	add("ReleaseDef", &template{params: text("image-url", "target"), outputs: []string{"digest", "image-ref"}, tag: true})
	add("slack-message", &template{params: text("message")})
}

// task defines a Task.
func (g *generator) task() {
	t := &task{project: g.owner("task-of-project")}
	space := "cluster"
	if t.project != nil {
		space = "templates/" + t.project.namespace.name
	}
	for t.name = g.name(space, 60); g.taken["task/"+t.name]; {
		t.name = g.name(space, 60)
	}
	// A reference would not know which of two is meant.
	g.taken["task/"+t.name] = true
	spec := object()
	g.about(spec)
	switch {
	case g.has("task-external", 8) && t.project == nil:
		g.externalTask(t, spec)
	case g.has("task-several-templates", 20):
		g.severalTemplates(t, spec)
	default:
		g.oneTemplate(t, spec)
	}
	g.tasks = append(g.tasks, t)
	g.define("Task", g.metadata(t.name, t.project), spec)
}

// about says what a Task is.
func (g *generator) about(spec *Map) {
	if g.has("task-description", 25) {
		spec.set("description", g.oddText())
	}
	if g.has("task-version", 20) {
		spec.set("version", pick(g, "1.0.0", "2", "v3-rc.1"))
	}
	if g.has("task-deprecated", 5) {
		spec.set("deprecated", "use another")
	}
}

// externalTask stands for a template of the cluster. Argo's validators have
// none, so nothing calls it.
func (g *generator) externalTask(t *task, spec *Map) {
	t.external = true
	spec.set("external", true)
	for _, p := range g.params(2) {
		spec.add("params", g.declare(&p))
	}
}

// oneTemplate is a Task with one template.
func (g *generator) oneTemplate(t *task, spec *Map) {
	made := &template{task: t, params: g.params(4)}
	b := g.newBody(made)
	for i := range made.params {
		spec.add("params", g.declare(&made.params[i]))
	}
	made.ofRun = made.ofRun || anyOfRun(made.params)
	inPath := g.paramInPath(b)
	body := g.body(b)
	for _, output := range b.outputs {
		spec.add("outputs", g.declareOutput(made, output, inPath))
	}
	if b.mount != "" {
		spec.set("workspace", object("mountPath", b.mount))
	}
	g.emptyInputs(made, body)
	spec.set("template", body)
	t.templates = []*template{made}
}

func anyOfRun(params []param) bool {
	return slices.ContainsFunc(params, func(p param) bool { return p.ofRun })
}

// emptyInputs leaves keys in the body with nothing under them, as people do.
func (g *generator) emptyInputs(made *template, body *Map) {
	if g.has("inputs-null", 3) {
		body.set("inputs", null{})
	}
	if g.has("outputs-null", 8) && len(made.outputs) > 0 {
		body.set("outputs", null{})
	}
}

// paramInPath is a param that the paths of outputs use and nothing else need.
func (g *generator) paramInPath(b *bodyPlan) string {
	if !b.in.pod || len(b.outputs) != 1 || len(b.made.params) == 0 || !g.has("param-in-output-path", 15) {
		return ""
	}
	name := b.made.params[0].name
	b.in.used[name] = true
	return name
}

// declareOutput writes an output of a Task, in the short form or in Argo's.
func (g *generator) declareOutput(made *template, name, inPath string) *Map {
	made.outputs = append(made.outputs, name)
	m := object("name", name)
	if g.has("output-description", 20) {
		m.set("description", g.oddText())
	}
	from := g.source(made.kind, name)
	if inPath != "" {
		from.set("path", "/tmp/{{inputs.parameters."+inPath+"}}")
	}
	if path := from.get("path"); path != nil && g.has("output-path", 70) {
		m.set("path", path)
	} else {
		m.set("valueFrom", from)
	}
	if g.has("output-default", 30) {
		m.set("default", g.oddText())
	}
	if g.has("output-default-tag", 3) {
		m.set("default", "{{workflow.parameters.revision}}")
		made.ofRun = true
	}
	return m
}

// source is where an output of a type of template comes from.
func (g *generator) source(kind, name string) *Map {
	switch kind {
	case "resource":
		if g.has("output-jq", 40) {
			return object("jqFilter", ".metadata.name")
		}
		return object("jsonPath", "{.metadata.name}")
	case "suspend":
		return object("supplied", object())
	}
	return object("path", "/tmp/outputs/"+name)
}

// severalTemplates is a Task whose first template runs the others.
func (g *generator) severalTemplates(t *task, spec *Map) {
	params := g.params(4)
	for i := range params {
		spec.add("params", g.declare(&params[i]))
	}
	var helpers []*template
	var bodies []any
	for i := range g.number(1, 3) {
		helper := &template{task: t, name: fmt.Sprintf("%s%d", pick(g, "part", "Part", "helper-"), i)}
		if helper.params = some(g, params); i == 0 {
			helper.params = params
		}
		b := g.newBody(helper)
		body := object("name", helper.name)
		for _, e := range g.body(b).entries {
			body.set(e.key, e.value)
		}
		g.outputsOfBody(helper, b, body)
		helpers = append(helpers, helper)
		bodies = append(bodies, body)
	}
	main := &template{task: t, name: pick(g, "main", "all", "Whole"), params: params}
	spec.set("templates", append(list(g.callers(main, helpers)), bodies...))
	t.templates = append([]*template{main}, helpers...)
	main.ofRun = anyOfRun(params)
	for _, helper := range helpers {
		main.ofRun = main.ofRun || helper.ofRun
	}
}

// outputsOfBody gives a template of several outputs of its own.
func (g *generator) outputsOfBody(made *template, b *bodyPlan, body *Map) {
	var parameters []any
	for _, output := range b.outputs {
		made.outputs = append(made.outputs, output)
		from := g.source(made.kind, output)
		if g.has("body-output-default", 30) {
			from.set("default", "none")
		}
		parameters = append(parameters, object("name", output, "valueFrom", from))
	}
	if len(parameters) > 0 {
		body.set("outputs", object("parameters", parameters))
	}
}

// callers is a template of type dag or steps that runs helpers, each with all
// that it takes.
func (g *generator) callers(main *template, helpers []*template) *Map {
	main.kind = pick(g, "dag", "steps")
	body := object("name", main.name)
	in := &scope{inputs: namesOf(main.params), used: map[string]bool{}}
	var calls []any
	for i, helper := range helpers {
		call := object("name", fmt.Sprintf("call-%d", i), "template", helper.name)
		call.set("arguments", g.handedOn(in, helper))
		if i > 0 && main.kind == "dag" && g.has("dag-dependencies", 60) {
			call.set("dependencies", texts(fmt.Sprintf("call-%d", i-1)))
		}
		if g.has("dag-when", 15) {
			call.set("when", `"{{workflow.name}}" != ""`)
		}
		calls = append(calls, call)
	}
	if main.kind == "dag" {
		body.set("dag", g.dag(calls))
	} else {
		body.set("steps", g.groups(calls))
	}
	g.outputsOfCallers(main, helpers, body)
	return body
}

// handedOn are arguments for a helper, out of the inputs of the one who calls.
func (g *generator) handedOn(in *scope, helper *template) any {
	var parameters []any
	for _, p := range helper.params {
		parameters = append(parameters, object("name", p.name, "value", g.use(in, p.name)))
	}
	if len(parameters) == 0 {
		return nil
	}
	return object("parameters", parameters)
}

func (g *generator) dag(calls []any) *Map {
	dag := object("tasks", calls)
	if g.has("dag-fail-fast", 20) {
		dag.set("failFast", false)
	}
	return dag
}

// groups are steps one after the other, or at once.
func (g *generator) groups(calls []any) []any {
	if g.has("steps-at-once", 30) {
		return list(calls)
	}
	var groups []any
	for _, call := range calls {
		groups = append(groups, list(call))
	}
	return groups
}

// outputsOfCallers gives the outputs of a helper as those of the whole.
func (g *generator) outputsOfCallers(main *template, helpers []*template, body *Map) {
	if len(helpers[0].outputs) == 0 || !g.has("output-of-templates", 60) {
		return
	}
	of := "tasks"
	if main.kind == "steps" {
		of = "steps"
	}
	name := helpers[0].outputs[0]
	from := object("parameter", "{{"+of+".call-0.outputs.parameters."+name+"}}")
	if g.has("output-of-templates-expression", 25) {
		from = object("expression", of+"['call-0'].outputs.parameters['"+name+"']")
	}
	main.outputs = []string{name}
	body.set("outputs", object("parameters", list(object("name", name, "valueFrom", from))))
}
