package projections_test

import (
	"fmt"
	"testing"

	"shouwang/internal/pgtest"
	"shouwang/projections/modeltest"
)

// Single rows are written one by one or, from some number on, all at once; the
// follower's batches here lie on both sides of it, with new rows, changed rows
// and rows that hold a null.
func TestFewAndManySingleRowsAreWrittenAlike(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	const many = 300
	for name, steps := range map[string][]modeltest.Step{
		"at once":    {{Records: many}, {Records: many}, {Records: many}},
		"bit by bit": {{Records: 100}, {Records: 200}, {Records: 100}, {Records: 128}, {Records: 129}, {Records: 1, Restart: true}, {Records: 200}},
	} {
		log := newLog(t)
		w := newWriter(t, log)
		for round := range 3 {
			for i := range many {
				switch {
				case round == 1 && i%3 == 0:
					w.write(fmt.Sprintf("pot-%d", i), "named.v1", fmt.Sprintf("第%d只", i))
				case round == 2 && i%5 == 0:
					w.write(fmt.Sprintf("pot-%d", i), "voided.v1", w.ids[fmt.Sprintf("pot-%d", i)][0].String())
				default:
					w.fill(i, i+round)
				}
			}
		}
		t.Log(name)
		modeltest.RebuiltEqualsFollowed(t, pool, log, pots(1, false), steps)
	}
}
