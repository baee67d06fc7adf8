package conformance

import "testing"

// The file branches takes pushes to `**` but not to `dependabot/**` and `wip`.
func TestExcludedBranchesMakeNothing(t *testing.T) {
	m := rendered(t, "branches")
	for name, fires := range map[string]bool{
		"main":                    true,
		"wip/x":                   true,
		"x/wip":                   true,
		"wip2":                    true,
		"dependabot":              true,
		"my/dependabot/x":         true,
		"wip":                     false,
		"dependabot/npm/react-18": false,
	} {
		t.Run(name, func(t *testing.T) {
			runs := deliver(t, m, pushEvent(t, repository("acme/shop"), branch(name)))
			if (len(runs) > 0) != fires {
				t.Errorf("makes %d Workflows", len(runs))
			}
		})
	}
}
