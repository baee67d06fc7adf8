// Package conformance holds what argopacks renders against the code of Argo
// Workflows and Argo Events: their validators, their CRDs, and a delivery of
// events through Argo Events' own filters and parameters.
//
// The tests read the directory named by RENDERED; the script run fills it.
package conformance
