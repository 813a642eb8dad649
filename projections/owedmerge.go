package projections

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/policy"
)

//go:embed owed/closures.sql
var owedClosuresSQL string

// Worker is an appointment, or an office, whose list is asked for.
type Worker struct {
	Office     string
	Level      code.Level
	Top        bool          // no region is registered above the office's
	Capacity   code.Capacity // none: everybody of the office
	Department string        // none: the authority that looks after all of them
	Regions    []string      // every code within the office's region, sorted
}

// lists says whether a duty stands on the list asked for; named says that it
// does so only where the household's officer is the person himself.
func (f *OwedFilter) lists(o duty.Owing) (listed, named bool) {
	if f.Workers == nil {
		return true, false
	}
	for _, w := range f.Workers {
		if duty.StandsFor(w.Level, w.Top, o.Level) && w.covers(o.Region) && w.may(o.Capacities) && (o.Department == "" || w.Department == "" || w.Department == o.Department) {
			return true, false
		}
	}
	return f.Person != "" && o.Officer != "", true
}

func (w Worker) covers(region string) bool {
	_, found := slices.BinarySearch(w.Regions, region)
	return found
}

func (w Worker) may(capacities []code.Capacity) bool {
	return w.Capacity == "" || slices.Contains(capacities, w.Capacity)
}

// workers flattens whose list it is for the database.
func (f *OwedFilter) workers(args pgx.NamedArgs) {
	levels, capacities, regions, offices := []string{}, []string{}, []string{}, []string{}
	for _, w := range f.Workers {
		if w.Office != "" {
			offices = append(offices, w.Office)
		}
		for _, region := range w.Regions {
			levels, capacities, regions = append(levels, string(w.Level)), append(capacities, string(w.Capacity)), append(regions, region)
		}
	}
	args["anybody"], args["offices"] = f.Workers != nil, offices
	args["w_level"], args["w_capacity"], args["w_region"] = levels, capacities, regions
}

// undated stands where what is owed has no day: after every day.
const undated = "9999-12-31"

// keyedByDue gives items their places in a list of what is due first.
func keyedByDue(parts ...[]OwedItem) {
	for _, items := range parts {
		for i := range items {
			due := undated
			if items[i].Due != 0 {
				due = items[i].Due.String()
			}
			items[i].place = due + " " + items[i].place
		}
	}
}

// merged puts the parts of a list, each in reading order, into one page.
func merged(after string, limit int, parts ...[]OwedItem) ([]OwedItem, string) {
	all := slices.Concat(parts...)
	all = slices.DeleteFunc(all, func(o OwedItem) bool { return o.place <= after })
	slices.SortFunc(all, func(a, b OwedItem) int { return strings.Compare(a.place, b.place) })
	return paged(all, limit, func(o OwedItem) string { return o.place })
}

// closure is a time in which a system took no entries, somewhere.
type closure struct {
	region string
	duty.Closure
}

// closures are those that had begun by the day.
func (l *OwedList) closures(ctx context.Context, today calendar.Day) ([]closure, error) {
	all, err := collectAs(ctx, l.pool, owedClosuresSQL, pgx.NamedArgs{"today": dateOf(today)}, func(row pgx.CollectableRow, c *closure) error {
		return row.Scan(&c.region, &c.System, dayOf(&c.From), dayOf(&c.To))
	})
	if err != nil {
		return nil, fmt.Errorf("read when systems were shut: %w", err)
	}
	return all, nil
}

// suspend gives back to an item that waits for a system the days on which that
// system was shut (S1.28); another one that was shut gives nothing.
func (f *OwedFilter) suspend(o *OwedItem, all []closure) {
	step := policy.StepRule{Step: policy.Step(o.Step), System: o.System}
	if step.Step != policy.SystemEntry && step.Step != policy.SystemMark {
		return
	}
	var here []duty.Closure
	for _, c := range all {
		if step.WaitsFor(c.System) && (c.region == o.Region || f.Within != nil && f.Within(c.region, o.Region)) {
			here = append(here, c.Closure)
		}
	}
	if len(here) == 0 {
		return
	}
	until, suspended := duty.Suspend(o.Since, o.Due, f.Today, here)
	o.Suspended = suspended
	if o.Due != 0 {
		o.Due = until
		o.counted(f.Today)
		o.Overdue = o.Overdue && !suspended
	}
}
