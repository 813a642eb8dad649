package pglog

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"shouwang/eventlog"
)

// appended is an append of n events as it passes through the writer.
func appended(stream string, first, before int64, n int) passed {
	events := make([]eventlog.Event, n)
	for i := range events {
		events[i] = eventlog.Event{ID: uuid.New(), Type: "t.v1", Data: fmt.Appendf(nil, "data %d", first+int64(i)), Meta: []byte("meta")}
	}
	rows := encodeRows(stream, events)
	for i := range events {
		rows.fill(i, first+int64(i), before+int64(i)+1, 7)
	}
	return passed{stream: stream, rows: rows, first: first, before: before, at: 7}
}

func TestWhatIsKeptOfTheEnd(t *testing.T) {
	t.Parallel()
	var l latest
	firsts := func(pos int64) (found []int64) {
		for _, a := range l.after(pos) {
			found = append(found, a.first)
		}
		return found
	}
	l.put([]passed{appended("a", 11, 0, 2), appended("b", 13, 4, 1)})
	l.put([]passed{appended("c", 14, 0, 3)})
	for pos, want := range map[int64][]int64{
		9: nil, 10: {11, 13, 14}, 11: {11, 13, 14}, 12: {13, 14}, 13: {14}, 15: {14}, 16: nil, 20: nil,
	} {
		if diff := cmp.Diff(want, firsts(pos)); diff != "" {
			t.Errorf("after %d (-want +got):\n%s", pos, diff)
		}
	}
	// Somebody else wrote 17: what comes then does not follow on.
	l.put([]passed{appended("d", 18, 0, 1)})
	if diff := cmp.Diff([]int64(nil), firsts(15)); diff != "" {
		t.Errorf("beyond a gap (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int64{18}, firsts(17)); diff != "" {
		t.Errorf("after a gap (-want +got):\n%s", diff)
	}
	for first := int64(19); first < 19+2*latestAppends; first++ {
		l.put([]passed{appended("e", first, first, 1)})
	}
	if n := len(l.kept); n != latestAppends {
		t.Errorf("%d appends are kept, want %d", n, latestAppends)
	}
	if got := len(l.after(l.end - 1)); got != 1 {
		t.Errorf("%d appends hold the last record, want 1", got)
	}
}
