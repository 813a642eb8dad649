package projections

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"shouwang/domain/calendar"
)

// Rows collects the rows of one stream for one table, in Postgres's binary COPY
// format. Row begins a row; then every column after the first (the stream) is
// written once, in the table's order, by the method for its type.
type Rows struct {
	stream  string
	columns int // of each row, the stream included

	buf  []byte
	left int // columns still missing in the row under way
	err  error
}

// Row begins a row.
func (w *Rows) Row() {
	w.finish()
	w.left = w.columns
	w.buf = binary.BigEndian.AppendUint16(w.buf, uint16(w.columns))
	w.Text(w.stream)
}

// finish notes an error if the row under way lacks a column or has one too many.
func (w *Rows) finish() {
	if w.left != 0 && w.err == nil {
		w.err = fmt.Errorf("a row of %s has %d columns instead of %d", w.stream, w.columns-w.left, w.columns)
	}
}

func (w *Rows) reset(stream string, columns int) {
	w.stream, w.columns, w.buf, w.left = stream, columns, w.buf[:0], 0
}

// Null writes a column that holds nothing.
func (w *Rows) Null() {
	w.left--
	w.buf = append(w.buf, 0xff, 0xff, 0xff, 0xff)
}

func (w *Rows) size(n int) {
	w.left--
	w.buf = binary.BigEndian.AppendUint32(w.buf, uint32(n))
}

// Text writes a text. What Postgres cannot hold (a zero byte, a broken
// character) is shown as U+FFFD: the record keeps the original.
func (w *Rows) Text(s string) {
	s = storable(s)
	w.size(len(s))
	w.buf = append(w.buf, s...)
}

func storable(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// TextOrNull writes a text, or null for none.
func (w *Rows) TextOrNull(s string) {
	if s == "" {
		w.Null()
		return
	}
	w.Text(s)
}

// Bool writes a boolean.
func (w *Rows) Bool(b bool) {
	w.size(1)
	if b {
		w.buf = append(w.buf, 1)
	} else {
		w.buf = append(w.buf, 0)
	}
}

// Int2 writes a smallint.
func (w *Rows) Int2(n int16) {
	w.size(2)
	w.buf = binary.BigEndian.AppendUint16(w.buf, uint16(n))
}

// Int4 writes an integer.
func (w *Rows) Int4(n int32) {
	w.size(4)
	w.buf = binary.BigEndian.AppendUint32(w.buf, uint32(n))
}

// Int8 writes a bigint.
func (w *Rows) Int8(n int64) {
	w.size(8)
	w.buf = binary.BigEndian.AppendUint64(w.buf, uint64(n))
}

// Bytes writes a bytea.
func (w *Rows) Bytes(b []byte) {
	w.size(len(b))
	w.buf = append(w.buf, b...)
}

// UUID writes a uuid.
func (w *Rows) UUID(id [16]byte) { w.Bytes(id[:]) }

// Day writes a date, or null for no day. Postgres counts days from 2000-01-01.
func (w *Rows) Day(d calendar.Day) {
	if d.IsZero() {
		w.Null()
		return
	}
	w.Int4(int32(d - epochDay))
}

// Instant writes a timestamptz, or null for the zero time. Postgres counts
// microseconds from 2000-01-01 00:00 UTC.
func (w *Rows) Instant(t time.Time) {
	if t.IsZero() {
		w.Null()
		return
	}
	w.Int8(t.UnixMicro() - epochMicros)
}

const (
	epochDay    calendar.Day = 730120
	epochMicros              = 946684800 * 1_000_000
)

// Types of the elements of arrays.
const (
	textOID = 25
	int8OID = 20
)

// array writes the head of an array without nulls, and returns where its length
// is to go.
func (w *Rows) array(n int, element uint32) (start int) {
	start = len(w.buf)
	w.size(0)
	dimensions := uint32(min(n, 1))
	w.buf = binary.BigEndian.AppendUint32(w.buf, dimensions)
	w.buf = binary.BigEndian.AppendUint32(w.buf, 0) // no nulls
	w.buf = binary.BigEndian.AppendUint32(w.buf, element)
	if dimensions == 1 {
		w.buf = binary.BigEndian.AppendUint32(w.buf, uint32(n))
		w.buf = binary.BigEndian.AppendUint32(w.buf, 1) // first index
	}
	return start
}

func (w *Rows) arrayEnds(start int) {
	binary.BigEndian.PutUint32(w.buf[start:], uint32(len(w.buf)-start-4))
}

// Texts writes a text[].
func (w *Rows) Texts(texts []string) {
	start := w.array(len(texts), textOID)
	for _, s := range texts {
		s = storable(s)
		w.buf = binary.BigEndian.AppendUint32(w.buf, uint32(len(s)))
		w.buf = append(w.buf, s...)
	}
	w.arrayEnds(start)
}

// Int8s writes a bigint[].
func (w *Rows) Int8s(numbers []int64) {
	start := w.array(len(numbers), int8OID)
	for _, n := range numbers {
		w.buf = binary.BigEndian.AppendUint32(w.buf, 8)
		w.buf = binary.BigEndian.AppendUint64(w.buf, uint64(n))
	}
	w.arrayEnds(start)
}
