package bench_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"shouwang/eventlog"
	"shouwang/eventlog/kurrentlog"
	"shouwang/internal/bench"
	"shouwang/internal/esdbtest"
)

// On KurrentDB the same is measured beside Postgres, as often as one likes, but
// never in a record that is not a bench's.
func TestKurrentDBIsMeasuredBesidePostgres(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	config := bench.Config{KurrentURL: server.URL(), Folder: t.TempDir(), Rounds: 1, Each: 20 * time.Millisecond, Appenders: []int{2}, Events: 500, Quiet: -1}
	for _, name := range []string{bench.Append, bench.Read, bench.Read} {
		report, err := bench.Run(t.Context(), config, name)
		if err != nil {
			t.Fatal(err)
		}
		last := report.Rows[len(report.Rows)-1]
		if !strings.HasPrefix(last.Case, "KurrentDB") || last.Value <= 0 || last.BesideValue <= 0 || !strings.Contains(last.Notes, "protocol cost") || len(report.Faults) > 0 {
			t.Errorf("%s: %+v, faults %q", name, last, report.Faults)
		}
	}
	other := esdbtest.Start(t, esdbtest.Options{})
	log, err := kurrentlog.Open(t.Context(), kurrentlog.Config{URL: other.URL()})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	event := eventlog.Event{ID: eventlog.ID{1}, Type: "household.registered.v1", Data: []byte("{}"), Meta: []byte("{}")}
	if _, err := log.Append(t.Context(), "household-1", eventlog.NoStream, []eventlog.Event{event}); err != nil {
		t.Fatal(err)
	}
	config.KurrentURL = other.URL()
	if _, err := bench.Run(t.Context(), config, bench.Append); !errors.Is(err, bench.ErrUsage) {
		t.Errorf("a bench in somebody's record ended with %v", err)
	}
}
