package random

import (
	"fmt"
	"strings"
	"unicode"
)

var vocabulary = []string{
	"cart", "shop", "search", "login", "mobile", "deploy", "image", "scan", "lint", "docs", "api", "web",
	"backend", "nightly", "fast", "blue", "green", "core", "tools", "data", "report", "notify", "unit", "smoke",
}

// name makes a name that nothing else in a space is emitted under, of at most
// so many characters when it is emitted.
func (g *generator) name(space string, longest int) string {
	for {
		var parts []string
		for range g.number(1, 2) {
			parts = append(parts, pick(g, vocabulary...))
		}
		if g.has("long-name", 3) {
			for len(strings.Join(parts, "-")) < longest-12 {
				parts = append(parts, pick(g, vocabulary...))
			}
		}
		name := g.spelling(parts)
		if g.rng.IntN(4) == 0 {
			name += fmt.Sprint(g.number(2, 99))
		}
		emitted := emittedName(name)
		if emitted != "" && len(emitted) <= longest && !g.taken[space+"/"+emitted] {
			g.taken[space+"/"+emitted] = true
			return name
		}
	}
}

// spelling writes words as one name, in one of the ways that people do.
func (g *generator) spelling(parts []string) string {
	switch {
	case g.has("name-camel", 12):
		return capitalized(parts, "")
	case g.has("name-snake", 6):
		return strings.Join(parts, "_")
	case g.has("name-dots", 4):
		return strings.Join(parts, ".")
	case g.has("name-spaces", 4):
		return capitalized(parts, " ")
	case g.has("name-upper", 3):
		return strings.ToUpper(strings.Join(parts, "-"))
	case g.has("name-unicode", 2):
		return "ü" + strings.Join(parts, "é")
	}
	return strings.Join(parts, "-")
}

func capitalized(parts []string, between string) string {
	var out []string
	for _, part := range parts {
		out = append(out, strings.ToUpper(part[:1])+part[1:])
	}
	return strings.Join(out, between)
}

// emittedName is the DNS-1123 form of a name, as docs/definitions.md says it:
// lower case, words joined by `-`, at the bounds of camel case too.
func emittedName(name string) string {
	letters := []rune(name)
	plain := func(i int, is func(rune) bool) bool {
		return i >= 0 && i < len(letters) && letters[i] < unicode.MaxASCII && is(letters[i])
	}
	alphanumeric := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	var out strings.Builder
	separate := func() {
		if text := out.String(); text != "" && !strings.HasSuffix(text, "-") {
			out.WriteByte('-')
		}
	}
	for i, c := range letters {
		if !plain(i, alphanumeric) {
			separate()
			continue
		}
		acronymEnds := plain(i-1, unicode.IsUpper) && plain(i+1, unicode.IsLower)
		if unicode.IsUpper(c) && (plain(i-1, unicode.IsLower) || plain(i-1, unicode.IsDigit) || acronymEnds) {
			separate()
		}
		out.WriteRune(unicode.ToLower(c))
	}
	return strings.Trim(out.String(), "-")
}

// metadata is the metadata of a definition: its name, its project if it has
// one, labels and annotations.
func (g *generator) metadata(name string, of *project) *Map {
	m := object("name", name)
	if of != nil {
		m.set("project", of.name)
	}
	g.labels(m)
	return m
}

// labels sets labels and annotations of an author's own.
func (g *generator) labels(m *Map) {
	if g.has("labels", 15) {
		m.set("labels", g.labelMap())
	}
	if g.has("annotations", 12) {
		m.set("annotations", object(pick(g, "acme.example/contact", "owner"), g.oddText()))
	}
}

func (g *generator) labelMap() *Map {
	m := object(pick(g, "team", "acme.example/team"), pick(g, "red", "a.b_c-d", "Blue", "1", "true"))
	if g.rng.IntN(3) == 0 {
		m.set("acme.example/tier", "")
	}
	return m
}
