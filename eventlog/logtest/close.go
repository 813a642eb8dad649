package logtest

import (
	"errors"
	"fmt"
	"sync"

	"shouwang/eventlog"
)

var closeTests = []test{
	{"later calls say that the log is closed", func(l *log) {
		l.must("household-a", 0, event("before"))
		waits := make(chan error)
		go func() { waits <- l.Wait(l.ctx, eventlog.Position{Commit: 1 << 62}) }()
		if err := l.Close(); err != nil {
			l.Fatalf("close: %v", err)
		}
		closed := func(what string, err error) {
			l.Helper()
			if !errors.Is(err, eventlog.ErrClosed) {
				l.Errorf("%s after close: %v", what, err)
			}
		}
		closed("a wait that had begun", <-waits)
		_, err := l.Append(l.ctx, "household-a", 1, events(1))
		closed("append", err)
		for _, err := range l.ReadStream(l.ctx, "household-a", 0) {
			closed("read a stream", err)
		}
		for _, err := range l.ReadAll(l.ctx, eventlog.Position{}, eventlog.Everything) {
			closed("read the log", err)
		}
		closed("wait", l.Wait(l.ctx, eventlog.Position{}))
		_, err = l.End(l.ctx)
		closed("end", err)
		_, err = l.Identity(l.ctx)
		closed("identity", err)
		closed("close", l.Close())
		if door, ok := l.Log.(eventlog.Importer); ok {
			_, err = door.Import(l.ctx, each(history(1, morning), nil))
			closed("import", err)
		}
	}},
	{"in the middle of a reading", func(l *log) {
		l.must("household-a", 0, events(20)...)
		var ended error
		for _, err := range l.ReadAll(l.ctx, eventlog.Position{}, eventlog.Everything) {
			if ended = err; err != nil {
				break
			}
			_ = l.Close()
		}
		if ended != nil && !errors.Is(ended, eventlog.ErrClosed) {
			l.Errorf("the reading ended with %v", ended)
		}
	}},
	{"appends under way are acknowledged or refused, never lost", func(l *log) {
		l.needs("Durable", l.Capabilities().Durable)
		var mu sync.Mutex
		var acknowledged []eventlog.ID
		started := make(chan struct{}, 16)
		closed := make(chan error)
		go func() {
			for range 16 {
				<-started
			}
			closed <- l.Close()
		}()
		together(l.T, 16, func(w int) {
			stream := fmt.Sprintf("household-%d", w)
			for v := eventlog.NoStream; ; v++ {
				es := events(1)
				_, err := l.Append(l.ctx, stream, v, es)
				if v == 3 || err != nil && v < 3 {
					started <- struct{}{}
				}
				if err != nil {
					if !errors.Is(err, eventlog.ErrClosed) {
						l.Errorf("append: %v", err)
					}
					return
				}
				mu.Lock()
				acknowledged = append(acknowledged, es[0].ID)
				mu.Unlock()
			}
		})
		if err := <-closed; err != nil {
			l.Fatalf("close: %v", err)
		}
		l.Log = l.open()
		stored := map[eventlog.ID]int{}
		for _, r := range l.all(eventlog.Position{}, eventlog.WithID) {
			stored[r.ID]++
		}
		for _, id := range acknowledged {
			if stored[id] != 1 {
				l.Errorf("an acknowledged event is stored %d times", stored[id])
			}
		}
		if len(stored) != len(acknowledged) {
			l.Errorf("%d events are stored, %d were acknowledged", len(stored), len(acknowledged))
		}
	}},
}
