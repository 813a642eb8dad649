package kurrentlog

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"shouwang/eventlog"
)

// bell knows the furthest position seen and wakes who waits for a further one.
// Appends of this process ring it themselves; for those of others one
// subscription listens from the first Wait on. It is only a bell: what is read
// is read by ReadAll, so a subscription that breaks off costs a moment, never a
// record.
type bell struct {
	mu       sync.Mutex
	furthest eventlog.Position
	rung     chan struct{} // closed and replaced when furthest or live changes
	live     bool          // the subscription has caught up and stands

	listen sync.Once
	work   sync.WaitGroup
}

const (
	// lookEvery is how often a waiter looks for himself while no subscription
	// stands: others' appends must be seen within a second.
	lookEvery = 400 * time.Millisecond
	// lookLive is the same while one stands, should it have gone deaf.
	lookLive = 5 * time.Second
	// listenAgain is the pause before a dropped subscription is opened anew.
	listenAgain = 100 * time.Millisecond
)

func newBell() *bell { return &bell{rung: make(chan struct{})} }

func (b *bell) seen() eventlog.Position {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.furthest
}

// note takes in that a record stands at a position.
func (b *bell) note(p eventlog.Position) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if p.Compare(b.furthest) > 0 {
		b.furthest = p
		b.ring()
	}
}

func (b *bell) set(live bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.live != live {
		b.live = live
		b.ring()
	}
}

// ring is called with the lock held.
func (b *bell) ring() {
	close(b.rung)
	b.rung = make(chan struct{})
}

func (b *bell) look() (eventlog.Position, bool, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.furthest, b.live, b.rung
}

// end waits for the subscription to end, after the log's context has.
func (b *bell) end() {
	b.listen.Do(func() {}) // none begins any more
	b.work.Wait()
}

// Wait implements eventlog.Log. While the server is away it goes on waiting.
func (l *Log) Wait(ctx context.Context, after eventlog.Position) error {
	if err := l.usable(ctx); err != nil {
		return fmt.Errorf("wait for the log to grow: %w", err)
	}
	l.bell.listen.Do(func() { l.bell.work.Go(l.listen) })
	ctx, cancel := l.until(ctx)
	defer cancel()
	for {
		seen, live, rung := l.bell.look()
		if seen.Compare(after) > 0 {
			return nil
		}
		pause := lookLive
		if !live {
			pause = lookEvery
			if end, err := l.end(ctx); err == nil && end.Compare(after) > 0 {
				return nil
			}
		}
		timer := time.NewTimer(pause)
		select {
		case <-rung:
		case <-timer.C:
			if live { // it may have gone deaf
				_, _ = l.end(ctx) // rings the bell if there is more
			}
		case <-ctx.Done():
		}
		timer.Stop()
		if ctx.Err() != nil {
			return fmt.Errorf("wait for the log to grow: %w", context.Cause(ctx))
		}
	}
}

// listen keeps a subscription open until the log closes. A dropped one is opened
// anew after the last position seen; the client does nothing about it by itself.
func (l *Log) listen() {
	if end, err := l.end(l.stopped); err == nil {
		l.bell.note(end)
	}
	for l.stopped.Err() == nil {
		l.subscribe(l.stopped)
		l.bell.set(false)
		select {
		case <-time.After(listenAgain):
		case <-l.stopped.Done():
		}
	}
}

// subscribe listens until the subscription is dropped or ctx is done: the client
// hangs, whatever ctx says, while it looks for a server.
func (l *Log) subscribe(ctx context.Context) {
	c, err := l.door.enter(ctx)
	if err != nil {
		return
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		err := l.hear(ctx, c.Client)
		l.door.leave(c, broken(ctx, err))
	}()
	select {
	case <-ended:
	case <-ctx.Done():
	}
}

// hear notes what a subscription brings and returns why it was dropped.
func (l *Log) hear(ctx context.Context, c *esdb.Client) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
		}
	}()
	options := esdb.SubscribeToAllOptions{From: l.allPosition(l.bell.seen()), Filter: esdb.ExcludeSystemEventsFilter(), MaxSearchWindow: searchWindow}
	subscription, err := c.SubscribeToAll(ctx, options)
	if err != nil {
		return err
	}
	defer subscription.Close() //nolint:errcheck // it always answers nil
	for {
		switch event := subscription.Recv(); {
		case event.SubscriptionDropped != nil:
			return event.SubscriptionDropped.Error
		case event.CaughtUp != nil:
			l.bell.set(true)
		case event.EventAppeared != nil && event.EventAppeared.Event != nil:
			if r, ok := l.toRecord(event.EventAppeared.Event); ok {
				l.bell.note(r.Position)
			}
		}
	}
}

// searchWindow is after how many events of others the server tells how far it is.
const searchWindow = 1024
