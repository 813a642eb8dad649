package projections

import (
	"context"
	"fmt"

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
	refold  bool // one of them changes what earlier ones mean
	// stored is the whole stream, read from the record where that was needed.
	stored []eventlog.Record
	// before is the state as the rows show it, nil for a new stream.
	before, after *folded[S]
}

// Apply implements Applier.
func (a *streamApplier[S]) Apply(ctx context.Context, b Batch) error {
	streams := a.group(b.Records)
	if err := a.readCold(ctx, b, streams); err != nil {
		return err
	}
	if err := a.recall(ctx, b, streams); err != nil {
		return err
	}
	d := newDifference(a.spec)
	for _, t := range streams {
		// Noted first: folding on changes the state in place.
		if err := d.before(t.stream, t.before); err != nil {
			return err
		}
		if err := a.fold(t); err != nil {
			return err
		}
	}
	after := make([]*S, len(streams))
	for i, t := range streams {
		after[i] = &t.after.state
	}
	if err := a.spec.complete(ctx, b.Stream, after); err != nil {
		return err
	}
	for i, t := range streams {
		if err := d.after(i, t.stream, t.after); err != nil {
			return err
		}
		a.known.put(t.stream, t.after)
	}
	return d.write(ctx, b)
}

// group sorts the records by stream, in the order in which streams appear.
func (a *streamApplier[S]) group(records []eventlog.Record) []*touched[S] {
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
		t.refold = t.refold || a.spec.revises(rec)
		t.records = append(t.records, rec)
	}
	return order
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

// recall finds the state that each stream's rows show now.
func (a *streamApplier[S]) recall(ctx context.Context, b Batch, streams []*touched[S]) error {
	var recalled []*S
	for _, t := range streams {
		if f := a.known.get(t.stream); t.continues(f) {
			t.before = f
			continue
		}
		if t.stored == nil || t.records[0].Version == 1 {
			continue
		}
		f, err := a.spec.whole(t.stored[:t.records[0].Version-1])
		if err != nil {
			return err
		}
		t.before = f
		recalled = append(recalled, &f.state)
	}
	return a.spec.complete(ctx, b.Stream, recalled)
}

// fold brings one stream up to the batch's end.
func (a *streamApplier[S]) fold(t *touched[S]) (err error) {
	if t.refold {
		t.after, err = a.spec.whole(t.stored)
		return err
	}
	if t.after = t.before; t.after == nil {
		t.after = new(folded[S])
	}
	for _, rec := range t.records {
		if err := a.spec.Fold(&t.after.state, rec, false); err != nil {
			return poisoned(a.spec.Name, rec, err)
		}
		t.after.version = rec.Version
	}
	return nil
}
