package logtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"shouwang/eventlog"
)

var cancelTests = []test{
	{"a context that is done", func(l *log) {
		l.must("household-a", 0, events(3)...)
		ctx, cancel := context.WithCancel(l.ctx)
		cancel()
		at, err := l.Append(ctx, "household-a", 3, events(1))
		cancelled(l, "append", err)
		if errors.Is(err, eventlog.ErrUnknownOutcome) {
			l.Errorf("append: %+v, %v: nothing can have been written", at, err)
		}
		for _, err := range l.ReadStream(ctx, "household-a", 0) {
			cancelled(l, "read a stream", err)
		}
		for _, err := range l.ReadAll(ctx, eventlog.Position{}, eventlog.Everything) {
			cancelled(l, "read the log", err)
		}
		cancelled(l, "wait", l.Wait(ctx, eventlog.Position{}))
		_, err = l.End(ctx)
		cancelled(l, "end", err)
		if n := len(l.stream("household-a", 0)); n != 3 {
			l.Errorf("%d events, want 3", n)
		}
	}},
	{"a reading cancelled in the middle", func(l *log) {
		for i := range 40 {
			l.must(fmt.Sprintf("household-%d", i), 0, events(eventlog.MaxEvents)...)
		}
		ctx, cancel := context.WithCancel(l.ctx)
		defer cancel()
		read, ended := 0, error(nil)
		for _, err := range l.ReadAll(ctx, eventlog.Position{}, eventlog.Everything) {
			if ended != nil {
				l.Fatalf("something came after the error %v", ended)
			}
			if ended = err; err == nil {
				read++
				cancel()
			}
		}
		cancelled(l, "read the log", ended)
		if read == 40*eventlog.MaxEvents {
			l.Error("the reading went on to the end")
		}
		l.must("household-after", 0, event("after"))
	}},
	{"appends cancelled at any moment", func(l *log) {
		var mu sync.Mutex
		fate := map[eventlog.ID]string{}
		together(l.T, 24, func(w int) {
			r := rand.New(rand.NewPCG(uint64(w), 7))
			for i := range 15 {
				es, stream := events(2), fmt.Sprintf("household-%d-%d", w, i)
				ctx, cancel := context.WithTimeout(l.ctx, time.Duration(r.IntN(1500))*time.Microsecond)
				_, err := l.Append(ctx, stream, 0, es)
				cancel()
				is := "written"
				switch {
				case err == nil:
				case errors.Is(err, eventlog.ErrUnknownOutcome):
					is = "unknown"
					if at, err := l.Append(l.ctx, stream, 0, es); err != nil || at.Version != 2 {
						l.Errorf("repeated after an unknown outcome: %+v, %v", at, err)
					}
				case errors.Is(err, context.DeadlineExceeded):
					is = "not written"
				default:
					l.Errorf("append: %v", err)
				}
				mu.Lock()
				fate[es[0].ID], fate[es[1].ID] = is, is
				mu.Unlock()
			}
		})
		stored := map[eventlog.ID]int{}
		for _, r := range l.all(eventlog.Position{}, eventlog.WithID) {
			stored[r.ID]++
		}
		for id, is := range fate {
			want := 1
			if is == "not written" {
				want = 0
			}
			if stored[id] != want {
				l.Errorf("an event said to be %s is stored %d times", is, stored[id])
			}
		}
	}},
}

func cancelled(l *log, what string, err error) {
	l.Helper()
	if !errors.Is(err, context.Canceled) {
		l.Errorf("%s with a cancelled context: %v", what, err)
	}
}
