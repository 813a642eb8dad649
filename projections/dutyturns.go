package projections

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/policy"
)

//go:embed owed/deeds.sql
var owedDeedsSQL string

// deedKey names one turn of one duty of one region or department.
type deedKey struct {
	duty, region, department string
	to                       calendar.Day
}

// deedsDone is what was recorded as done.
type deedsDone struct {
	reports map[deedKey]calendar.Day
	// studies and checks fulfil the turn in which they fell.
	studies map[deedKey][]calendar.Day
	checks  map[deedKey][][2]calendar.Day
}

func (l *OwedList) deeds(ctx context.Context, since calendar.Day) (deedsDone, error) {
	d := deedsDone{map[deedKey]calendar.Day{}, map[deedKey][]calendar.Day{}, map[deedKey][][2]calendar.Day{}}
	rows, err := l.pool.Query(ctx, owedDeedsSQL, pgx.NamedArgs{"since": dateOf(since)})
	if err != nil {
		return d, fmt.Errorf("read the duties done: %w", err)
	}
	var k deedKey
	var from, to, done calendar.Day
	var by string
	_, err = pgx.ForEachRow(rows, []any{&k.duty, &k.region, &k.department, dayOf(&from), dayOf(&to), dayOf(&done), &by}, func() error {
		key := deedKey{duty: k.duty, region: k.region, department: k.department}
		switch policy.DutyAct(by) {
		case policy.ByStudy:
			d.studies[key] = append(d.studies[key], done)
		case policy.ByCheck:
			d.checks[key] = append(d.checks[key], [2]calendar.Day{from, to})
		default:
			key.to = to
			if first := d.reports[key]; first == 0 || done < first {
				d.reports[key] = done
			}
		}
		return nil
	})
	if err != nil {
		return d, fmt.Errorf("read the duties done: %w", err)
	}
	return d, nil
}

// done returns the day on which a turn of a duty was fulfilled; none: it was not.
func (d deedsDone) done(o duty.Owing, t calendar.Turn) calendar.Day {
	key := deedKey{duty: o.ID, region: o.Region, department: o.Department, to: t.To}
	if on := d.reports[key]; on != 0 {
		return on
	}
	key.to = 0
	switch o.DoneBy {
	case policy.ByStudy:
		key.duty = ""
		for _, on := range d.studies[key] {
			if t.Opens <= on && on <= t.Due {
				return on
			}
		}
	case policy.ByCheck:
		for _, c := range d.checks[key] {
			if c[0] <= t.Due && c[1] >= t.Opens {
				return max(c[0], t.Opens)
			}
		}
	case policy.ByReport, policy.ByVisit, policy.ByComparison, policy.ByMeasure:
	}
	return 0
}

// ofRegions lists what regions and departments owe by their duties, in reading order.
func (l *OwedList) ofRegions(ctx context.Context, f OwedFilter) ([]OwedItem, error) {
	if f.Household != "" || len(f.Owings) == 0 {
		return nil, nil
	}
	done, err := l.deeds(ctx, f.Today-2*duty.LookBack)
	if err != nil {
		return nil, err
	}
	var items []OwedItem
	for _, o := range f.Owings {
		if o.Per == policy.PerHousehold || f.Level != "" && o.Level != f.Level {
			continue
		}
		if listed, named := f.lists(o); !listed || named {
			continue
		}
		for _, t := range o.Turns(f.Today) {
			if done.done(o, t) != 0 || f.Overdue && t.Due >= f.Today {
				continue
			}
			item := OwedItem{Region: o.Region}
			item.turn(o, t)
			item.Since = max(item.Since, o.Since)
			item.place = fmt.Sprintf("%s %s %s %s", item.Since, o.Region, o.ID, o.Department)
			item.counted(f.Today)
			items = append(items, item)
		}
	}
	return items, nil
}

// DutyTurn is one turn of a duty of a region or a department, done or not.
type DutyTurn struct {
	Duty       string        `json:"duty"`
	Name       string        `json:"name"`
	Level      code.Level    `json:"level"`
	Region     string        `json:"region"`
	Department string        `json:"department,omitzero"`
	Cite       string        `json:"cite,omitzero"`
	Assumed    bool          `json:"assumed,omitzero"` // the source leaves its cadence open
	Turn       calendar.Turn `json:"turn"`
	Done       calendar.Day  `json:"done,omitzero"`
	// Late: it was done after its last day, or is not done and the day is over.
	// Early: it was done before its first day.
	Late  bool `json:"late"`
	Early bool `json:"early,omitzero"`
}

// Turns returns the turns of the last year of the duties that lie on regions and
// departments, as they stand on a day: the duty calendar.
func (l *OwedList) Turns(ctx context.Context, owings []duty.Owing, today calendar.Day) ([]DutyTurn, error) {
	done, err := l.deeds(ctx, today-2*duty.LookBack)
	if err != nil {
		return nil, err
	}
	var all []DutyTurn
	for _, o := range owings {
		if o.Per == policy.PerHousehold {
			continue
		}
		for _, t := range o.Turns(today) {
			on := done.done(o, t)
			all = append(all, DutyTurn{Duty: o.ID, Name: o.Name, Level: o.Level, Region: o.Region, Department: o.Department, Cite: o.Cite,
				Assumed: o.Basis == policy.Assumed, Turn: t, Done: on, Late: on > t.Due || on == 0 && today > t.Due, Early: on != 0 && on < t.Opens})
		}
	}
	return all, nil
}
