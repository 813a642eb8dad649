package logtest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"shouwang/eventlog"
)

var followTests = []test{
	{"followers miss nothing while 64 write", func(l *log) {
		const writers, each = 64, 12
		followers := l.follow(4)
		var acknowledged atomic.Int64
		later := make(chan *follower, 3)
		go func() {
			// More join in while it is being written, from the beginning and from the end.
			for i := range 3 {
				eventually(l.ctx, l.T, "a part is written", func() bool {
					return acknowledged.Load() > int64(writers*each*(i+1)/4) || l.Failed()
				})
				later <- l.followFrom(eventlog.Position{})
			}
		}()
		together(l.T, writers, func(w int) {
			stream, version := fmt.Sprintf("household-%d", w), eventlog.NoStream
			for i := range each {
				es := events(1 + (w+i)%3)
				var err error
				if w%8 == 0 { // some crowd into one stream and lose now and then
					err = insist(l.ctx, l.Log, "household-shared", es...)
				} else {
					_, err = l.Append(l.ctx, stream, version, es)
					version += eventlog.Version(len(es))
				}
				if err != nil {
					l.Errorf("writer %d: %v", w, err)
					return
				}
				acknowledged.Add(1)
			}
		})
		for range 3 {
			followers = append(followers, <-later)
		}
		all := l.all(eventlog.Position{}, eventlog.Everything)
		for _, f := range followers {
			f.saw(all)
		}
	}},
	{"a follower goes on where it was", func(l *log) {
		f := l.followFrom(eventlog.Position{})
		var all []eventlog.Record
		for i := range 5 {
			l.must(fmt.Sprintf("household-%d", i), 0, events(2)...)
			all = l.all(eventlog.Position{}, eventlog.Everything)
			eventually(l.ctx, l.T, "the follower has caught up", func() bool { return f.count.Load() == int64(len(all)) })
		}
		f.saw(all)
		l.followFrom(all[4].Position).saw(all[5:])
	}},
}

// insist appends at whatever version the stream has, reading and trying again
// after each conflict.
func insist(ctx context.Context, l eventlog.Log, stream string, es ...eventlog.Event) error {
	for version := eventlog.NoStream; ; {
		_, err := l.Append(ctx, stream, version, es)
		if !errors.Is(err, eventlog.ErrConflict) {
			return err
		}
		version = eventlog.NoStream
		for r, err := range l.ReadStream(ctx, stream, eventlog.NoStream) {
			if err != nil {
				return fmt.Errorf("read %s after a conflict: %w", stream, err)
			}
			version = r.Version
		}
	}
}

// follower reads everything after a position as a follower does: read to the
// end, remember the last position, wait, go on.
type follower struct {
	*log
	fields eventlog.Fields
	stop   context.CancelFunc
	done   chan struct{}
	seen   []eventlog.Record
	count  atomic.Int64
}

func (l *log) follow(n int) []*follower {
	fs := make([]*follower, n)
	for i := range fs {
		fields := eventlog.WithID
		if i%2 == 0 {
			fields |= eventlog.AsFarAsHeard
		}
		fs[i] = l.followWith(fields, eventlog.Position{})
	}
	return fs
}

func (l *log) followFrom(after eventlog.Position) *follower {
	return l.followWith(eventlog.WithID, after)
}

func (l *log) followWith(fields eventlog.Fields, after eventlog.Position) *follower {
	ctx, stop := context.WithCancel(l.ctx)
	f := &follower{log: l, fields: fields, stop: stop, done: make(chan struct{})}
	go f.run(ctx, after)
	return f
}

func (f *follower) run(ctx context.Context, last eventlog.Position) {
	defer close(f.done)
	for {
		for r, err := range f.ReadAll(ctx, last, f.fields) {
			if err != nil {
				if ctx.Err() == nil {
					f.Errorf("follow: %v", err)
				}
				return
			}
			if r.Position.Compare(last) <= 0 {
				f.Errorf("follow: %v comes after %v", r.Position, last)
			}
			last = r.Position
			f.seen = append(f.seen, r.Clone())
			f.count.Add(1)
		}
		if err := f.Wait(ctx, last); err != nil {
			if ctx.Err() == nil {
				f.Errorf("wait: %v", err)
			}
			return
		}
	}
}

// saw ends the follower once it has seen as many records as there are, and
// checks that they are these, in this order.
func (f *follower) saw(all []eventlog.Record) {
	f.Helper()
	eventually(f.ctx, f.T, fmt.Sprintf("the follower has seen %d records", len(all)), func() bool {
		return f.count.Load() >= int64(len(all)) || f.Failed()
	})
	f.stop()
	<-f.done
	if len(f.seen) != len(all) {
		f.Fatalf("the follower saw %d records of %d", len(f.seen), len(all))
	}
	for i, r := range f.seen {
		if r.ID != all[i].ID || r.Position != all[i].Position || r.Stream != all[i].Stream || r.Version != all[i].Version {
			f.Fatalf("record %d: the follower saw %s/%d at %v, the log holds %s/%d at %v", i+1,
				r.Stream, r.Version, r.Position, all[i].Stream, all[i].Version, all[i].Position)
		}
	}
}
