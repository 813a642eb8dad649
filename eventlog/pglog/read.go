package pglog

import (
	"context"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"

	"github.com/jackc/pgx/v5"

	"shouwang/eventlog"
)

const (
	// firstPage and pageOfLog are how many records of the log one query reads.
	// Beyond 5,000 nothing is gained. A follower at the end finds a few records
	// and a reader may stop at the first, so the first page is small.
	firstPage = 256
	pageOfLog = 5000
	// pageOfStream is how many records of a stream are held in memory; nearly
	// every stream is shorter.
	pageOfStream = 128
)

// ErrDamaged says that the record has a gap, which no writer leaves: rows have
// been taken out behind the log's back.
var ErrDamaged = errors.New("pglog: the record has a gap")

//go:embed sql/stream.sql
var streamSQL string

// ReadStream implements eventlog.Log.
func (l *Log) ReadStream(ctx context.Context, stream string, after eventlog.Version) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		for after = max(after, eventlog.NoStream); ; {
			page, err := l.streamPage(ctx, stream, after)
			for _, r := range page {
				if !yield(r, nil) {
					return
				}
				after = r.Version
			}
			if err != nil {
				yield(eventlog.Record{}, fmt.Errorf("read %s: %w", stream, err))
				return
			}
			if len(page) < pageOfStream {
				return
			}
		}
	}
}

// streamPage reads a page whole, so that no connection is held while the caller
// looks at it.
func (l *Log) streamPage(ctx context.Context, stream string, after eventlog.Version) ([]eventlog.Record, error) {
	if err := l.usable(ctx); err != nil {
		return nil, err
	}
	both, cancel := l.either(ctx)
	defer cancel()
	var page []eventlog.Record
	err := l.conns.briefly(both, func(conn *pgx.Conn) error {
		page = page[:0]
		found, err := conn.Query(both, streamSQL, stream, int64(after), pageOfStream)
		if err != nil {
			return err
		}
		defer found.Close()
		for found.Next() {
			raw := found.RawValues()
			r := eventlog.Record{Stream: stream}
			fixedColumns(&r, raw)
			r.Type = string(raw[3])
			r.ID = eventlog.ID(raw[4])
			r.Data, r.Meta = raw[5], raw[6]
			page = append(page, r.Clone())
		}
		return found.Err()
	})
	if err = l.because(ctx, err); err != nil {
		return nil, err
	}
	return page, nil
}

// fixedColumns reads pos, version and recorded_at.
func fixedColumns(r *eventlog.Record, raw [][]byte) {
	r.Position = eventlog.Position{Commit: binary.BigEndian.Uint64(raw[0])}
	r.Version = eventlog.Version(binary.BigEndian.Uint64(raw[1]))
	r.RecordedAt = fromMicros(int64(binary.BigEndian.Uint64(raw[2])))
}

// ReadAll implements eventlog.Log.
func (l *Log) ReadAll(ctx context.Context, after eventlog.Position, fields eventlog.Fields) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		if after.Commit > math.MaxInt64 {
			return
		}
		both, cancel := l.either(ctx)
		defer cancel()
		p := pager{log: l, query: logQuery(fields), fields: fields, last: int64(after.Commit), types: map[string]string{}}
		for limit := firstPage; ; limit = pageOfLog {
			if fields&eventlog.AsFarAsHeard != 0 {
				if !p.passing(yield) {
					return
				}
				if heard, _ := l.bell.reaches(); heard <= p.last {
					return
				}
			}
			n, more, err := p.page(both, limit, yield)
			if err = l.because(ctx, err); err != nil && more {
				yield(eventlog.Record{}, fmt.Errorf("read the log: %w", err))
				return
			}
			if !more || n < limit {
				return
			}
		}
	}
}

// logQuery reads a page in the order of positions.
func logQuery(fields eventlog.Fields) string {
	return "select " + logColumns(fields) + " from record.events where pos > $1 order by pos limit $2"
}

// logColumns are no more than what is wanted: metadata nobody reads costs a
// third of a rebuild's reading.
func logColumns(fields eventlog.Fields) string {
	columns := "pos, version, recorded_at, stream, type"
	if fields&eventlog.WithData != 0 {
		columns += ", data"
	}
	if fields&eventlog.WithMeta != 0 {
		columns += ", meta"
	}
	if fields&eventlog.WithID != 0 {
		columns += ", id"
	}
	return columns
}

// pager reads the log page by page: a page is short enough not to hold back
// the server's housekeeping with a long snapshot.
type pager struct {
	log    *Log
	query  string
	fields eventlog.Fields
	last   int64
	types  map[string]string
}

// passing yields what this process has just written. more is false once the
// reader has stopped.
func (p *pager) passing(yield func(eventlog.Record, error) bool) (more bool) {
	for _, a := range p.log.latest.after(p.last) {
		for i := int(p.last + 1 - a.first); i < len(a.rows.starts); i++ {
			p.last++
			if !yield(a.record(i, p.fields), nil) {
				return false
			}
		}
	}
	return true
}

// page yields one page. more is false once the reader has stopped.
func (p *pager) page(ctx context.Context, limit int, yield func(eventlog.Record, error) bool) (n int, more bool, err error) {
	return p.log.page(ctx, func(conn *pgx.Conn) (int, bool, error) { return p.pageOn(ctx, conn, limit, yield) })
}

// page reads one page on a connection; if a kept one turns out to be broken
// before the first record, on a new one.
func (l *Log) page(ctx context.Context, read func(*pgx.Conn) (n int, more bool, err error)) (n int, more bool, err error) {
	if err := l.usable(ctx); err != nil {
		return 0, true, err
	}
	for {
		conn, fresh, err := l.conns.get(ctx)
		if err != nil {
			return 0, true, err
		}
		n, more, err = read(conn)
		broken := conn.IsClosed()
		l.conns.put(conn)
		if err == nil || !more || fresh || n > 0 || !broken || ctx.Err() != nil {
			return n, more, err
		}
	}
}

func (p *pager) pageOn(ctx context.Context, conn *pgx.Conn, limit int, yield func(eventlog.Record, error) bool) (n int, more bool, err error) {
	found, err := conn.Query(ctx, p.query, p.last, limit)
	if err != nil {
		return 0, true, err
	}
	defer found.Close()
	var r eventlog.Record
	for found.Next() {
		raw := found.RawValues()
		p.record(&r, string(raw[3]), raw)
		if int64(r.Commit) != p.last+1 {
			return n, true, ErrDamaged
		}
		p.last, n = int64(r.Commit), n+1
		if !yield(r, nil) {
			return n, false, nil
		}
	}
	return n, true, found.Err()
}

// record reads one row; its bytes are the connection's and last until the next.
func (p *pager) record(r *eventlog.Record, stream string, raw [][]byte) {
	fixedColumns(r, raw)
	r.Stream = stream
	r.Type = p.typeName(raw[4])
	raw = raw[5:]
	if p.fields&eventlog.WithData != 0 {
		r.Data, raw = raw[0], raw[1:]
	}
	if p.fields&eventlog.WithMeta != 0 {
		r.Meta, raw = raw[0], raw[1:]
	}
	if p.fields&eventlog.WithID != 0 {
		r.ID = eventlog.ID(raw[0])
	}
}

// typeName keeps one string for each of the few types.
func (p *pager) typeName(raw []byte) string {
	name, ok := p.types[string(raw)]
	if !ok {
		name = string(raw)
		p.types[name] = name
	}
	return name
}
