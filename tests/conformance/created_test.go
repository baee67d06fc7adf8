package conformance

import (
	"encoding/json"
	"errors"
	"fmt"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/validation"
)

// run is a Workflow that an event created.
type run struct {
	*wfv1.Workflow
	created *unstructured.Unstructured
}

// newRun takes an object that a Sensor creates only if the API server and the
// controller of Argo Workflows would take it, next to the rendered objects.
func newRun(m *manifest, created *unstructured.Unstructured) (*run, error) {
	data, err := json.Marshal(created)
	if err != nil {
		return nil, err
	}
	typed, err := decode(created.GetAPIVersion(), created.GetKind(), data)
	if err != nil {
		return nil, err
	}
	workflow, ok := typed.(*wfv1.Workflow)
	if !ok {
		return nil, fmt.Errorf("creates a %s", created.GetKind())
	}
	err = errors.Join(
		checkRunName(created.GetName()),
		checkObjectMeta(created, true),
		checkCRD(created),
		checkRestricted(created, "spec"),
		validateWorkflowKind(m, workflow.DeepCopy()),
	)
	if err != nil {
		return nil, fmt.Errorf("Workflow %s: %w", created.GetName(), err)
	}
	return &run{workflow, created}, nil
}

// checkRunName wants a name made of the event, so that the event delivered
// again is refused, that is a label's value too: pods and PVCs carry it.
func checkRunName(name string) error {
	if name == "" {
		return errors.New("has no name of its own: an event delivered twice would run twice")
	}
	var errs []error
	for _, problem := range validation.IsDNS1123Label(name) {
		errs = append(errs, fmt.Errorf("name %q: %s", name, problem))
	}
	return errors.Join(errs...)
}

// parameters are the arguments by name.
func (r *run) parameters() map[string]string {
	values := map[string]string{}
	for _, parameter := range r.Spec.Arguments.Parameters {
		values[parameter.Name] = parameter.Value.String()
	}
	return values
}

// executes tells whether the entrypoint is a template of the pack, or calls one.
func (r *run) executes(m *manifest, pack string) bool {
	ref := r.Spec.WorkflowTemplateRef
	if ref.Name == pack {
		return true
	}
	spec, err := m.templateSpec(r.Namespace, ref)
	if err != nil {
		return false
	}
	entrypoint := r.Spec.Entrypoint
	if entrypoint == "" {
		entrypoint = spec.Entrypoint
	}
	for i := range spec.Templates {
		if spec.Templates[i].Name == entrypoint {
			return calls(&spec.Templates[i], pack)
		}
	}
	return false
}

func calls(template *wfv1.Template, pack string) bool {
	var refs []*wfv1.TemplateRef
	if template.DAG != nil {
		for _, task := range template.DAG.Tasks {
			refs = append(refs, task.TemplateRef)
		}
	}
	for _, group := range template.Steps {
		for _, step := range group.Steps {
			refs = append(refs, step.TemplateRef)
		}
	}
	for _, ref := range refs {
		if ref != nil && ref.Name == pack {
			return true
		}
	}
	return false
}
