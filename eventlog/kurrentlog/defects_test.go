package kurrentlog_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"shouwang/eventlog"
	"shouwang/eventlog/kurrentlog"
	"shouwang/internal/esdbtest"
)

// What the official client does wrong at the version we use, letter by letter as
// listed in docs/kurrent.md; each test fails without what the adapter does about
// it.

// long is how long a test waits for what must happen, on a busy machine.
const long = 2 * time.Minute

func openAt(t *testing.T, url string, patience time.Duration) *kurrentlog.Log {
	t.Helper()
	l, err := kurrentlog.Open(t.Context(), kurrentlog.Config{URL: url, Patience: patience})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func one(data string) []eventlog.Event {
	return []eventlog.Event{{ID: uuid.New(), Type: "clue.recorded.v1", Data: []byte(data), Meta: []byte("{}")}}
}

// within waits for everything that runs, and fails if it does not end.
func within(t *testing.T, running *sync.WaitGroup) {
	t.Helper()
	ended := make(chan struct{})
	go func() { running.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(long):
		t.Fatal("some calls never returned")
	}
}

func stored(t *testing.T, l eventlog.Log) map[eventlog.ID]int {
	t.Helper()
	ids := map[eventlog.ID]int{}
	for r, err := range l.ReadAll(t.Context(), eventlog.Position{}, eventlog.WithID) {
		if err != nil {
			t.Fatal(err)
		}
		ids[r.ID]++
	}
	return ids
}

// A: callers return at their deadline with the server down.
func TestCallersReturnAtTheirDeadline(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l := openAt(t, server.URL(), long)
	server.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	var calls sync.WaitGroup
	for i := range 8 {
		calls.Go(func() {
			if _, err := l.Append(ctx, fmt.Sprintf("household-%d", i), 0, one("a")); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("append: %v", err)
			}
		})
		calls.Go(func() {
			for _, err := range l.ReadStream(ctx, "household-1", 0) {
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("read: %v", err)
				}
			}
		})
		calls.Go(func() {
			if _, err := l.End(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("end: %v", err)
			}
		})
	}
	within(t, &calls)
}

// outage is how long the server is away at least: KURRENT_OUTAGE, such as 1m. What
// the client does wrong shows after a second, so a usual run takes seven.
func outage(t *testing.T) time.Duration {
	t.Helper()
	text := os.Getenv("KURRENT_OUTAGE")
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// B: the adapter recovers after an outage, however long. The client gives up for
// ever after a second.
func TestRecoversAfterAnOutage(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l := openAt(t, server.URL(), 700*time.Millisecond)
	if _, err := l.Append(t.Context(), "household-1", 0, one("before")); err != nil {
		t.Fatal(err)
	}
	server.Stop()
	away, length := time.Now(), outage(t)
	for tries := 0; tries < 5 || time.Since(away) < length; tries++ { // each waits for as long as it has patience
		if _, err := l.Append(t.Context(), "household-1", 1, one("during")); err == nil {
			t.Fatal("an append succeeded without a server")
		}
		if _, err := l.End(t.Context()); err == nil {
			t.Fatal("a reading succeeded without a server")
		}
	}
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	after := one("after")
	eventually(t, "the server is found again", func() bool {
		_, err := l.Append(t.Context(), "household-1", 1, after)
		return err == nil
	})
	if n := len(stored(t, l)); n != 2 {
		t.Errorf("%d records, want 2", n)
	}
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), long)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// C: closing during calls does not panic, and loses nothing acknowledged.
func TestClosingDuringCalls(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	var mu sync.Mutex
	var acknowledged []eventlog.ID
	for round := range 60 {
		l := openAt(t, server.URL(), long)
		var calls sync.WaitGroup
		begun := make(chan struct{}, 12)
		for i := range 6 {
			calls.Go(func() {
				for v := eventlog.NoStream; ; v++ {
					es := one("during")
					_, err := l.Append(t.Context(), fmt.Sprintf("household-%d-%d", round, i), v, es)
					if v == 0 {
						begun <- struct{}{}
					}
					if err != nil {
						if !errors.Is(err, eventlog.ErrClosed) {
							t.Errorf("append: %v", err)
						}
						return
					}
					mu.Lock()
					acknowledged = append(acknowledged, es[0].ID)
					mu.Unlock()
				}
			})
			calls.Go(func() {
				for n := 0; ; n++ {
					for _, err := range l.ReadAll(t.Context(), eventlog.Position{}, 0) {
						if err != nil && !errors.Is(err, eventlog.ErrClosed) {
							t.Errorf("read: %v", err)
						}
						if err != nil {
							return
						}
						if n == 0 {
							n++
							begun <- struct{}{}
						}
					}
				}
			})
		}
		for range 6 {
			<-begun
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		within(t, &calls)
	}
	ids := stored(t, openAt(t, server.URL(), long))
	for _, id := range acknowledged {
		if ids[id] != 1 {
			t.Fatalf("an acknowledged event is stored %d times", ids[id])
		}
	}
}

// large is an append that is still being sent when the refusal arrives.
func large() []eventlog.Event {
	es := make([]eventlog.Event, eventlog.MaxEvents)
	for i := range es {
		es[i] = eventlog.Event{ID: uuid.New(), Type: "t.v1", Data: bytes.Repeat([]byte{byte(i)}, 40<<10)}
	}
	return es
}

// D: an early refusal of an append of many events reaches us as "EOF"; it is
// settled by reading.
func TestAnEarlyRefusalIsSettledByReading(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{})
	l := openAt(t, server.URL(), long)
	lost := 0
	for i := range 10 {
		stream, es, before := fmt.Sprintf("household-%d", i), large(), server.Calls("Streams/Append")
		server.NextAppends(esdbtest.RefuseEarly)
		at, err := l.Append(t.Context(), stream, 0, es)
		switch {
		case err == nil && at.Version == eventlog.MaxEvents && !at.Repeated:
			if lost++; server.Calls("Streams/Append") != before+2 {
				t.Errorf("%d requests, want 2", server.Calls("Streams/Append")-before)
			}
		case err != nil && strings.Contains(err.Error(), "Maximum Append Size") && !errors.Is(err, eventlog.ErrUnknownOutcome):
			// The server's own words have come through.
		default:
			t.Errorf("got %+v, %v", at, err)
		}
	}
	if lost == 0 {
		t.Error("no refusal was lost: this test has shown nothing")
	}
	for id, n := range stored(t, l) {
		if n != 1 {
			t.Errorf("%s is stored %d times", id, n)
		}
	}
}

// D: what a server never takes ends as an unknown outcome, with nothing written.
func TestWhatIsAlwaysRefusedEnds(t *testing.T) {
	t.Parallel()
	server := esdbtest.Start(t, esdbtest.Options{MaxAppend: 1 << 20})
	l := openAt(t, server.URL(), time.Second)
	at, err := l.Append(t.Context(), "household-1", 0, large())
	if err == nil || errors.Is(err, eventlog.ErrConflict) {
		t.Errorf("got %+v, %v", at, err)
	}
	if n := len(stored(t, l)); n != 0 {
		t.Errorf("%d records were written", n)
	}
	tooOld := esdbtest.Start(t, esdbtest.Options{Version: "24.10.14"})
	if _, err := openAt(t, tooOld.URL(), long).Append(t.Context(), "household-1", 0, large()); !errors.Is(err, eventlog.ErrInvalid) {
		t.Errorf("more than the server takes: %v", err)
	}
	if n := tooOld.Calls("Streams/Append"); n != 1 {
		t.Errorf("%d requests, want only the store's name", n)
	}
}

// H: a request or an answer that is lost is made good, and writes once.
func TestLostRequestsAndAnswers(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]esdbtest.Fault{
		"request": esdbtest.LoseRequest, "answer": esdbtest.LoseAnswer, "aborted": esdbtest.Abort, "leader": esdbtest.NotLeader,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := esdbtest.Start(t, esdbtest.Options{})
			l := openAt(t, server.URL(), long)
			es := append(one("first"), one("second")...)
			server.NextAppends(fault, fault)
			at, err := l.Append(t.Context(), "household-1", 0, es)
			if err != nil || at.Version != 2 || at.Repeated {
				t.Fatalf("got %+v, %v", at, err)
			}
			if again, err := l.Append(t.Context(), "household-1", 0, es); err != nil || !again.Repeated || again.Position != at.Position {
				t.Errorf("again: %+v, %v", again, err)
			}
			if ids := stored(t, l); len(ids) != 2 || ids[es[0].ID] != 1 || ids[es[1].ID] != 1 {
				t.Errorf("stored %v", ids)
			}
		})
	}
}
