package logtest

import (
	"context"
	"errors"
	"fmt"

	"shouwang/eventlog"
)

var waitTests = []test{
	{"returns at once if a record stands after", func(l *log) {
		l.must("household-a", 0, events(3)...)
		all := l.all(eventlog.Position{}, 0)
		for _, after := range []eventlog.Position{{}, all[0].Position, all[1].Position} {
			if err := l.Wait(l.ctx, after); err != nil {
				l.Errorf("wait after %v: %v", after, err)
			}
		}
	}},
	{"returns when a record comes", func(l *log) {
		last := l.must("household-a", 0, event("first")).Position
		for i := range 20 {
			woken := make(chan error)
			for range 4 {
				go func() { woken <- l.Wait(l.ctx, last) }()
			}
			at := l.must(fmt.Sprintf("household-%d", i), 0, event("next"))
			for range 4 {
				if err := <-woken; err != nil {
					l.Errorf("wait: %v", err)
				}
			}
			last = at.Position
		}
	}},
	{"goes on waiting while nothing comes", func(l *log) {
		end := l.must("household-a", 0, event("first")).Position
		ctx, cancel := context.WithCancel(l.ctx)
		woken := make(chan error)
		go func() { woken <- l.Wait(ctx, end) }()
		l.conflicts("household-a", 0, 1, event("refused"))
		select {
		case err := <-woken:
			l.Errorf("wait returned %v with no record after the end", err)
		default:
			cancel()
			if err := <-woken; !errors.Is(err, context.Canceled) {
				l.Errorf("wait: %v", err)
			}
		}
		cancel()
	}},
	{"returns when another log on the store appends", func(l *log) {
		l.needs("Shared", l.Capabilities().Shared)
		other := l.open()
		end := l.must("household-a", 0, event("first")).Position
		for i := range 5 {
			woken := make(chan error)
			go func() { woken <- l.Wait(l.ctx, end) }()
			at, err := other.Append(l.ctx, fmt.Sprintf("household-%d", i), 0, events(1))
			if err != nil {
				l.Fatalf("append: %v", err)
			}
			if err := <-woken; err != nil {
				l.Fatalf("wait: %v", err)
			}
			end = at.Position
		}
	}},
}
