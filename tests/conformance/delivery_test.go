package conformance

import (
	"maps"
	"slices"
	"testing"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
)

// origin is an event of an EventSource, of the type for a provider. Sensors of
// its namespace get it: they share its EventBus.
type origin struct{ provider, namespace, source, event string }

// origins are all events of the EventSources of a manifest.
func origins(m *manifest) []origin {
	var found []origin
	for _, o := range m.objects {
		if o.GetKind() != "EventSource" {
			continue
		}
		spec, _ := o.Object["spec"].(map[string]any)
		for _, provider := range []string{"github", "gitlab", "bitbucket", "bitbucketserver", "webhook"} {
			events, _ := spec[provider].(map[string]any)
			for _, event := range slices.Sorted(maps.Keys(events)) {
				found = append(found, origin{provider, o.GetNamespace(), o.GetName(), event})
			}
		}
	}
	return found
}

// deliver hands a payload to every Sensor, from every EventSource for GitHub.
func deliver(t testing.TB, m *manifest, p payload) []*run {
	t.Helper()
	var runs []*run
	for _, from := range origins(m) {
		if from.provider == "github" {
			runs = append(runs, deliverFrom(t, m, p, from)...)
		}
	}
	return runs
}

// deliverFrom hands a payload from one EventSource to its Sensors, and wants
// each Workflow that comes of it to be one that Argo takes.
func deliverFrom(t testing.TB, m *manifest, p payload, from origin) []*run {
	t.Helper()
	var runs []*run
	for _, sensor := range all[eventsv1.Sensor](m) {
		if sensor.Namespace != from.namespace {
			continue
		}
		created, err := fire(sensor, p.event(from))
		if err != nil {
			t.Fatalf("Sensor %s: %v", sensor.Name, err)
		}
		for _, object := range created {
			run, err := newRun(m, object)
			if err != nil {
				t.Fatalf("Sensor %s: %v", sensor.Name, err)
			}
			runs = append(runs, run)
		}
	}
	return runs
}

// names of the Workflows, which must differ.
func names(t testing.TB, runs []*run) []string {
	t.Helper()
	var names []string
	for _, run := range runs {
		name := run.Namespace + "/" + run.Name
		if slices.Contains(names, name) {
			t.Errorf("one event makes two Workflows named %s: the second is lost", name)
		}
		names = append(names, name)
	}
	return names
}
