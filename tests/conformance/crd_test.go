package conformance

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

func TestCRDsAccept(t *testing.T) {
	accepts(t, checkCRDs)
}

func checkCRDs(m *manifest) error {
	var errs []error
	for _, o := range m.objects {
		if err := checkCRD(o.Unstructured); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", o, err))
		}
	}
	return errors.Join(errs...)
}

// checkCRD does what an API server with Argo's full CRDs does to an object,
// with fieldValidation=Strict. Kinds without a schema are let through.
func checkCRD(o *unstructured.Unstructured) error {
	load, ok := crds[o.GetKind()]
	if !ok {
		return nil
	}
	crd, err := load()
	if err != nil {
		return err
	}
	return crd.check(o.DeepCopy().Object)
}

// crd is one CRD, ready to judge objects.
type crd struct {
	structural *structuralschema.Structural
	schema     validation.SchemaValidator
	rules      *cel.Validator
}

var crds = map[string]func() (*crd, error){
	"ClusterWorkflowTemplate": crdFile("clusterworkflowtemplates"),
	"CronWorkflow":            crdFile("cronworkflows"),
	"Workflow":                crdFile("workflows"),
	"WorkflowTemplate":        crdFile("workflowtemplates"),
}

func (c *crd) check(object map[string]any) error {
	var errs []error
	options := structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	for _, path := range pruning.PruneWithOptions(object, c.structural, true, options) {
		errs = append(errs, fmt.Errorf("unknown field %q", path))
	}
	list := validation.ValidateCustomResource(nil, object, c.schema)
	list = append(list, listtype.ValidateListSetsAndMaps(nil, c.structural, object)...)
	broken, _ := c.rules.Validate(context.Background(), nil, c.structural, object, nil, celconfig.RuntimeCELCostBudget)
	for _, err := range append(list, broken...) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// crdFile reads a CRD out of the module of Argo Workflows, once.
func crdFile(plural string) func() (*crd, error) {
	return sync.OnceValues(func() (*crd, error) {
		dir, err := argoWorkflows()
		if err != nil {
			return nil, err
		}
		path := filepath.Join(dir, "manifests", "base", "crds", "full", "argoproj.io_"+plural+".yaml")
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		definition := new(apiextensionsv1.CustomResourceDefinition)
		if err := yaml.Unmarshal(data, definition); err != nil {
			return nil, err
		}
		return newCRD(definition.Spec.Versions[0].Schema.OpenAPIV3Schema)
	})
}

func newCRD(v1 *apiextensionsv1.JSONSchemaProps) (*crd, error) {
	schema := new(apiextensions.JSONSchemaProps)
	if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(v1, schema, nil); err != nil {
		return nil, err
	}
	structural, err := structuralschema.NewStructural(schema)
	if err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(schema)
	if err != nil {
		return nil, err
	}
	return &crd{structural, validator, cel.NewValidator(structural, true, celconfig.PerCallLimit)}, nil
}

// argoWorkflows is the directory of the module in the module cache.
var argoWorkflows = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/argoproj/argo-workflows/v4").Output()
	return strings.TrimSpace(string(out)), err
})
