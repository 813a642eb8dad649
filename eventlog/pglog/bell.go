package pglog

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

const (
	// channel is what processes notify one another on.
	channel = "record_events"
	// quiet is the least time between two notifications. A NOTIFY of its own
	// costs the server a transaction, so it stays out of the way of the appends
	// and is not sent for each batch of a busy second.
	quiet = 10 * time.Millisecond
	// glance is how often the log's end is read without having been notified:
	// the notification may be lost with the connection that carries it.
	glance = 500 * time.Millisecond
)

// bell wakes those who wait for the log to grow: at once when this process has
// written, by NOTIFY when another has, and by a glance now and then.
type bell struct {
	ctx   context.Context
	conns *conns
	ours  chan struct{} // holds a token while there is something to tell others

	mu    sync.Mutex
	end   int64         // greatest position known to be committed
	grown chan struct{} // closed and replaced when end grows
	pid   uint32        // of the connection that tells, to know our own voice
}

func newBell(ctx context.Context, c *conns, end int64) *bell {
	return &bell{ctx: ctx, conns: c, ours: make(chan struct{}, 1), end: end, grown: make(chan struct{})}
}

// wrote says that this process has written up to a position.
func (b *bell) wrote(pos int64) {
	b.heard(pos)
	select {
	case b.ours <- struct{}{}:
	default:
	}
}

// heard says that the log reaches at least up to a position.
func (b *bell) heard(pos int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if pos > b.end {
		b.end = pos
		close(b.grown)
		b.grown = make(chan struct{})
	}
}

func (b *bell) reaches() (int64, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.end, b.grown
}

// ring tells other processes, a while after it last did.
func (b *bell) ring() {
	var conn *pgx.Conn
	defer func() { b.conns.drop(conn) }()
	for {
		select {
		case <-b.ours:
		case <-b.ctx.Done():
			return
		}
		if conn == nil || conn.IsClosed() {
			b.conns.drop(conn)
			conn = b.voice()
		}
		if conn != nil {
			// A failure is no matter: whoever is not told will glance.
			_, _ = conn.Exec(b.ctx, "select pg_notify($1, '')", channel)
		}
		select {
		case <-time.After(quiet):
		case <-b.ctx.Done():
			return
		}
	}
}

// voice opens the connection that tells. What it commits is nothing, so it need
// not wait for the disk.
func (b *bell) voice() *pgx.Conn {
	conn, err := b.conns.connect(b.ctx)
	if err != nil {
		return nil
	}
	if _, err := conn.Exec(b.ctx, "set synchronous_commit = off"); err != nil {
		b.conns.drop(conn)
		return nil
	}
	b.mu.Lock()
	b.pid = conn.PgConn().PID()
	b.mu.Unlock()
	return conn
}

// listen hears other processes.
func (b *bell) listen() {
	var conn *pgx.Conn
	defer func() { b.conns.drop(conn) }()
	for b.ctx.Err() == nil {
		if conn == nil || conn.IsClosed() {
			b.conns.drop(conn)
			conn = b.ear()
		}
		if conn == nil {
			b.pause()
			continue
		}
		if !b.notified(conn) {
			continue
		}
		if end, err := readTip(b.ctx, conn); err == nil {
			b.heard(end.pos)
		}
	}
}

func (b *bell) ear() *pgx.Conn {
	conn, err := b.conns.connect(b.ctx)
	if err != nil {
		return nil
	}
	if _, err := conn.Exec(b.ctx, "listen "+channel); err != nil {
		b.conns.drop(conn)
		return nil
	}
	return conn
}

// notified waits for a notification or for the time to glance, and reports
// whether there may be something new.
func (b *bell) notified(conn *pgx.Conn) bool {
	ctx, cancel := context.WithTimeout(b.ctx, glance)
	defer cancel()
	n, err := conn.WaitForNotification(ctx)
	if err != nil {
		return !conn.IsClosed() && b.ctx.Err() == nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return n.PID != b.pid
}

func (b *bell) pause() {
	select {
	case <-time.After(reconnectMost):
	case <-b.ctx.Done():
	}
}

// Wait implements eventlog.Log.
func (l *Log) Wait(ctx context.Context, after eventlog.Position) error {
	if err := l.wait(ctx, after); err != nil {
		return fmt.Errorf("wait for the log to grow: %w", err)
	}
	return nil
}

func (l *Log) wait(ctx context.Context, after eventlog.Position) error {
	if err := l.usable(ctx); err != nil {
		return err
	}
	known, grown := l.bell.reaches()
	if uint64(known) > after.Commit {
		return nil
	}
	// Another process may have written what we have not heard of.
	if end, err := l.End(ctx); err == nil && end.Compare(after) > 0 {
		return nil
	}
	for {
		select {
		case <-grown:
		case <-ctx.Done():
			return ctx.Err()
		case <-l.stopped.Done():
			return eventlog.ErrClosed
		}
		if known, grown = l.bell.reaches(); uint64(known) > after.Commit {
			return nil
		}
	}
}

// End implements eventlog.Log.
func (l *Log) End(ctx context.Context) (eventlog.Position, error) {
	var end tip
	err := l.usable(ctx)
	if err == nil {
		err = l.conns.briefly(ctx, func(conn *pgx.Conn) (err error) {
			end, err = readTip(ctx, conn)
			return err
		})
	}
	if err = l.because(ctx, err); err != nil {
		return eventlog.Position{}, fmt.Errorf("read the log's end: %w", err)
	}
	l.bell.heard(end.pos)
	return eventlog.Position{Commit: uint64(end.pos)}, nil
}
