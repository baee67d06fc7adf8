package conformance

import (
	"errors"
	"fmt"
	"runtime"
	"testing"
)

// recorder takes what a helper of tests finds wrong, for a check that returns
// it as an error.
type recorder struct {
	testing.TB
	errs []error
}

func (r *recorder) Helper() {}

func (r *recorder) Error(args ...any) { r.errs = append(r.errs, errors.New(fmt.Sprint(args...))) }

func (r *recorder) Errorf(format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf(format, args...))
}

func (r *recorder) Fatal(args ...any) {
	r.Error(args...)
	runtime.Goexit()
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

// recorded runs a piece of a test by itself, since it may end its goroutine,
// and gives what it found wrong.
func recorded(t testing.TB, piece func(testing.TB)) error {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		piece(r)
	}()
	<-done
	return errors.Join(r.errs...)
}
