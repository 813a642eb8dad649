package pglog

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"shouwang/eventlog"
)

const (
	// chunkRecords bounds a chunk of an import beside appends: those queued
	// behind it wait some 40 ms.
	chunkRecords = 4000
	// chunkBytes bounds it where the records are large.
	chunkBytes = 4 << 20
)

// chunk is the records of an import that one transaction writes.
type chunk struct {
	records []imported
	rows    rows
	answer  chan error

	first int64 // position of its first record in the last attempt
	sent  bool  // that attempt may have been written
}

type imported struct {
	stream string
	at     int64
}

func newChunk() *chunk { return &chunk{answer: make(chan error, 1)} }

func (c *chunk) add(r eventlog.Imported) {
	c.rows.add(r.Stream, r.Event)
	c.records = append(c.records, imported{stream: r.Stream, at: toMicros(r.RecordedAt)})
}

func (c *chunk) full() bool { return len(c.records) >= chunkRecords || len(c.rows.bytes) >= chunkBytes }

// Import implements eventlog.Importer.
func (l *Log) Import(ctx context.Context, records iter.Seq2[eventlog.Imported, error]) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("import: %w", err)
	}
	if err := l.enter(); err != nil {
		return 0, fmt.Errorf("import: %w", err)
	}
	defer l.leave()

	next, stop := iter.Pull2(checked(ctx, records))
	defer stop()
	n, used, err := l.importIntoEmpty(ctx, next)
	if !used && err == nil {
		n, err = l.importOnline(next)
	}
	if err != nil {
		return n, fmt.Errorf("import, after %d records: %w", n, err)
	}
	return n, nil
}

// checked passes the records on until one is not valid or the context ends.
func checked(ctx context.Context, records iter.Seq2[eventlog.Imported, error]) iter.Seq2[eventlog.Imported, error] {
	return func(yield func(eventlog.Imported, error) bool) {
		for r, err := range records {
			if err == nil {
				err = eventlog.CheckImported(r)
			}
			if err == nil {
				err = ctx.Err()
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// puller is the import's source, one record at a time.
type puller func() (eventlog.Imported, error, bool)

// fill takes a chunk from the source; more is false at its end.
func (next puller) fill(c *chunk) (more bool, err error) {
	for !c.full() {
		r, err, ok := next()
		if !ok || err != nil {
			return false, err
		}
		c.add(r)
	}
	return true, nil
}

// importOnline hands the writer one chunk after another, and prepares the next
// while it writes one. What came before a broken source is still written.
func (l *Log) importOnline(next puller) (int64, error) {
	var n int64
	var before *chunk
	finish := func() error {
		if before == nil {
			return nil
		}
		err := <-before.answer
		if err == nil {
			n += int64(len(before.records))
		}
		before = nil
		return err
	}
	for more := true; more; {
		c := newChunk()
		var broken error
		more, broken = next.fill(c)
		if err := finish(); err != nil {
			return n, err
		}
		if len(c.records) > 0 {
			l.writer.queue.push(order{chunk: c})
			before = c
		}
		if broken != nil {
			return n, errors.Join(broken, finish())
		}
	}
	err := finish()
	return n, err
}

func (c *chunk) grow(*writer) {}

func (c *chunk) fit(ctx context.Context, w *writer) (pieces, tip, error) {
	if done, err := c.wasWritten(ctx, w); done || err != nil {
		return nil, w.tip, err
	}
	if err := c.lookUp(ctx, w); err != nil {
		return nil, tip{}, err
	}
	rows, end, err := c.place(w)
	if err != nil {
		c.undo(w)
		c.fail(err)
		return nil, w.tip, nil
	}
	return rows, end, nil
}

// wasWritten finds out whether an attempt that had to be left was written after
// all. It can only have been written where it was placed, and whole.
func (c *chunk) wasWritten(ctx context.Context, w *writer) (bool, error) {
	if !c.sent || w.tip.pos < c.first {
		return false, nil
	}
	var there eventlog.ID
	if err := w.conn.QueryRow(ctx, "select id from record.events where pos = $1", c.first).Scan(&there); err != nil {
		return false, fmt.Errorf("look for a chunk at its place: %w", err)
	}
	c.sent = false
	if there != c.rows.id(0) {
		return false, nil
	}
	c.written(w.tip)
	return true, nil
}

// place gives the records their places after the tip and the heads known.
func (c *chunk) place(w *writer) (pieces, tip, error) {
	end := w.tip
	c.first = end.pos + 1
	for i, r := range c.records {
		h, _ := w.heads.get(r.stream)
		if h.version > 0 && r.at < h.at {
			return nil, tip{}, goesBack(r, h)
		}
		end.pos++
		h = head{version: h.version + 1, at: r.at}
		end.at = max(end.at, r.at)
		c.rows.fill(i, end.pos, h.version, r.at)
		w.heads.put(r.stream, h)
	}
	return pieces{copyHeader, c.rows.bytes, copyTrailer}, end, nil
}

func goesBack(r imported, h head) error {
	return fmt.Errorf("%w: %s would go back from %s to %s", eventlog.ErrInvalid, r.stream,
		fromMicros(h.at).Format(time.RFC3339Nano), fromMicros(r.at).Format(time.RFC3339Nano))
}

// lookUp reads the heads that the cache does not have. The cache holds more
// streams than a chunk can have, so none is forgotten before it is used.
func (c *chunk) lookUp(ctx context.Context, w *writer) error {
	asked := map[string]bool{}
	var unknown []string
	for _, r := range c.records {
		if _, known := w.heads.get(r.stream); !known && !asked[r.stream] {
			asked[r.stream] = true
			unknown = append(unknown, r.stream)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	read, err := readHeads(ctx, w.conn, unknown)
	if err != nil {
		return err
	}
	for i, stream := range unknown {
		w.heads.put(stream, read[i])
	}
	return nil
}

// undo forgets the streams: they are looked up again.
func (c *chunk) undo(w *writer) {
	for _, r := range c.records {
		w.heads.forget(r.stream)
	}
}

func (c *chunk) passed(tip) []passed { return nil }

func (c *chunk) written(tip) { c.answer <- nil }

func (c *chunk) fail(err error) {
	if c.sent {
		err = fmt.Errorf("%w: %w", eventlog.ErrUnknownOutcome, err)
	}
	c.answer <- err
}

func (c *chunk) inDoubt() { c.sent = true }

func (c *chunk) streams() []string {
	names := make([]string, len(c.records))
	for i, r := range c.records {
		names[i] = r.stream
	}
	return names
}

func (c *chunk) split() []load { return nil }
