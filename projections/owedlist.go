package projections

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

var (
	//go:embed owed/list.sql
	owedListSQL string
	//go:embed owed/counts.sql
	owedCountsSQL string
)

// OwedItem is one thing that is due or missing on a day.
type OwedItem struct {
	Household string       `json:"household"`
	FileNo    string       `json:"file_no,omitzero"`
	Head      string       `json:"head,omitzero"`
	Region    string       `json:"region"`
	Kind      OwedKind     `json:"kind"`
	KindName  string       `json:"kind_name"`
	Level     code.Level   `json:"level"` // whose turn it is
	Procedure string       `json:"procedure,omitzero"`
	Step      string       `json:"step,omitzero"`
	Since     calendar.Day `json:"since"`
	Due       calendar.Day `json:"due,omitzero"`
	Overdue   bool         `json:"overdue,omitzero"`
	// Limit is how the due day was reckoned; Unsure says why there is none.
	Limit  calendar.Period `json:"limit,omitzero"`
	Unsure string          `json:"unsure,omitzero"`
	// Waited are the days since, Left those that remain, by both counts; Left
	// is negative where the item is overdue.
	Waited calendar.Span  `json:"waited"`
	Left   *calendar.Span `json:"left,omitzero"`
	Paper  string         `json:"paper,omitzero"`
	Office string         `json:"office,omitzero"`
	Detail string         `json:"detail,omitzero"`
	// Households is how many a sheet concerns.
	Households int `json:"households"`

	place string
}

// OwedFilter says what is wanted.
type OwedFilter struct {
	Regions   []string // nil is everywhere
	Level     code.Level
	Kind      OwedKind
	Household string
	// Overdue asks only for what should have been done before today.
	Overdue bool
	Today   calendar.Day
}

// OwedList answers questions about what is owed.
type OwedList struct{ pool *pgxpool.Pool }

// NewOwedList returns a reader of what is owed.
func NewOwedList(pool *pgxpool.Pool) *OwedList { return &OwedList{pool} }

func (f OwedFilter) args() pgx.NamedArgs {
	return pgx.NamedArgs{"all_regions": f.Regions == nil, "regions": f.Regions, "today": dateOf(f.Today), "level": string(f.Level),
		"kind": string(f.Kind), "household": f.Household, "overdue": f.Overdue}
}

// List returns a page of what is owed on a day, the oldest first.
func (l *OwedList) List(ctx context.Context, f OwedFilter, p Page) ([]OwedItem, string, error) {
	after, err := p.after()
	if err != nil {
		return nil, "", err
	}
	args := f.args()
	args["after"], args["limit"] = after, p.limit()+1
	found, err := collectAs(ctx, l.pool, owedListSQL, args, func(row pgx.CollectableRow, o *OwedItem) error {
		var stream string
		err := row.Scan(&stream, &o.place, &o.Kind, &o.Level, &o.Region, &o.FileNo, &o.Head, &o.Procedure, &o.Step,
			dayOf(&o.Since), dayOf(&o.Due), &o.Limit.Days, &o.Limit.Count, &o.Paper, &o.Office, &o.Detail, &o.Households)
		o.Household, o.KindName = subject(stream), OwedKinds.ZH(string(o.Kind))
		o.counted(f.Today)
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("read what is owed: %w", err)
	}
	page, next := paged(found, p.limit(), func(o OwedItem) string { return o.place })
	return page, next, nil
}

// counted tells the item's days as they are on a day, by both counts.
func (o *OwedItem) counted(today calendar.Day) {
	o.Waited = calendar.Announced().Span(o.Since, today)
	if o.Due == 0 {
		if o.Limit.Days > 0 {
			o.Unsure = calendar.Unannounced(o.Since, max(today, o.Since+calendar.Day(o.Limit.Days))) + "，到期日无法认定"
		}
		return
	}
	o.Overdue = o.Due < today
	left := calendar.Announced().Span(today, o.Due)
	o.Left = &left
}

// OwedCount is how much of one kind one level owes.
type OwedCount struct {
	Level    code.Level `json:"level"`
	Kind     OwedKind   `json:"kind"`
	KindName string     `json:"kind_name"`
	Items    int        `json:"items"`
	Overdue  int        `json:"overdue"`
}

// Counts returns how much is owed on a day, by level and kind.
func (l *OwedList) Counts(ctx context.Context, regions []string, today calendar.Day) ([]OwedCount, error) {
	counts, err := collectAs(ctx, l.pool, owedCountsSQL, OwedFilter{Regions: regions, Today: today}.args(), func(row pgx.CollectableRow, c *OwedCount) error {
		err := row.Scan(&c.Level, &c.Kind, &c.Items, &c.Overdue)
		c.KindName = OwedKinds.ZH(string(c.Kind))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count what is owed: %w", err)
	}
	return counts, nil
}
