package modeltest

import (
	"context"
	"iter"
	"sync"

	"shouwang/eventlog"
)

// Gate shows the followers of a log only its first records, so that a test
// decides where their batches end.
type Gate struct {
	eventlog.Log
	mu     sync.Mutex
	opened eventlog.Position
	moved  chan struct{}
}

// NewGate returns a gate that shows nothing yet.
func NewGate(log eventlog.Log) *Gate { return &Gate{Log: log, moved: make(chan struct{})} }

// Open shows everything up to and including a position.
func (g *Gate) Open(through eventlog.Position) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.opened = through
	close(g.moved)
	g.moved = make(chan struct{})
}

func (g *Gate) look() (eventlog.Position, <-chan struct{}) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.opened, g.moved
}

// ReadAll implements eventlog.Log.
func (g *Gate) ReadAll(ctx context.Context, after eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		through, _ := g.look()
		for rec, err := range g.Log.ReadAll(ctx, after, fields) {
			if err == nil && rec.Position.Compare(through) > 0 {
				return
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// Wait implements eventlog.Log.
func (g *Gate) Wait(ctx context.Context, after eventlog.Position) error {
	for {
		through, moved := g.look()
		if through.Compare(after) > 0 {
			return g.Log.Wait(ctx, after)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-moved:
		}
	}
}

// End implements eventlog.Log.
func (g *Gate) End(context.Context) (eventlog.Position, error) {
	through, _ := g.look()
	return through, nil
}
