package kurrentlog

import (
	"context"
	"sync"
	"time"

	"shouwang/eventlog"
)

// heads remembers where streams ended when last seen, and lets one append at a
// time to each: two at once of this process could only fight. What is
// remembered may begin an append, but refuses none.
type heads struct {
	mu      sync.Mutex
	streams map[string]*head
}

// head is the end of one stream; whoever holds turn may look at it.
type head struct {
	turn  chan struct{}
	users int // who hold or wait for the turn; guarded by heads.mu

	known   bool
	version eventlog.Version
	at      time.Time // RecordedAt of that version
}

// maxHeads bounds the memory: a hundred bytes each, and the streams of a busy
// day fit in.
const maxHeads = 20_000

func newHeads() *heads { return &heads{streams: map[string]*head{}} }

// take waits for the turn at a stream.
func (h *heads) take(ctx context.Context, stream string) (*head, error) {
	h.mu.Lock()
	one := h.streams[stream]
	if one == nil {
		h.makeRoom()
		one = &head{turn: make(chan struct{}, 1)}
		h.streams[stream] = one
	}
	one.users++
	h.mu.Unlock()
	select {
	case one.turn <- struct{}{}:
		return one, nil
	case <-ctx.Done():
		h.mu.Lock()
		one.users--
		h.mu.Unlock()
		return nil, ctx.Err()
	}
}

func (h *heads) give(one *head) {
	h.mu.Lock()
	one.users--
	h.mu.Unlock()
	<-one.turn
}

// makeRoom forgets any stream that nobody is at. It is called with the lock held.
func (h *heads) makeRoom() {
	if len(h.streams) < maxHeads {
		return
	}
	for name, one := range h.streams {
		if one.users == 0 {
			delete(h.streams, name)
			return
		}
	}
}
