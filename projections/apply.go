package projections

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"shouwang/eventlog"
)

// coldReads is how many streams are read from the record at once: enough to
// hide a round trip each, few enough to leave the record to its writers.
const coldReads = 4

// streamApplier applies batches by folding each touched stream on, from memory
// or from the record, and writing the rows that differ.
type streamApplier[S any] struct {
	spec  *Spec[S]
	known *recent[S]
}

// touched is one stream with the new records of a batch.
type touched[S any] struct {
	stream  string
	records []eventlog.Record
	refold  bool // one of them makes an earlier one void
	// stored is the whole stream, read from the record where that was needed.
	stored []eventlog.Record
}

// Apply implements Applier.
func (a *streamApplier[S]) Apply(ctx context.Context, b Batch) error {
	streams, err := a.group(b.Records)
	if err != nil {
		return err
	}
	if err := a.readCold(ctx, b, streams); err != nil {
		return err
	}
	d := newDifference(a.spec)
	for _, t := range streams {
		if err := a.fold(b, t, d); err != nil {
			return err
		}
	}
	return d.write(ctx, b)
}

// group sorts the records by stream, in the order in which streams appear.
func (a *streamApplier[S]) group(records []eventlog.Record) ([]*touched[S], error) {
	var order []*touched[S]
	byName := map[string]*touched[S]{}
	for _, rec := range records {
		if !a.spec.Wants(rec.Stream) {
			continue
		}
		t := byName[rec.Stream]
		if t == nil {
			t = &touched[S]{stream: rec.Stream}
			byName[rec.Stream] = t
			order = append(order, t)
		}
		_, voids, err := a.spec.voids(rec)
		if err != nil {
			return nil, poisoned(a.spec.Name, rec, err)
		}
		t.refold = t.refold || voids
		t.records = append(t.records, rec)
	}
	return order, nil
}

// continues says that the state in memory stands right before the new records.
func (t *touched[S]) continues(f *folded[S]) bool {
	return f != nil && f.version+1 == t.records[0].Version
}

// readCold reads the streams that cannot be folded on from memory.
func (a *streamApplier[S]) readCold(ctx context.Context, b Batch, streams []*touched[S]) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(coldReads)
	for _, t := range streams {
		isNew := t.records[0].Version == 1
		if !t.refold && (isNew || t.continues(a.known.get(t.stream))) {
			continue
		}
		group.Go(func() error {
			var err error
			t.stored, err = b.Stream(ctx, t.stream)
			if last := t.records[len(t.records)-1].Version; err == nil && eventlog.Version(len(t.stored)) < last {
				err = &logError{fmt.Errorf("read %s: %d records where %d were seen", t.stream, len(t.stored), last)}
			}
			return err
		})
	}
	return group.Wait()
}

// fold brings one stream up to the batch's end and notes what that changes.
func (a *streamApplier[S]) fold(b Batch, t *touched[S], d *difference[S]) error {
	before := a.known.get(t.stream)
	fresh := t.records
	switch {
	case t.stored != nil:
		old := t.stored[:t.records[0].Version-1]
		if t.continues(before) {
			break
		}
		if before = nil; len(old) > 0 {
			f, err := a.spec.whole(old)
			if err != nil {
				return err
			}
			before = f
		}
	case !t.continues(before):
		before = nil
	}
	if err := d.note(t.stream, before, -1); err != nil {
		return err
	}
	after := before
	if t.refold {
		f, err := a.spec.whole(t.stored)
		if err != nil {
			return err
		}
		after, fresh = f, nil
	}
	if after == nil {
		after = new(folded[S])
	}
	for _, rec := range fresh {
		if err := a.spec.Fold(&after.state, rec, false); err != nil {
			return poisoned(a.spec.Name, rec, err)
		}
		after.version = rec.Version
	}
	a.known.put(t.stream, after)
	return d.note(t.stream, after, +1)
}

// difference is what a batch changes in the tables of a model.
type difference[S any] struct {
	spec   *Spec[S]
	tables []tableChange
	totals []*sums
	row    Rows
}

type tableChange struct {
	before []byte   // rows of the stream under way, as they stand
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

// note takes a stream's state before the batch (sign -1; nil for a new stream)
// and then after it (sign +1).
func (d *difference[S]) note(stream string, f *folded[S], sign int64) error {
	for i := range d.spec.Tables {
		d.row.buf = d.row.buf[:0]
		if f != nil {
			if err := d.spec.Tables[i].rows(&d.row, stream, &f.state); err != nil {
				return err
			}
		}
		d.tables[i].note(stream, d.row.buf, sign)
	}
	if f == nil {
		return nil
	}
	for i := range d.spec.Totals {
		d.spec.Totals[i].Of(&f.state, d.totals[i].adder(sign))
	}
	return nil
}

func (c *tableChange) note(stream string, rows []byte, sign int64) {
	switch {
	case sign < 0:
		c.before = append(c.before[:0], rows...)
	case bytes.Equal(c.before, rows):
	default:
		if len(c.before) > 0 {
			c.stale = append(c.stale, stream)
		}
		c.fresh = append(c.fresh, rows...)
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
