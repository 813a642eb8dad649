package projections

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"shouwang/eventlog"
)

const (
	// buildWriters is how many indexes are built at once.
	buildWriters = 2
	// maxFolders bounds how many goroutines fold. The reader feeds about four.
	maxFolders = 4
	// chunksAhead is how far the reader may run ahead of those who fold, and
	// these of the server that takes the rows.
	chunksAhead = 2
)

// build makes the rows of all streams, stream by stream: one goroutine reads,
// some fold, and one for each table sends rows. Memory holds a few chunks of
// each, however long the record is.
type build[S any] struct {
	spec *Spec[S]
	Build

	chunks chan *chunk
	read   sync.Pool // of *chunk, used again: they are most of what is allocated
	tables []chan []byte
	sent   sync.Pool // of *[]byte
	sums   chan []*sums
}

// Build implements Model.
func (m *streams[S]) Build(ctx context.Context, b Build) error {
	u := &build[S]{spec: &m.spec, Build: b, chunks: make(chan *chunk, chunksAhead)}
	folders := min(runtime.GOMAXPROCS(0), maxFolders)
	u.sums = make(chan []*sums, folders)
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(u.chunks)
		return guarded(func() error { return u.readStreams(running) })
	})
	for i := range m.spec.Tables {
		t, rows := &m.spec.Tables[i], make(chan []byte, chunksAhead)
		u.tables = append(u.tables, rows)
		group.Go(func() error { return b.copy(running, t.Name, t.columns(), u.received(running, rows)) })
	}
	group.Go(func() error {
		folding, each := errgroup.WithContext(running)
		for range folders {
			folding.Go(func() error {
				return guarded(func() error { return u.foldChunks(each) })
			})
		}
		if err := folding.Wait(); err != nil {
			return err // and the context of those who wait for rows ends
		}
		for _, rows := range u.tables {
			close(rows)
		}
		close(u.sums)
		return nil
	})
	if err := group.Wait(); err != nil {
		return err
	}
	return u.writeTotals(ctx)
}

// readStreams cuts the record into chunks of whole streams.
func (u *build[S]) readStreams(ctx context.Context) error {
	fields := u.spec.Fields
	if u.spec.Struck != nil {
		fields |= eventlog.WithID
	}
	c := u.chunk()
	n := int64(0)
	for rec, err := range u.log.ReadStreams(ctx, u.Through, fields) {
		if err != nil {
			return &logError{fmt.Errorf("read the record: %w", err)}
		}
		if n++; n%reportEvery == 0 {
			u.report(n)
		}
		if !u.spec.Wants(rec.Stream) {
			continue
		}
		if rec.Version == 1 && c.full() {
			if err := hand(ctx, u.chunks, c); err != nil {
				return err
			}
			c = u.chunk()
		}
		c.add(rec)
	}
	u.report(n)
	return hand(ctx, u.chunks, c)
}

func hand[T any](ctx context.Context, to chan<- T, what T) error {
	select {
	case to <- what:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (u *build[S]) chunk() *chunk {
	if c, ok := u.read.Get().(*chunk); ok {
		return c
	}
	return newChunk()
}

// foldChunks folds chunks until there are no more.
func (u *build[S]) foldChunks(ctx context.Context) error {
	f := folder[S]{build: u, rows: make([][]byte, len(u.tables))}
	for i := range u.spec.Totals {
		s := newSums(len(u.spec.Totals[i].Sums))
		f.sums, f.add = append(f.sums, s), append(f.add, s.adder(+1))
	}
	for c := range u.chunks {
		if err := f.fold(ctx, c); err != nil {
			return err
		}
		c.reset()
		u.read.Put(c)
	}
	for i := range f.rows {
		if err := f.send(ctx, i); err != nil {
			return err
		}
	}
	return hand(ctx, u.sums, f.sums)
}

// folder is one goroutine that folds.
type folder[S any] struct {
	*build[S]
	rows [][]byte // encoded for each table, not sent yet
	row  Rows
	sums []*sums
	add  []Add // to sums
}

func (f *folder[S]) fold(ctx context.Context, c *chunk) error {
	var whole []*folded[S]
	var names []string
	for records := range c.streams() {
		one, err := f.spec.whole(records)
		if err != nil {
			return err
		}
		whole, names = append(whole, one), append(names, records[0].Stream)
	}
	states := make([]*S, len(whole))
	for i := range whole {
		states[i] = &whole[i].state
	}
	if err := f.spec.complete(ctx, f.Stream, states); err != nil {
		return err
	}
	for i, state := range states {
		for n := range f.spec.Tables {
			if err := f.spec.Tables[n].rows(&f.row, names[i], state); err != nil {
				return err
			}
			f.rows[n] = append(f.rows[n], f.row.buf...)
			if len(f.rows[n]) >= copyChunk {
				if err := f.send(ctx, n); err != nil {
					return err
				}
			}
		}
		for n := range f.spec.Totals {
			f.spec.Totals[n].Of(state, f.add[n])
		}
	}
	return nil
}

// send hands the rows of a table to whoever sends them to the server.
func (f *folder[S]) send(ctx context.Context, table int) error {
	if len(f.rows[table]) == 0 {
		return nil
	}
	if err := hand(ctx, f.tables[table], f.rows[table]); err != nil {
		return err
	}
	f.rows[table] = nil
	if buffer, ok := f.sent.Get().(*[]byte); ok {
		f.rows[table] = (*buffer)[:0]
	}
	return nil
}

// received are the rows of one table as they come.
func (u *build[S]) received(ctx context.Context, rows <-chan []byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for {
			select {
			case chunk, more := <-rows:
				if !more || !yield(chunk, nil) {
					return
				}
				u.sent.Put(&chunk)
			case <-ctx.Done():
				yield(nil, context.Cause(ctx))
				return
			}
		}
	}
}

// writeTotals adds up what the goroutines have summed.
func (u *build[S]) writeTotals(ctx context.Context) error {
	all := <-u.sums
	for more := range u.sums {
		for i := range more {
			all[i].merge(more[i])
		}
	}
	var failed error
	for i := range u.spec.Totals {
		t := &u.spec.Totals[i]
		rows, err := t.encode(all[i])
		if err == nil {
			err = u.copy(ctx, t.Name, t.columns(), once(rows))
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("totals in table %s: %w", t.Name, err))
		}
	}
	return failed
}
