package projections

import (
	"strings"

	"shouwang/eventlog"
)

// A chunk of records goes from the reader to a shard in one piece.
const (
	chunkRecords = 256
	// chunkBytes is the buffer of a chunk; a record that does not fit closes it.
	chunkBytes = 512 << 10
	// chunksAhead is how far the reader may run ahead of a shard.
	chunksAhead = 4
)

// chunk is records whose bytes stand in one buffer of their own. Buffers are
// used again: they are most of what a rebuild would otherwise allocate.
type chunk struct {
	records []eventlog.Record
	bytes   []byte
}

func newChunk() chunk {
	return chunk{records: make([]eventlog.Record, 0, chunkRecords), bytes: make([]byte, 0, chunkBytes)}
}

// fits says whether the record finds room. An empty chunk takes any.
func (c *chunk) fits(rec eventlog.Record) bool {
	return len(c.records) == 0 || len(c.records) < chunkRecords && len(c.bytes)+len(rec.Data)+len(rec.Meta) <= cap(c.bytes)
}

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

// shard folds a share of the streams, on a goroutine of its own.
type shard[S any] struct {
	spec   *Spec[S]
	states map[string]*building[S]
	order  []*building[S]
	next   chunk
	in     chan chunk
	free   chan chunk // done with
	done   chan struct{}
	err    error // valid once done is closed
}

// building is the state of one stream. Once a record changed what earlier ones
// mean, the state is worth nothing: the stream is folded again at the end.
type building[S any] struct {
	folded[S]
	stream string
	refold bool
}

func newShard[S any](spec *Spec[S]) *shard[S] {
	s := &shard[S]{
		spec: spec, states: map[string]*building[S]{},
		next: newChunk(), in: make(chan chunk, chunksAhead), free: make(chan chunk, chunksAhead), done: make(chan struct{}),
	}
	go s.run()
	return s
}

func (s *shard[S]) run() {
	defer close(s.done)
	for c := range s.in {
		err := guarded(func() error {
			for _, rec := range c.records {
				if err := s.fold(rec); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			s.err = err
			return
		}
		clear(c.records) // let go of the names
		c.records, c.bytes = c.records[:0], c.bytes[:0]
		select {
		case s.free <- c:
		default:
		}
	}
}

func (s *shard[S]) fold(rec eventlog.Record) error {
	f := s.states[rec.Stream]
	if f == nil {
		f = &building[S]{stream: strings.Clone(rec.Stream)}
		s.states[f.stream] = f
		s.order = append(s.order, f)
	}
	f.version = rec.Version
	if f.refold = f.refold || s.spec.revises(rec); f.refold {
		return nil
	}
	if err := s.spec.Fold(&f.state, rec, false); err != nil {
		return poisoned(s.spec.Name, rec, err)
	}
	return nil
}

// take hands a record over. It reports false once the shard has failed.
func (s *shard[S]) take(rec eventlog.Record) bool {
	if !s.next.fits(rec) && !s.flush() {
		return false
	}
	s.next.add(rec)
	return true
}

func (s *shard[S]) flush() bool {
	select {
	case s.in <- s.next:
	case <-s.done:
		return false
	}
	select {
	case s.next = <-s.free:
	default:
		s.next = newChunk()
	}
	return true
}

// finish waits until everything handed over is folded.
func (s *shard[S]) finish() error {
	s.flush()
	close(s.in)
	<-s.done
	return s.err
}
