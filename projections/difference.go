package projections

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"
)

// difference is what a batch changes in the tables of a model.
type difference[S any] struct {
	spec   *Spec[S]
	tables []tableChange
	totals []*sums
	row    Rows
}

// tableChange is what a batch changes in one table.
type tableChange struct {
	before [][]byte // rows as they stand, by stream in the batch's order
	stale  []string // streams whose rows go
	fresh  []byte   // rows that come
}

func newDifference[S any](spec *Spec[S]) *difference[S] {
	d := &difference[S]{spec: spec, tables: make([]tableChange, len(spec.Tables))}
	for _, t := range spec.Totals {
		d.totals = append(d.totals, newSums(len(t.Sums)))
	}
	return d
}

// before notes the state that a stream's rows show; nil for a new stream.
func (d *difference[S]) before(stream string, f *folded[S]) error {
	for i := range d.tables {
		rows, err := d.rows(i, stream, f)
		if err != nil {
			return err
		}
		d.tables[i].before = append(d.tables[i].before, bytes.Clone(rows))
	}
	d.sum(f, -1)
	return nil
}

// after notes the state that the n-th stream's rows are to show.
func (d *difference[S]) after(n int, stream string, f *folded[S]) error {
	for i := range d.tables {
		rows, err := d.rows(i, stream, f)
		if err != nil {
			return err
		}
		c := &d.tables[i]
		if bytes.Equal(c.before[n], rows) {
			continue
		}
		if len(c.before[n]) > 0 {
			c.stale = append(c.stale, stream)
		}
		c.fresh = append(c.fresh, rows...)
	}
	d.sum(f, +1)
	return nil
}

func (d *difference[S]) rows(table int, stream string, f *folded[S]) ([]byte, error) {
	if f == nil {
		return nil, nil
	}
	err := d.spec.Tables[table].rows(&d.row, stream, &f.state)
	return d.row.buf, err
}

func (d *difference[S]) sum(f *folded[S], sign int64) {
	if f == nil {
		return
	}
	for i := range d.spec.Totals {
		d.spec.Totals[i].Of(&f.state, d.totals[i].adder(sign))
	}
}

// write carries the changes out: first what goes and the totals in one round
// trip, then a COPY for each table with new rows.
func (d *difference[S]) write(ctx context.Context, b Batch) error {
	var batch pgx.Batch
	for i, t := range d.spec.Tables {
		if len(d.tables[i].stale) > 0 {
			batch.Queue(fmt.Sprintf("delete from %s.%s where stream = any($1)", b.Schema, t.Name), d.tables[i].stale)
		}
	}
	for i := range d.spec.Totals {
		d.spec.Totals[i].queue(&batch, b.Schema, d.totals[i])
	}
	if batch.Len() > 0 {
		if err := b.Tx.SendBatch(ctx, &batch).Close(); err != nil {
			return fmt.Errorf("change rows of %s: %w", d.spec.Name, err)
		}
	}
	for i, t := range d.spec.Tables {
		if len(d.tables[i].fresh) == 0 {
			continue
		}
		if _, err := copyRows(ctx, b.Tx, b.Schema, t.Name, t.columns(), false, once(d.tables[i].fresh)); err != nil {
			return err
		}
	}
	return nil
}

func once(chunk []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) { yield(chunk, nil) }
}
