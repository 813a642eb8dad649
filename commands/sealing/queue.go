package sealing

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"
)

const (
	// serveTimeout bounds one batch; whoever waits gives up by his own context.
	serveTimeout = 30 * time.Second
	// reloadTimeout bounds the one extra look Open takes at the table.
	reloadTimeout = 5 * time.Second
)

// queue lets concurrent callers share a statement and its commit, without a
// timer: while one batch is on its way the next one gathers, and a lone caller
// goes at once.
type queue struct {
	run func(context.Context, []*request)

	mu      sync.Mutex
	waiting []*request
	running bool
}

// request is one caller's wish. sealer and err are set before done is closed.
type request struct {
	subject string
	create  bool
	done    chan struct{}
	sealer  *Sealer
	err     error
}

// ask waits for the answer or for the end of ctx. A key may then be created all
// the same; it serves the next caller.
func (q *queue) ask(ctx context.Context, subject string, create bool) (*Sealer, error) {
	r := &request{subject: subject, create: create, done: make(chan struct{})}
	q.mu.Lock()
	q.waiting = append(q.waiting, r)
	if !q.running {
		q.running = true
		go q.drain()
	}
	q.mu.Unlock()
	select {
	case <-r.done:
		return r.sealer, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// drain serves batches until nobody waits.
func (q *queue) drain() {
	for {
		q.mu.Lock()
		batch := q.waiting[:min(len(q.waiting), maxBatch)]
		q.waiting = q.waiting[len(batch):]
		if len(batch) == 0 {
			q.running, q.waiting = false, nil
			q.mu.Unlock()
			return
		}
		q.mu.Unlock()
		ctx, cancel := context.WithTimeout(context.Background(), serveTimeout)
		q.run(ctx, batch)
		cancel()
	}
}

// serve answers a batch. One subject whose stored key does not unwrap must not
// take its neighbours along: then each is asked for alone.
func (k *Keys) serve(ctx context.Context, batch []*request) {
	all, wanted := map[string]bool{}, map[string]bool{}
	for _, r := range batch {
		all[r.subject] = true
		if r.create {
			wanted[r.subject] = true
		}
	}
	sealers, err := k.fetch(ctx, slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(wanted)))
	if errors.Is(err, ErrTampered) && len(batch) > 1 {
		for i := range batch {
			k.serve(ctx, batch[i:i+1])
		}
		return
	}
	for _, r := range batch {
		switch s := sealers[r.subject]; {
		case err != nil:
			r.err = err
		case s == nil:
			r.err = ErrNoKey
		default:
			r.sealer = s
		}
		close(r.done)
	}
}
