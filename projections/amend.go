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
	whole   [][]byte // the rows themselves, in case they are too few
}

// changedColumns are those in which two rows of a table differ, a bit for each
// field; a table has fewer than 512.
type changedColumns [64]byte

// amend notes a row that stands and what it is to be, which is kept.
func (c *tableChange) amend(before, row []byte) {
	key := differing(before, row)
	a := c.alike[key]
	if a == nil {
		a = newAmendment(key)
		if c.alike == nil {
			c.alike = map[changedColumns]*amendment{}
		}
		c.alike[key] = a
	}
	a.n++
	a.whole = append(a.whole, row)
	is := row[2:]
	for field, at := 0, 0; at < len(a.values); field++ {
		n := fieldLength(is)
		if field == 0 || field == a.columns[at-1]+1 {
			a.values[at] = append(a.values[at], is[:n]...)
			a.nulls[at] = a.nulls[at] || n == 4 && is[0] == 0xff
			at++
		}
		is = is[n:]
	}
}

// differing compares two rows field by field.
func differing(before, row []byte) (key changedColumns) {
	was, is := before[2:], row[2:]
	for field := 0; len(is) > 0; field++ {
		n, m := fieldLength(was), fieldLength(is)
		if !bytes.Equal(was[:n], is[:m]) {
			key[field/8] |= 1 << (field % 8)
		}
		was, is = was[n:], is[m:]
	}
	return key
}

// fieldLength is that of a row's next field with its length in front.
func fieldLength(row []byte) int {
	return 4 + max(0, int(int32(binary.BigEndian.Uint32(row))))
}

func newAmendment(key changedColumns) *amendment {
	a := new(amendment)
	for field := range 8 * len(key) {
		if key[field/8]&(1<<(field%8)) != 0 {
			a.columns = append(a.columns, field-1)
		}
	}
	a.values, a.nulls = make([][]byte, len(a.columns)+1), make([]bool, len(a.columns)+1)
	return a
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
	for _, key := range slices.SortedFunc(maps.Keys(c.alike), func(a, b changedColumns) int { return bytes.Compare(a[:], b[:]) }) {
		a := c.alike[key]
		if !known || !a.settable(of) {
			c.fresh = append(c.fresh, bytes.Join(a.whole, nil)...)
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
