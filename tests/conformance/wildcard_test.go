package conformance

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// The file wildcard takes pushes to any branch (`**`) of acme/shop.

func wildcardPush(t *testing.T, changes ...change) payload {
	return pushEvent(t, repository("acme/shop"), both(changes...))
}

func TestWildcardTakesAnyBranch(t *testing.T) {
	m := rendered(t, "wildcard")
	for name, text := range map[string]string{
		"plain":       "main",
		"slashes":     "feature/cart/checkout",
		"uppercase":   "RELEASE_Candidate",
		"long":        strings.Repeat("a-long-name/", 17)[:200],
		"long word":   strings.Repeat("x", 200),
		"long dashes": "a" + strings.Repeat("-", 198) + "z",
		"punctuation": "_._",
		"dashes":      "---",
		"digits":      "2020",
		"unicode":     "żółć/🐙",
		"only wide":   "漢字",
	} {
		t.Run(name, func(t *testing.T) {
			push := wildcardPush(t, branch(text))
			runs := deliver(t, m, push)
			if len(runs) == 0 {
				t.Fatal("makes nothing")
			}
			first := names(t, runs)
			if second := names(t, deliver(t, m, push)); !slices.Equal(first, second) {
				t.Errorf("the first delivery makes %v, the second %v", first, second)
			}
			later := deliver(t, m, wildcardPush(t, branch(text), at(pushedAt.Add(time.Second))))
			for i, name := range names(t, later) {
				if name == first[i] {
					t.Errorf("a push a second later makes %s once more", name)
				}
			}
		})
	}
}

func TestWildcardIgnoresOtherEvents(t *testing.T) {
	m := rendered(t, "wildcard")
	for name, change := range map[string]change{
		"a tag":              ref("refs/tags/v1"),
		"a note":             ref("refs/notes/commits"),
		"a deleted branch":   deleted(),
		"another repository": repository("acme/shop-2"),
		"another owner":      repository("evil/shop"),
		"a pull request":     eventType("pull_request"),
	} {
		t.Run(name, func(t *testing.T) {
			if runs := deliver(t, m, wildcardPush(t, change)); len(runs) > 0 {
				t.Errorf("makes %v, want nothing", names(t, runs))
			}
		})
	}
}

func TestWildcardDefusesHostileBranches(t *testing.T) {
	// Git takes all of these as branches.
	branches := []string{
		`{{workflow.uid}}`,
		`{{=sprig.upper("x")}}`,
		`{{{`,
		`{{{{`,
		`x{`,
		`$(id);reboot`,
		`"quoted"'quoted'`,
		`--upload-pack=x`,
		`żółć-{{workflow.uid}}`,
		strings.Repeat(`{{workflow.uid}}`, 12),
	}
	place := place{fill: branch, plain: "Plain/Branch_1"}
	checkHostile(t, rendered(t, "wildcard"), repository("acme/shop"), place, branches)
}
