package conformance

import (
	"errors"
	"fmt"
	"testing"

	"k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

var clusterScoped = map[string]bool{
	"ClusterRole": true, "ClusterRoleBinding": true, "ClusterWorkflowTemplate": true, "Namespace": true,
}

func TestMetadataIsValid(t *testing.T) {
	accepts(t, checkMetadata)
}

// checkMetadata is the API server's check of names, labels and annotations,
// and that each object is written once.
func checkMetadata(m *manifest) error {
	var errs []error
	seen := map[string]bool{}
	for _, o := range m.objects {
		if seen[o.String()] {
			errs = append(errs, fmt.Errorf("%s: is there twice", o))
		}
		seen[o.String()] = true
		// A document that is passed through may leave the namespace to kubectl.
		namespaced := o.GetNamespace() != "" || o.managed() && !clusterScoped[o.GetKind()]
		if err := checkObjectMeta(o, namespaced); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", o, err))
		}
	}
	return errors.Join(errs...)
}

func checkObjectMeta(o metav1.Object, namespaced bool) error {
	name := validation.ValidateNameFunc(validation.NameIsDNSSubdomain)
	return validation.ValidateObjectMetaAccessor(o, namespaced, name, field.NewPath("metadata")).ToAggregate()
}
