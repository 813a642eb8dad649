package projections

import (
	"context"
	"fmt"
	"hash/maphash"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"

	"shouwang/eventlog"
)

const (
	// buildWriters is how many tables are filled, or indexes built, at once: the
	// encoding of one overlaps the server's work on another.
	buildWriters = 2
	// maxShards bounds how many goroutines fold. The reader feeds about four.
	maxShards = 4
)

// streamBuilder folds the whole record in memory, one state per stream, on
// several processors.
type streamBuilder[S any] struct {
	spec   *Spec[S]
	seed   maphash.Seed
	shards []*shard[S]
	ended  bool
}

func newStreamBuilder[S any](spec *Spec[S]) *streamBuilder[S] {
	u := &streamBuilder[S]{spec: spec, seed: maphash.MakeSeed()}
	for range min(runtime.GOMAXPROCS(0), maxShards) {
		u.shards = append(u.shards, newShard(spec))
	}
	return u
}

// Fold implements Builder.
func (u *streamBuilder[S]) Fold(rec eventlog.Record) error {
	if !u.spec.Wants(rec.Stream) {
		return nil
	}
	s := u.shards[maphash.String(u.seed, rec.Stream)%uint64(len(u.shards))]
	if !s.take(rec) {
		return u.finish()
	}
	return nil
}

// finish waits for all shards and returns the first error.
func (u *streamBuilder[S]) finish() (err error) {
	if u.ended {
		return nil
	}
	u.ended = true
	for _, s := range u.shards {
		if failed := s.finish(); err == nil {
			err = failed
		}
	}
	return err
}

// Close implements Builder.
func (u *streamBuilder[S]) Close() { _ = u.finish() } // nobody asks any more

// Write implements Builder.
func (u *streamBuilder[S]) Write(ctx context.Context, b Build) error {
	if err := u.finish(); err != nil {
		return err
	}
	group, each := errgroup.WithContext(ctx)
	for _, s := range u.shards {
		group.Go(func() error {
			return guarded(func() error { return s.complete(each, b) })
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	group, each = errgroup.WithContext(ctx)
	group.SetLimit(buildWriters)
	for _, t := range u.spec.Tables {
		group.Go(func() error {
			return b.copy(each, t.Name, t.columns(), u.rows(&t))
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
			return b.copy(each, t.Name, t.columns(), once(rows))
		})
	}
	return group.Wait()
}

// complete folds again what must be, from the record, and fills in the rest.
func (s *shard[S]) complete(ctx context.Context, b Build) error {
	group, each := errgroup.WithContext(ctx)
	group.SetLimit(coldReads)
	for _, f := range s.order {
		if !f.refold {
			continue
		}
		group.Go(func() error {
			records, err := b.Stream(each, f.stream)
			if err != nil {
				return err
			}
			return guarded(func() error {
				again, err := s.spec.whole(records)
				if err == nil {
					f.folded, f.refold = *again, false
				}
				return err
			})
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if s.spec.Complete == nil {
		return nil
	}
	states := make([]*S, len(s.order))
	for i, f := range s.order {
		states[i] = &f.state
	}
	return s.spec.complete(ctx, b.Stream, states)
}

func (u *streamBuilder[S]) each() iter.Seq[*building[S]] {
	return func(yield func(*building[S]) bool) {
		for _, s := range u.shards {
			for _, f := range s.order {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// totals sums up what all streams contribute to one table.
func (u *streamBuilder[S]) totals(t *Totals[S]) ([]byte, error) {
	s := newSums(len(t.Sums))
	add := s.adder(+1)
	for f := range u.each() {
		t.Of(&f.state, add)
	}
	return t.encode(s)
}

// rows encodes the rows of all streams, in chunks.
func (u *streamBuilder[S]) rows(t *Table[S]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var row Rows
		chunk := make([]byte, 0, copyChunk+copyChunk/4)
		for f := range u.each() {
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
