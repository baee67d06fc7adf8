package conformance

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// object is one document of a manifest: as it is written, and as its Go type.
type object struct {
	*unstructured.Unstructured
	json  []byte
	typed any
}

func (o *object) String() string {
	return strings.TrimLeft(fmt.Sprintf("%s/%s %s", o.GetNamespace(), o.GetName(), o.GetKind()), "/")
}

// managed tells whether argopacks made the object, rather than passed it through.
func (o *object) managed() bool {
	return o.GetLabels()["app.kubernetes.io/managed-by"] == "argopacks"
}

// manifest is one rendered file.
type manifest struct {
	name    string
	objects []*object
}

// load reads a file of YAML documents. Each must decode into the Go type of
// its kind without an unknown field or a duplicate key.
func load(path string) (*manifest, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return read(strings.TrimSuffix(filepath.Base(path), ".yaml"), data)
}

// read reads the YAML documents of a manifest.
func read(name string, data []byte) (*manifest, error) {
	m := &manifest{name: name}
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(data)))
	for {
		doc, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		if err != nil {
			return nil, err
		}
		o, err := parse(doc)
		if err != nil {
			return nil, fmt.Errorf("document %d: %w", len(m.objects)+1, err)
		}
		m.objects = append(m.objects, o)
	}
}

func parse(doc []byte) (*object, error) {
	data, err := yaml.YAMLToJSONStrict(doc)
	if err != nil {
		return nil, err
	}
	u := new(unstructured.Unstructured)
	if err := u.UnmarshalJSON(data); err != nil {
		return nil, err
	}
	typed, err := decode(u.GetAPIVersion(), u.GetKind(), data)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", u.GetKind(), u.GetName(), err)
	}
	return &object{Unstructured: u, json: data, typed: typed}, nil
}

// all returns the objects of one Go type.
func all[T any](m *manifest) []*T {
	var found []*T
	for _, o := range m.objects {
		if typed, ok := o.typed.(*T); ok {
			found = append(found, typed)
		}
	}
	return found
}

// renderedDir is where run has put what argopacks renders.
func renderedDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("RENDERED")
	if dir == "" {
		t.Fatal("RENDERED is not set: start these tests with tests/conformance/run")
	}
	return dir
}

// rendered loads one rendered file, which must be there.
func rendered(t *testing.T, name string) *manifest {
	t.Helper()
	m, err := load(filepath.Join(renderedDir(t), name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(m.objects) == 0 {
		t.Fatalf("%s.yaml holds no objects", name)
	}
	return m
}

// eachRendered runs a test over every rendered file; there must be some.
func eachRendered(t *testing.T, test func(*testing.T, *manifest)) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(renderedDir(t), "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no rendered files in %s (%v)", renderedDir(t), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		t.Run(name, func(t *testing.T) { test(t, rendered(t, name)) })
	}
}

// accepts is the test that a check finds nothing in any rendered file.
func accepts(t *testing.T, check func(*manifest) error) {
	t.Helper()
	eachRendered(t, func(t *testing.T, m *manifest) {
		if err := check(m); err != nil {
			t.Error(err)
		}
	})
}
