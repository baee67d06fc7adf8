package conformance

import (
	"errors"
	"fmt"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	wfv1 "github.com/argoproj/argo-workflows/v4/pkg/apis/workflow/v1alpha1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"sigs.k8s.io/json"
)

// kinds are all that argopacks may render.
var kinds = map[string]func([]byte) (any, error){
	"v1 ConfigMap":      strictly[corev1.ConfigMap],
	"v1 Namespace":      strictly[corev1.Namespace],
	"v1 ServiceAccount": strictly[corev1.ServiceAccount],

	"rbac.authorization.k8s.io/v1 ClusterRole":        strictly[rbacv1.ClusterRole],
	"rbac.authorization.k8s.io/v1 ClusterRoleBinding": strictly[rbacv1.ClusterRoleBinding],
	"rbac.authorization.k8s.io/v1 Role":               strictly[rbacv1.Role],
	"rbac.authorization.k8s.io/v1 RoleBinding":        strictly[rbacv1.RoleBinding],

	"argoproj.io/v1alpha1 ClusterWorkflowTemplate": strictly[wfv1.ClusterWorkflowTemplate],
	"argoproj.io/v1alpha1 CronWorkflow":            strictly[wfv1.CronWorkflow],
	"argoproj.io/v1alpha1 Workflow":                strictly[wfv1.Workflow],
	"argoproj.io/v1alpha1 WorkflowTemplate":        strictly[wfv1.WorkflowTemplate],

	"argoproj.io/v1alpha1 EventBus":    strictly[eventsv1.EventBus],
	"argoproj.io/v1alpha1 EventSource": strictly[eventsv1.EventSource],
	"argoproj.io/v1alpha1 Sensor":      strictly[eventsv1.Sensor],
}

func decode(apiVersion, kind string, data []byte) (any, error) {
	decoder, ok := kinds[apiVersion+" "+kind]
	if !ok {
		return nil, fmt.Errorf("%s %s is not a kind that argopacks renders", apiVersion, kind)
	}
	return decoder(data)
}

// strictly decodes as the API server does with fieldValidation=Strict: names
// of fields are case-sensitive, unknown and duplicate ones are errors.
func strictly[T any](data []byte) (any, error) {
	into := new(T)
	unknown, err := json.UnmarshalStrict(data, into)
	return into, errors.Join(append(unknown, err)...)
}
