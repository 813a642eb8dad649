package pglog

import (
	"encoding/binary"
	"sync"

	"shouwang/eventlog"
)

const (
	// latestBytes and latestAppends bound what is kept of the end of the log:
	// several seconds of a busy county, so that followers who keep up find there
	// what they are behind.
	latestBytes   = 4 << 20
	latestAppends = 4096
)

// latest keeps the end of the log as this process wrote it, so that its own
// followers need not ask the server for what just passed through. Only what is
// committed comes in, and only without a gap: where another process has written
// in between, it begins anew.
type latest struct {
	mu    sync.Mutex
	end   int64 // position of the last record kept
	kept  []passed
	bytes int
}

// passed is one append as it was sent to the server.
type passed struct {
	stream string
	rows   rows
	first  int64 // position of its first event
	before int64 // version of the stream before it
	at     int64
}

func (p *passed) last() int64 { return p.first + int64(len(p.rows.starts)) - 1 }

// put takes in the appends of one transaction, in order.
func (t *latest) put(appends []passed) {
	if len(appends) == 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if appends[0].first != t.end+1 {
		t.kept, t.bytes = nil, 0
	}
	for _, p := range appends {
		t.bytes += len(p.rows.bytes)
	}
	t.kept, t.end = append(t.kept, appends...), appends[len(appends)-1].last()
	drop := 0
	for t.bytes > latestBytes || len(t.kept)-drop > latestAppends {
		t.bytes -= len(t.kept[drop].rows.bytes)
		drop++
	}
	t.kept = t.kept[drop:]
}

// after returns the appends that hold the records after a position, or nothing
// if the first of them is not kept.
func (t *latest) after(pos int64) []passed {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.kept) == 0 || pos+1 < t.kept[0].first || pos >= t.end {
		return nil
	}
	// Followers are near the end.
	n := len(t.kept) - 1
	for t.kept[n].first > pos+1 {
		n--
	}
	return t.kept[n:len(t.kept):len(t.kept)]
}

// record reads the i-th event of an append out of its row.
func (p *passed) record(i int, fields eventlog.Fields) eventlog.Record {
	r := eventlog.Record{
		Stream:     p.stream,
		Version:    eventlog.Version(p.before + int64(i) + 1),
		Position:   eventlog.Position{Commit: uint64(p.first + int64(i))},
		RecordedAt: fromMicros(p.at),
	}
	row := p.rows.bytes[p.rows.starts[i]+fixedPart:]
	field := func() (f []byte) {
		n := 4 + binary.BigEndian.Uint32(row)
		f, row = row[4:n:n], row[n:]
		return f
	}
	id := field()
	if fields&eventlog.WithID != 0 {
		r.ID = eventlog.ID(id)
	}
	_ = field() // the stream
	r.Type = string(field())
	data := field()
	if fields&eventlog.WithData != 0 {
		r.Data = data
	}
	if fields&eventlog.WithMeta != 0 {
		r.Meta = field()
	}
	return r
}
