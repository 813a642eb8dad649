package projections

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/eventlog"
)

// copyHeader and copyTrailer frame the rows of a binary COPY.
const (
	copyHeader  = "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	copyTrailer = "\xff\xff"
)

// copyChunk is how much is encoded ahead of what the server has taken: twice
// the buffer that the driver sends from.
const copyChunk = 128 << 10

// copyRows sends encoded rows to a table. Each chunk holds whole rows and is
// only lent until the next one.
func copyRows(ctx context.Context, tx pgx.Tx, schema, table string, columns []string, freeze bool, rows iter.Seq2[[]byte, error]) (int64, error) {
	options := "format binary"
	if freeze {
		options += ", freeze"
	}
	sql := fmt.Sprintf("copy %s.%s (%s) from stdin (%s)", schema, table, strings.Join(columns, ", "), options)
	source := newRowSource(rows)
	tag, err := tx.Conn().PgConn().CopyFrom(ctx, source, sql)
	if failed := source.close(); failed != nil {
		err = failed
	}
	if err != nil {
		return 0, fmt.Errorf("write rows of %s: %w", table, err)
	}
	return tag.RowsAffected(), nil
}

// rowSource reads as the frame around the rows. When the connection breaks, the
// driver returns while its own goroutine may still read.
type rowSource struct {
	mu    sync.Mutex
	next  func() ([]byte, error, bool)
	stop  func()
	rest  []byte
	ended bool
	err   error
}

func newRowSource(rows iter.Seq2[[]byte, error]) *rowSource {
	next, stop := iter.Pull2(rows)
	return &rowSource{next: next, stop: stop, rest: []byte(copyHeader)}
}

func (s *rowSource) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.rest) == 0 {
		if s.ended {
			return 0, io.EOF
		}
		chunk, err, more := s.next()
		switch {
		case err != nil:
			s.err = err
			return 0, err
		case !more:
			s.rest, s.ended = []byte(copyTrailer), true
		default:
			s.rest = chunk
		}
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// close ends the reading and returns why the rows ended, if something was wrong.
// What is only lent may change afterwards.
func (s *rowSource) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop()
	s.rest, s.ended = nil, true
	return s.err
}

// Build is what a model is built into: empty tables that nobody else sees yet.
type Build struct {
	// Through is the position of the last record that counts.
	Through eventlog.Position
	// Schema holds the tables.
	Schema string

	pool   *pgxpool.Pool
	log    eventlog.Log
	report func(records int64)
}

// Stream reads one stream as it stood at Through, all fields.
func (b Build) Stream(ctx context.Context, name string) ([]eventlog.Record, error) {
	return streamUpTo(ctx, b.log, name, b.Through)
}

// copy fills one empty table, on a connection of its own. The rows are frozen
// (as if vacuumed), which only an empty table's transaction may do: index-only
// reads are fast from the first moment, and no vacuum rewrites the table later.
func (b Build) copy(ctx context.Context, table string, columns []string, rows iter.Seq2[[]byte, error]) error {
	return pgx.BeginTxFunc(ctx, b.pool, pgx.TxOptions{BeginQuery: beginDerived}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, fmt.Sprintf("truncate %s.%s", b.Schema, table)); err != nil {
			return fmt.Errorf("empty %s: %w", table, err)
		}
		_, err := copyRows(ctx, tx, b.Schema, table, columns, true, rows)
		return err
	})
}

// beginDerived begins a transaction over derived rows. It does not wait for the
// disk: if the server falls, rows and checkpoint are lost together and made
// again from the record.
const beginDerived = "begin; set local synchronous_commit to off"
