// Package pglog keeps the record in Postgres, in the table record.events.
//
// Positions are 1, 2, 3, … without a gap, and become visible in that order, so
// a follower just reads on from the last position it saw. One goroutine of each
// process writes: it takes every append that is queued and writes all of them
// with one COPY, which is one transaction and one wait for the disk. Between
// processes the primary key is the fence: everyone writes at the position after
// the last one he knows, and whoever finds it taken has missed something, reads
// it, checks his batch again and tries again behind a lock.
//
// writer.go holds the loop, fence.go what happens between processes and when
// the server goes away, lookup.go how a conflict is told from a repetition.
package pglog

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"shouwang/eventlog"
)

// Config says where the record is.
type Config struct {
	// Conn connects to the database; the role needs SELECT and INSERT in schema
	// record. The log opens connections of its own: one to write, one to look
	// up, one to hear of other processes, and some to read.
	Conn *pgx.ConnConfig
	// Clock stamps records; nil means time.Now.
	Clock func() time.Time
	// Patience is how long an append goes on trying while the server is away
	// before it ends with ErrUnknownOutcome (or, if nothing was sent, with an
	// error that says so). Zero means DefaultPatience.
	Patience time.Duration
}

// DefaultPatience outlasts a restart of Postgres and is shorter than people wait.
const DefaultPatience = 5 * time.Second

// Log implements eventlog.Log and eventlog.Importer.
type Log struct {
	conns  *conns
	store  eventlog.ID
	writer *writer
	lookup *lookup
	bell   *bell
	latest latest

	stop    context.CancelFunc // ends readers, waiters and the bell
	stopped context.Context
	work    sync.WaitGroup // the goroutines of writer, lookup and bell

	mu       sync.Mutex
	closed   bool
	underway sync.WaitGroup // appends and imports; no more are added once closed
}

var (
	_ eventlog.Log      = (*Log)(nil)
	_ eventlog.Importer = (*Log)(nil)
)

//go:embed sql/identity.sql
var identitySQL string

// Open connects to the record. The schema must be there (migrations.Up).
func Open(ctx context.Context, c Config) (*Log, error) {
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Patience == 0 {
		c.Patience = DefaultPatience
	}
	l := &Log{conns: newConns(c.Conn)}
	l.stopped, l.stop = context.WithCancel(context.Background())
	if err := l.begin(ctx, c); err != nil {
		l.stop()
		l.conns.close()
		return nil, fmt.Errorf("open the record: %w", err)
	}
	for _, run := range []func(){l.writer.run, l.lookup.run, l.bell.listen, l.bell.ring} {
		l.work.Go(run)
	}
	return l, nil
}

func (l *Log) begin(ctx context.Context, c Config) error {
	conn, err := l.conns.connect(ctx)
	if err != nil {
		return err
	}
	err = conn.QueryRow(ctx, identitySQL, uuid.New()).Scan(&l.store)
	if errors.Is(err, pgx.ErrNoRows) { // another process gave it at this moment
		err = conn.QueryRow(ctx, identitySQL, uuid.New()).Scan(&l.store)
	}
	if err != nil {
		l.conns.drop(conn)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && (pgErr.Code == undefinedTable || pgErr.Code == undefinedSchema) {
			return fmt.Errorf("the schema is not there, migrations have not run: %w", err)
		}
		return fmt.Errorf("read the store's identity: %w", err)
	}
	end, err := readTip(ctx, conn)
	if err != nil {
		l.conns.drop(conn)
		return fmt.Errorf("read the log's end: %w", err)
	}
	l.bell = newBell(l.stopped, l.conns, end.pos)
	l.lookup = newLookup(l.conns, c.Patience)
	l.writer = newWriter(conn, end, l, c)
	l.lookup.writer = l.writer
	return nil
}

// enter admits one append or import, unless the log is closed; leave ends it.
func (l *Log) enter() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return eventlog.ErrClosed
	}
	l.underway.Add(1)
	return nil
}

func (l *Log) leave() { l.underway.Done() }

// Close implements eventlog.Log.
func (l *Log) Close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return eventlog.ErrClosed
	}
	l.closed = true
	l.mu.Unlock()

	l.underway.Wait()
	l.stop()
	l.writer.queue.close()
	l.lookup.queue.close()
	l.work.Wait()
	l.conns.close()
	return nil
}

// Identity implements eventlog.Log.
func (l *Log) Identity(ctx context.Context) (eventlog.Identity, error) {
	if err := l.usable(ctx); err != nil {
		return eventlog.Identity{}, fmt.Errorf("read the store's identity: %w", err)
	}
	return eventlog.Identity{Store: l.store}, nil
}

// Capabilities implements eventlog.Log.
func (l *Log) Capabilities() eventlog.Capabilities {
	return eventlog.Capabilities{Shared: true, LogWideTime: true, Durable: true, Imports: true}
}

func (l *Log) usable(ctx context.Context) error {
	if l.stopped.Err() != nil {
		return eventlog.ErrClosed
	}
	return ctx.Err()
}

// either returns a context that ends with ctx or with the log.
func (l *Log) either(ctx context.Context) (context.Context, context.CancelFunc) {
	both, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(l.stopped, cancel)
	return both, func() { stop(); cancel() }
}

// because names the reason why an operation ended: the log was closed or its
// context ended, rather than what that did to the connection.
func (l *Log) because(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if reason := l.usable(ctx); reason != nil {
		return reason
	}
	return err
}
