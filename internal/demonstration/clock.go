package demonstration

import (
	"sync"
	"time"
)

// Clock is the simulated clock that a demonstration's log and handler share
// while it is loaded.
type Clock struct {
	mu    sync.Mutex
	base  time.Time
	asked int
}

// pace is how far the clock goes on each time it is asked, and hurry how far it
// may go in all before it is set again: acts of one morning stand minutes apart.
const (
	pace  = 300 * time.Millisecond
	hurry = 25 * time.Minute
)

// NewClock returns a clock that stands at 8 in the morning of 1 January 2021 in
// Beijing.
func NewClock() *Clock { return &Clock{base: firstDay.Start().Add(8 * time.Hour)} }

// Now tells the time; it suits commands.Config and the clocks of the logs.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	return c.base.Add(min(time.Duration(c.asked)*pace, hurry))
}

// set puts the clock to an instant.
func (c *Clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.base, c.asked = t, 0
}
