package logtest

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/uuid"

	"shouwang/eventlog"
)

// event makes an event with an id and bytes of its own.
func event(data string) eventlog.Event {
	return eventlog.Event{ID: uuid.New(), Type: "clue.recorded.v1", Data: []byte(data), Meta: []byte("meta of " + data)}
}

func events(n int) []eventlog.Event {
	es := make([]eventlog.Event, n)
	for i := range es {
		es[i] = event(fmt.Sprintf("event %d of %d", i+1, n))
	}
	return es
}

// must appends or ends the test.
func (l *log) must(stream string, expected eventlog.Version, es ...eventlog.Event) eventlog.Appended {
	l.Helper()
	at, err := l.Append(l.ctx, stream, expected, es)
	if err != nil {
		l.Fatalf("append %d events to %s at %d: %v", len(es), stream, expected, err)
	}
	if at.Version != expected+eventlog.Version(len(es)) {
		l.Fatalf("append %d events to %s at %d ended at version %d", len(es), stream, expected, at.Version)
	}
	return at
}

// stream reads one stream whole.
func (l *log) stream(name string, after eventlog.Version) []eventlog.Record {
	l.Helper()
	var rs []eventlog.Record
	for r, err := range l.ReadStream(l.ctx, name, after) {
		if err != nil {
			l.Fatalf("read %s: %v", name, err)
		}
		rs = append(rs, r)
	}
	return rs
}

// all reads the whole log and keeps it.
func (l *log) all(after eventlog.Position, fields eventlog.Fields) []eventlog.Record {
	l.Helper()
	return readAll(l.T, l.ctx, l.Log, after, fields)
}

// holds checks that a stream holds exactly these events at versions 1, 2, ….
func (l *log) holds(stream string, want ...eventlog.Event) {
	l.Helper()
	got := l.stream(stream, eventlog.NoStream)
	if len(got) != len(want) {
		l.Fatalf("%s holds %d events, want %d", stream, len(got), len(want))
	}
	for i, r := range got {
		if r.Stream != stream || r.Version != eventlog.Version(i+1) {
			l.Errorf("record %d of %s says it is version %d of %s", i+1, stream, r.Version, r.Stream)
		}
		sameEvent(l.T, r.Event, want[i])
	}
}

func sameEvent(t testing.TB, got, want eventlog.Event) {
	t.Helper()
	if got.ID != want.ID || got.Type != want.Type || !bytes.Equal(got.Data, want.Data) || !bytes.Equal(got.Meta, want.Meta) {
		t.Errorf("got event %s %s (%d + %d bytes), want %s %s (%d + %d bytes)",
			got.ID, got.Type, len(got.Data), len(got.Meta), want.ID, want.Type, len(want.Data), len(want.Meta))
	}
}

// sameRecords compares two readings of the same records.
func sameRecords(t testing.TB, got, want []eventlog.Record) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %d records, want %d", len(got), len(want))
	}
	for i := range got {
		g, w := got[i], want[i]
		if g.Stream != w.Stream || g.Version != w.Version || g.Position != w.Position || !g.RecordedAt.Equal(w.RecordedAt) {
			t.Fatalf("record %d: got %s/%d at %v, %v, want %s/%d at %v, %v", i+1,
				g.Stream, g.Version, g.Position, g.RecordedAt, w.Stream, w.Version, w.Position, w.RecordedAt)
		}
		sameEvent(t, g.Event, w.Event)
	}
}
