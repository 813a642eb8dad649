package logtest

import (
	"fmt"
	"math/rand/v2"
	"time"

	"shouwang/eventlog"
)

var timeTests = []test{
	{"recorded-at is the clock's, UTC, whole microseconds", func(l *log) {
		at := l.must("household-a", 0, event("now"))
		r := l.stream("household-a", 0)[0]
		if !r.RecordedAt.Equal(morning) || r.RecordedAt.Location() != time.UTC || !at.RecordedAt.Equal(morning) || at.RecordedAt.Location() != time.UTC {
			l.Errorf("acknowledged %v, stored %v, want %v", at.RecordedAt, r.RecordedAt, morning)
		}
		if all := l.all(eventlog.Position{}, 0)[0]; !all.RecordedAt.Equal(morning) || all.RecordedAt.Location() != time.UTC {
			l.Errorf("the log says %v, want %v", all.RecordedAt, morning)
		}
		l.clock.Add(1500 * time.Microsecond)
		if at := l.must("household-a", 1, event("later")); !at.RecordedAt.Equal(morning.Add(1500 * time.Microsecond)) {
			l.Errorf("stamped %v", at.RecordedAt)
		}
	}},
	{"a clock set back takes no stream back", func(l *log) {
		l.must("household-a", 0, event("morning"))
		l.clock.Set(morning.AddDate(-1, 0, 0))
		for v := range eventlog.Version(3) {
			l.must("household-a", v+1, event("set back"))
		}
		l.forward()
		l.clock.Set(morning.Add(time.Second))
		if at := l.must("household-a", 4, event("forward again")); !at.RecordedAt.Equal(morning.Add(time.Second)) {
			l.Errorf("stamped %v", at.RecordedAt)
		}
	}},
	{"a clock that jumps while many write", func(l *log) {
		stop, stopped := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(stopped)
			for r := rand.New(rand.NewPCG(1, 2)); ; {
				select {
				case <-stop:
					return
				default:
					l.clock.Set(morning.Add(time.Duration(r.IntN(2_000_000)-1_000_000) * time.Microsecond))
				}
			}
		}()
		together(l.T, 16, func(w int) {
			stream := fmt.Sprintf("household-%d", w)
			for v := range eventlog.Version(15) {
				if _, err := l.Append(l.ctx, stream, v, events(1)); err != nil {
					l.Errorf("append: %v", err)
					return
				}
			}
		})
		close(stop)
		<-stopped
		l.forward()
	}},
	{"a log opened again under an earlier clock", func(l *log) {
		l.needs("Durable", l.Capabilities().Durable)
		l.must("household-a", 0, event("morning"))
		if err := l.Close(); err != nil {
			l.Fatalf("close: %v", err)
		}
		l.clock.Set(morning.Add(-time.Hour))
		l.Log = l.open()
		l.must("household-a", 1, event("an hour before"))
		l.must("household-b", 0, event("an hour before"))
		l.forward()
	}},
}

// forward checks that no stream's RecordedAt goes back, nor the log's where the
// adapter says so.
func (l *log) forward() {
	l.Helper()
	var latest time.Time
	streams := map[string]time.Time{}
	for _, r := range l.all(eventlog.Position{}, 0) {
		if r.RecordedAt.Before(streams[r.Stream]) {
			l.Errorf("version %d of %s goes back from %v to %v", r.Version, r.Stream, streams[r.Stream], r.RecordedAt)
		}
		if l.Capabilities().LogWideTime && r.RecordedAt.Before(latest) {
			l.Errorf("the log goes back from %v to %v", latest, r.RecordedAt)
		}
		streams[r.Stream], latest = r.RecordedAt, r.RecordedAt
	}
}
