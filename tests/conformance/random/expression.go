package random

import (
	"fmt"
	"strings"
)

// hideValues puts scalars, maps and lists of some definitions behind
// compile-time expressions, with the values in Config.
func (g *generator) hideValues() {
	if !g.has("expressions", 40) {
		return
	}
	for _, definition := range g.definitions {
		if definition.get("apiVersion") != "packs.argoproj.io/v1beta1" || g.rng.IntN(2) == 0 {
			continue
		}
		if spec := definition.at("spec"); spec != nil {
			g.hideSpec(spec)
		}
		g.hideMetadata(definition)
	}
}

// hideSpec hides parts of a spec. The params of a Builder whose expressions
// name them have a trait of their own.
func (g *generator) hideSpec(spec *Map) {
	params := clone(spec.get("params"))
	named := strings.Contains(writeJSON(spec), "<{ params[")
	g.hideBelow(spec)
	if named && !g.has("expression-as-builder-params", 50) {
		spec.set("params", params)
	}
}

// hideMetadata hides parts of labels and annotations, and names.
func (g *generator) hideMetadata(definition *Map) {
	metadata := definition.at("metadata")
	if metadata == nil {
		return
	}
	g.hideNames(definition, metadata)
	for _, key := range []string{"labels", "annotations"} {
		if m := metadata.at(key); m != nil {
			g.hideBelow(m)
		}
	}
}

// hideNames puts the name and the project of a definition behind expressions.
func (g *generator) hideNames(definition, metadata *Map) {
	of := ""
	if definition.get("kind") == "Builder" {
		of = "builder-"
	}
	for _, key := range []string{"name", "project"} {
		if text, ok := metadata.get(key).(string); ok && g.has("expression-in-"+of+key, 8) {
			metadata.set(key, g.behind(text))
		}
	}
}

// hideBelow goes through a tree and hides a few of its nodes.
func (g *generator) hideBelow(node any) {
	switch node := node.(type) {
	case *Map:
		for i := range node.entries {
			e := &node.entries[i]
			if hidden := g.hidden(e.key, e.value); hidden != nil {
				e.value = hidden
				continue
			}
			if items, ok := e.value.([]any); ok {
				g.hideItems(e.key, items)
				continue
			}
			g.hideBelow(e.value)
		}
	case []any:
		g.hideItems("", node)
	}
}

// hideItems goes through a list, which stands under a key.
func (g *generator) hideItems(key string, items []any) {
	for i, item := range items {
		if hidden := g.hidden(key+"[]", item); hidden != nil {
			items[i] = hidden
			continue
		}
		g.hideBelow(item)
	}
}

// byKey are traits of their own of what stands under some keys.
var byKey = map[string]string{
	"task":    "expression-as-task",
	"steps":   "expression-as-steps",
	"steps[]": "expression-as-step",
	"on[]":    "expression-as-event",
}

// hidden is an expression with a value, or nil if the value stays.
func (g *generator) hidden(key string, value any) any {
	if holdsExpression(value) || g.rng.IntN(12) > 0 {
		return nil
	}
	if trait := byKey[key]; trait != "" && !g.has(trait, 50) {
		return nil
	}
	switch value := value.(type) {
	case *Map:
		if g.has("expression-map", 30) {
			return g.behind(value)
		}
	case []any:
		if g.has("expression-list", 40) {
			return g.behind(value)
		}
	case string:
		return g.hiddenText(key, value)
	case null:
		if g.has("expression-none", 50) {
			return "<{ none }>"
		}
	default:
		if g.has("expression-scalar", 80) {
			return g.behind(value)
		}
	}
	return nil
}

func (g *generator) hiddenText(key, text string) any {
	switch {
	case key == "name" && !g.has("expression-name", 30):
		return nil
	case len(text) > 3 && !strings.Contains(text, "{") && isASCII(text) && g.has("expression-part", 50):
		return text[:1] + g.behind(text[1:3]) + text[3:]
	case g.has("expression-text", 70):
		return g.behind(text)
	}
	return nil
}

// behind puts a value into Config and gives the expression for it.
func (g *generator) behind(value any) string {
	key := fmt.Sprintf("v%d", len(g.values.entries))
	g.values.set(key, value)
	if g.has("expression-with-braces-in-text", 3) {
		return `<{ values.` + key + ` if "}>" else 1 }>`
	}
	return "<{ values." + key + " }>"
}

func holdsExpression(value any) bool { return strings.Contains(writeJSON(value), "<{") }

func isASCII(text string) bool {
	for _, c := range text {
		if c > 126 || c < ' ' {
			return false
		}
	}
	return true
}
