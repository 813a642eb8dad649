package pglog_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"shouwang/eventlog"
	"shouwang/eventlog/pglog"
	"shouwang/internal/pgtest"
)

// What followers are handed must be what the server would have said.
func TestFollowersSeeWhatTheServerHolds(t *testing.T) {
	t.Parallel()
	log := openLog(t, pglog.Config{Conn: pgtest.New(t).App()})
	for i := range 20 {
		events := make([]eventlog.Event, i%3+1)
		for j := range events {
			events[j] = eventlog.Event{ID: uuid.New(), Type: "t.v1", Data: fmt.Appendf(nil, "%d %d", i, j), Meta: make([]byte, j)}
		}
		if _, err := log.Append(t.Context(), fmt.Sprintf("s-%d", i), eventlog.NoStream, events); err != nil {
			t.Fatal(err)
		}
	}
	read := func(after uint64, fields eventlog.Fields) (found []eventlog.Record) {
		for r, err := range log.ReadAll(t.Context(), eventlog.Position{Commit: after}, fields) {
			if err != nil {
				t.Fatal(err)
			}
			found = append(found, r.Clone())
		}
		return found
	}
	for fields := range eventlog.Everything + 1 {
		for after := range uint64(42) {
			if diff := cmp.Diff(read(after, fields), read(after, fields|eventlog.AsFarAsHeard)); diff != "" {
				t.Fatalf("after %d with fields %b (-server +heard):\n%s", after, fields, diff)
			}
		}
	}
}
