package conformance

import (
	"fmt"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/argoproj/argo-events/pkg/sensors/dependencies"
	"github.com/argoproj/argo-events/pkg/sensors/triggers"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// fire delivers one event to a Sensor and returns what it would create, all by
// Argo Events' own filters, templates and parameters.
func fire(sensor *eventsv1.Sensor, event *eventsv1.Event) ([]*unstructured.Unstructured, error) {
	events, err := interested(sensor, event)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	has := func(dependency string) bool { return events[dependency] != nil }
	var created []*unstructured.Unstructured
	for i := range sensor.Spec.Triggers {
		trigger := sensor.Spec.Triggers[i].DeepCopy()
		ok, err := met(conditionsOf(sensor, trigger), has)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		object, err := create(sensor, trigger, events)
		if err != nil {
			return nil, fmt.Errorf("trigger %s: %w", trigger.Template.Name, err)
		}
		created = append(created, object)
	}
	return created, nil
}

// interested are the dependencies that take the event. A filter that fails,
// for want of a field say, discards the event as one that says no.
func interested(sensor *eventsv1.Sensor, event *eventsv1.Event) (map[string]*eventsv1.Event, error) {
	events := map[string]*eventsv1.Event{}
	for _, dependency := range sensor.Spec.Dependencies {
		if dependency.EventSourceName != event.Context.Source || dependency.EventName != event.Context.Subject {
			continue
		}
		if dependency.Transform != nil {
			return nil, fmt.Errorf("dependency %s: transforms are not simulated", dependency.Name)
		}
		if ok, err := dependencies.Filter(event, dependency.Filters, dependency.FiltersLogicalOperator); ok && err == nil {
			events[dependency.Name] = event
		}
	}
	return events, nil
}

// conditionsOf are a trigger's own, or else every dependency.
func conditionsOf(sensor *eventsv1.Sensor, trigger *eventsv1.Trigger) string {
	conditions := trigger.Template.Conditions
	if conditions != "" {
		return conditions
	}
	for i, dependency := range sensor.Spec.Dependencies {
		if i > 0 {
			conditions += " && "
		}
		conditions += dependency.Name
	}
	return conditions
}

// create is a k8s trigger's way from its resource to the object it creates.
func create(sensor *eventsv1.Sensor, trigger *eventsv1.Trigger, events map[string]*eventsv1.Event) (*unstructured.Unstructured, error) {
	if err := triggers.ApplyTemplateParameters(events, trigger); err != nil {
		return nil, err
	}
	k8s := trigger.Template.K8s
	if k8s == nil || k8s.Operation != "" && k8s.Operation != eventsv1.Create {
		return nil, fmt.Errorf("only k8s triggers that create are simulated")
	}
	object, err := triggers.FetchKubernetesResource(k8s.Source)
	if err != nil {
		return nil, err
	}
	if err := triggers.ApplyResourceParameters(events, k8s.Parameters, object); err != nil {
		return nil, err
	}
	if object.GetNamespace() == "" {
		object.SetNamespace(sensor.Namespace)
	}
	labels := object.GetLabels()
	if labels == nil {
		labels = map[string]string{}
	}
	labels["events.argoproj.io/sensor"] = sensor.Name
	labels["events.argoproj.io/trigger"] = trigger.Template.Name
	object.SetLabels(labels)
	return object, nil
}
