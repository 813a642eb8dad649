package projections

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// fewRows is up to how many single rows are written by a statement each, all in
// one round trip. For so few that is cheaper than filling a temporary table with
// a COPY, merging it and emptying it again; and a batch of a follower that keeps
// up is a few rows.
const fewRows = 128

// upsert writes single rows, each in place of its stream's. They are encoded for
// COPY, whose fields are what binary parameters are.
func (t *Table[S]) upsert(ctx context.Context, b Batch, rows []byte) error {
	statement := t.upserting(b.Schema)
	// Only the first time on a connection; then the name is known.
	prepared, err := b.Tx.Conn().Prepare(ctx, statement, statement)
	if err != nil {
		return fmt.Errorf("prepare to change rows of %s: %w", t.Name, err)
	}
	var batch pgconn.Batch
	for len(rows) > 0 {
		var fields [][]byte
		fields, rows = nextRow(rows)
		batch.ExecPrepared(prepared.Name, fields, []int16{1}, nil)
	}
	if _, err := b.Tx.Conn().PgConn().ExecBatch(ctx, &batch).ReadAll(); err != nil {
		return fmt.Errorf("change rows of %s: %w", t.Name, err)
	}
	return nil
}

// upserting is the statement for one row. It is long and asked for with every
// batch, so it is made once for each schema (see Spec.Model).
func (t *Table[S]) upserting(schema string) string { return t.upserts[schema] }

func (t *Table[S]) makeUpserts(schemas ...string) {
	places := make([]string, len(t.Columns)+1)
	for i := range places {
		places[i] = fmt.Sprintf("$%d", i+1)
	}
	t.upserts = map[string]string{}
	for _, schema := range schemas {
		t.upserts[schema] = t.replacing(schema, "values ("+strings.Join(places, ", ")+")")
	}
}

// nextRow takes one row in COPY's binary format apart into its fields; nil is a
// null.
func nextRow(rows []byte) (fields [][]byte, rest []byte) {
	fields = make([][]byte, binary.BigEndian.Uint16(rows))
	rows = rows[2:]
	for i := range fields {
		size := int32(binary.BigEndian.Uint32(rows))
		rows = rows[4:]
		if size >= 0 {
			fields[i], rows = rows[:size:size], rows[size:]
		}
	}
	return fields, rows
}
