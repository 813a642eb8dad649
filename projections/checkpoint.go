package projections

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

var (
	//go:embed checkpoint/load.sql
	loadSQL string
	//go:embed checkpoint/lock.sql
	lockSQL string
	//go:embed checkpoint/advance.sql
	advanceSQL string
	//go:embed checkpoint/start.sql
	startSQL string
	//go:embed checkpoint/replace.sql
	replaceSQL string
	//go:embed checkpoint/stop.sql
	stopSQL string
)

// origin says which record is followed: the log, and the physical store of it.
type origin struct {
	Log   string
	Store eventlog.ID
}

// checkpoint is how far a follower has come, in which record, with which code.
type checkpoint struct {
	origin
	version    int
	at         eventlog.Position
	generation int64
	stopped    string
}

// errOvertaken means that the checkpoint is no longer the one last seen: a
// rebuilt model took the place of this one, or another process holds it.
var errOvertaken = errors.New("projections: the checkpoint was moved by somebody else")

// loadCheckpoint returns nil if the follower has none yet.
func loadCheckpoint(ctx context.Context, q querier, follower, query string) (*checkpoint, error) {
	var c checkpoint
	var commit, prepare int64
	err := q.QueryRow(ctx, query, pgx.NamedArgs{"follower": follower}).
		Scan(&c.version, &c.Log, &c.Store, &commit, &prepare, &c.generation, &c.stopped)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load the checkpoint of %s: %w", follower, err)
	}
	c.at = eventlog.Position{Commit: uint64(commit), Prepare: uint64(prepare)}
	return &c, nil
}

type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// args name the checkpoint in full: an update that misses one of them misses.
func (c checkpoint) args(follower string) pgx.NamedArgs {
	return pgx.NamedArgs{
		"follower": follower, "version": c.version, "log_id": c.Log, "store_id": [16]byte(c.Store), // as an ID it would be tried as a text first
		"at_commit": int64(c.at.Commit), "at_prepare": int64(c.at.Prepare), "generation": c.generation,
	}
}

// advance moves the checkpoint if it still is the one given (compare and set).
// It comes first in the transaction, so that its row lock also keeps a rebuilt
// model from being put in place until the rows are committed.
func (c checkpoint) advance(ctx context.Context, tx pgx.Tx, follower string, to eventlog.Position) error {
	args := c.args(follower)
	args["to_commit"], args["to_prepare"] = int64(to.Commit), int64(to.Prepare)
	tag, err := tx.Exec(ctx, advanceSQL, args)
	if err != nil {
		return fmt.Errorf("move the checkpoint of %s: %w", follower, err)
	}
	if tag.RowsAffected() != 1 {
		return fmt.Errorf("%s: %w", follower, errOvertaken)
	}
	return nil
}
