package projections

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"shouwang/domain/code"
)

//go:embed register/totals.sql
var registerTotalsSQL string

// Total is how many households and persons stand in one place of the ledger.
type Total struct {
	Kind            code.Kind  `json:"kind,omitzero"`
	Class           code.Class `json:"class,omitzero"`
	Stage           string     `json:"stage"`
	Households      int64      `json:"households"`
	Persons         int64      `json:"persons"`
	PersonsIncluded int64      `json:"persons_at_inclusion"`
}

// Totals returns the ledger's totals by kind, class and stage within regions
// (every code within a region on a chosen day). Unconfirmed files count nowhere.
func (l *Ledger) Totals(ctx context.Context, regions []string) ([]Total, error) {
	rows, err := l.pool.Query(ctx, registerTotalsSQL, pgx.NamedArgs{"regions": regions})
	if err != nil {
		return nil, fmt.Errorf("read the ledger's totals: %w", err)
	}
	totals, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Total, error) {
		var t Total
		err := row.Scan(&t.Kind, &t.Class, &t.Stage, &t.Households, &t.Persons, &t.PersonsIncluded)
		return t, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the ledger's totals: %w", err)
	}
	return totals, nil
}
