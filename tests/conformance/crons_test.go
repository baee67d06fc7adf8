package conformance

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/robfig/cron/v3"
)

// What robfig/cron makes of a schedule, in the words of testdata/crons.txt.
func cronVerdict(text string) string {
	schedule, err := cron.ParseStandard(text)
	switch {
	case err != nil:
		return "refused"
	case schedule.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero():
		return "never"
	default:
		return "comes"
	}
}

// src/argo/value_forms/cron is held against the same table.
func TestCronsAreReadAsTheTableSays(t *testing.T) {
	data, err := os.ReadFile("testdata/crons.txt")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, line := range strings.Split(string(data), "\n") {
		wanted, text, found := strings.Cut(line, "\t")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		seen++
		if verdict := cronVerdict(text); verdict != wanted {
			t.Errorf("%q is %s, not %s", text, verdict, wanted)
		}
	}
	if seen < 100 {
		t.Errorf("%d schedules are too few", seen)
	}
}
