package random

import "fmt"

// param is one that a Task or a Builder declares, or that a template of a
// step's own uses. A name has one type and one enum wherever it is declared,
// so that values can come from anywhere.
type param struct {
	name     string
	kind     string
	enum     []any
	required bool
	// ofRun tells whether its default names a parameter of the run.
	ofRun bool
}

var kinds = map[string]string{
	"attempts": "integer", "parallel": "integer", "deploy": "boolean", "verbose": "boolean", "share": "number",
	"options": "json", "matrix": "json", "level": "string", "size": "integer",
}

var enums = map[string][]any{"level": {"low", "high", "3"}, "size": {1, 2, 3}}

var paramNames = []string{
	"attempts", "parallel", "deploy", "verbose", "share", "options", "matrix", "level", "size",
	"language", "message", "Dockerfile", "target_dir", "sub-path", "UPPER", "x", "9lives", "_under", "camelCase",
}

// always are the build parameters that every run of a pipeline has.
var always = []string{
	"project", "pipeline", "repo", "revision", "branch", "branch-slug", "image", "image-url",
	"event", "author", "pull-request", "base-branch",
}

// known is a param of the vocabulary.
func known(name string) param { return param{name: name, kind: kinds[name], enum: enums[name]} }

// value is one that the param takes.
func (g *generator) value(p param) any {
	if len(p.enum) > 0 {
		return pick(g, p.enum...)
	}
	switch p.kind {
	case "integer":
		return pick[any](g, 0, 7, -3, "12")
	case "boolean":
		return pick[any](g, true, false, "true")
	case "number":
		return pick[any](g, 0.25, 1, "1e3", "-2.5")
	case "json":
		return pick(g, "[]", `{"a": [1, 2]}`, `["one", "two"]`, "1", `"text"`)
	}
	return g.oddText()
}

// declare writes the declaration of a param, and decides on its default.
func (g *generator) declare(p *param) *Map {
	m := g.declareWithout(p)
	switch {
	case m.get("default") != nil:
	case g.has("param-default-empty", 10):
		m.set("default", "")
		p.required = false
	}
	return m
}

// declareOfBuilder is the same for a Builder, whose empty defaults become
// parameters of the run: of a type or an enum, they would be wrong for the Tasks
// that take them.
func (g *generator) declareOfBuilder(p *param) *Map {
	m := g.declareWithout(p)
	if m.get("default") == nil && p.kind == "" && len(p.enum) == 0 && g.has("builder-default-empty", 10) {
		m.set("default", "")
		p.required = false
	}
	return m
}

// declareWithout declares a param without an empty default.
func (g *generator) declareWithout(p *param) *Map {
	m := object("name", p.name)
	if g.has("param-description", 20) {
		m.set("description", g.oddText())
	}
	if p.kind == "string" && g.has("param-type-string", 50) || p.kind != "" && p.kind != "string" {
		m.set("type", p.kind)
	}
	p.required = true
	switch {
	case g.has("param-default-tag", 3):
		m.set("default", "{{workflow.name}}")
		p.required = false
	case g.has("run-parameter-in-param-default", 3):
		m.set("default", "{{workflow.parameters.revision}}")
		p.required, p.ofRun = false, true
	case g.has("param-default-null", 3):
		m.set("default", null{})
	case g.has("param-default", 50):
		m.set("default", g.value(*p))
		p.required = false
	}
	if len(p.enum) > 0 {
		m.set("enum", clone(p.enum))
	}
	return m
}

// params takes some of the vocabulary.
func (g *generator) params(most int) []param {
	var params []param
	seen := map[string]bool{}
	g.repeat(0, most, func() {
		name := pick(g, paramNames...)
		if g.has("param-of-build", 20) {
			name = pick(g, "revision", "branch", "path", "image-url", "git-secret", "event", "pipeline")
		}
		if !seen[name] {
			params = append(params, known(name))
		}
		seen[name] = true
	})
	return params
}

// outputName is the name of a new output; none is the name of a param.
func (g *generator) outputName() string {
	return pick(g, "lines", "digest", "Count", "found_it", "out-put") + fmt.Sprint(g.number(1, 4))
}

func namesOf(params []param) []string {
	var names []string
	for _, p := range params {
		names = append(names, p.name)
	}
	return names
}
