package conformance

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/tidwall/gjson"
)

// discriminators are where the providers say what kind of event it is.
var discriminators = map[string]struct{ path, push string }{
	"github":          {"body.X-GitHub-Event", "push"},
	"gitlab":          {"body.object_kind", "push"},
	"bitbucket":       {"headers.X-Event-Key.0", "repo:push"},
	"bitbucketserver": {"body.eventKey", "repo:refs_changed"},
	"webhook":         {"header.X-Gitea-Event.0", "push"},
}

// synthesize makes an event that a dependency's data filters ask for, out of
// a payload of its provider.
func synthesize(t testing.TB, dependency *eventsv1.EventDependency, provider string) payload {
	t.Helper()
	discriminator := discriminators[provider]
	kind := discriminator.push
	var filters []eventsv1.DataFilter
	if dependency.Filters != nil {
		filters = dependency.Filters.Data
	}
	for _, filter := range filters {
		if filter.Path == discriminator.path {
			kind = example(t, filter)
		}
	}
	p := payloadFile(t, provider, kind)
	for _, filter := range filters {
		if literalPath(filter.Path) && filter.Template == "" {
			satisfy(t, &p, filter)
		}
	}
	return p
}

var queries = regexp.MustCompile(`[#|@*?]`)

func literalPath(path string) bool { return !queries.MatchString(path) }

func satisfy(t testing.TB, p *payload, filter eventsv1.DataFilter) {
	t.Helper()
	switch {
	case filter.Comparator != "" && filter.Comparator != eventsv1.EqualTo:
	case filter.Type == eventsv1.JSONTypeBool:
		set(filter.Path, filter.Value[0] == "true")(t, p)
	case filter.Type == eventsv1.JSONTypeString && !matches(filter, gjson.Get(p.data, filter.Path)):
		set(filter.Path, example(t, filter))(t, p)
	}
}

func matches(filter eventsv1.DataFilter, value gjson.Result) bool {
	for _, pattern := range filter.Value {
		if ok, err := regexp.MatchString(pattern, value.String()); ok && err == nil && value.Exists() {
			return true
		}
	}
	return false
}

// example is a text that the first of a filter's expressions matches.
func example(t testing.TB, filter eventsv1.DataFilter) string {
	t.Helper()
	pattern := filter.Value[0]
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	text := expand(tree)
	if ok, err := regexp.MatchString(pattern, text); !ok || err != nil {
		t.Fatalf("found no text that %s matches: not %q (%v)", pattern, text, err)
	}
	return text
}

// expand takes the first of alternatives, and one of what may be repeated.
func expand(tree *syntax.Regexp) string {
	switch tree.Op {
	case syntax.OpLiteral:
		return string(tree.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "x"
	case syntax.OpCharClass:
		return expandClass(tree.Rune)
	case syntax.OpConcat:
		var all strings.Builder
		for _, sub := range tree.Sub {
			all.WriteString(expand(sub))
		}
		return all.String()
	case syntax.OpRepeat:
		return strings.Repeat(expand(tree.Sub[0]), max(tree.Min, 1))
	case syntax.OpAlternate, syntax.OpCapture, syntax.OpPlus, syntax.OpStar, syntax.OpQuest:
		return expand(tree.Sub[0])
	}
	return ""
}

// expandClass takes x where it can; ranges are pairs of runes.
func expandClass(ranges []rune) string {
	for i := 0; i+1 < len(ranges); i += 2 {
		if ranges[i] <= 'x' && 'x' <= ranges[i+1] {
			return "x"
		}
	}
	return string(ranges[0])
}
