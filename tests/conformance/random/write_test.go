package random

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// TestWriteDirectories writes directories for other programs, each below its
// seed in the directory that RANDOM_WRITE names.
func TestWriteDirectories(t *testing.T) {
	to := os.Getenv("RANDOM_WRITE")
	if to == "" {
		t.Skip("RANDOM_WRITE is not set")
	}
	first, count := seeds(t)
	for seed := first; seed < first+uint64(count); seed++ {
		d := Generate(seed, FromEnvironment("4.0"))
		if err := d.write(filepath.Join(to, strconv.FormatUint(seed, 10))); err != nil {
			t.Fatal(err)
		}
	}
}
