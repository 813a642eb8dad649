package main

import (
	"sync/atomic"
	"time"
)

// clock stamps the record and tells today, the same for everybody who asks. It
// is the machine's until the log says that it is a demonstration with a today
// of its own.
type clock struct {
	now atomic.Pointer[func() time.Time]
}

func newClock() *clock {
	c := &clock{}
	c.set(time.Now)
	return c
}

// Now is the instant.
func (c *clock) Now() time.Time { return (*c.now.Load())() }

// set replaces where the time comes from.
func (c *clock) set(now func() time.Time) { c.now.Store(&now) }

// notBefore keeps the clock from standing behind what is recorded already: the
// machine's may have been set back since.
func (c *clock) notBefore(last time.Time) {
	now := *c.now.Load()
	c.set(func() time.Time {
		t := now()
		if t.Before(last) {
			return last
		}
		return t
	})
}
