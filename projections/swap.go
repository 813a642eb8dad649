package projections

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// replace brings the new tables up to date and puts them in the place of the
// live ones. The live follower waits only for the last few records: taking its
// checkpoint row locks it out, and afterwards its compare-and-set tells it.
func (r *rebuild) replace(ctx context.Context) error {
	applier := r.model.Applier()
	for try := 1; ; try++ {
		if err := r.catchUp(ctx, applier); err != nil {
			return err
		}
		swapped, err := r.swap(ctx, applier, try == swapTries)
		if err != nil {
			return err
		}
		if swapped {
			return r.dropOld(ctx)
		}
		applier = r.model.Applier() // it remembers what was rolled back
	}
}

// catchUp applies what was appended since, batch by batch, to the new tables.
func (r *rebuild) catchUp(ctx context.Context, applier Applier) error {
	for {
		n := 0
		err := pgx.BeginTxFunc(ctx, r.conn, pgx.TxOptions{BeginQuery: beginDerived}, func(tx pgx.Tx) (err error) {
			n, err = r.applyNext(ctx, tx, applier)
			return err
		})
		if err != nil || n < swapBehind {
			return err
		}
	}
}

// applyNext applies the next batch to the new tables.
func (r *rebuild) applyNext(ctx context.Context, tx pgx.Tx, applier Applier) (int, error) {
	records, err := nextBatch(ctx, r.log, r.at, r.model.Fields())
	if err != nil || len(records) == 0 {
		return 0, err
	}
	through := records[len(records)-1].Position
	err = guarded(func() error {
		return applier.Apply(ctx, Batch{
			Tx: tx, Schema: nextSchema(r.name), Records: records, After: r.at, Through: through, log: r.log,
		})
	})
	if err != nil {
		return 0, err
	}
	r.at, r.records = through, r.records+int64(len(records))
	return len(records), nil
}

// swap applies the rest and renames, in one transaction that holds the
// checkpoint row. It gives up, changing nothing, if too much has come in
// meanwhile, unless it is the last try.
func (r *rebuild) swap(ctx context.Context, applier Applier, last bool) (swapped bool, err error) {
	at, records := r.at, r.records
	err = pgx.BeginTxFunc(ctx, r.conn, pgx.TxOptions{BeginQuery: beginDerived}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, startSQL, (&checkpoint{}).args(r.name)); err != nil {
			return fmt.Errorf("start the checkpoint: %w", err)
		}
		if _, err := loadCheckpoint(ctx, tx, r.name, lockSQL); err != nil {
			return err
		}
		for {
			n, err := r.applyNext(ctx, tx, applier)
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
			if n > swapBehind && !last {
				return errTooFarBehind
			}
		}
		return r.rename(ctx, tx)
	})
	if err != nil {
		r.at, r.records = at, records
	}
	if errors.Is(err, errTooFarBehind) {
		return false, nil
	}
	return err == nil, err
}

// errTooFarBehind rolls a swap back; replace tries again.
var errTooFarBehind = errors.New("projections: too far behind to swap")

func (r *rebuild) rename(ctx context.Context, tx pgx.Tx) error {
	live, next, old := LiveSchema(r.name), nextSchema(r.name), oldSchema(r.name)
	var exists bool
	if err := tx.QueryRow(ctx, "select to_regnamespace($1) is not null", live).Scan(&exists); err != nil {
		return fmt.Errorf("look for schema %s: %w", live, err)
	}
	if exists {
		if _, err := tx.Exec(ctx, fmt.Sprintf("alter schema %s rename to %s", live, old)); err != nil {
			return fmt.Errorf("move the live tables away: %w", err)
		}
	}
	if _, err := tx.Exec(ctx, fmt.Sprintf("alter schema %s rename to %s", next, live)); err != nil {
		return fmt.Errorf("put the new tables in place: %w", err)
	}
	c := checkpoint{origin: r.origin, version: r.model.Version(), at: r.at}
	if _, err := tx.Exec(ctx, replaceSQL, c.args(r.name)); err != nil {
		return fmt.Errorf("set the checkpoint: %w", err)
	}
	return nil
}

// dropOld removes the replaced tables once their last readers are done. Nobody
// can begin to read them any more, so giving up costs only disk space until the
// next rebuild.
func (r *rebuild) dropOld(ctx context.Context) error {
	var err error
	for range dropTries {
		begin := fmt.Sprintf("begin; set local lock_timeout to '%dms'", dropWait.Milliseconds())
		err = pgx.BeginTxFunc(ctx, r.conn, pgx.TxOptions{BeginQuery: begin}, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, fmt.Sprintf("drop schema if exists %s cascade", oldSchema(r.name)))
			return err
		})
		var pg *pgconn.PgError
		if !errors.As(err, &pg) || pg.Code != "55P03" {
			break
		}
	}
	if err != nil {
		r.logger.WarnContext(ctx, "replaced tables stay until the next rebuild", "follower", r.name, "error", err)
	}
	return nil
}

// tables lists the new tables.
func (r *rebuild) tables(ctx context.Context, tx pgx.Tx) ([]string, error) {
	rows, err := tx.Query(ctx, "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace = $1::regnamespace", nextSchema(r.name))
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", err)
	}
	return tables, nil
}
