package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	eventsv1 "github.com/argoproj/argo-events/pkg/apis/events/v1alpha1"
	"github.com/argoproj/argo-events/pkg/reconciler/eventbus"
	"github.com/argoproj/argo-events/pkg/reconciler/eventsource"
	"github.com/argoproj/argo-events/pkg/reconciler/sensor"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// maxObjectBytes keeps an object below what its pod can take: the controller
// hands it over in one environment variable, in base64, and Linux refuses more
// than 128 KiB.
const maxObjectBytes = 90_000

func TestEventsAreValid(t *testing.T) {
	accepts(t, validateEvents)
}

func TestEventObjectsFitTheirPods(t *testing.T) {
	accepts(t, checkSizes)
}

// validateEvents runs the validators of Argo Events' controllers.
func validateEvents(m *manifest) error {
	var errs []error
	for _, o := range m.objects {
		if err := validateEventKind(o.typed); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", o, err))
		}
	}
	return errors.Join(errs...)
}

func validateEventKind(typed any) (err error) {
	defer func() { // the validator of Bitbucket events panics when auth is missing
		if r := recover(); r != nil {
			err = fmt.Errorf("the validator panics: %v", r)
		}
	}()
	switch o := typed.(type) {
	case *eventsv1.EventBus:
		return eventbus.ValidateEventBus(o)
	case *eventsv1.EventSource:
		return eventsource.ValidateEventSource(o)
	case *eventsv1.Sensor:
		bus := &eventsv1.EventBus{Spec: eventsv1.EventBusSpec{JetStream: &eventsv1.JetStreamBus{}}}
		return sensor.ValidateSensor(o, bus)
	}
	return nil
}

// checkSizes measures objects in the form that the controllers hand over.
func checkSizes(m *manifest) error {
	var errs []error
	for _, o := range m.objects {
		var handed any
		meta := metav1.ObjectMeta{Name: o.GetName(), Namespace: o.GetNamespace()}
		switch typed := o.typed.(type) {
		case *eventsv1.EventSource:
			handed = &eventsv1.EventSource{ObjectMeta: meta, Spec: typed.Spec}
		case *eventsv1.Sensor:
			handed = &eventsv1.Sensor{ObjectMeta: meta, Spec: typed.Spec}
		default:
			continue
		}
		data, err := json.Marshal(handed)
		if err != nil {
			return err
		}
		if len(data) >= maxObjectBytes {
			errs = append(errs, fmt.Errorf("%s: %d bytes of JSON, its pod could not start", o, len(data)))
		}
	}
	return errors.Join(errs...)
}
