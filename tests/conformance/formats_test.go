package conformance

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// The JSON that argopacks prints holds what its YAML holds, in the same order.
func TestJSONEqualsYAML(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(renderedDir(t), "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no rendered JSON in %s (%v)", renderedDir(t), err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		t.Run(name, func(t *testing.T) {
			got, err := loadJSON(path)
			if err != nil {
				t.Fatal(err)
			}
			var want []any
			for _, o := range rendered(t, name).objects {
				var value any
				if err := json.Unmarshal(o.json, &value); err != nil {
					t.Fatal(err)
				}
				want = append(want, value)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("the %d objects in JSON differ from the %d in YAML", len(got), len(want))
			}
		})
	}
}

// loadJSON reads JSON objects: one after another, in an array or in a List.
func loadJSON(path string) ([]any, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var objects []any
	for decoder := json.NewDecoder(file); ; {
		var value any
		if err := decoder.Decode(&value); errors.Is(err, io.EOF) {
			return objects, nil
		} else if err != nil {
			return nil, err
		}
		objects = append(objects, flatten(value)...)
	}
}

func flatten(value any) []any {
	if list, ok := value.([]any); ok {
		return list
	}
	object, _ := value.(map[string]any)
	if items, ok := object["items"].([]any); ok && object["kind"] == "List" {
		return items
	}
	return []any{value}
}
