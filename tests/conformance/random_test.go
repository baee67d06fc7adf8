package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"argopacks.test/conformance/random"
	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"sigs.k8s.io/yaml"
)

// All that the examples must pass, directories made at random must pass too.
func TestRandomDirectories(t *testing.T) {
	random.Run(t, "4.0", func(manifest []byte) error {
		m, err := read("random", manifest)
		if err != nil {
			return err
		}
		return errors.Join(checkAll(m), checkDeliveries(t, m))
	})
}

// checkAll runs every check that looks at a manifest as it is.
func checkAll(m *manifest) error {
	var errs []error
	for _, check := range []func(*manifest) error{
		validateWorkflows, checkCRDs, checkMetadata, checkLengths, checkRestrictions,
		validateEvents, checkSizes, checkReferences, checkParameters,
	} {
		errs = append(errs, check(m))
	}
	return errors.Join(errs...)
}

// checkDeliveries gives each dependency of each Sensor the push that its
// filters ask for: every trigger that waits for it makes a Workflow that Argo
// takes, and the same one when the push comes again.
func checkDeliveries(t testing.TB, m *manifest) error {
	var errs []error
	for _, sensor := range all[eventsv1.Sensor](m) {
		for i := range sensor.Spec.Dependencies {
			dependency := &sensor.Spec.Dependencies[i]
			err := recorded(t, func(t testing.TB) {
				runs, want := deliverAsked(t, m, sensor, dependency), waiting(t, sensor, dependency.Name)
				if len(runs) < want || want == 0 {
					t.Errorf("makes %v, and %d triggers wait for it", names(t, runs), want)
				}
			})
			if err != nil {
				errs = append(errs, fmt.Errorf("Sensor %s, dependency %s: %w", sensor.Name, dependency.Name, err))
			}
		}
	}
	return errors.Join(errs...)
}

// What the generator writes is read as what it means: its YAML is its JSON.
func TestDefinitionsAreWrittenRight(t *testing.T) {
	for seed := range uint64(100) {
		d := random.Generate(seed, random.Options{Version: "4.0", With: []string{"all"}})
		var want []any
		if err := json.Unmarshal([]byte(random.JSON(d.Definitions)), &want); err != nil {
			t.Fatal(err)
		}
		got := make([]any, len(d.Definitions))
		for i, document := range strings.Split(random.All(d.Definitions), "\n---\n") {
			if err := yaml.Unmarshal([]byte(document+"\n"), &got[i]); err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, document)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: YAML and JSON differ", seed)
		}
	}
}

// What the checks of random directories are there for, they must refuse.
func TestMistakesInRandomDirectoriesAreRefused(t *testing.T) {
	for file, want := range map[string]string{
		"missing-argument":     "inputs.parameters.message was not supplied",
		"number-for-text":      "must be of type string",
		"restricted-field":     "spec.serviceAccountName",
		"bad-name":             "metadata.name: Invalid value",
		"no-repositories":      "either repositories or organizations is required",
		"no-parameter":         `argument "revison" is not a parameter of shop`,
		"generated-name":       "has no name of its own",
		"undeclared-parameter": `parameter "registry" of the run is named and not declared`,
		"undeclared-in-helper": `parameter "branch" of the run is named and not declared`,
		"long-name":            "a name of 64 characters",
	} {
		t.Run(file, func(t *testing.T) {
			m, err := load(filepath.Join("testdata", "bad", file+".yaml"))
			if err != nil {
				t.Fatal(err)
			}
			err = errors.Join(checkAll(m), checkDeliveries(t, m))
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want an error with %q", err, want)
			}
		})
	}
}

func TestNamesInTags(t *testing.T) {
	for tag, want := range map[string][]string{
		"workflow.parameters.git-secret":                      {"git-secret"},
		" workflow.parameters.x ":                             {"x"},
		"workflow.parameters":                                 nil,
		"inputs.parameters.x":                                 nil,
		"=workflow.parameters.x + 'a'":                        {"x"},
		"=workflow.parameters['image-tag']":                   {"image-tag"},
		`=f(workflow.parameters["a"], workflow.parameters.b)`: {"b", "a"},
	} {
		if got := namesInTag(tag); !slices.Equal(got, want) {
			t.Errorf("%q names %v, want %v", tag, got, want)
		}
	}
}
