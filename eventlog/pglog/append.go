package pglog

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"shouwang/eventlog"
)

// request is one append on its way through the writer.
type request struct {
	stream   string
	expected int64
	ids      []eventlog.ID
	rows     rows
	state    atomic.Int32
	answer   chan answer

	// The rest belongs to whoever has the request in hand, writer or lookup.
	head   head // as looked up
	looked bool // head has been looked up
	before head // what the cache said before this batch
	cached bool // the cache had said something
	at     int64
	sent   bool // an earlier attempt may have been written: see fence.go
}

type answer struct {
	appended eventlog.Appended
	err      error
}

// A request is waiting until the writer takes it into a batch. The caller may
// give it up while it waits, and then nothing is written.
const (
	waiting int32 = iota
	taken
	givenUp
)

// take claims the request for a batch; false means that the caller is gone.
func (r *request) take() bool {
	return r.state.CompareAndSwap(waiting, taken) || r.state.Load() == taken
}

// release says that the request is in no batch any more and that nothing of it
// was written.
func (r *request) release() {
	if !r.sent {
		r.state.CompareAndSwap(taken, waiting)
	}
}

func (r *request) fail(err error) { r.answer <- answer{err: err} }

// Append implements eventlog.Log.
func (l *Log) Append(ctx context.Context, stream string, expected eventlog.Version, events []eventlog.Event) (eventlog.Appended, error) {
	appended, err := l.append(ctx, stream, expected, events)
	if err != nil {
		return eventlog.Appended{}, fmt.Errorf("append to %s: %w", stream, err)
	}
	return appended, nil
}

func (l *Log) append(ctx context.Context, stream string, expected eventlog.Version, events []eventlog.Event) (eventlog.Appended, error) {
	if err := eventlog.Check(stream, expected, events); err != nil {
		return eventlog.Appended{}, err
	}
	if err := ctx.Err(); err != nil {
		return eventlog.Appended{}, err
	}
	if err := l.enter(); err != nil {
		return eventlog.Appended{}, err
	}
	defer l.leave()

	r := &request{
		stream: stream, expected: int64(expected), ids: make([]eventlog.ID, len(events)),
		rows: encodeRows(stream, events), answer: make(chan answer, 1),
	}
	for i, e := range events {
		r.ids[i] = e.ID
	}
	l.writer.queue.push(order{request: r})
	select {
	case a := <-r.answer:
		return a.appended, a.err
	case <-ctx.Done():
		return r.abandon(ctx.Err())
	}
}

// abandon ends a call whose context is done.
func (r *request) abandon(reason error) (eventlog.Appended, error) {
	if r.state.CompareAndSwap(waiting, givenUp) {
		return eventlog.Appended{}, reason
	}
	select {
	case a := <-r.answer:
		return a.appended, a.err
	default:
		return eventlog.Appended{}, errors.Join(eventlog.ErrUnknownOutcome, reason)
	}
}
