package random

import (
	"slices"
	"strings"
)

// Slip is a mistake that a directory has on purpose: argopacks must refuse it,
// by one of its rules.
type Slip struct {
	Name string
	// Rules are those of which one must be told; any will do where there is none.
	Rules []string
	make  func(*generator, *Directory) bool
}

// slip makes one mistake in a few of the directories.
func (g *generator) slip(d *Directory) *Slip {
	if !g.has("slip", 6) {
		return nil
	}
	candidates := append([]Slip{}, slips...)
	g.rng.Shuffle(len(candidates), func(i, j int) { candidates[i], candidates[j] = candidates[j], candidates[i] })
	for _, slip := range candidates {
		if g.has("slip-"+slip.Name, 100) && slip.make(g, d) {
			return &slip
		}
	}
	return nil
}

var slips = []Slip{
	{"unknown-field", []string{"AP103"}, inAny("Project", func(m *Map) { m.set("spec", object("nmespace", "x")) })},
	{"missing-field", []string{"AP104"}, inAny("Pipeline", func(m *Map) { m.set("spec", object("image", "x", "tag", "y")) })},
	{"undefined-task", []string{"AP201"}, inSteps(func(step *Map) { step.set("task", object("taskRef", "nothing-of-that-name")) })},
	{"undefined-builder", []string{"AP201"}, inAny("Pipeline", func(m *Map) { m.at("spec").set("builder", object("name", "nothing-of-that-name")) })},
	{"step-waits-for-itself", []string{"AP204"}, inSteps(func(step *Map) { wait(step, "dependencies", list(step.get("name"))) })},
	{"depends-syntax", []string{"AP206"}, inSteps(func(step *Map) { wait(step, "depends", step.get("name").(string)+" &&") })},
	{"unknown-argument", []string{"AP301"}, inSteps(func(step *Map) {
		step.set("task", object("taskRef", "slack-message", "arguments", object("params", list(object("name", "mesage", "value", "x")))))
	})},
	{"tag-without-end", []string{"AP407"}, inSteps(func(step *Map) { step.set("when", "{{workflow.name == x") })},
	{"unknown-variable", []string{"AP309"}, inAny("Pipeline", func(m *Map) { m.at("spec").set("tag", "%code-barnch%") })},
	{"bad-tag", []string{"AP312"}, inAny("Pipeline", func(m *Map) { m.at("spec").set("tag", "-x y") })},
	{"builds-alike", []string{"AP313"}, inAny("Builder", func(m *Map) { m.at("metadata").set("buildNameTpl", "%pipeline%") })},
	{"unknown-argo-field", []string{"AP401"}, inSteps(func(step *Map) { inline(step, object("image", "alpine:3.22", "comand", texts("x"))) })},
	{"argo-type", []string{"AP402"}, inSteps(func(step *Map) { inline(step, object("image", "alpine:3.22", "command", "x")) })},
	{"argo-missing-field", []string{"AP406"}, inSteps(func(step *Map) { inline(step, object("command", texts("x"))) })},
	{"unresolved-tag", []string{"AP407"}, inSteps(func(step *Map) { step.set("when", "{{workflow.nmae}} == x") })},
	{"int-32-bits", []string{"AP402"}, inSteps(func(step *Map) { own(step).set("activeDeadlineSeconds", 3000000000) })},
	{"ttl-32-bits", []string{"AP108"}, inAny("Pipeline", func(m *Map) { m.at("spec").set("retention", object("ttlAfterSucceeded", "30000d")) })},
	{"image-null", []string{"AP406"}, inSteps(func(step *Map) { inline(step, object("image", null{}, "command", texts("x"))) })},
	{"input-artifact", []string{"AP316"}, inSteps(func(step *Map) {
		own(step).set("inputs", object("artifacts", list(object("name", "a", "path", "/a"))))
	})},
	{"output-twice", []string{"AP311"}, inSteps(func(step *Map) {
		one := object("name", "o", "valueFrom", object("path", "/o"))
		own(step).set("outputs", object("parameters", list(one, one)))
	})},
	{"argument-name", []string{"AP310"}, inSteps(func(step *Map) {
		own(step)
		step.at("task").set("arguments", object("params", list(object("name", "a.b", "value", "x"))))
	})},
	{"labels-of-workflow", []string{"AP407"}, inSteps(func(step *Map) { own(step).set("nodeSelector", object("a", "{{workflow.labels.team}}")) })},
	{"tasks-in-own-template", []string{"AP407"}, inSteps(func(step *Map) { own(step).set("nodeSelector", object("a", "{{tasks.x.outputs.parameters.y}}")) })},
	{"long-step", []string{"AP310"}, inSteps(func(step *Map) { step.set("name", strings.Repeat("s", 127)) })},
	{"word-as-step", []string{"AP206"}, inAny("Builder", func(m *Map) {
		suspend := object("template", object("suspend", object()))
		m.at("spec").add("steps", object("name", "not", "task", suspend))
		m.at("spec").add("steps", object("name", "behind-not", "task", suspend))
	})},
	{"word-as-webhook", []string{"AP310"}, inAny("Webhook", func(m *Map) { m.at("metadata").set("name", "in") })},
	{"digit-in-webhook", []string{"AP310"}, inAny("Webhook", func(m *Map) { m.at("metadata").set("name", "2048-game") })},
	{"braces-in-event-text", []string{"AP407"}, inAny("Webhook", func(m *Map) {
		m.at("spec").set("event", object("task", object("taskRef", "slack-message"), "params", object("message", "%code-branch% {{workflow.name}}")))
	})},
	{"cron-of-six", []string{"AP412"}, inAny("Schedule", func(m *Map) { m.at("spec").set("cron", "0 0 4 * * *") })},
	{"cron-out-of-range", []string{"AP412"}, inAny("Schedule", func(m *Map) { m.at("spec").set("cron", list("@daily", "0 4 * * 1-7")) })},
	{"timezone", []string{"AP412"}, inAny("Schedule", func(m *Map) { m.at("spec").set("timezone", "CEST") })},
	{"long-schedule", []string{"AP310"}, inAny("Schedule", func(m *Map) { m.at("metadata").set("name", strings.Repeat("s", 53)) })},
	{"undefined-pipeline", []string{"AP201", "AP109"}, inAny("Schedule", func(m *Map) { m.at("spec").set("pipeline", object("name", "nothing-of-that-name")) })},
	{"text-of-number", []string{"AP407"}, inAny("Schedule", func(m *Map) { m.at("spec").set("when", "{{cronworkflow.failed}} < 3") })},
	{"dot-in-event-bus", []string{"AP108", "AP109"}, inAny("Project", func(m *Map) { m.at("spec").set("events", object("eventBus", object("name", "a.b"))) })},
	{"param-json", []string{"AP311"}, inAny("Builder", func(m *Map) { m.at("spec").add("params", object("name", "json", "default", "x")) })},
	{"negative-time", []string{"AP108"}, inAny("Build", func(m *Map) {
		m.set("metadata", object("pipeline", m.at("metadata").get("pipeline"), "project", m.at("metadata").get("project")))
		m.set("spec", object("timestamp", -5))
	})},
	{"undefined-expression", []string{"AP308"}, inAny("Registry", func(m *Map) { m.at("spec").set("prefix", "<{ nothing.at.all }>") })},
}

// inAny makes a slip in the first definition of a kind; a Builder is one that
// a Pipeline uses.
func inAny(kind string, slip func(*Map)) func(*generator, *Directory) bool {
	return func(g *generator, d *Directory) bool {
		for _, definition := range d.Definitions {
			if definition.get("kind") == kind && definition.at("spec") != nil && (kind != "Builder" || g.canSlip(definition)) {
				slip(definition)
				return true
			}
		}
		return false
	}
}

// inSteps makes a slip in a step that it adds to a Builder which a Pipeline uses.
func inSteps(slip func(*Map)) func(*generator, *Directory) bool {
	return inAny("Builder", func(builder *Map) {
		step := object("name", "slipped")
		own(step)
		slip(step)
		builder.at("spec").add("steps", step)
	})
}

// canSlip tells whether a mistake in a Builder is sure to be told: one with
// expressions that no Pipeline uses is not compiled.
func (g *generator) canSlip(builder *Map) bool {
	if _, listed := builder.at("spec").get("steps").([]any); !listed {
		return false
	}
	metadata := builder.at("metadata")
	return slices.ContainsFunc(g.pipelines, func(p *pipeline) bool {
		return metadata != nil && metadata.get("name") == p.builder.name
	})
}

// wait replaces what a step waits for.
func wait(step *Map, key string, value any) {
	without := object()
	for _, e := range step.entries {
		if e.key != "depends" && e.key != "dependencies" {
			without.set(e.key, e.value)
		}
	}
	without.set(key, value)
	*step = *without
}

// own gives a step a template of its own, which is returned.
func own(step *Map) *Map {
	inline(step, object("image", "alpine:3.22", "command", texts("true")))
	return step.at("task", "template")
}

// inline gives a step one container of its own and nothing else.
func inline(step *Map, container *Map) {
	*step = *object("name", step.get("name"), "task", object("template", object("container", container)))
}
