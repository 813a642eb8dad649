package projections

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

var (
	//go:embed funds/list.sql
	fundsListSQL string
	//go:embed funds/lines.sql
	fundsLinesSQL string
	//go:embed funds/findings.sql
	fundsFindingsSQL string
)

// FundRow is a fund with what was raised and paid; amounts are in fen.
type FundRow struct {
	ID       string                `json:"id"`
	Version  int64                 `json:"version"`
	Region   string                `json:"region"`
	Kind     string                `json:"kind"`
	KindName string                `json:"kind_name"`
	Name     string                `json:"name"`
	Rules    string                `json:"rules"`
	Document string                `json:"document,omitzero"`
	Since    calendar.Day          `json:"since,omitzero"`
	Tiers    []household.Condition `json:"tiers,omitzero"`
	Raised   code.Fen              `json:"raised_fen"`
	Approved code.Fen              `json:"approved_fen"`
	Paid     code.Fen              `json:"paid_fen"`
	Balance  code.Fen              `json:"balance_fen"`
	// Households and Persons that were paid: a household counts once.
	Households int `json:"households"`
	Persons    int `json:"persons"`
	Findings   int `json:"findings"`
}

// FundEntry is one household's line of an approval or payment list.
type FundEntry struct {
	Entry     string       `json:"entry"` // approval or payment
	List      string       `json:"list"`
	Document  string       `json:"document,omitzero"`
	Household string       `json:"household"`
	Measure   string       `json:"measure,omitzero"`
	Tier      string       `json:"tier,omitzero"`
	Persons   int          `json:"persons"`
	Fen       code.Fen     `json:"fen"`
	Happened  calendar.Day `json:"happened"`
	Reversed  calendar.Day `json:"reversed,omitzero"`
	Findings  []string     `json:"findings"` // rules that it did not satisfy

	place string
}

// FundFinding is what an audit finds about a list or one of its lines.
type FundFinding struct {
	Fund      string       `json:"fund"`
	List      string       `json:"list"`
	Household string       `json:"household,omitzero"` // none: the whole list
	Rule      policy.Rule  `json:"rule"`
	Name      string       `json:"name"`
	Happened  calendar.Day `json:"happened"`
	Detail    string       `json:"detail"`
}

// FundFilter says which funds, lines or findings are wanted.
type FundFilter struct {
	Regions   []string // nil is everywhere
	Kind      string
	Fund      string // id
	Entry     string
	Household string
	Rule      policy.Rule
}

func (f FundFilter) args(after string, limit int) pgx.NamedArgs {
	stream := ""
	if f.Fund != "" {
		stream = fundPrefix + f.Fund
	}
	return pgx.NamedArgs{"all_regions": f.Regions == nil, "regions": f.Regions, "kind": f.Kind, "stream": stream, "entry": f.Entry,
		"household": f.Household, "rule": string(f.Rule), "after": after, "limit": limit}
}

// FundBook answers questions about funds.
type FundBook struct{ pool *pgxpool.Pool }

// NewFundBook returns a reader of the funds.
func NewFundBook(pool *pgxpool.Pool) *FundBook { return &FundBook{pool} }

// List returns a page of funds.
func (b *FundBook) List(ctx context.Context, f FundFilter, p Page) ([]FundRow, string, error) {
	after, err := p.after()
	if err != nil {
		return nil, "", err
	}
	found, err := collectAs(ctx, b.pool, fundsListSQL, f.args(after, p.limit()+1), func(row pgx.CollectableRow, r *FundRow) error {
		var stream, tiers string
		if err := row.Scan(&stream, &r.Version, &r.Region, &r.Kind, &r.Name, &r.Rules, &r.Document, dayOf(&r.Since), &r.Raised, &r.Approved, &r.Paid, &tiers,
			&r.Households, &r.Persons, &r.Findings); err != nil {
			return err
		}
		r.ID, r.KindName, r.Balance = subject(stream), household.FundKinds.ZH(r.Kind), r.Raised-r.Paid
		return json.Unmarshal([]byte(tiers), &r.Tiers)
	})
	if err != nil {
		return nil, "", fmt.Errorf("read the funds: %w", err)
	}
	page, next := paged(found, p.limit(), func(r FundRow) string { return fundPrefix + r.ID })
	return page, next, nil
}

// Get returns one fund.
func (b *FundBook) Get(ctx context.Context, id string) (FundRow, error) {
	found, _, err := b.List(ctx, FundFilter{Fund: id}, Page{Limit: 1})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("fund %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return FundRow{}, err
	}
	return found[0], nil
}

// Lines returns a page of a fund's lines, the oldest first.
func (b *FundBook) Lines(ctx context.Context, f FundFilter, p Page) ([]FundEntry, string, error) {
	after, err := p.after()
	if err != nil {
		return nil, "", err
	}
	found, err := collectAs(ctx, b.pool, fundsLinesSQL, f.args(after, p.limit()+1), func(row pgx.CollectableRow, e *FundEntry) error {
		return row.Scan(&e.place, &e.Entry, &e.List, &e.Document, &e.Household, &e.Measure, &e.Tier, &e.Persons, &e.Fen, dayOf(&e.Happened), dayOf(&e.Reversed), &e.Findings)
	})
	if err != nil {
		return nil, "", fmt.Errorf("read the lines of a fund: %w", err)
	}
	page, next := paged(found, p.limit(), func(e FundEntry) string { return e.place })
	return page, next, nil
}

// Findings lists what an audit finds, the oldest first, at most MaxPage.
func (b *FundBook) Findings(ctx context.Context, f FundFilter) ([]FundFinding, error) {
	found, err := collectAs(ctx, b.pool, fundsFindingsSQL, f.args("", MaxPage), func(row pgx.CollectableRow, x *FundFinding) error {
		var stream string
		err := row.Scan(&stream, &x.List, &x.Household, &x.Rule, dayOf(&x.Happened), &x.Detail)
		x.Fund, x.Name = subject(stream), policy.Rules[x.Rule].ZH
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the findings of funds: %w", err)
	}
	return found, nil
}
