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
	// waiting are those who are told, by a token, when the follower has come to
	// their position, or comes no more.
	waiting map[chan struct{}]eventlog.Position
}

func newProgress() *progress {
	return &progress{waiting: map[chan struct{}]eventlog.Position{}}
}

// view is progress at one moment.
type view struct {
	at      eventlog.Position
	held    bool
	stopped error
}

func (p *progress) look() view {
	p.mu.Lock()
	defer p.mu.Unlock()
	return view{at: p.at, held: p.held, stopped: p.stopped}
}

// tell sees to it that news comes, unless the follower is there already.
func (p *progress) tell(news chan struct{}, want eventlog.Position) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.at.Compare(want) >= 0 {
		token(news)
		return
	}
	p.waiting[news] = want
}

// leave forgets somebody who waited.
func (p *progress) leave(news chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.waiting, news)
}

// token is put where there may be one already.
func token(news chan struct{}) {
	select {
	case news <- struct{}{}:
	default:
	}
}

// change tells those who have what they want, or everybody if something else
// than the position is new. After a busy second's acts everybody waits for his
// own: waking all of them for each batch would cost more than the batch.
func (p *progress) change(now view) {
	p.mu.Lock()
	defer p.mu.Unlock()
	everybody := now.held != p.held || now.stopped != nil || p.stopped != nil || now.at.Compare(p.at) < 0
	p.at, p.held, p.stopped = now.at, now.held, now.stopped
	for news, want := range p.waiting {
		if everybody || now.at.Compare(want) >= 0 {
			token(news)
		}
	}
}

func (p *progress) advance(to eventlog.Position) { p.change(view{at: to, held: true}) }

// stop and release are called by whoever advances, so nothing comes in between.
func (p *progress) stop(why error) {
	now := p.look()
	now.stopped = why
	p.change(now)
}

func (p *progress) release() { p.change(view{at: p.look().at}) }
