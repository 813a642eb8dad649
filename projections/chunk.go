package projections

import (
	"iter"

	"shouwang/eventlog"
)

const (
	// chunkRecords and chunkBytes are where a chunk counts as full; it may grow
	// beyond by one stream.
	chunkRecords = 2_000
	chunkBytes   = 1 << 20
)

// chunk is records of whole streams, whose bytes stand in one buffer.
type chunk struct {
	records []eventlog.Record
	bytes   []byte
}

func newChunk() *chunk {
	return &chunk{records: make([]eventlog.Record, 0, chunkRecords+chunkRecords/8), bytes: make([]byte, 0, chunkBytes+chunkBytes/8)}
}

func (c *chunk) full() bool { return len(c.records) >= chunkRecords || len(c.bytes) >= chunkBytes }

// add copies a record that is only lent.
func (c *chunk) add(rec eventlog.Record) {
	rec.Data, rec.Meta = c.keep(rec.Data), c.keep(rec.Meta)
	c.records = append(c.records, rec)
}

// keep copies bytes into the buffer. When that grows, what was handed out
// before stays valid in the old one.
func (c *chunk) keep(b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	start := len(c.bytes)
	c.bytes = append(c.bytes, b...)
	return c.bytes[start:len(c.bytes):len(c.bytes)]
}

// streams are the records of one stream after the other.
func (c *chunk) streams() iter.Seq[[]eventlog.Record] {
	return func(yield func([]eventlog.Record) bool) {
		for from := 0; from < len(c.records); {
			to := from + 1
			for to < len(c.records) && c.records[to].Version != 1 {
				to++
			}
			if !yield(c.records[from:to:to]) {
				return
			}
			from = to
		}
	}
}

// reset empties the chunk for its next use, and lets go of the names.
func (c *chunk) reset() {
	clear(c.records)
	c.records, c.bytes = c.records[:0], c.bytes[:0]
}
