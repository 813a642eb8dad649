package projections

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
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
