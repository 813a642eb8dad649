package kurrentlog

import (
	"context"
	"fmt"
	"hash/maphash"
	"iter"

	"shouwang/eventlog"
)

// sortedBytes bounds what ReadStreams holds in memory: the whole record of a
// county, a share of a prefecture's.
const sortedBytes = 256 << 20

// perRecord is what a record takes besides its bytes.
const perRecord = 300

// ReadStreams implements eventlog.Log. The server sends everything in the order
// of the log, or one stream for each request, of which a rebuild would need tens
// of thousands: so the log is read, and sorted here. What does not fit into
// memory at once is sorted in several passes, a share of the streams in each.
func (l *Log) ReadStreams(ctx context.Context, through eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		s := newSorting(sortedBytes)
		for ; s.share < s.of; s.share++ {
			s.begin()
			for r, err := range l.ReadAll(ctx, eventlog.Position{}, fields) {
				if err != nil {
					yield(eventlog.Record{}, fmt.Errorf("read the log by streams: %w", err))
					return
				}
				if r.Position.Compare(through) > 0 {
					break
				}
				s.take(r)
			}
			for _, name := range s.names {
				for _, r := range s.streams[name] {
					if err := l.usable(ctx); err != nil {
						yield(eventlog.Record{}, fmt.Errorf("read the log by streams: %w", err))
						return
					}
					if !yield(r, nil) {
						return
					}
				}
			}
		}
	}
}

// sorting is one share of the streams out of so many, a power of two, in the
// order in which they begin.
type sorting struct {
	seed      maphash.Seed
	share, of uint64
	limit     int

	streams map[string][]eventlog.Record
	names   []string
	bytes   int
}

func newSorting(limit int) *sorting {
	return &sorting{seed: maphash.MakeSeed(), of: 1, limit: limit}
}

func (s *sorting) begin() { s.streams, s.names, s.bytes = map[string][]eventlog.Record{}, nil, 0 }

func (s *sorting) mine(stream string) bool { return maphash.String(s.seed, stream)%s.of == s.share }

func weight(r eventlog.Record) int { return len(r.Data) + len(r.Meta) + perRecord }

func (s *sorting) take(r eventlog.Record) {
	if !s.mine(r.Stream) {
		return
	}
	if _, known := s.streams[r.Stream]; !known {
		s.names = append(s.names, r.Stream)
	}
	s.streams[r.Stream] = append(s.streams[r.Stream], r.Clone())
	s.bytes += weight(r)
	// Only the first share learns how many there must be; the others are about
	// as large as it came out.
	for s.share == 0 && s.bytes > s.limit && len(s.names) > 1 {
		s.halve()
	}
}

// halve leaves half of the streams to another pass.
func (s *sorting) halve() {
	s.of *= 2
	kept := s.names[:0]
	for _, name := range s.names {
		if s.mine(name) {
			kept = append(kept, name)
			continue
		}
		for _, r := range s.streams[name] {
			s.bytes -= weight(r)
		}
		delete(s.streams, name)
	}
	s.names = kept
}
