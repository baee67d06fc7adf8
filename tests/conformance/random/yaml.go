package random

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// writeYAML prints a document in block style.
func writeYAML(document *Map) string {
	var out strings.Builder
	writeMap(&out, document, "")
	return out.String()
}

func writeMap(out *strings.Builder, m *Map, indent string) {
	for _, e := range m.entries {
		fmt.Fprintf(out, "%s%s:", indent, scalar(e.key))
		writeValue(out, e.value, indent)
	}
}

// writeValue prints what stands behind a key.
func writeValue(out *strings.Builder, value any, indent string) {
	switch value := value.(type) {
	case *Map:
		if len(value.entries) == 0 {
			out.WriteString(" {}\n")
			return
		}
		out.WriteString("\n")
		writeMap(out, value, indent+"  ")
	case []any:
		if len(value) == 0 {
			out.WriteString(" []\n")
			return
		}
		out.WriteString("\n")
		writeList(out, value, indent)
	case string:
		writeText(out, value, indent+"  ")
	case null:
		out.WriteString("\n")
	default:
		fmt.Fprintf(out, " %v\n", value)
	}
}

// writeList prints items at the indent of their key.
func writeList(out *strings.Builder, items []any, indent string) {
	for _, item := range items {
		m, isMap := item.(*Map)
		if !isMap || len(m.entries) == 0 {
			out.WriteString(indent + "-")
			writeValue(out, item, indent+"  ")
			continue
		}
		var below strings.Builder
		writeMap(&below, m, indent+"  ")
		out.WriteString(indent + "- " + strings.TrimPrefix(below.String(), indent+"  "))
	}
}

// blockable is text that a literal block scalar holds as it is.
var blockable = regexp.MustCompile(`^[!-~][ -~\n]*[!-~]\n$`)

func writeText(out *strings.Builder, text, indent string) {
	if blockable.MatchString(text) && !strings.Contains(text, "\n\n") {
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		out.WriteString(" |\n" + indent + strings.Join(lines, "\n"+indent) + "\n")
		return
	}
	out.WriteString(" " + scalar(text) + "\n")
}

var (
	plain = regexp.MustCompile(`^[A-Za-z/][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$`)
	words = regexp.MustCompile(`(?i)^(true|false|null|yes|no|on|off|y|n)$`)
)

// scalar prints text so that every reader takes it for that text.
func scalar(text string) string {
	if plain.MatchString(text) && !words.MatchString(text) {
		return text
	}
	return quoted(text)
}

// quoted is a JSON string, which YAML reads as it is.
func quoted(text string) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return "" // a string can always be encoded
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// JSON prints definitions as a list, in JSON.
func JSON(definitions []*Map) string {
	items := list()
	for _, definition := range definitions {
		items = append(items, definition)
	}
	return writeJSON(items)
}

// writeJSON prints a value as JSON, in the order of its keys.
func writeJSON(value any) string {
	switch value := value.(type) {
	case *Map:
		var fields []string
		for _, e := range value.entries {
			fields = append(fields, quoted(e.key)+": "+writeJSON(e.value))
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case []any:
		var items []string
		for _, item := range value {
			items = append(items, writeJSON(item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case string:
		return quoted(value)
	case null:
		return "null"
	}
	return fmt.Sprint(value)
}
