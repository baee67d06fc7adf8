package random

import (
	"fmt"
	"strings"
)

// step is what is known of a step.
type step struct {
	name string
	// calls is the template of a Task, nil where the step has one of its own.
	calls   *template
	kind    string
	outputs []string
	loop    bool
	// matrix are the params that the items of its loop give.
	matrix []string
	when   bool
	// goesOn tells whether it has continueOn.
	goesOn bool
	// after are steps that it waits for, directly or not; certain those of
	// them that have succeeded or were skipped by then.
	after, certain map[*step]bool
}

// sure tells whether it has given its outputs where it succeeded.
func (s *step) sure() bool { return !s.loop && !s.when && !s.goesOn }

// steps makes the steps of a Builder, and uses all of its params.
func (g *generator) steps(b *builder) []any {
	var out []any
	g.repeat(1, 6, func() { out = append(out, g.step(b)) })
	if left := g.leftParams(b, out); left != nil {
		out = append(out, left)
	}
	return out
}

// step makes one step behind those that are there.
func (g *generator) step(b *builder) *Map {
	s := &step{name: g.stepName(b), after: map[*step]bool{}, certain: map[*step]bool{}}
	m := object("name", s.name)
	g.order(b, s, m)
	work := object()
	if template := g.callee(b); template != nil {
		s.calls, s.kind, s.outputs = template, template.kind, template.outputs
		work.set("taskRef", g.reference(template))
	}
	in := g.repetition(b, s, m)
	if s.calls != nil {
		work.set("arguments", g.arguments(b, s, in))
	} else {
		g.ownTemplate(b, s, in, work)
	}
	m.set("task", g.inShort(work))
	g.condition(b, s, m, in)
	g.resilience(s, m)
	b.steps = append(b.steps, s)
	return m
}

func (g *generator) stepName(b *builder) string {
	for {
		name := pick(g, vocabulary...)
		if g.has("step-name-case", 10) {
			name = capitalized([]string{name}, "")
		}
		if g.has("step-name-long", 3) {
			name += strings.Repeat("-long", 20)
		}
		name = fmt.Sprintf("%s%s%d", name, pick(g, "", "-"), g.number(1, 99))
		if !g.taken["step/"+b.name+"/"+name] {
			g.taken["step/"+b.name+"/"+name] = true
			return name
		}
	}
}

// order says what the step waits for.
func (g *generator) order(b *builder, s *step, m *Map) {
	if len(b.steps) == 0 {
		if g.has("first-step-dependencies-empty", 10) {
			m.set("dependencies", list())
		}
		return
	}
	switch {
	case g.has("dependencies", 30):
		g.dependencies(some(g, b.steps), s, m)
	case g.has("depends", 30):
		g.depends(b, s, m)
	default:
		s.waitsFor(b.steps[len(b.steps)-1], true)
	}
}

// waitsFor notes that a step waits for another, surely for its success or not.
func (s *step) waitsFor(other *step, certain bool) {
	s.after[other] = true
	if certain {
		s.certain[other] = true
	}
	for before := range other.after {
		s.after[before] = true
	}
	for before := range other.certain {
		if certain {
			s.certain[before] = true
		}
	}
}

func (g *generator) dependencies(on []*step, s *step, m *Map) {
	names := list()
	for _, other := range on {
		names = append(names, other.name)
		s.waitsFor(other, true)
	}
	m.set("dependencies", names)
}

// depends is an expression over earlier steps without continueOn.
func (g *generator) depends(b *builder, s *step, m *Map) {
	var terms []string
	for _, other := range some(g, b.steps) {
		if other.goesOn {
			continue
		}
		term, certain := g.term(other)
		terms = append(terms, term)
		s.waitsFor(other, certain)
	}
	if len(terms) == 0 {
		s.waitsFor(b.steps[len(b.steps)-1], true)
		return
	}
	m.set("depends", strings.Join(terms, pick(g, " && ", "&&")))
}

// term is a term of depends about one step, and whether it makes sure of it.
func (g *generator) term(other *step) (string, bool) {
	switch {
	case other.loop && g.has("depends-any-succeeded", 40):
		return pick(g, other.name+".AnySucceeded", other.name+".AllFailed"), false
	case g.has("depends-result", 30):
		return other.name + pick(g, ".Succeeded"), true
	case g.has("depends-or", 25):
		return "(" + other.name + " || " + other.name + pick(g, ".Failed", ".Errored", ".Skipped", ".Omitted", ".Daemoned") + ")", false
	case g.has("depends-not", 10):
		return "!" + other.name + ".Failed", false
	}
	return other.name, true
}

// callee is a template of a Task that the Builder sees; nil for one of the
// step's own.
func (g *generator) callee(b *builder) *template {
	if g.has("inline-template", 30) {
		return nil
	}
	var visible []*task
	for _, t := range g.tasks {
		if sees(b.project, t.project) && !t.external {
			visible = append(visible, t)
		}
	}
	t := pick(g, visible...)
	if len(t.templates) > 1 && g.has("task-ref-template", 30) {
		return pick(g, t.templates...)
	}
	return t.templates[0]
}

// reference writes a taskRef, as a name or in the long form.
func (g *generator) reference(t *template) any {
	if t != t.task.templates[0] {
		return object("name", t.task.name, "template", t.name)
	}
	if g.has("task-ref-long", 20) {
		return object("name", t.task.name)
	}
	return t.task.name
}

// inShort writes a call of a Task in the short form, as far as it has one.
func (g *generator) inShort(call *Map) any {
	if arguments := call.at("arguments"); arguments != nil && g.has("arguments-map", 40) {
		given, _ := arguments.get("params").([]any)
		values := object()
		for _, argument := range given {
			argument := argument.(*Map)
			values.set(argument.get("name").(string), argument.get("value"))
		}
		arguments.set("params", values)
	}
	long, ok := call.get("taskRef").(*Map)
	if ok && long.get("template") != nil && g.has("task-and-template", 50) {
		call.set("taskRef", long.get("name").(string)+"/"+long.get("template").(string))
	}
	if name, ok := call.get("taskRef").(string); ok && len(call.entries) == 1 && g.has("task-short", 50) {
		return name
	}
	return call
}

// scopeOf is what texts of a step may name.
func (g *generator) scopeOf(b *builder, s *step) *scope {
	in := &scope{run: append(namesOf(b.params), always...), used: map[string]bool{}}
	for _, other := range b.steps {
		if !s.after[other] {
			continue
		}
		in.outputs = append(in.outputs, g.statusTags(other)...)
		if s.certain[other] && other.sure() {
			in.outputs = append(in.outputs, outputTags(other)...)
		}
	}
	return in
}

func (g *generator) statusTags(other *step) []string {
	if other.loop || !g.has("status-of-step", 30) {
		return nil
	}
	return []string{"{{tasks." + other.name + ".status}}"}
}

func outputTags(other *step) []string {
	var tags []string
	for _, output := range other.outputs {
		tags = append(tags, "{{tasks."+other.name+".outputs.parameters."+output+"}}", "{{ tasks."+other.name+".outputs.parameters."+output+" }}",
			"{{=tasks['"+other.name+"'].outputs.parameters['"+output+"']}}")
	}
	if other.kind == "script" {
		tags = append(tags, "{{tasks."+other.name+".outputs.result}}")
	}
	return tags
}

// matrix gives several values to some params of the Task.
func (g *generator) matrix(s *step, m *Map) bool {
	values := object()
	for _, p := range some(g, s.calls.params) {
		switch {
		case len(values.entries) == 3:
			// Three are enough: each value of one is run with each of the others.
		case p.enum != nil:
			values.set(p.name, append([]any(nil), p.enum...))
		case p.kind == "integer" || p.kind == "number":
			values.set(p.name, list(1, 2))
		case p.kind == "boolean":
			values.set(p.name, list(true, false))
		case p.kind != "json":
			values.set(p.name, pick(g, texts("api", "web", "a b: c"), list("one"), list("<a> & b's", 3, true)))
		}
	}
	for _, one := range values.entries {
		s.matrix = append(s.matrix, one.key)
	}
	m.set("matrix", values.orNil())
	return len(values.entries) > 0
}

// repetition runs the step once for each of several items.
func (g *generator) repetition(b *builder, s *step, m *Map) *scope {
	in := g.scopeOf(b, s)
	switch {
	case s.calls != nil && g.has("matrix", 8) && g.matrix(s, m):
		s.loop = true
		return in
	case g.has("with-items", 10):
		m.set("withItems", pick(g, texts("api", "web"), list(1, 2, "three"), list(true, 1.5), list("a b", "c: d")))
	case g.has("with-items-of-maps", 5):
		m.set("withItems", list(object("part", "api", "level", "low"), object("part", "web", "level", "high")))
		s.loop, s.matrix = true, []string{"part", "level"}
		in.outputs = append(in.outputs, "{{item.part}}", "{{item.level}}")
		return in
	case g.has("with-sequence", 8):
		m.set("withSequence", g.sequence(b))
	case g.has("with-param", 8):
		m.set("withParam", g.itemsOfRun(b, s, in))
	default:
		return in
	}
	s.loop, in.item = true, true
	return in
}

func (g *generator) sequence(b *builder) *Map {
	m := object("count", pick[any](g, "3", 2))
	if g.has("sequence-range", 40) {
		m = object("start", pick[any](g, "5", 1), "end", pick[any](g, "2", 9))
	}
	for _, p := range b.params {
		if p.kind == "integer" && g.has("sequence-of-parameter", 50) {
			m = object("count", "{{workflow.parameters."+p.name+"}}")
		}
	}
	if g.has("sequence-format", 30) {
		m.set("format", "part-%02d")
	}
	return m
}

// itemsOfRun is a list that the run knows: a parameter, or the outputs of a loop.
func (g *generator) itemsOfRun(b *builder, s *step, in *scope) string {
	for _, other := range b.steps {
		if s.certain[other] && other.loop && !other.when && !other.goesOn && len(other.outputs) > 0 && g.has("with-param-of-loop", 50) {
			return "{{tasks." + other.name + ".outputs.parameters." + other.outputs[0] + "}}"
		}
	}
	for _, p := range b.params {
		if p.kind == "json" {
			return "{{workflow.parameters." + p.name + "}}"
		}
	}
	if len(in.outputs) > 0 && g.has("with-param-of-output", 50) {
		return pick(g, in.outputs...)
	}
	return `["one", "two"]`
}

// condition is a `when` that asks for something that is there.
func (g *generator) condition(b *builder, s *step, m *Map, in *scope) {
	if !g.has("when", 15) {
		return
	}
	s.when = true
	choices := []string{`"{{workflow.parameters.branch}}" == "main"`, `{{=workflow.parameters.branch == "main"}}`, `"{{workflow.name}}" != 'x'`}
	for _, p := range b.params {
		switch p.kind {
		case "boolean":
			choices = append(choices, "{{workflow.parameters."+p.name+"}} == true")
		case "integer":
			choices = append(choices, "{{workflow.parameters."+p.name+"}} > 2 && {{workflow.parameters."+p.name+"}} < 9")
		}
	}
	for _, tag := range in.outputs {
		choices = append(choices, `"`+tag+`" == "x"`)
	}
	m.set("when", pick(g, choices...))
}

// resilience is what the step does when something goes wrong.
func (g *generator) resilience(s *step, m *Map) {
	pods := s.kind != "dag" && s.kind != "steps"
	if pods && g.has("step-retry", 20) {
		m.set("retry", g.retryStrategy())
		if g.has("retry-number", 40) {
			m.set("retry", g.number(1, 5))
		}
		if g.has("run-parameter-in-retry", 5) {
			m.set("retry", object("limit", 2, "expression", "lastRetry.exitCode != '{{workflow.parameters.revision}}'"))
		}
	}
	if pods && s.kind != "suspend" && g.has("step-timeout", 20) {
		m.set("timeout", g.duration())
	}
	if g.has("continue-on", 10) {
		s.goesOn = true
		m.set("continueOn", pick(g, object("failed", true), object("error", true), object("failed", true, "error", true), object("error", true, "failed", false)))
	}
}
