package pglog

import (
	"encoding/binary"
	"time"

	"shouwang/eventlog"
)

// The rows of COPY … BINARY, encoded by the appending goroutine. The three
// numbers that only the writer knows stand first, at fixed places, and are
// filled in (again, after each conflict of positions) when the batch is made.
const (
	copySQL = `copy record.events (pos, version, recorded_at, id, stream, type, data, meta) from stdin binary`

	columns    = 8
	posAt      = 2 + 4 // after the number of columns and the column's length
	versionAt  = posAt + 8 + 4
	recordedAt = versionAt + 8 + 4
	fixedPart  = recordedAt + 8
	perRow     = fixedPart + 4 + 16 + 4*4 // id, and the lengths of the four others
)

var (
	copyHeader  = append([]byte("PGCOPY\n\xff\r\n\x00"), 0, 0, 0, 0, 0, 0, 0, 0)
	copyTrailer = []byte{0xff, 0xff}
)

// rows are encoded rows, one after another; starts are their beginnings.
type rows struct {
	bytes  []byte
	starts []int32
}

func encodeRows(stream string, events []eventlog.Event) rows {
	size := 0
	for _, e := range events {
		size += perRow + len(stream) + len(e.Type) + len(e.Data) + len(e.Meta)
	}
	r := rows{bytes: make([]byte, 0, size), starts: make([]int32, 0, len(events))}
	for _, e := range events {
		r.add(stream, e)
	}
	return r
}

func (r *rows) add(stream string, e eventlog.Event) {
	r.starts = append(r.starts, int32(len(r.bytes)))
	b := binary.BigEndian.AppendUint16(r.bytes, columns)
	for range 3 {
		b = binary.BigEndian.AppendUint32(b, 8)
		b = binary.BigEndian.AppendUint64(b, 0)
	}
	b = binary.BigEndian.AppendUint32(b, uint32(len(e.ID)))
	b = append(b, e.ID[:]...)
	b = appendField(b, stream)
	b = appendField(b, e.Type)
	b = appendField(b, e.Data)
	r.bytes = appendField(b, e.Meta)
}

func appendField[T string | []byte](b []byte, field T) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(field))), field...)
}

// fill puts the three numbers into the i-th row.
func (r rows) fill(i int, pos, version, at int64) {
	b := r.bytes[r.starts[i]:][:fixedPart]
	binary.BigEndian.PutUint64(b[posAt:], uint64(pos))
	binary.BigEndian.PutUint64(b[versionAt:], uint64(version))
	binary.BigEndian.PutUint64(b[recordedAt:], uint64(at))
}

// id returns the id in the i-th row.
func (r rows) id(i int) eventlog.ID {
	return eventlog.ID(r.bytes[int(r.starts[i])+fixedPart+4:][:16])
}

// pieces are what a COPY consists of: its header, rows, and its trailer.
type pieces [][]byte

// epoch is where Postgres counts microseconds from.
const epoch = 946_684_800_000_000

func toMicros(t time.Time) int64   { return t.UnixMicro() - epoch }
func fromMicros(m int64) time.Time { return time.UnixMicro(m + epoch).UTC() }
