package conformance

import (
	"errors"
	"fmt"
	"slices"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
)

// checkTemplateRefs looks up every templateRef, wherever it stands.
func checkTemplateRefs(m *manifest, o *object) error {
	var errs []error
	for _, ref := range templateRefs(o.Object) {
		spec, err := m.templateSpec(o.GetNamespace(), &wfv1.WorkflowTemplateRef{Name: ref.Name, ClusterScope: ref.ClusterScope})
		if err == nil && !slices.ContainsFunc(spec.Templates, func(t wfv1.Template) bool { return t.Name == ref.Template }) {
			err = fmt.Errorf("no template %q in %q", ref.Template, ref.Name)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func templateRefs(value any) []wfv1.TemplateRef {
	var refs []wfv1.TemplateRef
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			refs = append(refs, templateRefs(item)...)
		}
	case map[string]any:
		for key, item := range value {
			if ref, ok := item.(map[string]any); ok && key == "templateRef" {
				name, _ := ref["name"].(string)
				template, _ := ref["template"].(string)
				global, _ := ref["clusterScope"].(bool)
				refs = append(refs, wfv1.TemplateRef{Name: name, Template: template, ClusterScope: global})
				continue
			}
			refs = append(refs, templateRefs(item)...)
		}
	}
	return refs
}
