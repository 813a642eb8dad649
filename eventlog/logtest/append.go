package logtest

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"shouwang/eventlog"
)

var appendTests = []test{
	{"versions count from 1 in each stream", func(l *log) {
		a, b := events(3), events(2)
		l.must("household-a", 0, a[0])
		l.must("household-b", 0, b...)
		l.must("household-a", 1, a[1:]...)
		l.holds("household-a", a...)
		l.holds("household-b", b...)
	}},
	{"what is acknowledged says where it stands", func(l *log) {
		for i, n := range []int{1, 3, 1} {
			at := l.must(fmt.Sprintf("household-%d", i), 0, events(n)...)
			all := l.all(eventlog.Position{}, eventlog.Everything)
			last := all[len(all)-1]
			if at.Repeated || at.Position != last.Position || !at.RecordedAt.Equal(last.RecordedAt) || at.Version != last.Version {
				l.Errorf("acknowledged %+v, stored %d at %v, %v", at, last.Version, last.Position, last.RecordedAt)
			}
		}
	}},
	{"the events of one append stand next to each other", func(l *log) {
		together := events(eventlog.MaxEvents)
		done := make(chan struct{})
		go func() {
			defer close(done)
			for i := range 50 {
				if _, err := l.Append(l.ctx, "household-beside", eventlog.Version(i), events(1)); err != nil {
					l.Errorf("append beside: %v", err)
				}
			}
		}()
		l.must("household-together", 0, together...)
		<-done
		l.holds("household-together", together...)
		all := l.all(eventlog.Position{}, eventlog.Everything)
		for i, r := range all {
			if r.Stream == "household-together" && r.Version > 1 && all[i-1].Stream != r.Stream {
				l.Fatalf("version %d follows a record of %s", r.Version, all[i-1].Stream)
			}
		}
	}},
	{"bytes are kept as they are", func(l *log) {
		binary := make([]byte, 256)
		for i := range binary {
			binary[i] = byte(i)
		}
		kept := []eventlog.Event{
			{ID: uuid.New(), Type: "t", Data: nil, Meta: nil},
			{ID: uuid.New(), Type: "t", Data: []byte{}, Meta: []byte{0}},
			{ID: uuid.New(), Type: "公示.v1", Data: binary, Meta: binary},
			{ID: uuid.New(), Type: "t", Data: []byte(`{"b":1,  "a":1.0, "a":2}`), Meta: []byte("\xff\xfe\\N\t\n\r\x00")},
			{ID: uuid.New(), Type: "t", Data: bytes.Repeat([]byte("long "), 20_000), Meta: bytes.Repeat([]byte{0xee}, eventlog.MaxMeta)},
		}
		l.must("户-一 |'\"\\%_", 0, kept...)
		l.holds("户-一 |'\"\\%_", kept...)
		for i, r := range l.all(eventlog.Position{}, eventlog.Everything) {
			sameEvent(l.T, r.Event, kept[i])
		}
	}},
	{"the caller's bytes stay the caller's", func(l *log) {
		data, meta := []byte("data"), []byte("meta")
		e := eventlog.Event{ID: uuid.New(), Type: "t", Data: data, Meta: meta}
		l.must("household-a", 0, e)
		copy(data, "XXXX")
		copy(meta, "XXXX")
		l.holds("household-a", eventlog.Event{ID: e.ID, Type: "t", Data: []byte("data"), Meta: []byte("meta")})
		copy(l.stream("household-a", 0)[0].Data, "YYYY")
		l.holds("household-a", eventlog.Event{ID: e.ID, Type: "t", Data: []byte("data"), Meta: []byte("meta")})
	}},
	{"an acknowledged event is read at once", func(l *log) {
		together(l.T, 16, func(w int) {
			stream := fmt.Sprintf("household-%d", w)
			for v := range eventlog.Version(20) {
				at, err := l.Append(l.ctx, stream, v, events(1))
				if err != nil {
					l.Errorf("append to %s: %v", stream, err)
					return
				}
				if end, err := l.End(l.ctx); err != nil || end.Compare(at.Position) < 0 {
					l.Errorf("the end is %v (%v) after %v was acknowledged", end, err, at.Position)
				}
				if n := count(l.T, l.ReadStream(l.ctx, stream, v)); n != 1 {
					l.Errorf("%d records of %s after version %d", n, stream, v)
				}
			}
		})
	}},
	{"what is acknowledged is there when the log is opened again", func(l *log) {
		l.needs("Durable", l.Capabilities().Durable)
		want := events(5)
		l.must("household-a", 0, want[:3]...)
		l.must("household-a", 3, want[3:]...)
		before := l.all(eventlog.Position{}, eventlog.Everything)
		was, err := l.Identity(l.ctx)
		if err != nil {
			l.Fatal(err)
		}
		if err := l.Close(); err != nil {
			l.Fatalf("close: %v", err)
		}
		l.Log = l.open()
		sameRecords(l.T, l.all(eventlog.Position{}, eventlog.Everything), before)
		if is, err := l.Identity(l.ctx); err != nil || is != was {
			l.Errorf("the store was %v and is %v (%v)", was, is, err)
		}
		l.must("household-a", 5, event("after"))
	}},
	{"two stores have two identities", func(l *log) {
		other := newLog(l.T, l.adapter)
		a, errA := l.Identity(l.ctx)
		b, errB := other.Identity(l.ctx)
		if errA != nil || errB != nil || a == b || a.Store == (eventlog.ID{}) {
			l.Errorf("identities %v (%v) and %v (%v)", a, errA, b, errB)
		}
		if again, err := l.Identity(l.ctx); err != nil || again != a {
			l.Errorf("the identity was %v and is %v (%v)", a, again, err)
		}
	}},
}

// together runs n at the same time and waits for them.
func together(t testing.TB, n int, run func(i int)) {
	t.Helper()
	done := make(chan struct{})
	for i := range n {
		go func() {
			defer func() { done <- struct{}{} }()
			run(i)
		}()
	}
	for range n {
		<-done
	}
}

// eventually waits until the condition holds, however busy the machine is. It
// may be called beside the test's own goroutine.
func eventually(ctx context.Context, t testing.TB, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Errorf("waited in vain until %s", what)
			return
		case <-tick.C:
		}
	}
}
