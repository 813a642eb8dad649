package web

import (
	"strconv"
	"testing"
	"time"
)

// Each address has its own allowance in each village, and a village its own.
func TestWhoComesTooOftenWaits(t *testing.T) {
	t.Parallel()
	g, now := newGate(time.Minute, 3), time.Date(2023, 4, 3, 9, 0, 0, 0, time.UTC)
	passed := func(address, village string, times int) (n int) {
		for range times {
			if g.pass(address, village, now) == nil {
				n++
			}
		}
		return n
	}
	if n := passed("a", "v1", 5); n != 3 {
		t.Errorf("%d of 5 at once", n)
	}
	if n := passed("a", "v2", 5) + passed("b", "v1", 5); n != 6 {
		t.Errorf("%d of 10 elsewhere and from elsewhere", n)
	}
	now = now.Add(time.Minute)
	if n := passed("a", "v1", 5); n != 1 {
		t.Errorf("%d of 5 a minute later", n)
	}
	all := 0
	for i := range 100 {
		all += passed("x"+strconv.Itoa(i), "v3", 3)
	}
	if all != 3*wide {
		t.Errorf("a village sent %d", all)
	}
	for i := range maxSeen + 10 {
		_ = g.pass(strconv.Itoa(i), "v"+strconv.Itoa(i), now)
	}
	if len(g.seen) > maxSeen+1 {
		t.Errorf("%d are remembered", len(g.seen))
	}
}
