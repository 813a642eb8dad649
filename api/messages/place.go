package messages

import (
	"context"
	"sync"
)

// place is how far a destination is: messages are taken in order, end in any
// order, and everything up to through has ended.
type place struct {
	mu    sync.Mutex
	order []int64 // taken and not yet passed by through
	ended map[int64]bool
	at    int64
	next  chan struct{} // closed when at moves
	room  chan struct{} // one for each under way
}

func newPlace(at int64) *place {
	return &place{at: at, ended: map[int64]bool{}, next: make(chan struct{}), room: make(chan struct{}, inFlight)}
}

// take waits for room and notes that a message is under way.
func (p *place) take(ctx context.Context, seq int64) error {
	select {
	case p.room <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.order = append(p.order, seq)
	return nil
}

// done notes that a message has ended: delivered, or waiting.
func (p *place) done(seq int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended[seq] = true
	before := p.at
	for len(p.order) > 0 && p.ended[p.order[0]] {
		p.at = p.order[0]
		delete(p.ended, p.at)
		p.order = p.order[1:]
		<-p.room
	}
	if p.at != before {
		close(p.next)
		p.next = make(chan struct{})
	}
}

func (p *place) through() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

// moved returns a channel that is closed when through moves.
func (p *place) moved() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.next
}
