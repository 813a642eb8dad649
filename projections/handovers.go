package projections

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/household"
)

var (
	//go:embed owed/officers.sql
	owedOfficersSQL string
	//go:embed owed/handovers.sql
	owedHandoversSQL string
)

// Leaving says whether a person who answered for a region does so no more, since
// when, and what he is called.
type Leaving func(person, region string) (name string, since calendar.Day, left bool)

// ofLeavers lists the monitored households whose responsible person left without
// handing them over (未交接), for each of his roles.
func (l *OwedList) ofLeavers(ctx context.Context, f OwedFilter, after string, limit int) ([]OwedItem, error) {
	if f.Leaving == nil || f.Overdue || f.Step != "" || f.Level != "" && f.Level != household.HandsOver {
		return nil, nil
	}
	regions, persons, since, names, err := l.leavers(ctx, f)
	if err != nil || len(regions) == 0 {
		return nil, err
	}
	items, err := collectAs(ctx, l.pool, owedHandoversSQL, pgx.NamedArgs{"g_region": regions, "g_person": persons, "g_since": since,
		"household": f.Household, "after": after, "limit": limit},
		func(row pgx.CollectableRow, o *OwedItem) error {
			var role, person string
			if err := row.Scan(&streamID{&o.Household}, &o.place, &o.Region, &o.FileNo, &o.Head, &role, &person, dayOf(&o.Since)); err != nil {
				return err
			}
			o.Kind, o.KindName, o.Level, o.Person, o.Households = OwedHandover, OwedKinds.ZH(string(OwedHandover)), household.HandsOver, person, 1
			o.Detail = code.OfficerRoles.ZH(role) + names[person] + "已离任，未办交接"
			o.counted(f.Today)
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("read whose officer left: %w", err)
	}
	return items, nil
}

// leavers are the officers in charge who left, region by region.
func (l *OwedList) leavers(ctx context.Context, f OwedFilter) (regions, persons []string, since []pgtype.Date, names map[string]string, err error) {
	names = map[string]string{}
	var region, person string
	err = l.each(ctx, owedOfficersSQL, pgx.NamedArgs{"all_regions": f.Regions == nil, "regions": f.Regions, "household": f.Household}, []any{&region, &person}, func() {
		name, on, left := f.Leaving(person, region)
		if !left || !f.seesHandover(region) {
			return
		}
		regions, persons, since, names[person] = append(regions, region), append(persons, person), append(since, dateOf(on)), name
	})
	return regions, persons, since, names, err
}

// seesHandover says whether the list asked for has handovers of the region: the
// township names who goes on.
func (f *OwedFilter) seesHandover(region string) bool {
	return f.Workers == nil || slices.ContainsFunc(f.Workers, func(w Worker) bool {
		return duty.StandsFor(w.Level, w.Top, household.HandsOver) && w.covers(region)
	})
}
