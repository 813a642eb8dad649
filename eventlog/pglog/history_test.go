package pglog_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
	"shouwang/eventlog/pglog"
)

// patience is how long a test waits for what must happen.
const patience = 2 * time.Minute

func openLog(t testing.TB, config pglog.Config) *pglog.Log {
	t.Helper()
	l, err := pglog.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func event(data string) eventlog.Event {
	return eventlog.Event{ID: uuid.New(), Type: "visit.made.v1", Data: []byte(data)}
}

// history is what appenders were told, to be compared with what is stored.
type history struct {
	mu      sync.Mutex
	told    map[eventlog.ID]fate
	unknown atomic.Int64 // unknown outcomes that a repetition resolved
	failed  atomic.Int64 // appends that ended with: nothing was written
	good    atomic.Int64
}

type fate int

const (
	acknowledged fate = iota + 1
	notWritten
)

func newHistory() *history { return &history{told: map[eventlog.ID]fate{}} }

func (h *history) note(es []eventlog.Event, f fate) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, e := range es {
		h.told[e.ID] = f
	}
}

// appender appends to streams of its own and to one it shares until stop is
// closed. An unknown outcome it repeats until it is known; after any other
// error it goes on with new events at the version it knows.
func (h *history) appender(ctx context.Context, l *pglog.Log, name string, stop <-chan struct{}) error {
	for n := 0; ; n++ {
		stream := fmt.Sprintf("household-%s-%d", name, n)
		for version := eventlog.NoStream; version < 8; {
			select {
			case <-stop:
				return nil
			default:
			}
			es := []eventlog.Event{event("a"), event("b")}
			ok, err := h.settle(ctx, l, stream, version, es)
			if err != nil {
				return err
			}
			if ok {
				version += 2
			}
		}
		if err := h.share(ctx, l); err != nil {
			return err
		}
	}
}

// share adds to the stream that everybody adds to.
func (h *history) share(ctx context.Context, l *pglog.Log) error {
	const stream = "household-shared"
	version := eventlog.NoStream
	for r, err := range l.ReadStream(ctx, stream, version) {
		if err != nil {
			return nil // the server is away: the next round is as good
		}
		version = r.Version
	}
	_, err := h.settle(ctx, l, stream, version, []eventlog.Event{event("shared")})
	return err
}

// settle appends and repeats until the outcome is known.
func (h *history) settle(ctx context.Context, l *pglog.Log, stream string, version eventlog.Version, es []eventlog.Event) (bool, error) {
	doubted := false
	for {
		at, err := l.Append(ctx, stream, version, es)
		switch {
		case err == nil:
			if at.Version != version+eventlog.Version(len(es)) {
				return false, fmt.Errorf("append to %s at %d ended at %d", stream, version, at.Version)
			}
			h.note(es, acknowledged)
			h.good.Add(1)
			return true, nil
		case ctx.Err() != nil:
			return false, ctx.Err()
		case errors.Is(err, eventlog.ErrUnknownOutcome):
			doubted = true
			h.unknown.Add(1)
		case errors.Is(err, eventlog.ErrConflict):
			h.note(es, notWritten)
			return false, nil
		case doubted: // a repetition that was not written says nothing of the first
		default:
			h.note(es, notWritten)
			h.failed.Add(1)
			return false, nil
		}
	}
}

// check compares what the appenders were told with what is stored.
func (h *history) check(t *testing.T, l *pglog.Log) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	stored, versions := map[eventlog.ID]int{}, map[string]eventlog.Version{}
	var before eventlog.Record
	for r, err := range l.ReadAll(ctx, eventlog.Position{}, eventlog.WithID) {
		if err != nil {
			t.Fatalf("read the log: %v", err)
		}
		if r.Commit != before.Commit+1 {
			t.Fatalf("position %d follows %d", r.Commit, before.Commit)
		}
		if versions[r.Stream]++; r.Version != versions[r.Stream] {
			t.Fatalf("%s goes from version %d to %d", r.Stream, versions[r.Stream]-1, r.Version)
		}
		if r.RecordedAt.Before(before.RecordedAt) {
			t.Fatalf("recorded-at goes back from %v to %v", before.RecordedAt, r.RecordedAt)
		}
		stored[r.ID]++
		before = r
	}
	for id, told := range h.told {
		if want := map[fate]int{acknowledged: 1, notWritten: 0}[told]; stored[id] != want {
			t.Fatalf("an event that was told %d is stored %d times", told, stored[id])
		}
	}
	for id := range stored {
		if h.told[id] == 0 {
			t.Fatalf("an event is stored of which nobody was told")
		}
	}
	t.Logf("%d appends acknowledged, %d failed, %d unknown outcomes resolved", h.good.Load(), h.failed.Load(), h.unknown.Load())
	if h.good.Load() == 0 {
		t.Error("not one append was acknowledged")
	}
}

// goesOn waits until so many more appends have been acknowledged.
func (h *history) goesOn(ctx context.Context, t *testing.T, appends int64) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for until := h.good.Load() + appends; h.good.Load() < until; {
		select {
		case <-ctx.Done():
			t.Fatal("the log does not go on")
		case <-tick.C:
		}
	}
}

// hammer runs appenders on the logs while disturb disturbs them.
func (h *history) hammer(t *testing.T, logs []*pglog.Log, disturb func(ctx context.Context)) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	stop := make(chan struct{})
	var appenders sync.WaitGroup
	for i, l := range logs {
		for w := range 12 {
			appenders.Go(func() {
				if err := h.appender(ctx, l, fmt.Sprint(i, "-", w), stop); err != nil {
					t.Error(err)
				}
			})
		}
	}
	func() {
		defer appenders.Wait()
		defer close(stop)
		disturb(ctx)
		h.goesOn(ctx, t, 100)
	}()
	h.check(t, logs[0])
}

func connect(t *testing.T, config *pgx.ConnConfig) *pgx.Conn {
	t.Helper()
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}
