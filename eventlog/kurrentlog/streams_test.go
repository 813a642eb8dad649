package kurrentlog

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/eventlog"
)

// However little fits into memory, every stream comes once and whole.
func TestSharesOfTheStreams(t *testing.T) {
	t.Parallel()
	var log []eventlog.Record
	for i := range 600 {
		log = append(log, eventlog.Record{Stream: fmt.Sprintf("s-%d", i%40), Version: eventlog.Version(i/40 + 1), Event: eventlog.Event{Data: []byte("0123456789")}})
	}
	for _, limit := range []int{1, 20 * (perRecord + 10), 200 * (perRecord + 10), 1 << 20} {
		seen := map[string]eventlog.Version{}
		s := newSorting(limit)
		passes := 0
		for ; s.share < s.of; s.share++ {
			passes++
			s.begin()
			for _, r := range log {
				s.take(r)
			}
			for _, name := range s.names {
				for _, r := range s.streams[name] {
					if r.Stream != name || r.Version != seen[name]+1 {
						t.Fatalf("limit %d: version %d of %s stands under %s after %d", limit, r.Version, r.Stream, name, seen[name])
					}
					seen[name] = r.Version
				}
			}
		}
		want := map[string]eventlog.Version{}
		for i := range 40 {
			want[fmt.Sprintf("s-%d", i)] = 15
		}
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Errorf("limit %d (-want +got):\n%s", limit, diff)
		}
		if (passes > 1) != (limit < 600*(perRecord+10)) {
			t.Errorf("limit %d: %d passes", limit, passes)
		}
	}
}
