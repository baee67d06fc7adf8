package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

func TestReferencesResolve(t *testing.T) {
	accepts(t, checkReferences)
}

// checkReferences follows what neither Argo nor the API server follows before
// an event comes in.
func checkReferences(m *manifest) error {
	var errs []error
	for _, o := range m.objects {
		var err error
		switch typed := o.typed.(type) {
		case *eventsv1.Sensor:
			err = checkSensor(m, typed, o.managed())
		case *wfv1.WorkflowTemplate:
			err = checkTemplateRefs(m, o)
		case *wfv1.CronWorkflow:
			err = checkArguments(m, o.GetNamespace(), &typed.Spec.WorkflowSpec)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", o, err))
		}
	}
	return errors.Join(errs...)
}

func checkSensor(m *manifest, sensor *eventsv1.Sensor, managed bool) error {
	var errs []error
	known := map[string]bool{}
	for _, dependency := range sensor.Spec.Dependencies {
		if known[dependency.Name] {
			errs = append(errs, fmt.Errorf("dependency %q is there twice", dependency.Name))
		}
		known[dependency.Name] = true
		if !hasEvent(m, sensor.Namespace, dependency.EventSourceName, dependency.EventName) {
			errs = append(errs, fmt.Errorf("dependency %q: no event %s of an EventSource %s",
				dependency.Name, dependency.EventName, dependency.EventSourceName))
		}
	}
	for _, trigger := range sensor.Spec.Triggers {
		if err := checkTrigger(m, sensor, trigger.Template, known, managed); err != nil {
			errs = append(errs, fmt.Errorf("trigger %q: %w", trigger.Template.Name, err))
		}
	}
	return errors.Join(errs...)
}

// hasEvent looks for an event by name among all types of EventSource.
func hasEvent(m *manifest, namespace, source, event string) bool {
	for _, o := range m.objects {
		if o.GetKind() != "EventSource" || o.GetNamespace() != namespace || o.GetName() != source {
			continue
		}
		spec, _, _ := unstructured.NestedMap(o.Object, "spec")
		for _, events := range spec {
			if named, ok := events.(map[string]any); ok && named[event] != nil {
				return true
			}
		}
	}
	return false
}

func checkTrigger(m *manifest, sensor *eventsv1.Sensor, trigger *eventsv1.TriggerTemplate, known map[string]bool, managed bool) error {
	if managed && trigger.Conditions == "" {
		return errors.New("without conditions it waits for every dependency")
	}
	if trigger.Conditions != "" {
		names, err := conditionNames(trigger.Conditions)
		if err != nil {
			return err
		}
		for _, name := range names {
			if !known[name] {
				return fmt.Errorf("condition %q is not a dependency", name)
			}
		}
	}
	if trigger.K8s == nil || trigger.K8s.Source == nil || trigger.K8s.Source.Resource == nil {
		return nil
	}
	for _, parameter := range trigger.K8s.Parameters {
		if !known[parameter.Src.DependencyName] {
			return fmt.Errorf("parameter from %q, which is not a dependency", parameter.Src.DependencyName)
		}
	}
	workflow := new(wfv1.Workflow)
	if err := json.Unmarshal(trigger.K8s.Source.Resource.Value, workflow); err != nil {
		return err
	}
	if workflow.Spec.WorkflowTemplateRef == nil {
		if managed {
			return errors.New("its Workflow has no workflowTemplateRef")
		}
		return nil
	}
	return checkTriggered(m, sensor.Namespace, workflow, trigger.K8s.Parameters)
}

// checkTriggered compares what a trigger fills in with what its template takes.
func checkTriggered(m *manifest, namespace string, workflow *wfv1.Workflow, parameters []eventsv1.TriggerParameter) error {
	if workflow.Namespace != "" {
		namespace = workflow.Namespace
	}
	if err := checkArguments(m, namespace, &workflow.Spec); err != nil {
		return err
	}
	for _, parameter := range parameters {
		if err := checkDest(parameter.Dest, workflow.Spec.Arguments.Parameters); err != nil {
			return err
		}
	}
	return nil
}

// checkArguments wants every argument to be a parameter of the template that a
// spec refers to.
func checkArguments(m *manifest, namespace string, spec *wfv1.WorkflowSpec) error {
	if spec.WorkflowTemplateRef == nil {
		return nil
	}
	template, err := m.templateSpec(namespace, spec.WorkflowTemplateRef)
	if err != nil {
		return err
	}
	taken := takenParameters(template, spec.Entrypoint)
	for _, argument := range spec.Arguments.Parameters {
		if !slices.Contains(taken, argument.Name) {
			return fmt.Errorf("argument %q is not a parameter of %s", argument.Name, spec.WorkflowTemplateRef.Name)
		}
	}
	return nil
}

// takenParameters are those of the template's spec and, for Argo hands
// arguments of the Workflow to it, of the entrypoint.
func takenParameters(spec *wfv1.WorkflowSpec, entrypoint string) []string {
	if entrypoint == "" {
		entrypoint = spec.Entrypoint
	}
	var names []string
	for _, parameter := range spec.Arguments.Parameters {
		names = append(names, parameter.Name)
	}
	for _, template := range spec.Templates {
		if template.Name != entrypoint {
			continue
		}
		for _, parameter := range template.Inputs.Parameters {
			names = append(names, parameter.Name)
		}
	}
	return names
}

var argumentDest = regexp.MustCompile(`^spec\.arguments\.parameters\.(\d+)\.value$`)

// checkDest wants arguments addressed by an index that exists: Argo Events sets
// nothing, in silence, where a query matches nothing.
func checkDest(dest string, arguments []wfv1.Parameter) error {
	if strings.HasPrefix(dest, "metadata.") {
		return nil
	}
	match := argumentDest.FindStringSubmatch(dest)
	if match == nil {
		return fmt.Errorf("dest %q is neither metadata nor an argument's value", dest)
	}
	index, err := strconv.Atoi(match[1])
	if err != nil {
		return err
	}
	if index >= len(arguments) || arguments[index].Value == nil {
		return fmt.Errorf("dest %q is not an argument with a value", dest)
	}
	return nil
}
