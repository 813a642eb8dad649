package projections

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime/debug"

	"github.com/jackc/pgx/v5/pgconn"

	"shouwang/eventlog"
)

// PoisonError is a record that a follower cannot apply. The follower stands
// before it until the program or the record is put right; it never skips.
type PoisonError struct {
	Follower string
	Stream   string
	Version  eventlog.Version
	Type     string
	Err      error
}

func (e *PoisonError) Error() string {
	return fmt.Sprintf("%s cannot apply %s version %d (%s): %v", e.Follower, e.Stream, e.Version, e.Type, e.Err)
}

func (e *PoisonError) Unwrap() error { return e.Err }

func poisoned(follower string, rec eventlog.Record, err error) error {
	return &PoisonError{Follower: follower, Stream: rec.Stream, Version: rec.Version, Type: rec.Type, Err: err}
}

// logError marks a failure to read the record: it says nothing about what the
// record holds, so it never counts as poison.
type logError struct{ err error }

func (e *logError) Error() string { return e.err.Error() }

func (e *logError) Unwrap() error { return e.err }

// passing reports whether the same work may succeed later without any change:
// the server is away, busy or ends us. Everything else is the record's content
// or our own fault, and repeating it would only repeat the failure.
func passing(err error) bool {
	var reading *logError
	var connecting *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.As(err, &reading), errors.As(err, &connecting), errors.As(err, &network):
		return true
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) || len(pg.Code) < 2 {
		return false
	}
	switch pg.Code[:2] {
	case "08", // connection
		"25", // the server became a read-only standby under us
		"40", // deadlock, serialisation
		"53", // out of memory, disk or connections
		"55", // lock not available
		"57", // cancelled, shutting down
		"58": // input or output of the server
		return true
	}
	return false
}

// guarded turns a panic in a model's code into an error with the stack, so that
// it stops one follower and not the program.
func guarded(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}
