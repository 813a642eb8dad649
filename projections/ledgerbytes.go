package projections

import (
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// A page of the ledger is some 1,700 values. Scanning them one by one through
// the driver's plans costs several times what Postgres needs to find them, so
// a row is read from its bytes, in the order of ledgerColumns.

// postgresEpoch is the day from which Postgres counts dates.
var postgresEpoch = calendar.Date(2000, 1, 1)

// rowBytes reads a row's columns one after the other.
type rowBytes struct {
	raw  [][]byte
	next int
	// text holds the bytes of all columns once, at the same places: what a row
	// says in words is a part of it.
	text string
	at   int
	err  error
}

func newRowBytes(row pgx.CollectableRow) (*rowBytes, error) {
	r := &rowBytes{raw: row.RawValues()}
	size := 0
	for i, f := range row.FieldDescriptions() {
		if f.Format != pgx.BinaryFormatCode && !written(f.DataTypeOID) {
			return nil, fmt.Errorf("column %s does not come in binary", f.Name)
		}
		size += len(r.raw[i])
	}
	var all strings.Builder
	all.Grow(size)
	for _, b := range r.raw {
		all.Write(b)
	}
	r.text = all.String()
	return r, nil
}

// written says whether a type's text and binary forms are the same bytes.
func written(oid uint32) bool { return oid == 25 || oid == 1043 } // text, varchar

// column returns the next column's bytes, and the same bytes as text.
func (r *rowBytes) column(size int) ([]byte, string) {
	b := r.raw[r.next]
	text := r.text[r.at : r.at+len(b)]
	r.at += len(b)
	if size >= 0 && len(b) != size && b != nil && r.err == nil {
		r.err = fmt.Errorf("column %d of the ledger has %d bytes, not %d", r.next+1, len(b), size)
	}
	r.next++
	return b, text
}

func (r *rowBytes) words() string {
	_, text := r.column(-1)
	return text
}

func (r *rowBytes) small() int {
	if b, _ := r.column(2); len(b) == 2 {
		return int(int16(binary.BigEndian.Uint16(b)))
	}
	return 0
}

func (r *rowBytes) big() (n int64, null bool) {
	if b, _ := r.column(8); len(b) == 8 {
		return int64(binary.BigEndian.Uint64(b)), false
	}
	return 0, true
}

func (r *rowBytes) yes() bool {
	b, _ := r.column(1)
	return len(b) == 1 && b[0] != 0
}

// day reads a date; null is no day.
func (r *rowBytes) day() calendar.Day {
	if b, _ := r.column(4); len(b) == 4 {
		return postgresEpoch + calendar.Day(int32(binary.BigEndian.Uint32(b)))
	}
	return 0
}

// list reads a one-dimensional array of texts without nulls.
func (r *rowBytes) list() []string {
	b, text := r.column(-1)
	if len(b) < 12 {
		r.err = fmt.Errorf("column %d of the ledger is no array", r.next)
		return nil
	}
	values := []string{}
	if binary.BigEndian.Uint32(b) == 0 { // no dimension: empty
		return values
	}
	for at := 20; at+4 <= len(b); {
		n := int(binary.BigEndian.Uint32(b[at:]))
		if at += 4; n < 0 || at+n > len(b) {
			r.err = fmt.Errorf("column %d of the ledger breaks off", r.next)
			return nil
		}
		values = append(values, text[at:at+n])
		at += n
	}
	return values
}

func readHousehold(row pgx.CollectableRow) (Household, error) {
	r, err := newRowBytes(row)
	if err != nil {
		return Household{}, err
	}
	h := Household{ID: subject(r.words())}
	h.Version, _ = r.big()
	h.place, h.FileNo, h.Region, h.Group, h.NationalNo = r.words(), r.words(), r.words(), r.words(), r.words()
	h.Unconfirmed, h.Head = r.yes(), r.words()
	h.Kind, h.Class, h.Stage = code.Kind(r.words()), code.Class(r.words()), r.words()
	h.Episode, h.Risks, h.Persons, h.PersonsIncluded, h.NoLabour = r.small(), r.list(), r.small(), r.small(), r.yes()
	h.Included, h.Eliminated, h.Announced, h.Marked, h.Closed, h.Fell, h.GreenOwed = r.day(), r.day(), r.day(), r.day(), r.day(), r.day(), r.day()
	h.Monitoring, h.Assistance = r.person(), r.person()
	h.Measures, h.IncomeYear = r.small(), r.small()
	if fen, null := r.big(); !null {
		income := code.Fen(fen)
		h.Income = &income
	}
	h.Visits, h.LastVisit, h.Flags, h.RedSince, h.RedGrounds = r.small(), r.day(), r.small(), r.day(), r.list()
	return h, r.err
}

// person reads an id and a name; no id is nobody.
func (r *rowBytes) person() *LedgerPerson {
	p := LedgerPerson{Person: r.words(), Name: r.words()}
	if p.Person == "" {
		return nil
	}
	return &p
}
