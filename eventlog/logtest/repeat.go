package logtest

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"

	"shouwang/eventlog"
)

var repeatTests = []test{
	{"the same append again is the first result", func(l *log) {
		es := events(3)
		first := l.must("household-a", 0, es...)
		l.repeated(first, "household-a", 0, es...)
		l.must("household-a", 3, event("later"))
		l.clock.Add(1_000_000_000)
		l.repeated(first, "household-a", 0, es...)
		l.holds("household-a", append(slices.Clone(es), l.stream("household-a", 3)[0].Event)...)
	}},
	{"the same events elsewhere are no repetition", func(l *log) {
		es := events(3)
		l.must("household-a", 0, es...)
		l.conflicts("household-a", 1, 3, es...)
		l.conflicts("household-a", 0, 3, es[1], es[0], es[2])
		l.conflicts("household-a", 0, 3, append(slices.Clone(es), event("one more"))...)
		differ := slices.Clone(es)
		differ[2].ID = uuid.New()
		l.conflicts("household-a", 0, 3, differ...)
		l.conflicts("household-a", 1, 3, differ[1:]...)
		l.holds("household-a", es...)
		l.must("household-b", 0, es...)
	}},
	{"a part of a former append is a repetition of that part", func(l *log) {
		es := events(3)
		l.must("household-a", 0, es...)
		at, err := l.Append(l.ctx, "household-a", 1, es[1:2])
		if err != nil || !at.Repeated || at.Version != 2 {
			l.Errorf("got %+v, %v", at, err)
		}
	}},
	{"many at once repeat one append", func(l *log) {
		for round := range 10 {
			stream := fmt.Sprintf("household-%d", round)
			es := events(2)
			var mu sync.Mutex
			var first []eventlog.Appended
			together(l.T, 12, func(int) {
				at, err := l.Append(l.ctx, stream, 0, es)
				if err != nil {
					l.Errorf("append: %v", err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				if !at.Repeated {
					first = append(first, at)
				}
			})
			if len(first) != 1 {
				l.Fatalf("%d of twelve equal appends were the first", len(first))
			}
			l.holds(stream, es...)
			l.repeated(first[0], stream, 0, es...)
		}
	}},
	{"a repetition is known when the log is opened again", func(l *log) {
		l.needs("Durable", l.Capabilities().Durable)
		es := events(2)
		first := l.must("household-a", 0, es...)
		if err := l.Close(); err != nil {
			l.Fatalf("close: %v", err)
		}
		l.Log = l.open()
		l.repeated(first, "household-a", 0, es...)
		l.conflicts("household-a", 0, 2, events(2)...)
		l.holds("household-a", es...)
	}},
}

func (l *log) repeated(first eventlog.Appended, stream string, expected eventlog.Version, es ...eventlog.Event) {
	l.Helper()
	at, err := l.Append(l.ctx, stream, expected, es)
	if errors.Is(err, eventlog.ErrConflict) || err != nil {
		l.Errorf("append to %s again: %v", stream, err)
		return
	}
	first.Repeated = true
	if at.Version != first.Version || at.Position != first.Position || !at.RecordedAt.Equal(first.RecordedAt) || !at.Repeated {
		l.Errorf("append to %s again: %+v, want %+v", stream, at, first)
	}
}
