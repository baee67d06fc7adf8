package random

import (
	"fmt"
	"strings"
)

// arguments gives a step what its Task takes and nothing else wires.
func (g *generator) arguments(b *builder, s *step, in *scope) any {
	var given []any
	give := func(p param) { given = append(given, object("name", p.name, "value", g.argumentOfStep(b, p, in))) }
	for _, p := range s.calls.params {
		switch {
		case contains(s.matrix, p.name):
		case g.has("argument", 40):
			give(p)
		case contains(always, p.name) || contains(namesOf(b.params), p.name):
		case contains(standard, p.name):
			// There only if the Pipeline says so.
			if p.required || g.ambiguous(b, s, p.name) {
				give(p)
			}
		case g.openToPipeline(b, s, p):
		case p.required || g.ambiguous(b, s, p.name):
			give(p)
		}
	}
	g.tagOfImage(b, s, &given)
	if len(given) == 0 {
		if g.has("arguments-empty", 5) {
			return object("params", list())
		}
		return nil
	}
	return object("params", given)
}

// ofPipeline are expressions that a Builder has for each pipeline that uses it.
var ofPipeline = []string{
	"<{ pipeline.name }>", "<{ project.name }>-<{ project.namespace }>", "<{ registry.host }>/<{ image.name }>", "<{ image.url }>",
	"<{ account.name }> at <{ account.host }>", "<{ repo.name }> <{ repo.url }> <{ repo.revision }>", "<{ pipeline.name | upper }>",
}

// argumentOfStep is a value that may depend on the pipeline.
func (g *generator) argumentOfStep(b *builder, p param, in *scope) any {
	if p.kind == "" && g.has("expression-of-pipeline", 6) {
		return pick(g, ofPipeline...)
	}
	if len(b.params) > 0 && p.kind == "" && g.has("expression-of-param", 6) {
		return "<{ params['" + pick(g, b.params...).name + "'] }>"
	}
	return g.argument(p, in)
}

// argument is a value for a param: one that it takes, or a tag.
func (g *generator) argument(p param, in *scope) any {
	if g.has("argument-tag", 40) {
		if text := g.tag(in); text != "" {
			return text
		}
	}
	if p.kind == "" && g.has("argument-text", 40) {
		return g.text(in)
	}
	return g.value(p)
}

// ambiguous tells whether an output of the name of a param may come in between.
func (g *generator) ambiguous(b *builder, s *step, name string) bool {
	for _, other := range b.steps {
		if s.after[other] && contains(other.outputs, name) {
			return true
		}
	}
	return false
}

// openToPipeline leaves a param to be given by the Pipelines.
func (g *generator) openToPipeline(b *builder, s *step, p param) bool {
	if !g.has("param-open-to-pipeline", 30) || g.ambiguous(b, s, p.name) {
		return false
	}
	b.open = append(b.open, p)
	return true
}

// tagOfImage sees to a Task that takes the tag of the image: without an
// argument, a tag of the commit needs a checkout before it.
func (g *generator) tagOfImage(b *builder, s *step, given *[]any) {
	if !s.calls.tag {
		return
	}
	checkouts := 0
	for _, other := range b.steps {
		if s.certain[other] && other.sure() && contains(other.outputs, "commit") {
			checkouts++
		}
	}
	if g.has("image-tag-argument", 15) {
		*given = append(*given, object("name", "image-tag", "value", "v1"))
		return
	}
	if checkouts != 1 {
		b.commit = false
	}
}

// ownTemplate gives a step a template of its own. What it uses comes from its
// arguments and from the run.
func (g *generator) ownTemplate(b *builder, s *step, in *scope, work *Map) {
	made := &template{params: g.params(2)}
	body := g.newBody(made)
	body.in.run, body.mount = in.run, ""
	content := g.body(body)
	s.kind = made.kind
	if made.kind == "containerSet" || made.kind == "container" || made.kind == "script" || made.kind == "resource" {
		g.outputsOfBody(made, body, content)
		s.outputs = made.outputs
	}
	work.set("template", content)
	var given []any
	for _, p := range made.params {
		wired := contains(always, p.name) || contains(namesOf(b.params), p.name)
		if !wired || g.has("inline-argument", 30) {
			given = append(given, object("name", p.name, "value", g.argument(p, in)))
		}
	}
	if len(given) > 0 {
		work.set("arguments", object("params", given))
	}
}

// leftParams is a last step that uses the params of the Builder which no other
// uses, for to declare them would do nothing.
func (g *generator) leftParams(b *builder, steps []any) *Map {
	written := writeJSON(steps)
	var env []any
	for i, p := range b.params {
		tag := "workflow.parameters." + p.name
		if !strings.Contains(written, tag) {
			env = append(env, object("name", fmt.Sprintf("RUN_%d", i), "value", "{{"+tag+"}}"))
		}
	}
	if len(env) == 0 {
		return nil
	}
	s := &step{name: "the-rest", kind: "container"}
	b.steps = append(b.steps, s)
	container := object("image", g.image(), "command", texts("env"), "env", env)
	return object("name", s.name, "task", object("template", object("container", container)))
}
