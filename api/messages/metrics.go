package messages

import (
	"errors"
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
)

// Registerer is where counters are shown.
type Registerer = prometheus.Registerer

// metrics counts what becomes of messages, by destination.
type metrics struct{ outcomes *prometheus.CounterVec }

func newMetrics(r Registerer) (*metrics, error) {
	m := &metrics{prometheus.NewCounterVec(prometheus.CounterOpts{Name: "shouwang_messages_total",
		Help: "Messages delivered, tried in vain and poisoned, by destination."}, []string{"destination", "outcome"})}
	if r == nil {
		return m, nil
	}
	var already prometheus.AlreadyRegisteredError
	switch err := r.Register(m.outcomes); {
	case errors.As(err, &already):
		m.outcomes = already.ExistingCollector.(*prometheus.CounterVec)
	case err != nil:
		return nil, fmt.Errorf("show the counters of messages: %w", err)
	}
	return m, nil
}

func (m *metrics) delivered(to string) { m.outcomes.WithLabelValues(to, "delivered").Inc() }
func (m *metrics) failed(to string)    { m.outcomes.WithLabelValues(to, "failed").Inc() }
func (m *metrics) poisoned(to string)  { m.outcomes.WithLabelValues(to, "poisoned").Inc() }
