package projections

import (
	"strings"

	"shouwang/eventlog"
)

// A chunk of records goes from the reader to a shard in one piece.
const (
	chunkRecords = 512
	chunkBytes   = 1 << 20
	// chunksAhead is how far the reader may run ahead of a shard.
	chunksAhead = 4
)

// chunk is records whose bytes stand in one buffer of their own.
type chunk struct {
	records []eventlog.Record
	bytes   []byte
}

func (c *chunk) full() bool { return len(c.records) >= chunkRecords || len(c.bytes) >= chunkBytes }

// add copies a record that is only lent.
func (c *chunk) add(rec eventlog.Record) {
	if c.bytes == nil {
		c.bytes = make([]byte, 0, chunkRecords*1024)
	}
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
		in: make(chan chunk, chunksAhead), done: make(chan struct{}),
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
	if s.next.add(rec); !s.next.full() {
		return true
	}
	return s.flush()
}

func (s *shard[S]) flush() bool {
	c := s.next
	s.next = chunk{}
	select {
	case s.in <- c:
		return true
	case <-s.done:
		return false
	}
}

// finish waits until everything handed over is folded.
func (s *shard[S]) finish() error {
	s.flush()
	close(s.in)
	<-s.done
	return s.err
}
