package logtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"shouwang/eventlog"
)

var importTests = []test{
	{"into an empty log", func(l *log) {
		door := l.importer()
		history := history(3000, morning.AddDate(-2, 0, 0))
		if n, err := door.Import(l.ctx, each(history, nil)); err != nil || n != 3000 {
			l.Fatalf("imported %d: %v", n, err)
		}
		l.imported(history)
		l.must("household-0", eventlog.Version(len(l.stream("household-0", 0))), event("after"))
		l.conflicts("household-1", 0, eventlog.Version(len(l.stream("household-1", 0))), event("again"))
		l.must("household-new", 0, event("after"))
		l.forwardInStreams()
	}},
	{"beside appends", func(l *log) {
		door := l.importer()
		l.must("household-before", 0, event("before"))
		history := history(4000, morning.AddDate(-2, 0, 0))
		f := l.followFrom(eventlog.Position{})
		done := make(chan struct{})
		go func() {
			defer close(done)
			together(l.T, 8, func(w int) {
				stream := fmt.Sprintf("household-beside-%d", w)
				for v := range eventlog.Version(20) {
					if _, err := l.Append(l.ctx, stream, v, events(2)[:1]); err != nil {
						l.Errorf("append beside an import: %v", err)
						return
					}
				}
			})
		}()
		if n, err := door.Import(l.ctx, each(history, nil)); err != nil || n != 4000 {
			l.Fatalf("imported %d: %v", n, err)
		}
		<-done
		f.saw(l.all(eventlog.Position{}, eventlog.Everything))
		l.imported(history)
		l.forwardInStreams()
	}},
	{"goes on after what was written", func(l *log) {
		door := l.importer()
		history := history(2500, morning)
		broken := errors.New("the source broke")
		n, err := door.Import(l.ctx, each(history[:1700], broken))
		if !errors.Is(err, broken) || n > 1700 {
			l.Fatalf("imported %d: %v", n, err)
		}
		if stored := len(l.all(eventlog.Position{}, 0)); int64(stored) != n {
			l.Fatalf("%d records are stored, %d were reported", stored, n)
		}
		m, err := door.Import(l.ctx, each(history[n:], nil))
		if err != nil || n+m != 2500 {
			l.Fatalf("imported %d and %d: %v", n, m, err)
		}
		l.imported(history)
	}},
	{"cancelled in the middle", func(l *log) {
		door := l.importer()
		history := history(9000, morning)
		ctx, cancel := context.WithCancel(l.ctx)
		defer cancel()
		n, err := door.Import(ctx, func(yield func(eventlog.Imported, error) bool) {
			for i, r := range history {
				if i == 8500 {
					cancel()
				}
				if !yield(r, nil) {
					return
				}
			}
		})
		cancelled(l, "import", err)
		if n == 9000 {
			l.Error("the import went on to the end")
		}
		m, err := door.Import(l.ctx, each(history[n:], nil))
		if err != nil || n+m != 9000 {
			l.Fatalf("imported %d and %d: %v", n, m, err)
		}
		l.imported(history)
	}},
	{"recorded-at may not go back in a stream", func(l *log) {
		door := l.importer()
		at := func(stream string, t time.Time) eventlog.Imported {
			return eventlog.Imported{Event: event("old"), Stream: stream, RecordedAt: t}
		}
		refused := func(what string, records ...eventlog.Imported) {
			l.Helper()
			before := len(l.all(eventlog.Position{}, 0))
			n, err := door.Import(l.ctx, each(records, nil))
			if !errors.Is(err, eventlog.ErrInvalid) {
				l.Errorf("%s: imported %d: %v, want ErrInvalid", what, n, err)
			}
			if stored := len(l.all(eventlog.Position{}, 0)); int64(stored-before) != n {
				l.Errorf("%s: %d records were written, %d reported", what, stored-before, n)
			}
			if n >= int64(len(records)) {
				l.Errorf("%s: %d records were written", what, n)
			}
		}
		refused("in one import", at("household-a", morning), at("household-a", morning.Add(-time.Microsecond)))
		l.must("household-b", 0, event("this morning"))
		refused("before what the stream holds", at("household-b", morning.Add(-time.Microsecond)))
		refused("no time", at("household-c", time.Time{}))
		refused("nanoseconds", at("household-c", morning.Add(1)))
		refused("no stream", at("", morning))
		if n, err := door.Import(l.ctx, each([]eventlog.Imported{at("household-b", morning), at("household-c", morning.AddDate(-90, 0, 0))}, nil)); err != nil || n != 2 {
			l.Errorf("imported %d: %v", n, err)
		}
		l.forwardInStreams()
	}},
	{"an append after an import from the future", func(l *log) {
		door := l.importer()
		later := history(40, morning.AddDate(1, 0, 0))
		earlier := history(40, morning.AddDate(-1, 0, 0))
		for i := range earlier {
			earlier[i].Stream += "-earlier"
		}
		if n, err := door.Import(l.ctx, each(slices.Concat(later, earlier), nil)); err != nil || n != 80 {
			l.Fatalf("imported %d: %v", n, err)
		}
		for i := range 7 {
			stream := fmt.Sprintf("household-%d", i)
			l.must(stream, eventlog.Version(len(l.stream(stream, 0))), event("after"))
		}
		l.forwardInStreams()
	}},
}

// importer returns the door, or skips the test.
func (l *log) importer() eventlog.Importer {
	l.Helper()
	l.needs("Imports", l.Capabilities().Imports)
	door, ok := l.Log.(eventlog.Importer)
	if !ok {
		l.Fatal("the adapter declares Imports and has no Import")
	}
	return door
}

// history makes n records of seven households, a second apart.
func history(n int, from time.Time) []eventlog.Imported {
	h := make([]eventlog.Imported, n)
	for i := range h {
		h[i] = eventlog.Imported{
			Event: event(fmt.Sprintf("record %d", i)), Stream: fmt.Sprintf("household-%d", i%7),
			RecordedAt: from.Add(time.Duration(i) * time.Second),
		}
	}
	return h
}

// each yields the records and then, if there is one, the error.
func each(records []eventlog.Imported, err error) iter.Seq2[eventlog.Imported, error] {
	return func(yield func(eventlog.Imported, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
		if err != nil {
			yield(eventlog.Imported{}, err)
		}
	}
}

// imported checks that the log holds exactly these records in this order,
// whatever else it holds.
func (l *log) imported(history []eventlog.Imported) {
	l.Helper()
	want := make(map[eventlog.ID]bool, len(history))
	for _, r := range history {
		want[r.ID] = true
	}
	next := 0
	for _, r := range l.all(eventlog.Position{}, eventlog.Everything) {
		if !want[r.ID] {
			continue
		}
		if next >= len(history) {
			l.Fatalf("%s stands in the log twice", r.ID)
		}
		sameEvent(l.T, r.Event, history[next].Event)
		if r.Stream != history[next].Stream || !r.RecordedAt.Equal(history[next].RecordedAt) {
			l.Fatalf("record %d is of %s at %v, want %s at %v", next+1, r.Stream, r.RecordedAt, history[next].Stream, history[next].RecordedAt)
		}
		next++
	}
	if next != len(history) {
		l.Fatalf("the log holds %d of %d imported records", next, len(history))
	}
	versions := map[string]eventlog.Version{}
	for _, r := range l.all(eventlog.Position{}, 0) {
		if versions[r.Stream]++; r.Version != versions[r.Stream] {
			l.Fatalf("%s goes from version %d to %d", r.Stream, versions[r.Stream]-1, r.Version)
		}
	}
}

// forwardInStreams is forward for a log into which older records came.
func (l *log) forwardInStreams() {
	l.Helper()
	streams := map[string]time.Time{}
	for _, r := range l.all(eventlog.Position{}, 0) {
		if r.RecordedAt.Before(streams[r.Stream]) {
			l.Errorf("version %d of %s goes back from %v to %v", r.Version, r.Stream, streams[r.Stream], r.RecordedAt)
		}
		streams[r.Stream] = r.RecordedAt
	}
}
