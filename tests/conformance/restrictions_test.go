package conformance

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// allowedWithRef are the fields of a Workflow's spec that a controller with
// `templateReferencing: Strict` or `Secure` lets a user set. Argo exports no
// function for it; the list is that of its documentation.
var allowedWithRef = []string{
	"activeDeadlineSeconds", "archiveLogs", "arguments", "artifactGC", "entrypoint", "metrics", "podGC",
	"priority", "shutdown", "suspend", "ttlStrategy", "volumeClaimGC", "workflowMetadata", "workflowTemplateRef",
}

func TestWorkflowsObeyTemplateReferencing(t *testing.T) {
	accepts(t, checkRestrictions)
}

func checkRestrictions(m *manifest) error {
	var errs []error
	for _, o := range m.objects {
		path := []string{"spec"}
		switch o.typed.(type) {
		case *wfv1.Workflow:
		case *wfv1.CronWorkflow:
			path = []string{"spec", "workflowSpec"}
		default:
			continue
		}
		if err := checkRestricted(o.Unstructured, path...); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", o, err))
		}
	}
	return errors.Join(errs...)
}

func checkRestricted(workflow *unstructured.Unstructured, path ...string) error {
	spec, _, err := unstructured.NestedMap(workflow.Object, path...)
	if err != nil {
		return err
	}
	if _, refers := spec["workflowTemplateRef"]; !refers {
		return nil
	}
	var errs []error
	for field := range spec {
		if !slices.Contains(allowedWithRef, field) {
			errs = append(errs, fmt.Errorf("spec.%s may not be set beside workflowTemplateRef", field))
		}
	}
	return errors.Join(errs...)
}
