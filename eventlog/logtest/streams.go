package logtest

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/eventlog"
)

var streamsTests = []test{
	{"every stream whole, up to any position", func(l *log) {
		for i := range eventlog.Version(5) {
			l.must("household-b", 3*i, events(3)...)
			l.must("household-a", i, events(1)...)
			l.must(fmt.Sprintf("Notice-%d", i), 0, events(1)...)
			l.must("household-ab", 2*i, events(2)...)
		}
		all := l.all(eventlog.Position{}, eventlog.Everything)
		l.wholeStreams(nil, eventlog.Position{})
		for i, r := range all {
			l.wholeStreams(all[:i+1], r.Position)
		}
	}},
	{"what is appended meanwhile stays out", func(l *log) {
		l.must("household-a", 0, events(4)...)
		l.must("household-b", 0, events(4)...)
		before := l.all(eventlog.Position{}, eventlog.Everything)
		var read []eventlog.Record
		for r, err := range l.ReadStreams(l.ctx, before[len(before)-1].Position, eventlog.Everything) {
			if err != nil {
				l.Fatal(err)
			}
			read = append(read, r.Clone())
			l.must("household-a", eventlog.Version(3+len(read)), event("late"))
			l.must(fmt.Sprintf("household-c%d", len(read)), 0, event("late"))
		}
		l.samePartition(read, before)
	}},
	{"many streams and long ones, with the fields asked for", func(l *log) {
		const appends = 60
		together(l.T, appends, func(i int) {
			if _, err := l.Append(l.ctx, fmt.Sprintf("household-%d", i), 0, events(eventlog.MaxEvents)); err != nil {
				l.Error(err)
			}
		})
		for _, fields := range []eventlog.Fields{0, eventlog.WithData, eventlog.WithMeta | eventlog.WithID} {
			all := l.all(eventlog.Position{}, fields)
			l.samePartition(readStreams(l.T, l.ctx, l.Log, all[len(all)-1].Position, fields), all)
		}
	}},
	{"streams may be left, cancelled and closed in the middle", func(l *log) {
		for i := range 40 {
			l.must(fmt.Sprintf("household-%d", i), 0, events(eventlog.MaxEvents)...)
		}
		end, err := l.End(l.ctx)
		if err != nil {
			l.Fatal(err)
		}
		for range 20 {
			for range l.ReadStreams(l.ctx, end, eventlog.Everything) {
				break
			}
		}
		ctx, cancel := context.WithCancel(l.ctx)
		defer cancel()
		read, ended := 0, error(nil)
		for _, err := range l.ReadStreams(ctx, end, eventlog.Everything) {
			if ended != nil {
				l.Fatalf("something came after the error %v", ended)
			}
			if ended = err; err == nil {
				read++
				cancel()
			}
		}
		cancelled(l, "read the log by streams", ended)
		if read == 40*eventlog.MaxEvents {
			l.Error("the reading went on to the end")
		}
	}},
}

// wholeStreams fails unless the streams up to a position hold what is given in
// the order of the log.
func (l *log) wholeStreams(want []eventlog.Record, through eventlog.Position) {
	l.Helper()
	l.samePartition(readStreams(l.T, l.ctx, l.Log, through, eventlog.Everything), want)
}

// samePartition fails unless got is want, stream by stream.
func (l *log) samePartition(got, want []eventlog.Record) {
	l.Helper()
	streams := map[string][]eventlog.Record{}
	for _, r := range want {
		streams[r.Stream] = append(streams[r.Stream], r)
	}
	for len(got) > 0 {
		name, n := got[0].Stream, 1
		for n < len(got) && got[n].Stream == name {
			n++
		}
		sameRecords(l.T, got[:n], streams[name])
		delete(streams, name)
		got = got[n:]
	}
	var left []string
	for name := range streams {
		left = append(left, name)
	}
	if diff := cmp.Diff([]string(nil), left); diff != "" {
		l.Errorf("streams that did not come (-want +got):\n%s", diff)
	}
}

func readStreams(t testing.TB, ctx context.Context, l eventlog.Log, through eventlog.Position, fields eventlog.Fields) []eventlog.Record {
	t.Helper()
	var rs []eventlog.Record
	for r, err := range l.ReadStreams(ctx, through, fields) {
		if err != nil {
			t.Fatalf("read the log by streams: %v", err)
		}
		rs = append(rs, r.Clone())
	}
	return rs
}
