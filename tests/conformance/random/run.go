package random

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

const (
	// usual is how many directories a run makes.
	usual = 2000
	// shown is how many kinds of failures are shrunk and shown.
	shown = 8
	// tries is how often one directory is rendered to make it smaller.
	tries = 1500
)

// Run makes random directories for a version of Argo Workflows, renders them
// with the argopacks that ARGOPACKS names, and checks what comes of each.
//
// RANDOM_COUNT is how many, RANDOM_FIRST the seed of the first one; RANDOM_SEED
// makes one directory only. What fails is shrunk and written below RENDERED.
func Run(t *testing.T, version string, check Check) {
	t.Helper()
	r := &runner{t: t, version: version, check: check, options: FromEnvironment(version)}
	r.binary, r.out = variable(t, "ARGOPACKS"), filepath.Join(variable(t, "RENDERED"), "random", version)
	first, count := seeds(t)
	failed := r.examineAll(first, count)
	t.Logf("Argo Workflows %s: random directories of seeds %d to %d, %d with a slip, %d bytes of definitions; %d fail",
		version, first, first+uint64(count)-1, r.slips.Load(), r.bytes.Load(), len(failed))
	if len(failed) > 0 {
		r.report(failed)
	}
	if os.Getenv("RANDOM_SEED") != "" {
		r.keep(first)
	}
}

// variable is one of the environment that run sets.
func variable(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set: start these tests with tests/conformance/run", name)
	}
	return value
}

// seeds are the first one and how many.
func seeds(t *testing.T) (first uint64, count int) {
	t.Helper()
	number := func(name string, usual uint64) uint64 {
		text := os.Getenv(name)
		if text == "" {
			return usual
		}
		value, err := strconv.ParseUint(text, 10, 63)
		if err != nil {
			t.Fatalf("%s=%s is no number", name, text)
		}
		return value
	}
	if os.Getenv("RANDOM_SEED") != "" {
		return number("RANDOM_SEED", 0), 1
	}
	return number("RANDOM_FIRST", 1), int(number("RANDOM_COUNT", usual))
}

type runner struct {
	t            *testing.T
	version      string
	options      Options
	check        Check
	binary, out  string
	slips, bytes atomic.Int64
}

// found is a directory that fails.
type found struct {
	seed uint64
	*failure
}

// examineAll examines the directories of seeds, on all processors.
func (r *runner) examineAll(first uint64, count int) []found {
	var mutex sync.Mutex
	var failed []found
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		e := r.examiner()
		workers.Go(func() {
			for at := next.Add(1) - 1; at < int64(count); at = next.Add(1) - 1 {
				seed := first + uint64(at)
				if f := r.examineSeed(e, seed); f != nil {
					mutex.Lock()
					failed = append(failed, found{seed, f})
					mutex.Unlock()
				}
			}
		})
	}
	workers.Wait()
	slices.SortFunc(failed, func(a, b found) int { return int(a.seed) - int(b.seed) })
	return failed
}

func (r *runner) examiner() *examiner {
	return &examiner{binary: r.binary, dir: r.t.TempDir(), check: r.check}
}

func (r *runner) examineSeed(e *examiner, seed uint64) *failure {
	d := Generate(seed, r.options)
	r.bytes.Add(int64(len(All(d.Definitions))))
	if d.Slip != nil {
		r.slips.Add(1)
	}
	return e.examine(d)
}

// report shows one failure of each kind, as small as it can be made, and
// names the seeds of all.
func (r *runner) report(failed []found) {
	r.t.Helper()
	var kinds []found
	for _, f := range failed {
		if !slices.ContainsFunc(kinds, func(k found) bool { return k.like(f.failure) }) {
			kinds = append(kinds, f)
		}
	}
	for i, f := range kinds {
		if i == shown {
			r.t.Errorf("%d more kinds of failures are not shown", len(kinds)-shown)
			break
		}
		r.show(f)
	}
	for _, f := range failed {
		r.t.Logf("seed %d fails: %s", f.seed, f.alike()[0])
	}
}

// show shrinks a directory that fails, and writes and prints what is left.
func (r *runner) show(f found) {
	r.t.Helper()
	e, d := r.examiner(), Generate(f.seed, r.options)
	small := f.failure
	if d.Slip == nil {
		shrink(d, func(d *Directory) bool {
			other := e.examine(d)
			return other != nil && f.like(other)
		}, tries)
		if last := e.examine(d); last != nil {
			small = last
		}
	}
	dir := filepath.Join(r.out, fmt.Sprintf("seed-%d", f.seed))
	if err := d.write(filepath.Join(dir, "definitions")); err != nil {
		r.t.Error(err)
	}
	for name, failure := range map[string]*failure{"failure.txt": small, "failure-of-the-whole.txt": f.failure} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(failure.Error()+"\n"), 0o644); err != nil {
			r.t.Error(err)
		}
	}
	r.t.Errorf("seed %d (repeat it with RANDOM_SEED=%d), shrunk in %s:\n%s\n%s",
		f.seed, f.seed, dir, All(d.Definitions), small.Error())
}

// keep writes a directory and what it comes to, whole.
func (r *runner) keep(seed uint64) {
	dir := filepath.Join(r.out, fmt.Sprintf("whole-%d", seed))
	if err := Generate(seed, r.options).write(filepath.Join(dir, "definitions")); err != nil {
		r.t.Fatal(err)
	}
	answer, err := render(r.binary, filepath.Join(dir, "definitions"))
	if err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "manifest.yaml"), answer.manifest, 0o644); err != nil {
		r.t.Fatal(err)
	}
	r.t.Logf("the whole directory of seed %d and its manifests are in %s", seed, dir)
}
