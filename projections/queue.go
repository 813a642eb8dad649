package projections

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

var (
	//go:embed owed/funnel.sql
	owedFunnelSQL string
	//go:embed owed/queue.sql
	owedQueueSQL string
)

// Waiting is how many households wait for a step, and how long: the days since
// it was their turn, by the calendar.
type Waiting struct {
	Procedure  string
	Step       string
	Level      code.Level
	Households int
	Overdue    int
	Since      calendar.Day // of the one that waits longest
	Median     int
	Longest    int
}

// Funnel returns where households wait on a day, by procedure, step and level. Each
// number is that of Queue for the same step.
func (l *OwedList) Funnel(ctx context.Context, f OwedFilter) ([]Waiting, error) {
	waiting, err := collectAs(ctx, l.pool, owedFunnelSQL, f.args(), func(row pgx.CollectableRow, w *Waiting) error {
		return row.Scan(&w.Procedure, &w.Step, &w.Level, &w.Households, &w.Overdue, dayOf(&w.Since), &w.Median, &w.Longest)
	})
	if err != nil {
		return nil, fmt.Errorf("count who waits: %w", err)
	}
	for i := range waiting {
		w := &waiting[i]
		if w.Overdue == 0 || !entersSystem(w.Step) {
			continue // no system that was shut gives it more time
		}
		f.Procedure, f.Step, f.Level, f.Overdue = w.Procedure, w.Step, w.Level, true
		if _, w.Overdue, _, err = l.Queue(ctx, f, Page{Limit: 1}); err != nil {
			return nil, err
		}
	}
	return waiting, nil
}

// Queue returns a page of the households that wait for the filter's step, each once,
// and how many there are in all. With Overdue only those whose limit is past.
func (l *OwedList) Queue(ctx context.Context, f OwedFilter, p Page) (items []OwedItem, households int, next string, err error) {
	after, err := p.after()
	if err != nil {
		return nil, 0, "", err
	}
	var closures []closure
	if entersSystem(f.Step) {
		if closures, err = l.closures(ctx, f.Today); err != nil {
			return nil, 0, "", err
		}
	}
	args := f.args()
	args["after"], args["limit"] = after, p.limit()+1
	if len(closures) > 0 { // what these give more time to is not overdue: all are looked at
		args["after"], args["limit"] = "", maxCounted
	}
	items, err = collectAs(ctx, l.pool, owedQueueSQL, args, func(row pgx.CollectableRow, o *OwedItem) error { return o.scan(row, f.Today, &households) })
	if err != nil {
		return nil, 0, "", fmt.Errorf("read who waits: %w", err)
	}
	if len(closures) > 0 {
		for i := range items {
			f.suspend(&items[i], closures)
		}
		items = slices.DeleteFunc(items, func(o OwedItem) bool { return f.Overdue && !o.Overdue })
		households = len(items)
		items = slices.DeleteFunc(items, func(o OwedItem) bool { return o.place <= after })
	}
	items, next = paged(items, p.limit(), func(o OwedItem) string { return o.place })
	return items, households, next, nil
}

// entersSystem says whether a step waits for a named system.
func entersSystem(step string) bool {
	return policy.Step(step) == policy.SystemEntry || policy.Step(step) == policy.SystemMark
}
