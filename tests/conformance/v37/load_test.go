package v37

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"

	wfv1 "github.com/argoproj/argo-workflows/v3/pkg/apis/workflow/v1alpha1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

// file holds the Argo Workflows objects of one rendered file.
type file struct {
	workflows        []*wfv1.Workflow
	crons            []*wfv1.CronWorkflow
	templates        []*wfv1.WorkflowTemplate
	clusterTemplates []*wfv1.ClusterWorkflowTemplate
}

func load(path string) (*file, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return read(data)
}

// read reads the YAML documents of a manifest.
func read(data []byte) (*file, error) {
	f, reader := &file{}, utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(data)))
	for {
		doc, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return f, nil
		}
		if err == nil {
			err = f.add(doc)
		}
		if err != nil {
			return nil, err
		}
	}
}

func (f *file) add(doc []byte) error {
	var meta metav1.TypeMeta
	if err := yaml.Unmarshal(doc, &meta); err != nil {
		return err
	}
	switch meta.Kind {
	case "Workflow":
		return decode(doc, &f.workflows)
	case "CronWorkflow":
		return decode(doc, &f.crons)
	case "WorkflowTemplate":
		return decode(doc, &f.templates)
	case "ClusterWorkflowTemplate":
		return decode(doc, &f.clusterTemplates)
	}
	return nil
}

func decode[T any](doc []byte, into *[]*T) error {
	object := new(T)
	*into = append(*into, object)
	data, err := yaml.YAMLToJSONStrict(doc)
	if err != nil {
		return err
	}
	unknown, err := kjson.UnmarshalStrict(data, object)
	return errors.Join(append(unknown, err)...)
}
