// Package random makes directories of definitions at random, renders them with
// argopacks, and shrinks those that go wrong.
//
// It needs nothing but Go's own library, so that the programs for all versions
// of Argo share it: each brings the check that what is rendered must pass.
package random
