package projections

import (
	"sync"

	"shouwang/eventlog"
)

// progress tells those who wait in this process how far a follower has come.
type progress struct {
	mu      sync.Mutex
	at      eventlog.Position
	held    bool  // this process follows, so every advance is heard of here
	stopped error // why it stands still
	changed chan struct{}
}

func newProgress() *progress { return &progress{changed: make(chan struct{})} }

// view is progress at one moment; changed is closed when it is out of date.
type view struct {
	at      eventlog.Position
	held    bool
	stopped error
	changed <-chan struct{}
}

func (p *progress) look() view {
	p.mu.Lock()
	defer p.mu.Unlock()
	return view{at: p.at, held: p.held, stopped: p.stopped, changed: p.changed}
}

func (p *progress) change(do func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	do()
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *progress) advance(to eventlog.Position) {
	p.change(func() { p.at, p.held, p.stopped = to, true, nil })
}

func (p *progress) stop(why error) { p.change(func() { p.stopped = why }) }

func (p *progress) release() { p.change(func() { p.held, p.stopped = false, nil }) }
