package pglog

import (
	"context"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

// ReadStreams implements eventlog.Log. It walks the index on stream and version,
// page by page, and at the end has seen every position once or says that some
// are missing.
func (l *Log) ReadStreams(ctx context.Context, through eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		both, cancel := l.either(ctx)
		defer cancel()
		s := streamPager{through: through, pager: pager{log: l, fields: fields, types: map[string]string{},
			query: "select " + logColumns(fields) + " from record.events where (stream, version) > ($1, $2) and pos <= $3 order by stream, version limit $4"}}
		var seen uint64
		for {
			n, more, err := s.page(both, yield)
			seen += uint64(n)
			if !more {
				return
			}
			if err == nil && n < pageOfLog && seen != through.Commit {
				err = ErrDamaged
			}
			if err = l.because(ctx, err); err != nil {
				yield(eventlog.Record{}, fmt.Errorf("read the log by streams: %w", err))
				return
			}
			if n < pageOfLog {
				return
			}
		}
	}
}

// streamPager reads stream by stream, from the record it read last.
type streamPager struct {
	pager
	through eventlog.Position
	stream  string
	version eventlog.Version
}

// page yields one page. more is false once the reader has stopped.
func (s *streamPager) page(ctx context.Context, yield func(eventlog.Record, error) bool) (n int, more bool, err error) {
	return s.log.page(ctx, func(conn *pgx.Conn) (n int, more bool, err error) {
		found, err := conn.Query(ctx, s.query, s.stream, int64(s.version), int64(s.through.Commit), pageOfLog)
		if err != nil {
			return 0, true, err
		}
		defer found.Close()
		var r eventlog.Record
		for found.Next() {
			raw := found.RawValues()
			if string(raw[3]) != s.stream {
				s.stream, s.version = string(raw[3]), eventlog.NoStream
			}
			s.record(&r, s.stream, raw)
			if r.Version != s.version+1 {
				return n, true, ErrDamaged
			}
			s.version, n = r.Version, n+1
			if !yield(r, nil) {
				return n, false, nil
			}
		}
		return n, true, found.Err()
	})
}
