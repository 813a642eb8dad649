package kurrentlog

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"shouwang/eventlog"
)

// ErrAway is a call that was not made because no server could be found.
var ErrAway = errors.New("the server is away")

// door lends out the client. Nobody is let in before a client has found a
// server; a client that has lost its server is given to nobody any more, a new
// one looks for the server, and the old one is closed when the last call has
// left it. Thus at most one goroutine hangs in a client that looks for a server,
// and no client is closed while it is called, which would panic.
type door struct {
	config   esdb.Configuration
	patience time.Duration
	logger   *slog.Logger

	mu      sync.Mutex
	closed  bool
	looking bool
	current *lent         // nil while none has found a server
	changed chan struct{} // closed and replaced when current or closed changes
	why     string        // what the client complained of last
	out     int           // calls in any client
}

// lent is a client with the calls that are in it.
type lent struct {
	*esdb.Client
	version serverVersion
	calls   int
	retired bool
}

func newDoor(config *esdb.Configuration, patience time.Duration, logger *slog.Logger) *door {
	d := &door{config: *config, patience: patience, logger: logger, changed: make(chan struct{})}
	d.config.Logger = d.hear
	return d
}

// hear keeps what the client says: its errors often do not say why.
func (d *door) hear(level, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if level == esdb.LogWarn || level == esdb.LogError {
		d.mu.Lock()
		d.why = text
		d.mu.Unlock()
	}
	d.logger.Debug("kurrentdb client", "level", level, "text", text)
}

// enter lends the client out, waiting for one as long as the door has patience.
func (d *door) enter(ctx context.Context) (*lent, error) {
	late := time.NewTimer(d.patience)
	defer late.Stop()
	for {
		d.mu.Lock()
		if d.closed {
			d.mu.Unlock()
			return nil, eventlog.ErrClosed
		}
		if err := ctx.Err(); err != nil {
			d.mu.Unlock()
			return nil, context.Cause(ctx)
		}
		if c := d.current; c != nil {
			c.calls++
			d.out++
			d.mu.Unlock()
			return c, nil
		}
		d.look()
		changed, why := d.changed, d.why
		d.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
		case <-late.C:
			return nil, fmt.Errorf("%w: %s", ErrAway, why)
		}
	}
}

// look starts a client that looks for a server, if none does. It is called with
// the lock held.
func (d *door) look() {
	if d.looking || d.closed {
		return
	}
	d.looking = true
	go func() {
		config := d.config
		client, err := esdb.NewClient(&config)
		var version *esdb.ServerVersion
		if err == nil {
			version, err = client.GetServerVersion() // returns when it has found a server
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		d.looking = false
		if err != nil || d.closed {
			if err != nil {
				d.why = err.Error()
			}
			if client != nil {
				_ = client.Close() // nobody else has seen it
			}
			return
		}
		d.current = &lent{Client: client, version: serverVersion{version.Major, version.Minor, version.Patch}}
		d.tell()
	}()
}

// tell wakes who waits. It is called with the lock held.
func (d *door) tell() {
	close(d.changed)
	d.changed = make(chan struct{})
}

// leave gives the client back, and retires it if it is broken.
func (d *door) leave(c *lent, broken bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.calls--
	d.out--
	if broken && d.current == c {
		c.retired = true
		d.current = nil
		d.look()
	}
	if c.retired && c.calls == 0 {
		_ = c.Close() // its connections; there is nothing to be told
	}
	if d.closed && d.out == 0 {
		d.tell()
	}
}

// leaveWithin is how long close waits for calls: readers leave at once, and what
// hangs in a client that looks for a server may hang for ever.
const leaveWithin = 2 * time.Second

// close lets nobody in any more and waits for the calls to leave. A call that
// hangs keeps its client.
func (d *door) close() {
	late := time.NewTimer(leaveWithin)
	defer late.Stop()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	if c := d.current; c != nil {
		d.current, c.retired = nil, true
		if c.calls == 0 {
			_ = c.Close() // its connections; there is nothing to be told
		}
	}
	d.tell()
	for d.out > 0 {
		changed := d.changed
		d.mu.Unlock()
		select {
		case <-changed:
		case <-late.C:
			d.mu.Lock()
			return
		}
		d.mu.Lock()
	}
}

// call makes one call and returns with it or with ctx, whichever ends first: the
// client does not look at ctx while it has no connection.
func call[T any](ctx context.Context, d *door, do func(context.Context, *esdb.Client) (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	c, err := d.enter(ctx)
	if err != nil {
		var none T
		return none, err
	}
	answered := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if p := recover(); p != nil {
				a.err = panicked(p)
			}
			d.leave(c, broken(ctx, a.err))
			answered <- a
		}()
		a.value, a.err = do(ctx, c.Client)
	}()
	select {
	case a := <-answered:
		return a.value, a.err
	case <-ctx.Done():
		var none T
		return none, context.Cause(ctx)
	}
}
