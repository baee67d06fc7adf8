package random

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var options = Options{Version: "4.0"}

func TestASeedIsOneDirectory(t *testing.T) {
	for seed := range uint64(50) {
		if a, b := Generate(seed, options), Generate(seed, options); All(a.Definitions) != All(b.Definitions) {
			t.Errorf("seed %d makes two directories", seed)
		}
	}
}

// Every trait comes up in a usual run, or it would be there in name only; what
// is known to go wrong does not, unless it is asked for.
func TestEveryTraitIsMade(t *testing.T) {
	for name, with := range map[string][]string{"as usual": nil, "with all": {"all"}} {
		made := map[string]bool{}
		for _, version := range []string{"4.0", "3.6"} {
			for seed := range uint64(usual) {
				for trait, on := range Generate(seed, Options{Version: version, With: with}).Traits {
					made[trait] = made[trait] || on
				}
			}
		}
		for trait, on := range made {
			if _, wrong := knownWrong[trait]; on == (wrong && with == nil) {
				t.Errorf("%s: trait %s made: %v", name, trait, on)
			}
		}
		for trait := range knownWrong {
			if _, asked := made[trait]; !asked {
				t.Errorf("%s: nothing asks for the trait %s of knownWrong", name, trait)
			}
		}
	}
}

func TestTraitsCanBeLeftOut(t *testing.T) {
	for seed := range uint64(200) {
		if Generate(seed, Options{Version: "4.0", Without: []string{"step-retry"}}).Traits["step-retry"] {
			t.Fatalf("seed %d has the trait that is left out", seed)
		}
	}
}

// Names are emitted as src/names/dns.rs has it.
func TestEmittedNames(t *testing.T) {
	for name, want := range map[string]string{
		"CheckoutDef": "checkout-def", "HTTPServer": "http-server", "my_app.v2": "my-app-v2",
		"goapp-latest": "goapp-latest", "--Ünï--": "n", "%%%": "", "v1Beta2X": "v1-beta2-x",
	} {
		if got := emittedName(name); got != want {
			t.Errorf("%s is emitted as %q, want %q", name, got, want)
		}
	}
}

// program is a stand-in for argopacks: a shell script.
func program(t *testing.T, script string) *examiner {
	t.Helper()
	path := filepath.Join(t.TempDir(), "argopacks")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	return &examiner{binary: path, dir: t.TempDir(), check: func([]byte) error { return nil }}
}

func TestWhatGoesWrongIsSeen(t *testing.T) {
	one := &Directory{Definitions: []*Map{object("kind", "Pipeline", "metadata", object("name", "CartApi"), "spec", object())}}
	slipped := &Directory{Slip: &Slip{Name: "x", Rules: []string{"AP201"}}}
	for name, test := range map[string]struct {
		script string
		of     *Directory
		want   string
	}{
		"refused":                 {"echo 'error[AP306]: no' >&2; exit 1", one, "refused"},
		"a bug of the program":    {"exit 3", one, "refused"},
		"a signal":                {"kill -9 $$", one, "refused"},
		"a pipeline left out":     {"exit 0", one, `WorkflowTemplate "cart-api" is not rendered`},
		"an expression is left":   {`printf 'kind: WorkflowTemplate\nmetadata:\n  name: cart-api\na: <{ x }>\n'`, one, "a: <{ x }>"},
		"all is well":             {`printf 'kind: WorkflowTemplate\nmetadata:\n  name: cart-api\n'`, one, ""},
		"a slip that passes":      {"exit 0", slipped, "slip x: exit status 0"},
		"a slip that is told":     {"echo 'error[AP201]: no' >&2; exit 1", slipped, ""},
		"a slip told as another":  {"echo 'error[AP202]: no' >&2; exit 1", slipped, "none of [AP201] is told"},
		"a slip with some output": {"echo 'error[AP201]: no' >&2; echo kind: x; exit 1", slipped, "8 bytes of manifests"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if f := program(t, test.script).examine(test.of); f != nil {
				got = f.Error()
			}
			if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAFailedCheckIsAFailure(t *testing.T) {
	e := program(t, "echo what was rendered")
	e.check = func(manifest []byte) error { return os.ErrInvalid }
	if f := e.examine(&Directory{}); f == nil || f.stage != "checked" {
		t.Errorf("got %v, want the error of the check", f)
	}
}

// A directory that fails for one field is shrunk to it.
func TestShrinkingLeavesTheCause(t *testing.T) {
	d := Generate(7, options)
	d.Definitions = append(d.Definitions, object("kind", "Pipeline", "metadata", object("name", "p", "labels", object("a", "b")),
		"spec", object("image", "x", "timeout", "1h", "list", list("a", object("bad", 1, "good", 2), "c"))))
	shrink(d, func(d *Directory) bool { return strings.Contains(All(d.Definitions), "bad: 1") }, 5000)
	want := "kind: Pipeline\nmetadata: {}\nspec:\n  list:\n  - bad: 1\n"
	if got := All(d.Definitions); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestFailuresOfOneKind(t *testing.T) {
	one := &failure{"refused", "error[AP306]: the template does not use `a`\n --> 0.yaml:1:2\nerror[AP303]: no value for `x`"}
	for text, want := range map[string]bool{
		"error[AP306]: the template does not use `b`\n --> 1.yaml:3:4": true,
		"error[AP302]: nothing takes `a`":                              false,
	} {
		if got := one.like(&failure{"refused", text}); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestScalarsAreQuotedWhereTheyMustBe(t *testing.T) {
	for text, want := range map[string]string{
		"two words": "two words", "main": "main", "yes": `"yes"`, "1.10": `"1.10"`, "a: b": `"a: b"`, "": `""`,
		"<{ values.x }>": `"<{ values.x }>"`, "{{item}}": `"{{item}}"`, "on": `"on"`, "a\nb": `"a\nb"`,
	} {
		if got := scalar(text); got != want {
			t.Errorf("%q is written %s, want %s", text, got, want)
		}
	}
}

func TestSlipsHaveNamesOfTheirOwn(t *testing.T) {
	var names []string
	for _, slip := range slips {
		if slices.Contains(names, slip.Name) {
			t.Errorf("two slips are called %s", slip.Name)
		}
		names = append(names, slip.Name)
	}
}
