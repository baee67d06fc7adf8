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
	eachDependency(t, func(t *testing.T, m *manifest, sensor *eventsv1.Sensor, dependency *eventsv1.EventDependency) {
		runs := deliverAsked(t, m, sensor, dependency)
		if want := waiting(t, sensor, dependency.Name); len(runs) < want || want == 0 {
			t.Errorf("makes %v, and %d triggers wait for it", names(t, runs), want)
		}
	})
}

// eachDependency runs a test over those of every Sensor that argopacks makes;
// there must be some.
func eachDependency(t *testing.T, test func(*testing.T, *manifest, *eventsv1.Sensor, *eventsv1.EventDependency)) {
	t.Helper()
	found := false
	eachRendered(t, func(t *testing.T, m *manifest) {
		for _, o := range m.objects {
			sensor, ok := o.typed.(*eventsv1.Sensor)
			if !ok || !o.managed() {
				continue
			}
			for i := range sensor.Spec.Dependencies {
				found = true
				dependency := &sensor.Spec.Dependencies[i]
				t.Run(sensor.Name+"/"+dependency.Name, func(t *testing.T) { test(t, m, sensor, dependency) })
			}
		}
	})
	if !found {
		t.Error("no rendered Sensor is labelled as made by argopacks")
	}
}

// originOf is the event that a dependency waits for.
func originOf(t testing.TB, m *manifest, sensor *eventsv1.Sensor, dependency *eventsv1.EventDependency) origin {
	t.Helper()
	for _, o := range origins(m) {
		if o.namespace == sensor.Namespace && o.source == dependency.EventSourceName && o.event == dependency.EventName {
			return o
		}
	}
	t.Fatalf("no event of a known provider is called %s/%s", dependency.EventSourceName, dependency.EventName)
	return origin{}
}

// deliverAsked delivers, twice, the event that a dependency asks for.
func deliverAsked(t testing.TB, m *manifest, sensor *eventsv1.Sensor, dependency *eventsv1.EventDependency) []*run {
	t.Helper()
	from := originOf(t, m, sensor, dependency)
	p := synthesize(t, dependency, from.provider)
	runs := deliverFrom(t, m, p, from)
	first, second := names(t, runs), names(t, deliverFrom(t, m, p, from))
	if !slices.Equal(first, second) {
		t.Errorf("the first delivery makes %v, the second %v", first, second)
	}
	return runs
}

// waiting counts the triggers that wait for a dependency.
func waiting(t testing.TB, sensor *eventsv1.Sensor, dependency string) int {
	t.Helper()
	count := 0
	for i := range sensor.Spec.Triggers {
		names, err := conditionNames(conditionsOf(sensor, &sensor.Spec.Triggers[i]))
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
			runs := deliverAsked(t, m, sensor, &sensor.Spec.Dependencies[i])
			if len(runs) != len(sensor.Spec.Triggers) {
				t.Errorf("a push makes %v, and there are %d triggers", names(t, runs), len(sensor.Spec.Triggers))
			}
		}
	}
}
