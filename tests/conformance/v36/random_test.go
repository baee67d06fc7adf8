package v36

import (
	"testing"

	"argopacks.test/conformance/random"
)

func TestRandomDirectories(t *testing.T) {
	random.Run(t, "3.6", func(manifest []byte) error {
		f, err := read(manifest)
		if err != nil {
			return err
		}
		return f.validate()
	})
}
