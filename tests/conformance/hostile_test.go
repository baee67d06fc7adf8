package conformance

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// hostile texts: what people may write into commits, names and branches, and
// what Argo Workflows would evaluate if it came through as it is.
var hostile = []string{
	`{{workflow.uid}}`,
	`{{=sprig.upper("x")}}`,
	`{{workflow.parameters.git-secret}}`,
	`{{{`,
	`{{{{`,
	`{{{{{{{workflow.uid}}}}}}}`,
	`{`,
	`x{`,
	`{ {`,
	`{"{{inputs.parameters.repo}}":1}`,
	`"quoted" and 'quoted' and ` + "`quoted`",
	`back\slash \n \u007b\u007bworkflow.uid}}`,
	`$(id)${IFS}$HOME;reboot`,
	"two\nlines\r\n{{workflow.uid}}\n",
	"tab\t{\t{",
	`zażółć gęślą jaźń 🐙 {{workflow.uid}}`,
	`--upload-pack=touch /tmp/x`,
	strings.Repeat(`{{`, 500),
}

// A place in the payload that others than the owner of the pipeline fill.
type place struct {
	fill  func(string) change
	plain string
	// refusable: a Sensor that drops an event with nonsense here does right.
	refusable bool
}

var places = map[string]place{
	"pusher":  {fill: inAll("body.pusher.name"), plain: "Plain Pusher"},
	"sender":  {fill: inAll("body.sender.login"), plain: "Plain Sender"},
	"message": {fill: inAll("body.head_commit.message", "body.commits.0.message"), plain: "Plain Message"},
	"author":  {fill: inAll("body.head_commit.author.name", "body.commits.0.author.name"), plain: "Plain Author"},
	"login":   {fill: inAll("body.head_commit.author.username"), plain: "Plain Login"},
	"commit":  {fill: commit, plain: "0123456789abcdef0123456789abcdef01234567", refusable: true},
}

func inAll(paths ...string) func(string) change {
	return func(text string) change {
		var changes []change
		for _, path := range paths {
			changes = append(changes, set(path, text))
		}
		return both(changes...)
	}
}

func TestHostileTextIsDefused(t *testing.T) {
	for _, file := range []struct {
		name string
		push change
	}{
		{"goapp", both()},
		{"wildcard", both(repository("acme/shop"), branch("main"))},
	} {
		for name, place := range places {
			t.Run(file.name+"/"+name, func(t *testing.T) {
				checkHostile(t, rendered(t, file.name), file.push, place, hostile)
			})
		}
	}
}

// checkHostile pushes with a plain text in a place, to see which parameters
// carry it, and then with hostile texts, which must arrive there defused.
func checkHostile(t *testing.T, m *manifest, push change, where place, texts []string) {
	t.Helper()
	plain := deliver(t, m, pushEvent(t, push, where.fill(where.plain)))
	if len(plain) == 0 {
		t.Fatal("a plain push makes nothing")
	}
	for _, text := range texts {
		runs := deliver(t, m, pushEvent(t, push, where.fill(text)))
		if len(runs) == 0 && where.refusable {
			continue
		}
		if len(runs) != len(plain) {
			t.Errorf("%q: makes %d Workflows, a plain push %d", text, len(runs), len(plain))
			continue
		}
		for i, run := range runs {
			checkDefused(t, run.parameters())
			checkCarried(t, plain[i].parameters(), run.parameters(), where.plain, text)
		}
	}
}

// checkDefused wants no parameter in which Argo finds a tag, nor one that
// makes a tag with the text that a template puts next to it.
func checkDefused(t *testing.T, parameters map[string]string) {
	t.Helper()
	for name, value := range parameters {
		if !defused(value) {
			t.Errorf("%s = %q: Argo evaluates what is in {{", name, value)
		}
	}
}

func defused(value string) bool {
	return !strings.Contains(value, "{{") && !strings.HasSuffix(value, "{")
}

// checkCarried wants a text wherever the plain one went, whole but for spaces
// after braces.
func checkCarried(t *testing.T, before, after map[string]string, plain, text string) {
	t.Helper()
	if !slices.Equal(slices.Sorted(maps.Keys(before)), slices.Sorted(maps.Keys(after))) {
		t.Errorf("%q: other parameters than with a plain text", text)
	}
	for name, value := range before {
		if strings.Contains(value, plain) && !strings.Contains(unspaced(after[name]), unspaced(text)) {
			t.Errorf("%s = %q, want %q but for spaces", name, after[name], text)
		}
	}
}

var spacedBrace = regexp.MustCompile(`\{ +`)

func unspaced(text string) string { return spacedBrace.ReplaceAllString(text, "{") }
