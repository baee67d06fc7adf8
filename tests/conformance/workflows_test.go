package conformance

import (
	"context"
	"errors"
	"fmt"
	"testing"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	"github.com/argoproj/argo-workflows/v4/util/logging"
	"github.com/argoproj/argo-workflows/v4/workflow/validate"
)

func TestWorkflowsAreValid(t *testing.T) {
	accepts(t, validateWorkflows)
}

// validateWorkflows runs Argo Workflows' validators: templates as `argo lint`
// does, Workflows as the controller does, so that parameters must have values.
func validateWorkflows(m *manifest) error {
	var errs []error
	for _, o := range m.objects {
		if err := validateWorkflowKind(m, o.typed); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", o, err))
		}
	}
	return errors.Join(errs...)
}

func validateWorkflowKind(m *manifest, typed any) error {
	ctx, lint := argoContext(), validate.ValidateOpts{Lint: true}
	global := clusterTemplates{m}
	switch o := typed.(type) {
	case *wfv1.ClusterWorkflowTemplate:
		return validate.ValidateClusterWorkflowTemplate(ctx, templates{m, ""}, global, o, nil, lint)
	case *wfv1.WorkflowTemplate:
		return validate.ValidateWorkflowTemplate(ctx, templates{m, o.Namespace}, global, o, nil, lint)
	case *wfv1.CronWorkflow:
		return validate.ValidateCronWorkflow(ctx, templates{m, o.Namespace}, global, o, nil)
	case *wfv1.Workflow:
		return validate.ValidateWorkflow(ctx, templates{m, o.Namespace}, global, o, nil, validate.ValidateOpts{})
	}
	return nil
}

func argoContext() context.Context {
	return logging.WithLogger(context.Background(), logging.NewSlogLogger(logging.Error, logging.Text))
}

// templates are the WorkflowTemplates of one namespace of a manifest.
type templates struct {
	*manifest
	namespace string
}

func (t templates) Get(_ context.Context, name string) (*wfv1.WorkflowTemplate, error) {
	for _, template := range all[wfv1.WorkflowTemplate](t.manifest) {
		if template.Namespace == t.namespace && template.Name == name {
			return template, nil
		}
	}
	return nil, fmt.Errorf("no WorkflowTemplate %q in namespace %q", name, t.namespace)
}

type clusterTemplates struct{ *manifest }

func (t clusterTemplates) Get(_ context.Context, name string) (*wfv1.ClusterWorkflowTemplate, error) {
	for _, template := range all[wfv1.ClusterWorkflowTemplate](t.manifest) {
		if template.Name == name {
			return template, nil
		}
	}
	return nil, fmt.Errorf("no ClusterWorkflowTemplate %q", name)
}

// templateSpec is what a workflowTemplateRef in the namespace points at.
func (m *manifest) templateSpec(namespace string, ref *wfv1.WorkflowTemplateRef) (*wfv1.WorkflowSpec, error) {
	if ref.ClusterScope {
		template, err := clusterTemplates{m}.Get(context.Background(), ref.Name)
		if err != nil {
			return nil, err
		}
		return &template.Spec, nil
	}
	template, err := templates{m, namespace}.Get(context.Background(), ref.Name)
	if err != nil {
		return nil, err
	}
	return &template.Spec, nil
}
