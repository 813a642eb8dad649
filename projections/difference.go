package projections

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"strings"

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
	coming int      // streams to which they belong
	// alike are rows that stand and change, by the columns in which they do.
	alike map[changedColumns]*amendment
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
		if f != nil && f.shown != nil {
			d.tables[i].before = append(d.tables[i].before, f.shown[i])
			continue
		}
		rows, err := d.rows(i, stream, f)
		if err != nil {
			return err
		}
		d.tables[i].before = append(d.tables[i].before, bytes.Clone(rows))
	}
	d.sum(f, -1)
	return nil
}

// keepRows is how many bytes of a stream's rows are kept with its state, so that
// the next record finds them encoded. The few streams with more are encoded
// twice; 40,000 states (see recentStreams) hold 80 MiB at the very most.
const keepRows = 2 << 10

// after notes the state that the n-th stream's rows are to show.
func (d *difference[S]) after(n int, stream string, f *folded[S]) error {
	shown, kept := make([][]byte, len(d.tables)), 0
	for i := range d.tables {
		rows, err := d.rows(i, stream, f)
		if err != nil {
			return err
		}
		c := &d.tables[i]
		rows = bytes.Clone(rows)
		shown[i], kept = rows, kept+len(rows)
		if bytes.Equal(c.before[n], rows) {
			continue
		}
		if len(c.before[n]) > 0 && len(rows) > 0 && d.spec.Tables[i].Single {
			c.amend(c.before[n], rows)
			continue
		}
		if len(c.before[n]) > 0 {
			c.stale = append(c.stale, stream)
		}
		if len(rows) > 0 {
			c.fresh = append(c.fresh, rows...)
			c.coming++
		}
	}
	f.shown = shown
	if kept > keepRows {
		f.shown = nil
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
// trip, then one for each table with a few single rows, or a COPY.
func (d *difference[S]) write(ctx context.Context, b Batch) error {
	for i := range d.spec.Tables {
		if err := d.spec.Tables[i].amend(ctx, b, &d.tables[i]); err != nil {
			return err
		}
	}
	var batch pgx.Batch
	for i := range d.spec.Tables {
		t := &d.spec.Tables[i]
		if len(d.tables[i].stale) > 0 {
			batch.Queue(fmt.Sprintf("delete from %s.%s where stream = any($1)", b.Schema, t.Name), d.tables[i].stale)
		}
		if t.Single && d.tables[i].coming > fewRows {
			batch.Queue(t.stage(b.Schema))
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
	for i := range d.spec.Tables {
		t, c := &d.spec.Tables[i], &d.tables[i]
		var err error
		switch {
		case c.coming == 0:
		case t.Single && c.coming <= fewRows:
			err = t.upsert(ctx, b, c.fresh)
		default:
			err = t.add(ctx, b, c.fresh)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// add writes rows into the table, or in place of the rows of their streams.
func (t *Table[S]) add(ctx context.Context, b Batch, rows []byte) error {
	schema, table := b.Schema, t.Name
	if t.Single {
		schema, table = "pg_temp", t.stageName(b.Schema)
	}
	if _, err := copyRows(ctx, b.Tx, schema, table, t.columns(), false, once(rows)); err != nil || !t.Single {
		return err
	}
	if _, err := b.Tx.Exec(ctx, t.merge(b.Schema)); err != nil {
		return fmt.Errorf("change rows of %s: %w", t.Name, err)
	}
	return nil
}

func (t *Table[S]) stageName(schema string) string { return schema + "_" + t.Name }

// stage makes a table for this connection alone, in which a batch's rows stand
// until the transaction ends.
func (t *Table[S]) stage(schema string) string {
	return fmt.Sprintf("create temporary table if not exists %s (like %s.%s) on commit delete rows", t.stageName(schema), schema, t.Name)
}

func (t *Table[S]) merge(schema string) string {
	columns := strings.Join(t.columns(), ", ")
	return t.replacing(schema, fmt.Sprintf("select %s from pg_temp.%s", columns, t.stageName(schema)))
}

// replacing writes rows from source, each in place of its stream's.
func (t *Table[S]) replacing(schema, source string) string {
	set := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		set[i] = c + " = excluded." + c
	}
	return fmt.Sprintf("insert into %s.%s (%s) %s on conflict (stream) do update set %s",
		schema, t.Name, strings.Join(t.columns(), ", "), source, strings.Join(set, ", "))
}

func once(chunk []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) { yield(chunk, nil) }
}
