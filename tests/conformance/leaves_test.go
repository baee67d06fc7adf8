package conformance

import (
	"strconv"
	"testing"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/tidwall/gjson"
)

// Whatever text of a payload a Sensor takes, of whatever provider, it takes
// defused: each text in turn becomes a hostile one.
func TestNoTextOfAnyPayloadArrivesLive(t *testing.T) {
	eachDependency(t, func(t *testing.T, m *manifest, sensor *eventsv1.Sensor, dependency *eventsv1.EventDependency) {
		from := originOf(t, m, sensor, dependency)
		asked := synthesize(t, dependency, from.provider)
		for _, path := range texts("body", gjson.Get(asked.data, "body")) {
			p := asked
			set(path, `{{=sprig.upper("x")}}{{{`)(t, &p)
			for _, run := range deliverFrom(t, m, p, from) {
				if !allDefused(run.parameters()) {
					t.Errorf("%s arrives live in %s: %q", path, run.Name, run.parameters())
				}
			}
		}
	})
}

func allDefused(parameters map[string]string) bool {
	for _, value := range parameters {
		if !defused(value) {
			return false
		}
	}
	return true
}

// texts are the paths of all strings in a value.
func texts(path string, value gjson.Result) []string {
	if value.Type == gjson.String {
		return []string{path}
	}
	if !value.IsObject() && !value.IsArray() {
		return nil
	}
	var paths []string
	index := 0
	value.ForEach(func(key, item gjson.Result) bool {
		name := key.String()
		if value.IsArray() {
			name = strconv.Itoa(index)
		}
		index++
		paths = append(paths, texts(path+"."+name, item)...)
		return true
	})
	return paths
}
