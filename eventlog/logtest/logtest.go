// Package logtest holds the one suite that every adapter of eventlog.Log must
// pass. It selects by what the adapter declares in Capabilities, and by nothing
// else.
package logtest

import (
	"cmp"
	"context"
	"sync/atomic"
	"testing"
	"time"

	"shouwang/eventlog"
)

// Adapter is how the suite reaches an adapter's stores.
type Adapter struct {
	// Create makes an empty store that lives as long as the test and returns
	// its address. Another process must be able to open the address if the
	// adapter is Shared, this one if it is Durable.
	Create func(t testing.TB) string
	// Open opens the store at the address; the log stamps records by the clock.
	Open func(ctx context.Context, address string, clock func() time.Time) (eventlog.Log, error)
	// Patience is how long a test waits for what must happen before it calls
	// the log stuck; zero means two minutes. It is no measure of speed: a busy
	// machine needs seconds.
	Patience time.Duration
}

// Run runs the suite. A Shared adapter's package must call WriterProcess first
// thing in its TestMain.
func Run(t *testing.T, a Adapter) {
	t.Helper()
	for _, group := range []struct {
		name  string
		tests []test
	}{
		{"append", appendTests},
		{"conflict", conflictTests},
		{"repeat", repeatTests},
		{"limits", limitTests},
		{"read", readTests},
		{"streams", streamsTests},
		{"follow", followTests},
		{"time", timeTests},
		{"cancel", cancelTests},
		{"wait", waitTests},
		{"import", importTests},
		{"close", closeTests},
		{"shared", sharedTests},
	} {
		t.Run(group.name, func(t *testing.T) {
			t.Parallel()
			for _, test := range group.tests {
				t.Run(test.name, func(t *testing.T) {
					t.Parallel()
					test.run(newLog(t, a))
				})
			}
		})
	}
}

type test struct {
	name string
	run  func(*log)
}

// patience is Adapter.Patience where none is given.
const patience = 2 * time.Minute

// log is a fresh log with the clock and the test it belongs to.
type log struct {
	eventlog.Log
	*testing.T
	adapter Adapter
	address string
	clock   *clock
	ctx     context.Context
}

func newLog(t *testing.T, a Adapter) *log {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), cmp.Or(a.Patience, patience))
	t.Cleanup(cancel)
	l := &log{T: t, adapter: a, address: a.Create(t), clock: newClock(), ctx: ctx}
	l.Log = l.open()
	return l
}

// open opens the store once more; the log closes when the test ends.
func (l *log) open() eventlog.Log {
	l.Helper()
	opened, err := l.adapter.Open(l.ctx, l.address, l.clock.Now)
	if err != nil {
		l.Fatalf("open the log: %v", err)
	}
	l.Cleanup(func() { _ = opened.Close() })
	return opened
}

// needs skips a test of what the adapter says it does not offer.
func (l *log) needs(capability string, has bool) {
	l.Helper()
	if !has {
		l.Skipf("the adapter does not declare %s", capability)
	}
}

// clock is a clock that the test sets, in both directions.
type clock struct{ micros atomic.Int64 }

var morning = time.Date(2023, 7, 3, 1, 0, 0, 0, time.UTC)

func newClock() *clock {
	c := new(clock)
	c.Set(morning)
	return c
}

func (c *clock) Now() time.Time      { return time.UnixMicro(c.micros.Load()) }
func (c *clock) Set(to time.Time)    { c.micros.Store(to.UnixMicro()) }
func (c *clock) Add(d time.Duration) { c.micros.Add(d.Microseconds()) }
