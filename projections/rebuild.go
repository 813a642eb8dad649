package projections

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"shouwang/eventlog"
)

// Errors of a rebuild.
var (
	// ErrBeingRebuilt means that somebody else rebuilds this read model now.
	ErrBeingRebuilt = errors.New("projections: the read model is being rebuilt")
	// ErrNotAModel is returned for followers that cannot be made anew from the
	// record alone: what they sent is sent, what they signed is signed.
	ErrNotAModel = errors.New("projections: not a read model, never rebuilt")
	// ErrNewer means that the rows were made by a newer version of the program.
	ErrNewer = errors.New("projections: made by a newer version of the program")
	// ErrForeign means that the rows were made from another store of the log.
	ErrForeign = errors.New("projections: made from another store of the record")
)

// Phase is a stage of a rebuild.
type Phase string

// The phases, in order.
const (
	Building   Phase = "building"
	Indexing   Phase = "indexing"
	CatchingUp Phase = "catching up"
	Done       Phase = "done"
)

// Observer is told how far a rebuild is: its phase, and the records taken so far.
type Observer func(phase Phase, records int64)

// reportEvery is how many records are read between two reports.
const reportEvery = 10_000

const indexSettings = "set local maintenance_work_mem to '256MB'; set local max_parallel_maintenance_workers to 0"

// Rebuild makes a read model anew from the record, beside the live one, which
// is read and followed all the while, and then puts it in its place. It may run
// in another process than the one that follows. report may be nil.
func (f *Followers) Rebuild(ctx context.Context, name string, report Observer) error {
	follower, err := f.find(name)
	if err != nil {
		return err
	}
	model, ok := follower.(Model)
	if !ok {
		return fmt.Errorf("%s: %w", name, ErrNotAModel)
	}
	if report == nil {
		report = func(Phase, int64) {}
	}
	conn, err := f.connect(ctx)
	if err != nil {
		return err
	}
	defer disconnect(ctx, conn)
	got, err := tryLock(ctx, conn, rebuildKey(name))
	if err != nil {
		return err
	}
	if !got {
		return fmt.Errorf("%s: %w", name, ErrBeingRebuilt)
	}
	r := &rebuild{Followers: f, model: model, name: name, conn: conn, report: report}
	if err := r.run(ctx); err != nil {
		return fmt.Errorf("rebuild %s: %w", name, err)
	}
	f.metrics.rebuilt(name)
	// What was folded is garbage now, and the heap's goal several times as much:
	// left alone, the process would go on into memory that it has never touched,
	// which costs more than all it does there.
	runtime.GC()
	return nil
}

// rebuild is one rebuild under way. Its connection has the rebuild lock.
type rebuild struct {
	*Followers
	model  Model
	name   string
	conn   *pgx.Conn
	report Observer

	at      eventlog.Position
	records int64
}

func (r *rebuild) run(ctx context.Context) error {
	c, err := loadCheckpoint(ctx, r.conn, r.name, loadSQL)
	if err != nil {
		return err
	}
	if r.newer(r.model, c) {
		return ErrNewer
	}
	if err := r.createTables(ctx); err != nil {
		return err
	}
	if err := r.build(ctx); err != nil {
		return err
	}
	r.report(Indexing, r.records)
	if err := r.index(ctx); err != nil {
		return err
	}
	r.report(CatchingUp, r.records)
	if err := r.replace(ctx); err != nil {
		return err
	}
	r.report(Done, r.records)
	return nil
}

// createTables makes the tables beside the live ones, in place of what an
// interrupted rebuild may have left.
func (r *rebuild) createTables(ctx context.Context) error {
	next := nextSchema(r.name)
	script := fmt.Sprintf("drop schema if exists %s cascade; drop schema if exists %s cascade; create schema %s",
		oldSchema(r.name), next, next)
	return r.inTables(ctx, r.conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, script); err != nil {
			return fmt.Errorf("create schema %s: %w", next, err)
		}
		if _, err := tx.Exec(ctx, r.model.Schema().Tables); err != nil {
			return fmt.Errorf("create the tables: %w", err)
		}
		return nil
	})
}

type beginner interface {
	BeginTx(ctx context.Context, options pgx.TxOptions) (pgx.Tx, error)
}

// inTables runs statements that name the new tables without a schema.
func (r *rebuild) inTables(ctx context.Context, db beginner, do func(pgx.Tx) error) error {
	begin := fmt.Sprintf("%s; set local search_path to %s", beginDerived, nextSchema(r.name))
	return pgx.BeginTxFunc(ctx, db, pgx.TxOptions{BeginQuery: begin}, do)
}

// build makes the rows of the record as it stands now. What is appended
// meanwhile is applied afterwards, as a follower does.
func (r *rebuild) build(ctx context.Context) error {
	through, err := r.log.End(ctx)
	if err != nil {
		return &logError{fmt.Errorf("read the record's end: %w", err)}
	}
	err = guarded(func() error {
		return r.model.Build(ctx, Build{Through: through, Schema: nextSchema(r.name), pool: r.pool, log: r.log, report: func(records int64) {
			r.records = records
			r.report(Building, records)
		}})
	})
	r.at = through
	return err
}

// index builds the indexes and gathers statistics, so that the first query is
// already planned well. A third of the usual sample is enough for that; the
// server takes its own in time. Some indexes are built at once, each by one
// process: helpers would only take the processors from the others. For the same
// reason keys are unique indexes, for which a table is not locked as it is to
// get a primary key.
func (r *rebuild) index(ctx context.Context) error {
	group, running := errgroup.WithContext(ctx)
	group.SetLimit(buildWriters)
	for _, statement := range r.model.Schema().Indexes {
		group.Go(func() error {
			return r.inTables(running, r.pool, func(tx pgx.Tx) error {
				if _, err := tx.Exec(running, indexSettings); err != nil {
					return err
				}
				if _, err := tx.Exec(running, statement); err != nil {
					return fmt.Errorf("%s: %w", statement, err)
				}
				return nil
			})
		})
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("build the indexes: %w", err)
	}
	return r.inTables(ctx, r.conn, func(tx pgx.Tx) error {
		tables, err := r.tables(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "set local default_statistics_target to 30"); err != nil {
			return err
		}
		for _, table := range tables {
			if _, err := tx.Exec(ctx, "analyze "+table); err != nil {
				return fmt.Errorf("analyze %s: %w", table, err)
			}
		}
		return nil
	})
}
