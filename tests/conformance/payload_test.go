package conformance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/tidwall/sjson"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// pushedAt is when the events come in, unless a test says otherwise.
var pushedAt = time.Date(2020, time.May, 18, 18, 9, 49, 0, time.UTC)

const (
	pushedCommit = "da1560886d4f094c3e6c9ef40349f7d38b5d27d7"
	noCommit     = "0000000000000000000000000000000000000000"
)

// payload is the data of an event: headers and body, as an EventSource of the
// provider puts them on the bus.
type payload struct {
	data string
	at   time.Time
}

type change func(testing.TB, *payload)

// pushEvent is a push to master of argo/argo on GitHub, with changes.
func pushEvent(t *testing.T, changes ...change) payload {
	t.Helper()
	return payloadFile(t, "github", "push", changes...)
}

// payloadFile is the payload of an event of a provider, written by hand with
// the fields that the provider sends.
func payloadFile(t testing.TB, provider, event string, changes ...change) payload {
	t.Helper()
	name := provider + "-" + strings.ReplaceAll(event, ":", "_") + ".json"
	data, err := os.ReadFile(filepath.Join("testdata", "payloads", name))
	if err != nil {
		t.Fatalf("no payload to deliver: %v", err)
	}
	p := payload{data: string(data), at: pushedAt}
	for _, change := range changes {
		change(t, &p)
	}
	return p
}

// event puts the payload into the envelope that Sensors get.
func (p payload) event(from origin) *eventsv1.Event {
	return &eventsv1.Event{
		Context: &eventsv1.EventContext{
			ID:              "36633237-3939-4a3e-8a8e-3f8e1c0d5a11",
			Source:          from.source,
			Subject:         from.event,
			Type:            from.provider,
			SpecVersion:     "1.0",
			DataContentType: eventsv1.MediaTypeJSON,
			Time:            metav1.NewTime(p.at),
		},
		Data: []byte(p.data),
	}
}

func set(path string, value any) change {
	return func(t testing.TB, p *payload) {
		t.Helper()
		data, err := sjson.Set(p.data, path, value)
		if err != nil {
			t.Fatal(err)
		}
		p.data = data
	}
}

func both(changes ...change) change {
	return func(t testing.TB, p *payload) {
		for _, change := range changes {
			change(t, p)
		}
	}
}

func unset(path string) change {
	return func(t testing.TB, p *payload) {
		t.Helper()
		data, err := sjson.Delete(p.data, path)
		if err != nil {
			t.Fatal(err)
		}
		p.data = data
	}
}

func at(when time.Time) change {
	return func(_ testing.TB, p *payload) { p.at = when }
}

func ref(name string) change    { return set("body.ref", name) }
func branch(name string) change { return ref("refs/heads/" + name) }

func commit(id string) change {
	return both(set("body.after", id), set("body.head_commit.id", id), set("body.commits.0.id", id))
}

func repository(fullName string) change {
	owner, name, _ := strings.Cut(fullName, "/")
	return both(
		set("body.repository.full_name", fullName),
		set("body.repository.name", name),
		set("body.repository.owner.login", owner),
		set("body.repository.owner.name", owner),
		set("body.repository.html_url", "https://github.com/"+fullName),
		set("body.repository.clone_url", "https://github.com/"+fullName+".git"),
		set("body.repository.ssh_url", "git@github.com:"+fullName+".git"),
	)
}

func eventType(name string) change {
	return both(set("body.X-GitHub-Event", name), set("headers.X-Github-Event.0", name))
}

func deleted() change {
	return both(set("body.deleted", true), set("body.after", noCommit), set("body.head_commit", nil), set("body.commits", []any{}))
}
