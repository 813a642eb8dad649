package pglog

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// batchAppends bounds one batch, so that the first of it need not wait for
	// the work of thousands. At 256 appenders batches are about half as long.
	batchAppends = 1024
	// batchBytes bounds it where the events are large; one append may be larger.
	batchBytes = 8 << 20
)

// writer is the one goroutine of this process that writes. All it holds is its
// own, without locks.
type writer struct {
	log      *Log
	queue    *queue[order]
	patience time.Duration
	now      func() time.Time

	conn  *pgx.Conn // nil while there is none
	tip   tip       // the last record it knows of
	heads *heads
	// crowd counts the batches to write behind the lock before it tries alone
	// again: see fence.go.
	crowd  int
	buffer []byte // for the messages of a COPY
}

// tip is the last record of the log and when it was recorded.
type tip struct {
	pos int64
	at  int64
}

func newWriter(conn *pgx.Conn, end tip, l *Log, c Config) *writer {
	return &writer{
		log: l, queue: newQueue[order](), patience: c.Patience, now: c.Clock,
		conn: conn, tip: end, heads: newHeads(headsKept),
	}
}

// load is something to write in one transaction: a batch of appends or a chunk
// of an import. The fence calls these.
type load interface {
	// grow takes in what has been queued since; it is called when the load had
	// to wait for its turn.
	grow(w *writer)
	// fit gives the events their places after the writer's tip, leaves out what
	// cannot be written, and returns the rows (nil if none are left) and what
	// the tip will be. After undo it may be called again: the tip or the heads
	// had turned out to be stale, or the connection was lost.
	fit(ctx context.Context, w *writer) (pieces, tip, error)
	// undo takes back what fit noted, since the rows were not written.
	undo(w *writer)
	// passed is what was committed and ends at the tip, for those who follow;
	// nothing if it is more than they could be behind.
	passed(end tip) []passed
	// written answers the callers; the rows are committed and end at the tip.
	written(end tip)
	// fail answers them with an error that means: nothing was written.
	fail(err error)
	// inDoubt notes that an attempt had to be left, written or not: from now on
	// a failure is an unknown outcome.
	inDoubt()
	// streams names the streams that the rows are for.
	streams() []string
	// split cuts the load in two for when something in it is refused, or
	// returns nil if it must not be cut.
	split() []load
}

func (w *writer) run() {
	defer w.disconnect()
	for {
		orders := w.queue.take(batchAppends)
		if orders == nil {
			return
		}
		for len(orders) > 0 {
			var next load
			next, orders = nextLoad(orders)
			w.commit(next)
		}
	}
}

// order is what callers queue: an append or a chunk of an import.
type order struct {
	request *request
	chunk   *chunk
}

// nextLoad makes one batch of as many appends as stand in front, or returns
// the chunk that stands there.
func nextLoad(orders []order) (load, []order) {
	if chunk := orders[0].chunk; chunk != nil {
		return chunk, orders[1:]
	}
	b := &batch{requests: make([]*request, 0, len(orders))}
	bytes := 0
	for n, o := range orders {
		if o.request == nil || n > 0 && bytes+len(o.request.rows.bytes) > batchBytes {
			return b, orders[n:]
		}
		bytes += len(o.request.rows.bytes)
		b.requests = append(b.requests, o.request)
	}
	return b, nil
}

// stamp reads the clock, which may have been set back.
func (w *writer) stamp() int64 { return max(toMicros(w.now()), w.tip.at) }
