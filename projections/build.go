package projections

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"shouwang/eventlog"
)

// buildWriters is how many tables are filled, or indexes built, at once: the
// encoding of one overlaps the server's work on another.
const buildWriters = 2

// streamBuilder folds the whole record in memory, one state per stream.
type streamBuilder[S any] struct {
	spec   *Spec[S]
	states map[string]*building[S]
	order  []*building[S]
}

// building is the state of one stream. Once a void was seen its state is worth
// nothing: the stream is folded again at the end.
type building[S any] struct {
	folded[S]
	stream string
	refold bool
}

// Fold implements Builder.
func (u *streamBuilder[S]) Fold(rec eventlog.Record) error {
	f := u.states[rec.Stream]
	if f == nil {
		if !u.spec.Wants(rec.Stream) {
			return nil
		}
		f = &building[S]{stream: strings.Clone(rec.Stream)}
		u.states[f.stream] = f
		u.order = append(u.order, f)
	}
	f.version = rec.Version
	if f.refold {
		return nil
	}
	_, voids, err := u.spec.voids(rec)
	if err != nil {
		return poisoned(u.spec.Name, rec, err)
	}
	if voids {
		f.refold = true
		return nil
	}
	if err := u.spec.Fold(&f.state, rec, false); err != nil {
		return poisoned(u.spec.Name, rec, err)
	}
	return nil
}

// Write implements Builder.
func (u *streamBuilder[S]) Write(ctx context.Context, b Build) error {
	if err := u.refold(ctx, b); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(buildWriters)
	for _, t := range u.spec.Tables {
		group.Go(func() error {
			return b.copy(ctx, t.Name, t.columns(), u.rows(&t))
		})
	}
	for _, t := range u.spec.Totals {
		group.Go(func() error {
			var rows []byte
			err := guarded(func() (err error) {
				rows, err = u.totals(&t)
				return err
			})
			if err != nil {
				return fmt.Errorf("totals in table %s: %w", t.Name, err)
			}
			return b.copy(ctx, t.Name, t.columns(), once(rows))
		})
	}
	return group.Wait()
}

// refold folds the streams with voids again, from the record.
func (u *streamBuilder[S]) refold(ctx context.Context, b Build) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(coldReads)
	var mu sync.Mutex
	for _, f := range u.order {
		if !f.refold {
			continue
		}
		group.Go(func() error {
			records, err := b.Stream(ctx, f.stream)
			if err != nil {
				return err
			}
			// A model's fold is written for one goroutine at a time.
			mu.Lock()
			defer mu.Unlock()
			return guarded(func() error {
				again, err := u.spec.whole(records)
				if err == nil {
					f.folded, f.refold = *again, false
				}
				return err
			})
		})
	}
	return group.Wait()
}

// totals sums up what all streams contribute to one table.
func (u *streamBuilder[S]) totals(t *Totals[S]) ([]byte, error) {
	s := newSums(len(t.Sums))
	add := s.adder(+1)
	for _, f := range u.order {
		t.Of(&f.state, add)
	}
	return t.encode(s)
}

// rows encodes the rows of all streams, in chunks.
func (u *streamBuilder[S]) rows(t *Table[S]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var row Rows
		chunk := make([]byte, 0, copyChunk+copyChunk/4)
		for _, f := range u.order {
			if err := t.rows(&row, f.stream, &f.state); err != nil {
				yield(nil, err)
				return
			}
			if chunk = append(chunk, row.buf...); len(chunk) >= copyChunk {
				if !yield(chunk, nil) {
					return
				}
				chunk = chunk[:0]
			}
		}
		if len(chunk) > 0 {
			yield(chunk, nil)
		}
	}
}
