package projections_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

func TestMetrics(t *testing.T) {
	t.Parallel()
	w := newWriter(t, newLog(t))
	w.fill(1, 1)
	w.fill(2, 1)
	registry := prometheus.NewPedanticRegistry()
	f, err := projections.New(t.Context(), projections.Config{
		Log: w.log, LogID: modeltest.LogID, Pool: pgtest.Pool(t), Followers: []projections.Follower{pots(1, false)},
		Now:     func() time.Time { return time.Now().Add(time.Hour) },
		Metrics: registry, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	if s := status(t, f, "pots"); s.BehindSeconds < 3600 || s.BehindSeconds > 4000 {
		t.Errorf("the oldest record has waited %v s, want about an hour", s.BehindSeconds)
	}
	const behind = `
# HELP shouwang_follower_behind_records Records not applied yet, counted up to 10000.
# TYPE shouwang_follower_behind_records gauge
shouwang_follower_behind_records{follower="pots"} `
	if err := testutil.GatherAndCompare(registry, strings.NewReader(behind+"2\n"), "shouwang_follower_behind_records"); err != nil {
		t.Error(err)
	}
	if err := f.Rebuild(t.Context(), "pots", nil); err != nil {
		t.Fatal(err)
	}
	const rebuilds = `
# HELP shouwang_follower_rebuilds_total Rebuilds finished by this process.
# TYPE shouwang_follower_rebuilds_total counter
shouwang_follower_rebuilds_total{follower="pots"} 1
`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(rebuilds), "shouwang_follower_rebuilds_total"); err != nil {
		t.Error(err)
	}
	if err := testutil.GatherAndCompare(registry, strings.NewReader(behind+"0\n"), "shouwang_follower_behind_records"); err != nil {
		t.Error(err)
	}
}
