package random

import "strings"

// odd texts are those that one reader of YAML or another takes for something
// else, or that have signs with a meaning somewhere.
var odd = []string{
	"plain", "two words", "yes", "no", "on", "y", "null", "~", "true", "12", "1e3", "0x1f", "010", "1_000", ".5", "1:30",
	"2020-01-01", " lead", "trail ", "a: b", "# no comment", "- item", "a\nb", "a\nb\n", "tab\there", "zażółć 🐙", `"double"`,
	`'single'`, `back\slash`, "{a}", "[x]", "*star", "&and", "!not", "@at", "`tick`", "=", "<<", "%", "$HOME", "$(id)", "a,b",
	"https://acme.example/x?y=z#w", "\u2028", "-", "?", "|", ">", "}}", "${{ github.ref }}",
}

// oddText is any text that is not empty.
func (g *generator) oddText() string {
	if g.has("odd-text", 25) {
		return pick(g, odd...)
	}
	return pick(g, "hello", "make all", "go test ./...", "a sentence, of some words")
}

// scope is where a text stands, as far as its tags are concerned.
type scope struct {
	// inputs are params that `inputs.parameters` has there.
	inputs []string
	// run are parameters of the run that may be named there.
	run []string
	// tasks are outputs of steps that are surely there, as whole tags.
	outputs []string
	// item tells whether `{{item}}` is there.
	item bool
	// pod tells whether a pod runs there.
	pod bool
	// used collects the inputs that a text has named.
	used map[string]bool
}

// text is text that may have tags of Argo in it.
func (g *generator) text(in *scope) string {
	var parts []string
	for range g.number(1, 3) {
		part := ""
		if g.has("tag-in-text", 50) {
			part = g.tag(in)
		}
		if part == "" {
			part = g.oddText()
		}
		parts = append(parts, part)
	}
	// Only expressions start with these two signs.
	return strings.ReplaceAll(strings.Join(parts, pick(g, " ", "", "/")), "<{", "< {")
}

// tag is one tag that Argo can resolve in the scope; empty if it has none.
func (g *generator) tag(in *scope) string {
	kinds := []func(*scope) string{g.workflowTag, g.inputTag, g.inputTag, g.runTag, g.outputTag, g.itemTag, g.podTag}
	return pick(g, kinds...)(in)
}

// workflowTag is a variable of any workflow.
func (g *generator) workflowTag(*scope) string {
	name := pick(g, "workflow.name", "workflow.namespace", "workflow.uid", "workflow.serviceAccountName",
		"workflow.creationTimestamp", "workflow.creationTimestamp.Y", "workflow.creationTimestamp.s",
		"workflow.mainEntrypoint")
	switch {
	case g.has("tag-with-spaces", 15):
		return "{{ " + name + " }}"
	case g.has("tag-expression-of-workflow", 15):
		return pick(g, "{{=workflow.name}}", "{{=sprig.upper(workflow.name)}}", `{{= workflow.namespace + "-" + workflow.name }}`)
	}
	return "{{" + name + "}}"
}

// inputTag names a param of the template.
func (g *generator) inputTag(in *scope) string {
	if len(in.inputs) == 0 {
		return ""
	}
	name := pick(g, in.inputs...)
	return g.use(in, name)
}

// use is a tag of one param.
func (g *generator) use(in *scope, name string) string {
	in.used[name] = true
	switch {
	case g.has("param-with-spaces", 10):
		return "{{ inputs.parameters." + name + " }}"
	case g.has("param-in-expression", 15):
		return pick(g, "{{=inputs.parameters['"+name+"']}}", "{{=sprig.trim(inputs.parameters['"+name+"'])}}",
			`{{= inputs.parameters["`+name+`"] + "x" }}`)
	}
	return "{{inputs.parameters." + name + "}}"
}

// runTag names a parameter of the run.
func (g *generator) runTag(in *scope) string {
	if len(in.run) == 0 {
		return ""
	}
	name := pick(g, in.run...)
	if g.has("run-parameter-in-expression", 20) {
		return pick(g, "{{=workflow.parameters['"+name+"']}}", "{{=sprig.lower(workflow.parameters['"+name+"'])}}")
	}
	return "{{workflow.parameters." + name + "}}"
}

func (g *generator) outputTag(in *scope) string {
	if len(in.outputs) == 0 {
		return ""
	}
	return pick(g, in.outputs...)
}

func (g *generator) itemTag(in *scope) string {
	if !in.item {
		return ""
	}
	return "{{item}}"
}

func (g *generator) podTag(in *scope) string {
	if !in.pod || !g.has("pod-name", 30) {
		return ""
	}
	return "{{pod.name}}"
}
