package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

// sample is one measurement.
type sample struct {
	value    float64 // in the row's unit
	p50, p99 time.Duration
	worst    time.Duration // the longest
	count    int64
	wrong    float64 // what was missed or came out of order
	others   float64 // share of the machine used by other processes meanwhile
	unknown  float64 // share that was used by nobody who can be seen
	// cost is the processor time that this process, its children and the server
	// used for each unit: what is left of a figure when others use the machine.
	cost time.Duration
}

// cell is one thing that is measured in each round.
type cell struct {
	name string
	// prepare gets ready for one measurement and is not measured; may be nil.
	prepare func(ctx context.Context) error
	measure func(ctx context.Context) (sample, error)
	// after checks and clears away; may be nil.
	after func(ctx context.Context) error
}

// interleave measures the cells in turn, A B A B …, and returns the samples of
// each. A round in which others used the machine is repeated, if that costs
// little, up to twice as many rounds in all; whichever were quietest count.
func (r *run) interleave(ctx context.Context, cheap bool, cells ...cell) ([][]sample, error) {
	tries := r.Rounds
	if cheap {
		tries *= 2
	}
	var rounds [][]sample
	quiet := 0
	for len(rounds) < tries && quiet < r.Rounds {
		round, err := r.round(ctx, cells)
		if err != nil {
			return nil, err
		}
		rounds = append(rounds, round)
		if busiest(round) <= quietShare {
			quiet++
		}
	}
	rounds = quietest(rounds, r.Rounds)
	byCell := make([][]sample, len(cells))
	for _, round := range rounds {
		for i, s := range round {
			byCell[i] = append(byCell[i], s)
		}
	}
	return byCell, nil
}

// quietShare is what others may use of the machine before a round is called
// disturbed.
const quietShare = 0.08

func busiest(round []sample) float64 {
	most := 0.0
	for _, s := range round {
		most = max(most, s.others)
	}
	return most
}

// quietest keeps the n rounds in which others used least, in their order. How
// busy others were says nothing about the outcome, so this favours neither side.
func quietest(rounds [][]sample, n int) [][]sample {
	for len(rounds) > n {
		worst := 0
		for i, round := range rounds {
			if busiest(round) > busiest(rounds[worst]) {
				worst = i
			}
		}
		rounds = append(rounds[:worst], rounds[worst+1:]...)
	}
	return rounds
}

func (r *run) round(ctx context.Context, cells []cell) ([]sample, error) {
	round := make([]sample, len(cells))
	for i, c := range cells {
		s, err := r.once(ctx, c)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
		round[i] = s
	}
	return round, nil
}

func (r *run) once(ctx context.Context, c cell) (sample, error) {
	if c.prepare != nil {
		if err := c.prepare(ctx); err != nil {
			return sample{}, fmt.Errorf("prepare: %w", err)
		}
	}
	// What was left over before is not this measurement's to collect, nor to keep
	// the heap growing into memory that was never touched.
	runtime.GC()
	r.meter.awaitQuiet(ctx, r.Quiet)
	before, err := r.meter.read()
	if err != nil {
		return sample{}, err
	}
	s, err := c.measure(ctx)
	if err != nil {
		return sample{}, err
	}
	after, err := r.meter.read()
	if err != nil {
		return sample{}, err
	}
	s.others, s.unknown = after.othersSince(before), after.unknownSince(before)
	if s.count > 0 {
		s.cost = time.Duration(after.ours-before.ours) * tick / time.Duration(s.count)
	}
	if c.after != nil {
		if err := c.after(ctx); err != nil {
			return sample{}, fmt.Errorf("afterwards: %w", err)
		}
	}
	return s, ctx.Err()
}
