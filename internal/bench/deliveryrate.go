package bench

import (
	"cmp"
	"context"
	"fmt"
	"time"
)

// timed measures how late messages are at a rate.
func (d *delivering) timed(rate int, length time.Duration) cell {
	return d.cell(rate, func(ctx context.Context) error {
		sent, err := d.send(ctx, rate, length, func() bool { return false })
		if err != nil {
			return err
		}
		return d.await(ctx, sent)
	})
}

// held measures the same, and ends with the first message that is too late: what
// is known then does not become truer.
func (d *delivering) held(rate int, length time.Duration) cell {
	return d.cell(rate, func(ctx context.Context) error {
		sent, err := d.send(ctx, rate, length, d.late)
		if err != nil || d.late() {
			return err
		}
		return d.await(ctx, sent)
	})
}

func (d *delivering) cell(rate int, deliver func(context.Context) error) cell {
	var end func() error
	return cell{name: fmt.Sprintf("deliver %d a second", rate),
		prepare: func(ctx context.Context) (err error) {
			end, err = d.begin(ctx)
			return err
		},
		measure: func(ctx context.Context) (sample, error) {
			if err := deliver(ctx); err != nil {
				return sample{}, err
			}
			d.mu.Lock()
			defer d.mu.Unlock()
			s := summarise(d.took)
			s.value, s.worst = float64(rate), d.worst
			return s, nil
		},
		after: func(context.Context) error { return end() },
	}
}

// send adds messages at a rate, until it is enough. One that could not be added in
// time was due all the same, and counts as late.
func (d *delivering) send(ctx context.Context, rate int, length time.Duration, enough func() bool) (sent int, err error) {
	tick := time.NewTicker(deliverTick)
	defer tick.Stop()
	begun, all := time.Now(), max(1, int(float64(rate)*length.Seconds()))
	for sent < all && !enough() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return sent, ctx.Err()
		}
		n := min(all, int(float64(rate)*time.Since(begun).Seconds())) - sent
		if n == 0 {
			continue
		}
		due := begun.Add(time.Duration(float64(sent) / float64(rate) * float64(time.Second)))
		if err := d.add(ctx, sent, n, due); err != nil {
			return sent, err
		}
		sent += n
	}
	return sent, nil
}

const (
	// probeShare of the time tells well enough whether a rate is worth a whole try.
	probeShare = 10
	// shortestProbe is as long as a message may be late, and longer.
	shortestProbe = 2 * deliverLate
	// maxRate is more than one Postgres adds.
	maxRate = 64 * deliverRate
)

// highest finds the highest rate that is held: by doubling and halving with short
// tries, then by whole ones, each a tenth lower, until one is held.
func (d *delivering) highest(ctx context.Context) (sample, error) {
	short := min(d.run.Each, max(d.run.Each/probeShare, shortestProbe))
	low, high := 0, 0
	for rate := deliverRate; rate <= maxRate && high == 0; rate *= 2 {
		s, err := d.run.once(ctx, d.held(rate, short))
		if err != nil {
			return sample{}, err
		}
		if s.worst <= deliverLate {
			low = rate
		} else {
			high = rate
		}
	}
	for high > 0 && high-low > max(low, deliverRate)/probeShare {
		s, err := d.run.once(ctx, d.held((low+high)/2, short))
		if err != nil {
			return sample{}, err
		}
		if s.worst <= deliverLate {
			low = (low + high) / 2
		} else {
			high = (low + high) / 2
		}
	}
	for rate := cmp.Or(low, 1); ; rate -= max(1, rate/probeShare) {
		s, err := d.run.once(ctx, d.held(rate, d.run.Each))
		if err != nil || s.worst <= deliverLate || rate <= 1 {
			return s, err
		}
	}
}
