package projections

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// fewAlike is from how many rows on that change in the same columns these are
// set by one statement: a visit, entered by many at once, changes three columns
// of the register. Writing a row whole costs the server four times as much.
const fewAlike = 3

// amendment is rows of a Single table that change in the same columns.
type amendment struct {
	columns []int    // indexes into Table.Columns
	values  [][]byte // of the stream and of each column: the elements of an array
	nulls   []bool   // which of values hold a null
	n       int
	whole   []byte // the rows themselves, in case they are too few
}

// amend notes a row that stands and what it is to be.
func (c *tableChange) amend(before, row []byte) {
	was, _ := nextRow(before)
	is, _ := nextRow(row)
	var changed []int
	var key [64]byte
	for i := range is {
		if i > 0 && (string(was[i]) != string(is[i]) || (was[i] == nil) != (is[i] == nil)) {
			changed = append(changed, i-1)
			key[i/8] |= 1 << (i % 8)
		}
	}
	a := c.alike[key]
	if a == nil {
		a = &amendment{columns: changed, values: make([][]byte, len(changed)+1), nulls: make([]bool, len(changed)+1)}
		if c.alike == nil {
			c.alike = map[[64]byte]*amendment{}
		}
		c.alike[key] = a
	}
	a.n++
	a.whole = append(a.whole, row...)
	a.add(0, is[0])
	for i, column := range changed {
		a.add(i+1, is[column+1])
	}
}

func (a *amendment) add(i int, value []byte) {
	if value == nil {
		a.nulls[i] = true
		a.values[i] = append(a.values[i], 0xff, 0xff, 0xff, 0xff)
		return
	}
	a.values[i] = append(binary.BigEndian.AppendUint32(a.values[i], uint32(len(value))), value...)
}

// types are the names and numbers of the types of a table's columns.
type types struct {
	names []string
	oids  []uint32
}

// typesOf looks up what a statement's parameters are, which stand for the
// columns in their order.
func typesOf(m *pgtype.Map, oids []uint32) (t types, ok bool) {
	t = types{names: make([]string, len(oids)), oids: oids}
	for i, oid := range oids {
		typ, known := m.TypeForOID(oid)
		if !known {
			return t, false
		}
		t.names[i] = typ.Name
	}
	return t, true
}

// settable says whether the rows can be set by one statement: enough of them,
// and no column of arrays, which unnest would take apart.
func (a *amendment) settable(t types) bool {
	if a.n < fewAlike {
		return false
	}
	for _, column := range a.columns {
		if strings.HasPrefix(t.names[column+1], "_") {
			return false
		}
	}
	return true
}

// amend sets the columns that change, where enough rows change in the same ones;
// the other rows are written whole.
func (t *Table[S]) amend(ctx context.Context, b Batch, c *tableChange) error {
	if len(c.alike) == 0 {
		return nil
	}
	conn := b.Tx.Conn()
	whole, err := conn.Prepare(ctx, t.upserting(b.Schema), t.upserting(b.Schema))
	if err != nil {
		return fmt.Errorf("prepare to change rows of %s: %w", t.Name, err)
	}
	of, known := typesOf(conn.TypeMap(), whole.ParamOIDs)
	var batch pgconn.Batch
	queued := false
	for _, key := range slices.SortedFunc(maps.Keys(c.alike), func(a, b [64]byte) int { return bytes.Compare(a[:], b[:]) }) {
		a := c.alike[key]
		if !known || !a.settable(of) {
			c.fresh = append(c.fresh, a.whole...)
			c.coming += a.n
			continue
		}
		statement := t.setting(b.Schema, a, of)
		setting, err := conn.Prepare(ctx, statement, statement)
		if err != nil {
			return fmt.Errorf("prepare to change rows of %s: %w", t.Name, err)
		}
		a.queue(&batch, setting.Name, of)
		queued = true
	}
	if !queued {
		return nil
	}
	if _, err := conn.PgConn().ExecBatch(ctx, &batch).ReadAll(); err != nil {
		return fmt.Errorf("change rows of %s: %w", t.Name, err)
	}
	return nil
}

// setting is the statement for an amendment.
func (t *Table[S]) setting(schema string, a *amendment, of types) string {
	arrays := []string{"$1::" + of.names[0] + "[]"}
	names := []string{"stream"}
	set := make([]string, len(a.columns))
	for i, column := range a.columns {
		name := t.Columns[column]
		arrays = append(arrays, fmt.Sprintf("$%d::%s[]", i+2, of.names[column+1]))
		names = append(names, name)
		set[i] = name + " = n." + name
	}
	return fmt.Sprintf("update %s.%s t set %s from unnest(%s) n (%s) where t.stream = n.stream",
		schema, t.Name, strings.Join(set, ", "), strings.Join(arrays, ", "), strings.Join(names, ", "))
}

// queue adds the statement with its arrays, in Postgres's binary format.
func (a *amendment) queue(batch *pgconn.Batch, statement string, of types) {
	params := make([][]byte, len(a.values))
	for i, values := range a.values {
		element := of.oids[0]
		if i > 0 {
			element = of.oids[a.columns[i-1]+1]
		}
		p := make([]byte, 0, 20+len(values))
		p = binary.BigEndian.AppendUint32(p, 1) // dimensions
		if a.nulls[i] {
			p = binary.BigEndian.AppendUint32(p, 1)
		} else {
			p = binary.BigEndian.AppendUint32(p, 0)
		}
		p = binary.BigEndian.AppendUint32(p, element)
		p = binary.BigEndian.AppendUint32(p, uint32(a.n))
		p = binary.BigEndian.AppendUint32(p, 1) // first index
		params[i] = append(p, values...)
	}
	batch.ExecPrepared(statement, params, []int16{1}, nil)
}
