package random

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Check is what must hold of a manifest that argopacks rendered.
type Check func(manifest []byte) error

// examiner renders directories into one place and checks what comes of them.
type examiner struct {
	binary, dir string
	check       Check
}

// failure is what is wrong with what argopacks makes of a directory.
type failure struct {
	stage, text string
}

func (f *failure) Error() string { return f.stage + ": " + f.text }

// examine tells what is wrong, nil if nothing is.
func (e *examiner) examine(d *Directory) *failure {
	if err := d.write(e.dir); err != nil {
		return &failure{"writing", err.Error()}
	}
	answer, err := render(e.binary, e.dir)
	if err != nil {
		return &failure{"running", err.Error()}
	}
	if d.Slip != nil {
		return refused(d.Slip, answer)
	}
	if answer.status != 0 {
		return &failure{"refused", fmt.Sprintf("exit status %d\n%s", answer.status, answer.errors)}
	}
	if absent := d.absent(string(answer.manifest)); len(absent) > 0 {
		return &failure{"incomplete", strings.Join(absent, "\n")}
	}
	if line := unevaluated(answer.manifest); line != "" {
		return &failure{"unevaluated", "an expression is left in what is rendered: " + line}
	}
	if err := e.check(answer.manifest); err != nil {
		return &failure{"checked", err.Error()}
	}
	return nil
}

// unevaluated is a line with an expression, which no definition asks for as text.
func unevaluated(manifest []byte) string {
	for line := range bytes.Lines(manifest) {
		if bytes.Contains(line, []byte("<{")) {
			return strings.TrimSpace(string(line))
		}
	}
	return ""
}

// absent are definitions of which nothing is rendered, as far as their names
// are plain.
func (d *Directory) absent(manifest string) []string {
	var absent []string
	for _, definition := range d.Definitions {
		kind, name := emittedOf(definition)
		if kind != "" && !strings.Contains(manifest, "kind: "+kind+"\nmetadata:\n  name: "+name+"\n") {
			absent = append(absent, fmt.Sprintf("%s %q is not rendered", kind, name))
		}
	}
	return absent
}

// emittedOf is the object that a definition comes to; empty if there need be none.
func emittedOf(definition *Map) (kind, name string) {
	metadata := definition.at("metadata")
	if metadata == nil || definition.at("spec") == nil {
		return "", ""
	}
	text, _ := metadata.get("name").(string)
	if text == "" || strings.Contains(text, "<{") {
		return "", ""
	}
	switch definition.get("kind") {
	case "Pipeline":
		return "WorkflowTemplate", emittedName(text)
	case "Task":
		if definition.at("spec").get("external") != nil {
			return "", ""
		}
		if metadata.get("project") != nil {
			return "WorkflowTemplate", emittedName(text)
		}
		return "ClusterWorkflowTemplate", emittedName(text)
	}
	return "", ""
}

// refused wants a slip to be told, and nothing to be printed.
func refused(slip *Slip, answer answer) *failure {
	if answer.status != 1 || len(answer.manifest) > 0 {
		return &failure{"slip " + slip.Name, fmt.Sprintf("exit status %d and %d bytes of manifests\n%s",
			answer.status, len(answer.manifest), answer.errors)}
	}
	for _, rule := range slip.Rules {
		if strings.Contains(string(answer.errors), "error["+rule+"]") {
			return nil
		}
	}
	return &failure{"slip " + slip.Name, fmt.Sprintf("none of %v is told\n%s", slip.Rules, answer.errors)}
}

// particular is what differs between two failures of one kind.
var particular = regexp.MustCompile("`[^`]*`|\"[^\"]*\"|'[^']*'|\\{\\{.*?\\}\\}|[^ ]*[0-9./\\[\\]][^ ]*|[A-Za-z0-9]+-[^ ]*")

// alike are the lines that tell the kind of a failure, without what is
// particular to one directory.
func (f *failure) alike() []string {
	var lines []string
	for _, line := range strings.Split(f.text, "\n") {
		if f.stage == "refused" && !strings.HasPrefix(line, "error") {
			continue
		}
		lines = append(lines, f.stage+" "+particular.ReplaceAllString(line, "_"))
	}
	return lines
}

// like tells whether a failure has no line of another kind than those of f.
func (f *failure) like(other *failure) bool {
	kinds := f.alike()
	for _, line := range other.alike() {
		if !slices.Contains(kinds, line) {
			return false
		}
	}
	return true
}
