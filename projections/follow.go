package projections

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

// follow applies records from the checkpoint on until something breaks.
func (h *holder) follow(ctx context.Context, conn *pgx.Conn, c *checkpoint) error {
	h.progress.advance(c.at)
	applier := h.follower.Applier()
	for {
		records, err := h.collect(ctx, c.at)
		if err != nil {
			return err
		}
		if len(records) == 0 {
			if err := h.idle(ctx, conn, c.at); err != nil {
				return err
			}
			continue
		}
		for len(records) > 0 {
			n := min(len(records), h.step)
			err := h.commit(ctx, conn, applier, *c, records[:n])
			switch {
			case err == nil:
				c.at = records[n-1].Position
				h.progress.advance(c.at)
				h.metrics.applied(h.name, n)
				records = records[n:]
				continue
			case errors.Is(err, errOvertaken), passing(err), conn.IsClosed():
				return err
			case n == 1:
				return stopAt(h.name, records[0], err)
			}
			// Somewhere among these is one that cannot be applied: close in on
			// it. What the applier remembers is of a transaction that is gone.
			applier = h.follower.Applier()
			h.step = (n + 1) / 2
		}
		h.step = maxBatch
	}
}

// idle waits for records, and looks meanwhile whether the connection lives: a
// server that fell took the lock with it, and perhaps the last rows, which are
// not waited for on the disk. They must come back without a record to come.
func (h *holder) idle(ctx context.Context, conn *pgx.Conn, after eventlog.Position) error {
	for {
		soon, cancel := context.WithTimeout(ctx, aliveCheck)
		err := h.log.Wait(soon, after)
		expired := soon.Err() != nil && ctx.Err() == nil
		cancel()
		if err == nil {
			return nil
		}
		if !expired {
			return &logError{fmt.Errorf("wait for records: %w", err)}
		}
		if err := conn.Ping(ctx); err != nil {
			return fmt.Errorf("look after a follower's connection: %w", err)
		}
	}
}

// stopAt names the record that stops a follower, if the error does not yet.
func stopAt(follower string, rec eventlog.Record, err error) error {
	var poison *PoisonError
	if errors.As(err, &poison) {
		return err
	}
	return poisoned(follower, rec, err)
}

// collect reads the next batch.
func (h *holder) collect(ctx context.Context, after eventlog.Position) ([]eventlog.Record, error) {
	return nextBatch(ctx, h.log, after, h.follower.Fields()|eventlog.AsFarAsHeard)
}

func nextBatch(ctx context.Context, log eventlog.Log, after eventlog.Position, fields eventlog.Fields) ([]eventlog.Record, error) {
	var records []eventlog.Record
	size := 0
	for rec, err := range log.ReadAll(ctx, after, fields) {
		if err != nil {
			return nil, &logError{fmt.Errorf("read the record: %w", err)}
		}
		records = append(records, rec.Clone())
		size += len(rec.Data) + len(rec.Meta)
		if len(records) >= maxBatch || size >= maxBatchBytes {
			break
		}
	}
	return records, nil
}

// commit applies records and moves the checkpoint in one transaction.
func (h *holder) commit(ctx context.Context, conn *pgx.Conn, applier Applier, c checkpoint, records []eventlog.Record) error {
	through := records[len(records)-1].Position
	return pgx.BeginTxFunc(ctx, conn, pgx.TxOptions{BeginQuery: beginDerived}, func(tx pgx.Tx) error {
		if err := c.advance(ctx, tx, h.name, through); err != nil {
			return err
		}
		return guarded(func() error {
			return applier.Apply(ctx, Batch{
				Tx: tx, Schema: LiveSchema(h.name), Records: records, After: c.at, Through: through, log: h.log,
			})
		})
	})
}
