package projections

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"shouwang/domain/calendar"
	"shouwang/domain/duty"
	"shouwang/domain/policy"
)

//go:embed owed/duties.sql
var owedDutiesSQL string

// owingArgs are the duties owed of each household, one entry for each region and
// duty with its turn under way on the day.
type owingArgs struct {
	byKey                                    map[[2]string]duty.Owing
	region, duty, act, about, officer, level []string
	once, named                              []bool
	opens, due, before                       []pgtype.Date
}

func (f *OwedFilter) owing() owingArgs {
	a := owingArgs{byKey: map[[2]string]duty.Owing{}}
	for _, o := range f.Owings {
		if o.Per != policy.PerHousehold || f.Level != "" && o.Level != f.Level {
			continue
		}
		now, before, ok := o.Current(f.Today)
		listed, named := f.lists(o)
		if !ok || !listed {
			continue
		}
		a.byKey[[2]string{o.Region, o.ID}] = o
		a.region, a.duty, a.act = append(a.region, o.Region), append(a.duty, o.ID), append(a.act, string(o.DoneBy))
		a.about, a.officer, a.level = append(a.about, string(o.About)), append(a.officer, string(o.Officer)), append(a.level, string(o.Level))
		a.once, a.named = append(a.once, o.Every == calendar.Once), append(a.named, named)
		a.opens, a.due, a.before = append(a.opens, dateOf(now.Opens)), append(a.due, dateOf(now.Due)), append(a.before, dateOf(before.Opens))
	}
	return a
}

// ofHouseholds lists what is owed of each household by its duties.
func (l *OwedList) ofHouseholds(ctx context.Context, f OwedFilter, after string, limit int) ([]OwedItem, error) {
	a := f.owing()
	if len(a.region) == 0 {
		return nil, nil
	}
	items, err := collectAs(ctx, l.pool, owedDutiesSQL, pgx.NamedArgs{
		"o_region": a.region, "o_duty": a.duty, "o_act": a.act, "o_about": a.about, "o_officer": a.officer, "o_level": a.level, "o_once": a.once, "o_named": a.named,
		"o_opens": a.opens, "o_due": a.due, "o_before": a.before, "today": dateOf(f.Today), "household": f.Household, "overdue": f.Overdue,
		"person": f.Person, "after": after, "limit": limit,
	}, func(row pgx.CollectableRow, o *OwedItem) error {
		var stream string
		var since, last calendar.Day
		if err := row.Scan(&stream, &o.place, &o.Region, &o.FileNo, &o.Head, &o.Duty, dayOf(&since), dayOf(&last), &o.Person); err != nil {
			return err
		}
		o.Household, o.Households = subject(stream), 1
		owing := a.byKey[[2]string{o.Region, o.Duty}]
		first, missed := owing.Missed(since, last, f.Today)
		o.turn(owing, first)
		o.Missed, o.Since = missed, max(o.Since, since)
		o.counted(f.Today)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what households are owed: %w", err)
	}
	return items, nil
}

// turn fills in a duty and its turn.
func (o *OwedItem) turn(owing duty.Owing, t calendar.Turn) {
	o.Kind, o.KindName = OwedDuty, OwedKinds.ZH(string(OwedDuty))
	o.Duty, o.Level, o.Detail, o.Cite = owing.ID, owing.Level, owing.Name, owing.Cite
	o.Since, o.Due, o.Department, o.Act = t.Opens, t.Due, owing.Department, owing.DoneBy
	if t.From != 0 {
		o.Period = &t
	}
	o.assumed(owing.Basis)
}

func (o *OwedItem) assumed(b policy.Basis) { o.Assumed = b == policy.Assumed }
