package projections

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Grouping says by what households of the ledger are counted together.
type Grouping string

// The groupings. A household is counted once in each, but once for every risk.
const (
	ByClassAndStage   Grouping = "class, stage"
	ByRegionAndStage  Grouping = "region, stage"
	ByRisk            Grouping = "unnest(risks), ''"
	ByMonthIncluded   Grouping = "to_char(included, 'YYYY-MM'), ''"
	ByMonthEliminated Grouping = "to_char(eliminated, 'YYYY-MM'), ''"
)

// Group is how many households, and counted members, fall together.
type Group struct {
	Key, Second         string
	Households, Persons int64
}

// Groups counts the households that the filter finds by group, in the order of
// the keys: each figure is the ledger's own for the filter and the group.
func (l *Ledger) Groups(ctx context.Context, f Filter, by Grouping) ([]Group, error) {
	where, args := l.where(f)
	query := fmt.Sprintf(`select coalesce(key, ''), coalesce(second, ''), count(*), coalesce(sum(persons), 0)::bigint
		from (select %s, persons from model_register.households h where %s) as counted (key, second, persons)
		where key is not null group by key, second order by key, second`, by, strings.Join(where, " and "))
	rows, err := l.pool.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("count the ledger by group: %w", err)
	}
	groups, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g Group, err error) {
		err = row.Scan(&g.Key, &g.Second, &g.Households, &g.Persons)
		return g, err
	})
	if err != nil {
		return nil, fmt.Errorf("count the ledger by group: %w", err)
	}
	return groups, nil
}

//go:embed owed/funnel.sql
var owedFunnelSQL string

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

// Funnel returns where households wait on a day, by procedure, step and level.
func (l *OwedList) Funnel(ctx context.Context, f OwedFilter) ([]Waiting, error) {
	waiting, err := collectAs(ctx, l.pool, owedFunnelSQL, f.args(), func(row pgx.CollectableRow, w *Waiting) error {
		return row.Scan(&w.Procedure, &w.Step, &w.Level, &w.Households, &w.Overdue, dayOf(&w.Since), &w.Median, &w.Longest)
	})
	if err != nil {
		return nil, fmt.Errorf("count who waits: %w", err)
	}
	return waiting, nil
}
