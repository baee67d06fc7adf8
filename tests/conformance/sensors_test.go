package conformance

import (
	"slices"
	"testing"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
)

// Every dependency of every Sensor that argopacks makes gets an event that its
// filters ask for: all triggers that wait for it must make Workflows that Argo
// takes, and the same ones when the event is delivered again.
func TestEverySensorFires(t *testing.T) {
	delivered := 0
	eachRendered(t, func(t *testing.T, m *manifest) {
		for _, o := range m.objects {
			sensor, ok := o.typed.(*eventsv1.Sensor)
			if !ok || !o.managed() {
				continue
			}
			for i := range sensor.Spec.Dependencies {
				dependency := &sensor.Spec.Dependencies[i]
				t.Run(sensor.Name+"/"+dependency.Name, func(t *testing.T) {
					runs := deliverAsked(t, m, dependency)
					if want := waiting(t, sensor, dependency.Name); len(runs) < want || want == 0 {
						t.Errorf("makes %v, and %d triggers wait for it", names(t, runs), want)
					}
				})
				delivered++
			}
		}
	})
	if delivered == 0 {
		t.Error("no rendered Sensor is labelled as made by argopacks")
	}
}

// deliverAsked delivers, twice, the event that a dependency asks for.
func deliverAsked(t *testing.T, m *manifest, dependency *eventsv1.EventDependency) []*run {
	t.Helper()
	i := slices.IndexFunc(origins(m), func(o origin) bool {
		return o.source == dependency.EventSourceName && o.event == dependency.EventName
	})
	if i < 0 {
		t.Fatalf("no event of a known provider is called %s/%s", dependency.EventSourceName, dependency.EventName)
	}
	from := origins(m)[i]
	p := synthesize(t, dependency, from.provider)
	runs := deliverFrom(t, m, p, from)
	first, second := names(t, runs), names(t, deliverFrom(t, m, p, from))
	if !slices.Equal(first, second) {
		t.Errorf("the first delivery makes %v, the second %v", first, second)
	}
	return runs
}

// waiting counts the triggers that wait for a dependency.
func waiting(t *testing.T, sensor *eventsv1.Sensor, dependency string) int {
	t.Helper()
	count := 0
	for _, trigger := range sensor.Spec.Triggers {
		names, err := conditionNames(conditionsOf(sensor, &trigger))
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(names, dependency) {
			count++
		}
	}
	return count
}

// The example own-tasks has two webhooks on one branch of one repository: a
// push to it fires all of them.
func TestOwnTasksFireTogether(t *testing.T) {
	m := rendered(t, "own-tasks")
	for _, sensor := range all[eventsv1.Sensor](m) {
		for i := range sensor.Spec.Dependencies {
			runs := deliverAsked(t, m, &sensor.Spec.Dependencies[i])
			if len(runs) != len(sensor.Spec.Triggers) {
				t.Errorf("a push makes %v, and there are %d triggers", names(t, runs), len(sensor.Spec.Triggers))
			}
		}
	}
}
