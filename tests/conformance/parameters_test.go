package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
)

// checkParameters wants every parameter of the run that a WorkflowTemplate
// names, or a template that it calls, to be declared by that WorkflowTemplate.
// Those of Tasks are none by themselves.
func checkParameters(m *manifest) error {
	var errs []error
	for _, o := range m.objects {
		template, ok := o.typed.(*wfv1.WorkflowTemplate)
		if !ok || template.Spec.Entrypoint == "" {
			continue
		}
		named, err := namedParameters(m, template)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", o, err))
		}
		for _, name := range named {
			if template.Spec.Arguments.GetParameterByName(name) == nil {
				errs = append(errs, fmt.Errorf("%s: parameter %q of the run is named and not declared", o, name))
			}
		}
	}
	return errors.Join(errs...)
}

// namedParameters are the parameters of the run that a WorkflowTemplate names:
// in its own text, and in the templates that it calls, and those call.
func namedParameters(m *manifest, template *wfv1.WorkflowTemplate) ([]string, error) {
	r := &reach{m: m, namespace: template.Namespace, seen: map[string]bool{}}
	r.text(template.Spec)
	for i := range template.Spec.Templates {
		r.calls(&template.Spec, template.Name, &template.Spec.Templates[i])
	}
	slices.Sort(r.names)
	return slices.Compact(r.names), errors.Join(r.errs...)
}

// reach goes through the templates that a run can come to.
type reach struct {
	m         *manifest
	namespace string
	seen      map[string]bool
	names     []string
	errs      []error
}

// template takes up one template of a spec, once.
func (r *reach) template(spec *wfv1.WorkflowSpec, of, name string) {
	key := of + "/" + name
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	for i := range spec.Templates {
		if spec.Templates[i].Name == name {
			r.text(spec.Templates[i])
			r.calls(spec, of, &spec.Templates[i])
		}
	}
}

// calls takes up the templates that one calls.
func (r *reach) calls(spec *wfv1.WorkflowSpec, of string, template *wfv1.Template) {
	for _, call := range called(template) {
		ref := call.ref
		if ref == nil {
			r.template(spec, of, call.name)
			continue
		}
		other, err := r.m.templateSpec(r.namespace, &wfv1.WorkflowTemplateRef{Name: ref.Name, ClusterScope: ref.ClusterScope})
		if err != nil {
			r.errs = append(r.errs, err)
			continue
		}
		r.template(other, fmt.Sprintf("%s %v", ref.Name, ref.ClusterScope), ref.Template)
	}
}

// call is what a step or a task of a DAG runs.
type call struct {
	name string
	ref  *wfv1.TemplateRef
}

func called(template *wfv1.Template) []call {
	var calls []call
	if template.DAG != nil {
		for _, task := range template.DAG.Tasks {
			calls = append(calls, call{task.Template, task.TemplateRef})
		}
	}
	for _, group := range template.Steps {
		for _, step := range group.Steps {
			calls = append(calls, call{step.Template, step.TemplateRef})
		}
	}
	return calls
}

var (
	tagText    = regexp.MustCompile(`\{\{(.*?)\}\}`)
	simpleName = regexp.MustCompile(`^\s*workflow\.parameters\.([A-Za-z0-9_-]+)\s*$`)
	dottedName = regexp.MustCompile(`workflow\.parameters\.([A-Za-z_][A-Za-z0-9_]*)`)
	quotedName = regexp.MustCompile(`workflow\.parameters\[\s*['"]([^'"]+)['"]\s*\]`)
)

// text collects the names in the tags of anything, as it is written in JSON.
func (r *reach) text(value any) {
	data, err := json.Marshal(value)
	if err != nil {
		r.errs = append(r.errs, err)
		return
	}
	var plain any
	if err := json.Unmarshal(data, &plain); err != nil {
		r.errs = append(r.errs, err)
		return
	}
	r.value(plain)
}

func (r *reach) value(value any) {
	switch value := value.(type) {
	case string:
		for _, tag := range tagText.FindAllStringSubmatch(value, -1) {
			r.names = append(r.names, namesInTag(tag[1])...)
		}
	case []any:
		for _, item := range value {
			r.value(item)
		}
	case map[string]any:
		for _, item := range value {
			r.value(item)
		}
	}
}

// namesInTag are the parameters of the run that one tag names.
func namesInTag(tag string) []string {
	expression, isExpression := strings.CutPrefix(tag, "=")
	var names []string
	if !isExpression {
		for _, match := range simpleName.FindAllStringSubmatch(tag, -1) {
			names = append(names, match[1])
		}
		return names
	}
	for _, pattern := range []*regexp.Regexp{dottedName, quotedName} {
		for _, match := range pattern.FindAllStringSubmatch(expression, -1) {
			names = append(names, match[1])
		}
	}
	return names
}

// checkLengths wants names of at most 63 characters, which pods, Services and
// labels made of them can have.
func checkLengths(m *manifest) error {
	var errs []error
	for _, o := range m.objects {
		if length := len(o.GetName()); length > 63 && o.managed() {
			errs = append(errs, fmt.Errorf("%s: a name of %d characters", o, length))
		}
	}
	return errors.Join(errs...)
}
