package pglog

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

const (
	// idleConns is how many reading connections are kept open for the next
	// reader: about as many as followers run at the same time.
	idleConns = 16
	// shortReads bounds the connections that read one stream or the log's end
	// at the same time. More would not make two or eight cores any faster, and
	// a server allows a hundred connections in all.
	shortReads = 12
	// farewell is how long a connection may take to be closed politely.
	farewell = time.Second
)

// conns opens the log's connections and keeps idle ones. It is not a pgxpool
// because closing a pool waits for every reader to come back, and a follower
// may close the log from inside its own reading.
type conns struct {
	config *pgx.ConnConfig
	short  chan struct{}

	leaving sync.WaitGroup // connections being closed

	mu     sync.Mutex
	idle   []*pgx.Conn
	closed bool
}

func newConns(config *pgx.ConnConfig) *conns {
	config = config.Copy()
	config.RuntimeParams = maps.Clone(config.RuntimeParams)
	if config.RuntimeParams == nil {
		config.RuntimeParams = map[string]string{}
	}
	// A plan made while the log was small must not outlive its smallness: every
	// reading here goes along an index, whatever the statistics say.
	config.RuntimeParams["enable_seqscan"] = "off"
	config.RuntimeParams["enable_bitmapscan"] = "off"
	config.RuntimeParams["jit"] = "off"
	return &conns{config: config, short: make(chan struct{}, shortReads)}
}

// connect opens a connection on which a commit is a commit, whatever the
// server's default.
func (c *conns) connect(ctx context.Context) (*pgx.Conn, error) {
	conn, err := pgx.ConnectConfig(ctx, c.config)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	const durable = `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`
	if _, err := conn.Exec(ctx, durable); err != nil {
		c.drop(conn)
		return nil, fmt.Errorf("connect: %w", err)
	}
	return conn, nil
}

// get returns an idle or new connection; fresh says that it was opened now.
func (c *conns) get(ctx context.Context) (conn *pgx.Conn, fresh bool, err error) {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return nil, false, eventlog.ErrClosed
	}
	if n := len(c.idle); n > 0 {
		conn, c.idle = c.idle[n-1], c.idle[:n-1]
		c.mu.Unlock()
		return conn, false, nil
	}
	c.mu.Unlock()
	conn, err = c.connect(ctx)
	return conn, true, err
}

// put takes a connection back. A broken one takes the idle ones with it: what
// broke it, a restart of the server, broke them all.
func (c *conns) put(conn *pgx.Conn) {
	broken := conn.IsClosed()
	c.mu.Lock()
	drop := []*pgx.Conn{conn}
	switch {
	case broken:
		drop, c.idle = append(c.idle, conn), nil
	case !c.closed && len(c.idle) < idleConns:
		drop, c.idle = nil, append(c.idle, conn)
	}
	c.mu.Unlock()
	for _, conn := range drop {
		c.drop(conn)
	}
}

// drop closes a connection, politely if the server still listens. What pgx does
// in the background to be rid of it is waited for in close.
func (c *conns) drop(conn *pgx.Conn) {
	if conn == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed { // nobody waits any more
		go part(conn)
		return
	}
	c.leaving.Go(func() { part(conn) })
}

func part(conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	_ = conn.Close(ctx)
	<-conn.PgConn().CleanupDone()
}

// briefly runs something short on a connection. If a kept connection turns out
// to be broken it tries again on a new one, so run must be a mere reading.
func (c *conns) briefly(ctx context.Context, run func(*pgx.Conn) error) error {
	select {
	case c.short <- struct{}{}:
		defer func() { <-c.short }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		conn, fresh, err := c.get(ctx)
		if err != nil {
			return err
		}
		err = run(conn)
		broken := conn.IsClosed()
		c.put(conn)
		if err == nil || fresh || !broken || ctx.Err() != nil {
			return err
		}
	}
}

// close closes what is idle and waits for what is being closed. A reader that
// still holds a connection gives it up when it finds the log closed.
func (c *conns) close() {
	c.mu.Lock()
	for _, conn := range c.idle {
		c.leaving.Go(func() { part(conn) })
	}
	c.idle, c.closed = nil, true
	c.mu.Unlock()
	c.leaving.Wait()
}
