package projections

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// scrapeLimit bounds the reading of the followers' status for one scrape.
const scrapeLimit = time.Second

// metrics counts what the followers of this process do. How far behind they are
// is read when somebody asks, whichever process runs them.
type metrics struct {
	followers *Followers

	batches, records, failures, rebuilds *prometheus.CounterVec
	behind, behindSeconds, stopped       *prometheus.Desc
}

func newMetrics(f *Followers, registry prometheus.Registerer) (*metrics, error) {
	counter := func(name, help string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "shouwang_follower_" + name, Help: help}, []string{"follower"})
	}
	desc := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc("shouwang_follower_"+name, help, []string{"follower"}, nil)
	}
	m := &metrics{
		followers:     f,
		batches:       counter("batches_total", "Batches committed by this process."),
		records:       counter("records_total", "Records applied by this process."),
		failures:      counter("failures_total", "Interruptions and stops in this process."),
		rebuilds:      counter("rebuilds_total", "Rebuilds finished by this process."),
		behind:        desc("behind_records", fmt.Sprintf("Records not applied yet, counted up to %d.", lagCount)),
		behindSeconds: desc("behind_seconds", "Age of the oldest record not applied yet."),
		stopped:       desc("stopped", "1 if the follower stands before a record it cannot apply."),
	}
	if registry == nil {
		return m, nil
	}
	if err := registry.Register(m); err != nil {
		return nil, fmt.Errorf("register the followers' metrics: %w", err)
	}
	return m, nil
}

func (m *metrics) applied(follower string, records int) {
	m.batches.WithLabelValues(follower).Inc()
	m.records.WithLabelValues(follower).Add(float64(records))
}

func (m *metrics) failed(follower string)  { m.failures.WithLabelValues(follower).Inc() }
func (m *metrics) rebuilt(follower string) { m.rebuilds.WithLabelValues(follower).Inc() }

func (m *metrics) counters() []*prometheus.CounterVec {
	return []*prometheus.CounterVec{m.batches, m.records, m.failures, m.rebuilds}
}

// Describe implements prometheus.Collector.
func (m *metrics) Describe(to chan<- *prometheus.Desc) {
	for _, c := range m.counters() {
		c.Describe(to)
	}
	to <- m.behind
	to <- m.behindSeconds
	to <- m.stopped
}

// Collect implements prometheus.Collector. When the database is away, only the
// counters are there.
func (m *metrics) Collect(to chan<- prometheus.Metric) {
	for _, c := range m.counters() {
		c.Collect(to)
	}
	ctx, cancel := context.WithTimeout(context.Background(), scrapeLimit)
	defer cancel()
	all, err := m.followers.Status(ctx)
	if err != nil {
		return
	}
	for _, s := range all {
		stopped := 0.0
		if s.State == Stopped {
			stopped = 1
		}
		to <- prometheus.MustNewConstMetric(m.behind, prometheus.GaugeValue, float64(s.Behind), s.Name)
		to <- prometheus.MustNewConstMetric(m.behindSeconds, prometheus.GaugeValue, s.BehindSeconds, s.Name)
		to <- prometheus.MustNewConstMetric(m.stopped, prometheus.GaugeValue, stopped, s.Name)
	}
}
