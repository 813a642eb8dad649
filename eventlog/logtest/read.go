package logtest

import (
	"context"
	"fmt"
	"iter"
	"math"
	"testing"

	"shouwang/eventlog"
)

var readTests = []test{
	{"a stream after a version", func(l *log) {
		want := events(7)
		l.must("household-a", 0, want...)
		for after := range eventlog.Version(9) {
			got := l.stream("household-a", after)
			if len(got) != max(0, 7-int(after)) {
				l.Errorf("%d records after version %d", len(got), after)
			}
			for i, r := range got {
				if r.Version != after+eventlog.Version(i)+1 {
					l.Errorf("record %d after %d is version %d", i, after, r.Version)
				}
				sameEvent(l.T, r.Event, want[r.Version-1])
			}
		}
		if n := len(l.stream("household-a", math.MaxInt64)); n != 0 {
			l.Errorf("%d records after the greatest version", n)
		}
	}},
	{"a stream that holds nothing", func(l *log) {
		l.must("household-a", 0, event("only"))
		for _, name := range []string{"household-", "household-A", "household-aa", "HOUSEHOLD-a", "", "nobody"} {
			if got := l.stream(name, 0); len(got) != 0 {
				l.Errorf("%q holds %d records", name, len(got))
			}
		}
	}},
	{"a long stream, and records that belong to the reader", func(l *log) {
		var want []eventlog.Event
		for range 5 {
			es := events(eventlog.MaxEvents)
			l.must("household-long", eventlog.Version(len(want)), es...)
			want = append(want, es...)
		}
		l.holds("household-long", want...)
	}},
	{"the log in order, from any position", func(l *log) {
		for i := range eventlog.Version(5) {
			l.must("household-a", 3*i, events(3)...)
			l.must("household-b", i, events(1)...)
		}
		all := l.all(eventlog.Position{}, eventlog.Everything)
		if len(all) != 20 {
			l.Fatalf("%d records, want 20", len(all))
		}
		for i, r := range all {
			if i > 0 && r.Position.Compare(all[i-1].Position) <= 0 {
				l.Errorf("record %d stands at %v after %v", i+1, r.Position, all[i-1].Position)
			}
			sameRecords(l.T, l.all(r.Position, eventlog.Everything), all[i+1:])
		}
		if end, err := l.End(l.ctx); err != nil || end != all[19].Position {
			l.Errorf("the end is %v (%v), want %v", end, err, all[19].Position)
		}
	}},
	{"an empty log", func(l *log) {
		if n := len(l.all(eventlog.Position{}, eventlog.Everything)); n != 0 {
			l.Errorf("%d records", n)
		}
		if end, err := l.End(l.ctx); err != nil || end != (eventlog.Position{}) {
			l.Errorf("the end is %v (%v)", end, err)
		}
	}},
	{"only the fields asked for", func(l *log) {
		e := event("fields")
		l.must("household-a", 0, e)
		for fields := range eventlog.Everything + 1 {
			r := l.all(eventlog.Position{}, fields)[0]
			if r.Stream != "household-a" || r.Type != e.Type || r.Version != 1 || r.Position == (eventlog.Position{}) || r.RecordedAt.IsZero() {
				l.Errorf("fields %b: %+v lacks what always comes", fields, r)
			}
			if has := len(r.Data) > 0; has != (fields&eventlog.WithData != 0) {
				l.Errorf("fields %b: %d bytes of data", fields, len(r.Data))
			}
			if has := len(r.Meta) > 0; has != (fields&eventlog.WithMeta != 0) {
				l.Errorf("fields %b: %d bytes of metadata", fields, len(r.Meta))
			}
			if has := r.ID != (eventlog.ID{}); has != (fields&eventlog.WithID != 0) {
				l.Errorf("fields %b: id %s", fields, r.ID)
			}
		}
	}},
	{"a reader may stop, and read while it reads", func(l *log) {
		for i := range eventlog.Version(40) {
			l.must("household-a", i, event("a"))
		}
		for range 40 {
			for r, err := range l.ReadAll(l.ctx, eventlog.Position{}, eventlog.Everything) {
				if err != nil || r.Version != 1 {
					l.Fatalf("version %d, %v", r.Version, err)
				}
				break
			}
			for range l.ReadStream(l.ctx, "household-a", 0) {
				break
			}
		}
		for r, err := range l.ReadAll(l.ctx, eventlog.Position{}, 0) {
			if err != nil {
				l.Fatal(err)
			}
			if got := l.stream(r.Stream, r.Version); len(got) != 40-int(r.Version) {
				l.Fatalf("%d records after %d while reading the log", len(got), r.Version)
			}
			l.must(fmt.Sprintf("household-%d", r.Version), 0, event("while reading"))
			if r.Version == 40 {
				break
			}
		}
	}},
	{"a long log", func(l *log) {
		const appends = 50
		together(l.T, appends, func(i int) {
			if _, err := l.Append(l.ctx, fmt.Sprintf("household-%d", i), 0, events(eventlog.MaxEvents)); err != nil {
				l.Error(err)
			}
		})
		var last eventlog.Position
		next := map[string]eventlog.Version{}
		n := 0
		for r, err := range l.ReadAll(l.ctx, eventlog.Position{}, eventlog.WithData) {
			if err != nil {
				l.Fatal(err)
			}
			if n++; r.Position.Compare(last) <= 0 || r.Version != next[r.Stream]+1 {
				l.Fatalf("record %d: version %d of %s at %v after %d at %v", n, r.Version, r.Stream, r.Position, next[r.Stream], last)
			}
			if want := fmt.Sprintf("event %d of %d", r.Version, eventlog.MaxEvents); string(r.Data) != want {
				l.Fatalf("record %d holds %q, want %q", n, r.Data, want)
			}
			last, next[r.Stream] = r.Position, r.Version
		}
		if n != appends*eventlog.MaxEvents {
			l.Errorf("%d records, want %d", n, appends*eventlog.MaxEvents)
		}
	}},
}

func readAll(t testing.TB, ctx context.Context, l eventlog.Log, after eventlog.Position, fields eventlog.Fields) []eventlog.Record {
	t.Helper()
	var rs []eventlog.Record
	for r, err := range l.ReadAll(ctx, after, fields) {
		if err != nil {
			t.Fatalf("read the log: %v", err)
		}
		rs = append(rs, r.Clone())
	}
	return rs
}

func count(t testing.TB, records iter.Seq2[eventlog.Record, error]) int {
	t.Helper()
	n := 0
	for _, err := range records {
		if err != nil {
			t.Errorf("read: %v", err)
			break
		}
		n++
	}
	return n
}
