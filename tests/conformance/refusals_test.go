package conformance

import (
	"path/filepath"
	"strings"
	"testing"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
)

// Each check must refuse what it is there for.
func TestMistakesAreRefused(t *testing.T) {
	for _, test := range []struct {
		file  string
		check func(*manifest) error
		want  string
	}{
		{"unknown-field", nil, `unknown field "spec.entryPoint"`},
		{"unknown-core-field", nil, `unknown field "rules[0].verb"`},
		{"unknown-kind", nil, "is not a kind that argopacks renders"},
		{"duplicate-key", nil, `key "metadata" already set`},
		{"wrong-type", nil, "cannot unmarshal string"},
		{"missing-template", validateWorkflows, "no ClusterWorkflowTemplate"},
		{"missing-template", checkReferences, "no ClusterWorkflowTemplate"},
		{"missing-argument", validateWorkflows, "inputs.parameters.message was not supplied"},
		{"missing-parameter", validateWorkflows, "spec.arguments.revision.value"},
		{"number-for-text", checkCRDs, "must be of type string"},
		{"unknown-step-field", nil, `unknown field "wen"`},
		{"broken-rule", checkCRDs, "timeout cannot be applied to steps or dag templates"},
		{"restricted-field", checkRestrictions, "spec.serviceAccountName"},
		{"bad-name", checkMetadata, "metadata.name: Invalid value"},
		{"no-repositories", validateEvents, "either repositories or organizations is required"},
		{"no-event", checkReferences, "no event push of an EventSource gitlab"},
		{"no-dependency", checkReferences, `condition "shop-pull" is not a dependency`},
		{"no-parameter", checkReferences, `argument "revison" is not a parameter of shop`},
		{"no-argument", checkReferences, "parameters.1.value"},
		{"generated-name", fireOnPush, "has no name of its own"},
	} {
		t.Run(test.file, func(t *testing.T) {
			m, err := load(filepath.Join("testdata", "bad", test.file+".yaml"))
			if err == nil && test.check != nil {
				err = test.check(m)
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

func fireOnPush(m *manifest) error {
	push := payload{data: `{"body":{"after":"` + pushedCommit + `"}}`, at: pushedAt}
	created, err := fire(all[eventsv1.Sensor](m)[0], push.event(origin{"github", "acme", "github", "push"}))
	if err != nil {
		return err
	}
	_, err = newRun(m, created[0])
	return err
}

// What Argo's Go types have no field for does not get as far as a check, so
// this one is put in behind their back.
func TestFieldUnknownToCRDIsRefused(t *testing.T) {
	m, err := load(filepath.Join("testdata", "bad", "generated-name.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := checkCRDs(m); err != nil {
		t.Fatal(err)
	}
	m.objects[0].Object["spec"].(map[string]any)["entryPoint"] = "build"
	if err := checkCRDs(m); err == nil || !strings.Contains(err.Error(), `unknown field "spec.entryPoint"`) {
		t.Errorf("got %v, want an unknown field", err)
	}
}

func TestOversizedSensorIsRefused(t *testing.T) {
	m, err := load(filepath.Join("testdata", "bad", "generated-name.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := checkSizes(m); err != nil {
		t.Fatal(err)
	}
	spec := &all[eventsv1.Sensor](m)[0].Spec
	for len(spec.Triggers) < 500 {
		spec.Triggers = append(spec.Triggers, spec.Triggers[0])
	}
	if err := checkSizes(m); err == nil {
		t.Error("a Sensor of 500 triggers passes")
	}
}

func TestLiveBracesAreSeen(t *testing.T) {
	for value, want := range map[string]bool{
		"":               true,
		"{ {a}}":         true,
		"a{ ":            true,
		"{a}":            true,
		"{{a}}":          false,
		"a{":             false,
		"{ {{a":          false,
		"{ {=1}} {{=2}}": false,
	} {
		if got := defused(value); got != want {
			t.Errorf("defused(%q) = %v", value, got)
		}
	}
}
