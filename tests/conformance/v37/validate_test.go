// Package v37 runs Argo Workflows 3.7's validators over what argopacks rendered.
package v37

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	wfv1 "github.com/argoproj/argo-workflows/v3/pkg/apis/workflow/v1alpha1"
	"github.com/argoproj/argo-workflows/v3/workflow/validate"
)

type namespaced struct {
	namespace string
	templates []*wfv1.WorkflowTemplate
}

func (n namespaced) Get(name string) (*wfv1.WorkflowTemplate, error) {
	for _, t := range n.templates {
		if t.Namespace == n.namespace && t.Name == name {
			return t, nil
		}
	}
	return nil, fmt.Errorf("no WorkflowTemplate %q in namespace %q", name, n.namespace)
}

type cluster []*wfv1.ClusterWorkflowTemplate

func (c cluster) Get(name string) (*wfv1.ClusterWorkflowTemplate, error) {
	for _, t := range c {
		if t.Name == name {
			return t, nil
		}
	}
	return nil, fmt.Errorf("no ClusterWorkflowTemplate %q", name)
}

func (f *file) validate() error {
	var errs []error
	in := func(namespace string) namespaced { return namespaced{namespace, f.templates} }
	keep := func(kind, name string, err error) {
		if err != nil {
			errs = append(errs, fmt.Errorf("%s %s: %w", kind, name, err))
		}
	}
	lint, global := validate.ValidateOpts{Lint: true}, cluster(f.clusterTemplates)
	for _, o := range f.clusterTemplates {
		keep("ClusterWorkflowTemplate", o.Name, validate.ValidateClusterWorkflowTemplate(in(""), global, o, nil, lint))
	}
	for _, o := range f.templates {
		keep("WorkflowTemplate", o.Name, validate.ValidateWorkflowTemplate(in(o.Namespace), global, o, nil, lint))
	}
	for _, o := range f.workflows {
		keep("Workflow", o.Name, validate.ValidateWorkflow(in(o.Namespace), global, o, nil, validate.ValidateOpts{}))
	}
	for _, o := range f.crons {
		keep("CronWorkflow", o.Name, validate.ValidateCronWorkflow(context.Background(), in(o.Namespace), global, o, nil))
	}
	return errors.Join(errs...)
}

func TestRenderedIsAccepted(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(os.Getenv("RENDERED"), "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("RENDERED=%q holds no rendered files (%v)", os.Getenv("RENDERED"), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			f, err := load(path)
			if err == nil {
				err = f.validate()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestMistakesAreRefused(t *testing.T) {
	for name, want := range map[string]string{
		"unknown-field.yaml":     `unknown field "spec.entryPoint"`,
		"missing-template.yaml":  "no ClusterWorkflowTemplate",
		"missing-argument.yaml":  "inputs.parameters.message was not supplied",
		"missing-parameter.yaml": "spec.arguments.revision.value",
	} {
		t.Run(name, func(t *testing.T) {
			f, err := load(filepath.Join("..", "testdata", "bad", name))
			if err == nil {
				err = f.validate()
			}
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want an error with %q", err, want)
			}
		})
	}
}
