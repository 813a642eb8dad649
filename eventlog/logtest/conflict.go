package logtest

import (
	"errors"
	"fmt"
	"math"
	"sync"
	"sync/atomic"

	"shouwang/eventlog"
)

var conflictTests = []test{
	{"a wrong version is refused and nothing is written", func(l *log) {
		held := events(3)
		l.must("household-a", 0, held...)
		for _, expected := range []eventlog.Version{0, 1, 2, 4, 5, 1000, math.MaxInt64 - 1, math.MaxInt64} {
			l.conflicts("household-a", expected, 3, events(2)...)
		}
		l.conflicts("household-unknown", 1, 0, event("first"))
		l.holds("household-a", held...)
		l.holds("household-unknown")
		l.must("household-a", 3, event("fourth"))
	}},
	{"of many at the same version one wins", func(l *log) {
		for round := range eventlog.Version(10) {
			var won atomic.Int64
			together(l.T, 16, func(int) {
				_, err := l.Append(l.ctx, "household-a", round, events(1))
				switch {
				case err == nil:
					won.Add(1)
				case !errors.Is(err, eventlog.ErrConflict):
					l.Errorf("append: %v", err)
				}
			})
			if won.Load() != 1 {
				l.Fatalf("%d appends won at version %d", won.Load(), round)
			}
		}
	}},
	{"only the conflicting append of a crowd fails", func(l *log) {
		l.must("household-busy", 0, events(2)...)
		var mu sync.Mutex
		want := map[string][]eventlog.Event{}
		together(l.T, 48, func(w int) {
			stream := fmt.Sprintf("household-%d", w)
			for v := range eventlog.Version(10) {
				switch w % 4 {
				case 0: // stale: the stream has moved on
					l.conflicts("household-busy", v%2, 2, event("stale"))
				case 1: // ahead of the stream
					l.conflicts(stream, v+1, 0, event("ahead"))
				case 2: // opens a stream that exists
					l.conflicts("household-busy", eventlog.NoStream, 2, event("again"))
				default:
					e := event("good")
					if _, err := l.Append(l.ctx, stream, v, []eventlog.Event{e}); err != nil {
						l.Errorf("a good append beside conflicting ones: %v", err)
						return
					}
					mu.Lock()
					want[stream] = append(want[stream], e)
					mu.Unlock()
				}
			}
		})
		for stream, es := range want {
			l.holds(stream, es...)
		}
		if n := len(l.all(eventlog.Position{}, eventlog.Everything)); n != 2+12*10 {
			l.Errorf("the log holds %d records, want %d", n, 2+12*10)
		}
	}},
	{"a crowd that reads and tries again gets every event in", func(l *log) {
		const writers, each = 12, 8
		together(l.T, writers, func(w int) {
			for i := range each {
				if err := insist(l.ctx, l.Log, "household-shared", event(fmt.Sprint(w, i))); err != nil {
					l.Errorf("writer %d: %v", w, err)
					return
				}
			}
		})
		if n := len(l.stream("household-shared", 0)); n != writers*each {
			l.Errorf("%d events, want %d", n, writers*each)
		}
	}},
}

// conflicts checks that an append is refused with the versions that explain it.
func (l *log) conflicts(stream string, expected, actual eventlog.Version, es ...eventlog.Event) {
	l.Helper()
	at, err := l.Append(l.ctx, stream, expected, es)
	var conflict *eventlog.ConflictError
	if !errors.Is(err, eventlog.ErrConflict) || !errors.As(err, &conflict) {
		l.Errorf("append to %s at %d (it is at %d): %+v, %v, want a conflict", stream, expected, actual, at, err)
		return
	}
	if *conflict != (eventlog.ConflictError{Stream: stream, Expected: expected, Actual: actual}) {
		l.Errorf("append to %s at %d: %v, want actual version %d", stream, expected, conflict, actual)
	}
}
