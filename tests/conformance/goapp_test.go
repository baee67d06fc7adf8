package conformance

import (
	"fmt"
	"slices"
	"testing"
	"time"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
)

func TestGoappListensToItsRepository(t *testing.T) {
	for _, source := range all[eventsv1.EventSource](rendered(t, "goapp")) {
		for _, github := range source.Spec.Github {
			for _, owned := range github.GetOwnedRepositories() {
				if owned.Owner == "argo" && slices.Contains(owned.Names, "argo") {
					return
				}
			}
		}
	}
	t.Error("no EventSource listens to argo/argo")
}

// `argopacks build` at the command line names a build as a push would.
func TestGoappBuildIsNamedByItsTimestamp(t *testing.T) {
	for _, workflow := range all[wfv1.Workflow](rendered(t, "goapp-build")) {
		if workflow.Name == "goapp-master-1589828589" && workflow.Spec.WorkflowTemplateRef.Name == "goapp-latest" {
			return
		}
	}
	t.Error("no Workflow goapp-master-1589828589 of goapp-latest")
}

func TestGoappPushBuildsAndNotifies(t *testing.T) {
	m := rendered(t, "goapp")
	for _, when := range []time.Time{pushedAt, pushedAt.Add(26 * time.Hour)} {
		id := fmt.Sprintf("%040x", when.Unix())
		runs := deliver(t, m, pushEvent(t, commit(id), at(when)))
		if len(runs) != 2 {
			t.Fatalf("the push makes %v, want a build and a message", names(t, runs))
		}
		names(t, runs)
		build := slices.IndexFunc(runs, func(r *run) bool { return r.Spec.WorkflowTemplateRef.Name == "goapp-latest" })
		if build < 0 {
			t.Fatal("the push does not run goapp-latest")
		}
		if got, want := runs[build].Name, fmt.Sprintf("goapp-master-%d", when.Unix()); got != want {
			t.Errorf("the build is named %s, want %s", got, want)
		}
		if got := runs[build].parameters()["revision"]; got != id {
			t.Errorf("the build is of revision %q, want %q", got, id)
		}
		if !runs[1-build].executes(m, "slack-message") {
			t.Errorf("%s does not run slack-message", runs[1-build].Name)
		}
	}
}

func TestGoappSameEventTwiceIsOneBuild(t *testing.T) {
	m, push := rendered(t, "goapp"), pushEvent(t)
	first := names(t, deliver(t, m, push))
	time.Sleep(time.Second) // the clock of the Sensor must not matter
	if second := names(t, deliver(t, m, push)); !slices.Equal(first, second) {
		t.Errorf("the first delivery makes %v, the second %v", first, second)
	}
}

func TestGoappIgnoresOtherEvents(t *testing.T) {
	m := rendered(t, "goapp")
	for name, change := range map[string]change{
		"another branch":                  branch("develop"),
		"a branch that begins alike":      branch("master-2"),
		"a branch that ends alike":        branch("x/master"),
		"a branch in another case":        branch("Master"),
		"a branch with a newline":         branch("master\nx"),
		"a tag of that name":              ref("refs/tags/master"),
		"a ref outside of heads":          ref("master"),
		"a deleted branch":                deleted(),
		"another repository":              repository("argo/other"),
		"another owner":                   repository("golden/argo"),
		"a repository that begins alike":  repository("argo/argo-x"),
		"an owner that ends alike":        repository("x-argo/argo"),
		"a pull request":                  eventType("pull_request"),
		"a ping":                          eventType("ping"),
		"a created branch":                eventType("create"),
		"a push without its type":         unset("body.X-GitHub-Event"),
		"a push without its repository":   unset("body.repository"),
		"a push without its ref":          unset("body.ref"),
		"a payload of another provider":   func(t testing.TB, p *payload) { *p = payloadFile(t, "gitlab", "push") },
		"a payload that is not an object": func(_ testing.TB, p *payload) { p.data = `{"headers":{},"body":"push"}` },
	} {
		t.Run(name, func(t *testing.T) {
			if runs := deliver(t, m, pushEvent(t, change)); len(runs) > 0 {
				t.Errorf("makes %v, want nothing", names(t, runs))
			}
		})
	}
}
