package conformance

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/argoproj/argo-events/pkg/sensors/triggers"
	"github.com/tidwall/gjson"
)

// An event expression of argopacks (src/events): the parameters that are
// printed for it, and the value that argopacks says they give.
type expressionCase struct {
	Parameters []eventsv1.TriggerParameter `json:"parameters"`
	Payload    json.RawMessage             `json:"payload"`
	Time       int64                       `json:"time"`
	Expected   string                      `json:"expected"`
}

// The file is written by `cargo test --lib events:: -- --ignored`.
func expressionCases(t *testing.T) []expressionCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(os.Getenv("RENDERED"), "cases", "eventexpr.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []expressionCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestEventExpressionsComeToWhatArgopacksSays(t *testing.T) {
	cases := expressionCases(t)
	if len(cases) < 1000 {
		t.Fatalf("%d cases are too few", len(cases))
	}
	quietly(t)
	failed := 0
	for _, c := range cases {
		p := payload{data: string(c.Payload), at: time.Unix(c.Time, 0).UTC()}
		events := map[string]*eventsv1.Event{"hook": p.event(origin{provider: "github"})}
		out, err := triggers.ApplyParams([]byte(`{"value":""}`), c.Parameters, events)
		if err != nil {
			t.Errorf("%v: %s", err, c.Payload)
		} else if value := gjson.GetBytes(out, "value").String(); value != c.Expected {
			text, _ := json.Marshal(c.Parameters)
			t.Errorf("Argo Events says %q, argopacks %q\n%s\n%s", value, c.Expected, text, c.Payload)
			failed++
		}
		if failed > 5 {
			t.Fatal("and so on")
		}
	}
}

// Argo Events writes each template that fails to standard output.
func quietly(t *testing.T) {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = write
	done := make(chan struct{})
	go func() { defer close(done); _, _ = io.Copy(io.Discard, read) }()
	t.Cleanup(func() { os.Stdout = stdout; write.Close(); <-done })
}
