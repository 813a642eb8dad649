package bench

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"
)

// operation is what a client does again and again; n counts what it did before.
type operation func(ctx context.Context, client, n int) error

// drive lets so many clients work, each doing one operation after the other,
// and returns the rate of all and how long single operations took. The first
// tenth of the time is for warming up and is not measured.
func drive(ctx context.Context, clients int, length time.Duration, do operation) (sample, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	from := time.Now().Add(length / 10)
	until := from.Add(length)
	took := make([][]time.Duration, clients)
	last := make([]time.Time, clients)
	errs := make([]error, clients)
	var all sync.WaitGroup
	for i := range clients {
		took[i] = make([]time.Duration, 0, 4096)
		all.Go(func() {
			before := time.Now()
			for n := 0; before.Before(until) && ctx.Err() == nil; n++ {
				if errs[i] = do(ctx, i, n); errs[i] != nil {
					cancel()
					return
				}
				now := time.Now()
				if now.After(from) {
					took[i] = append(took[i], now.Sub(before))
				}
				before = now
			}
			last[i] = before
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return sample{}, err
		}
	}
	if err := ctx.Err(); err != nil {
		return sample{}, err
	}
	latencies := slices.Concat(took...)
	end := slices.MaxFunc(last, time.Time.Compare)
	s := summarise(latencies)
	s.value = float64(len(latencies)) / end.Sub(from).Seconds()
	return s, nil
}

// summarise sorts the durations and picks from them.
func summarise(durations []time.Duration) sample {
	slices.Sort(durations)
	return sample{count: int64(len(durations)), p50: quantile(durations, 0.50), p99: quantile(durations, 0.99)}
}

func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(math.Ceil(q*float64(len(sorted))))-1)]
}

// timed measures how many units of work a single job does in a second.
func timed(units int, job func() error) (sample, error) {
	begin := time.Now()
	if err := job(); err != nil {
		return sample{}, err
	}
	return sample{value: float64(units) / time.Since(begin).Seconds(), count: int64(units)}, nil
}
