package projections

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/policy"
)

var (
	//go:embed owed/list.sql
	owedListSQL string
	//go:embed owed/counts.sql
	owedCountsSQL string
)

// OwedItem is one thing that is due or missing on a day.
type OwedItem struct {
	Household string       `json:"household,omitzero"`
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
	// System is the named one that an entry or a mark goes into.
	System string `json:"system,omitzero"`
	Detail string `json:"detail,omitzero"`
	// Households is how many a sheet concerns.
	Households int `json:"households"`

	// Of a duty: its id in the pack, the period it is about, how many of its
	// turns are over and not done, and who owes it.
	Duty       string         `json:"duty,omitzero"`
	Cite       string         `json:"cite,omitzero"`
	Assumed    bool           `json:"assumed,omitzero"` // the source leaves its cadence open
	Period     *calendar.Turn `json:"period,omitzero"`
	Missed     int            `json:"missed,omitzero"`
	Department string         `json:"department,omitzero"`
	Person     string         `json:"person,omitzero"` // the household's own officer
	// Act is what fulfils the duty.
	Act policy.DutyAct `json:"-"`
	// Suspended: the system that it waits for takes no entries (S1.28).
	Suspended bool `json:"suspended,omitzero"`

	place string
}

// OwedFilter says what is wanted.
type OwedFilter struct {
	Regions   []string // nil is everywhere
	Level     code.Level
	Kind      OwedKind
	Step      string // the step that is owed
	Procedure string // and of which procedure
	Household string
	// Overdue asks only for what should have been done before today.
	Overdue bool
	// ByDue asks for what is due first to stand first; what has no day stands last.
	ByDue bool
	Today calendar.Day
	// Owings are the duties that lie on the regions on the day; none are listed
	// without them.
	Owings []duty.Owing
	// Workers, where given, are whose list it is: what an office may do, or what
	// Person may in his appointments and as a household's officer.
	Workers []Worker
	Person  string
	// Leaving finds the officers who left; none are listed without it.
	Leaving Leaving
	// Within says whether a region lies in another on the day.
	Within func(ancestor, region string) bool
}

// OwedList answers questions about what is owed.
type OwedList struct{ pool *pgxpool.Pool }

// NewOwedList returns a reader of what is owed.
func NewOwedList(pool *pgxpool.Pool) *OwedList { return &OwedList{pool} }

func (f *OwedFilter) args() pgx.NamedArgs {
	args := pgx.NamedArgs{"all_regions": f.Regions == nil, "regions": f.Regions, "today": dateOf(f.Today), "level": string(f.Level),
		"kind": string(f.Kind), "household": f.Household, "step": f.Step, "procedure": f.Procedure, "overdue": f.Overdue, "by_due": f.ByDue}
	f.workers(args)
	return args
}

// List returns a page of what is owed on a day, the oldest first, or what is due
// first.
func (l *OwedList) List(ctx context.Context, f OwedFilter, p Page) ([]OwedItem, string, error) {
	after, err := p.after()
	if err != nil {
		return nil, "", err
	}
	from, limit := after, p.limit()+1
	if f.ByDue { // when a turn that was missed was due is reckoned here: all are read
		from, limit = "", maxCounted
	}
	var files, households, regions, leavers []OwedItem
	if f.Kind != OwedDuty && f.Kind != OwedHandover {
		if files, err = l.ofFiles(ctx, f, after, p.limit()+1); err != nil {
			return nil, "", err
		}
	}
	if (f.Kind == OwedDuty || f.Kind == "") && f.Step == "" {
		if households, err = l.ofHouseholds(ctx, f, from, limit); err != nil {
			return nil, "", err
		}
		if regions, err = l.ofRegions(ctx, f); err != nil {
			return nil, "", err
		}
	}
	if (f.Kind == OwedHandover || f.Kind == "") && f.Step == "" {
		if leavers, err = l.ofLeavers(ctx, f, from, limit); err != nil {
			return nil, "", err
		}
	}
	if f.ByDue {
		keyedByDue(households, regions, leavers)
	}
	page, next := merged(after, p.limit(), files, households, regions, leavers)
	closures, err := l.closures(ctx, f.Today)
	if err != nil {
		return nil, "", err
	}
	for i := range page {
		f.suspend(&page[i], closures)
	}
	// What a shut system gives more time to is not overdue: the page is shorter.
	return slices.DeleteFunc(page, func(o OwedItem) bool { return f.Overdue && !o.Overdue }), next, nil
}

// ofFiles lists what the households' files owe.
func (l *OwedList) ofFiles(ctx context.Context, f OwedFilter, after string, limit int) ([]OwedItem, error) {
	args := f.args()
	args["after"], args["limit"] = after, limit
	found, err := collectAs(ctx, l.pool, owedListSQL, args, func(row pgx.CollectableRow, o *OwedItem) error { return o.scan(row, f.Today) })
	if err != nil {
		return nil, fmt.Errorf("read what is owed: %w", err)
	}
	return found, nil
}

// scan reads an item as it is on a day, and what stands in the row behind it.
func (o *OwedItem) scan(row pgx.CollectableRow, today calendar.Day, behind ...any) error {
	var stream string
	err := row.Scan(append([]any{&stream, &o.place, &o.Kind, &o.Level, &o.Region, &o.FileNo, &o.Head, &o.Procedure, &o.Step,
		dayOf(&o.Since), dayOf(&o.Due), &o.Limit.Days, &o.Limit.Count, &o.Paper, &o.Office, &o.System, &o.Detail, &o.Households}, behind...)...)
	o.Household, o.KindName = subject(stream), OwedKinds.ZH(string(o.Kind))
	o.counted(today)
	return err
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

// Counts returns how much is owed on a day, by level and kind. Sheets count once,
// however many households stand on them.
func (l *OwedList) Counts(ctx context.Context, f OwedFilter) ([]OwedCount, error) {
	f.Overdue, f.Kind = false, ""
	counts, err := collectAs(ctx, l.pool, owedCountsSQL, f.args(), func(row pgx.CollectableRow, c *OwedCount) error {
		err := row.Scan(&c.Level, &c.Kind, &c.Items, &c.Overdue)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count what is owed: %w", err)
	}
	more, err := l.counted(ctx, f)
	if err != nil {
		return nil, err
	}
	counts = append(counts, more...)
	for i := range counts {
		counts[i].KindName = OwedKinds.ZH(string(counts[i].Kind))
	}
	slices.SortFunc(counts, func(a, b OwedCount) int {
		return cmp.Or(strings.Compare(string(a.Level), string(b.Level)), strings.Compare(string(a.Kind), string(b.Kind)))
	})
	return counts, nil
}

// counted counts the duties, and what waits for a system, one by one.
func (l *OwedList) counted(ctx context.Context, f OwedFilter) ([]OwedCount, error) {
	items, err := l.ofHouseholds(ctx, f, "", maxCounted)
	if err != nil {
		return nil, err
	}
	regions, err := l.ofRegions(ctx, f)
	if err != nil {
		return nil, err
	}
	closures, err := l.closures(ctx, f.Today)
	if err != nil {
		return nil, err
	}
	leavers, err := l.ofLeavers(ctx, f, "", maxCounted)
	if err != nil {
		return nil, err
	}
	items = slices.Concat(items, regions, leavers)
	for _, kind := range []OwedKind{OwedEntry, OwedMark} {
		f.Kind = kind
		waiting, err := l.ofFiles(ctx, f, "", maxCounted)
		if err != nil {
			return nil, err
		}
		for i := range waiting {
			f.suspend(&waiting[i], closures)
		}
		items = append(items, waiting...)
	}
	sums := map[OwedCount]*OwedCount{}
	var counts []OwedCount
	for _, o := range items {
		key := OwedCount{Level: o.Level, Kind: o.Kind}
		if sums[key] == nil {
			sums[key] = &OwedCount{Level: o.Level, Kind: o.Kind}
		}
		sums[key].Items++
		if o.Overdue {
			sums[key].Overdue++
		}
	}
	for _, c := range sums {
		counts = append(counts, *c)
	}
	return counts, nil
}

// maxCounted bounds what is counted one by one: more than a county has households.
const maxCounted = 200_000
