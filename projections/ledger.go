package projections

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// ErrNotFound means that a read model has no such row.
var ErrNotFound = errors.New("projections: not found")

// Ledger answers questions about the register.
type Ledger struct {
	pool   *pgxpool.Pool
	config RegisterConfig
	single *rowReader
}

// NewLedger returns a reader of the register.
func NewLedger(pool *pgxpool.Pool, c RegisterConfig) *Ledger {
	return &Ledger{pool: pool, config: c, single: &rowReader{pool: pool}}
}

// Household is one row of the ledger.
type Household struct {
	ID              string        `json:"id"`
	Version         int64         `json:"version"`
	FileNo          string        `json:"file_no"`
	Region          string        `json:"region"`
	Group           string        `json:"group,omitzero"`
	NationalNo      string        `json:"national_no,omitzero"`
	Unconfirmed     bool          `json:"unconfirmed,omitzero"`
	Head            string        `json:"head"`
	Kind            code.Kind     `json:"kind,omitzero"`
	Class           code.Class    `json:"class,omitzero"`
	Stage           string        `json:"stage"` // household.Stages
	Episode         int           `json:"episode,omitzero"`
	Risks           []string      `json:"risks"`
	Persons         int           `json:"persons"`
	PersonsIncluded int           `json:"persons_at_inclusion,omitzero"`
	NoLabour        bool          `json:"no_labour,omitzero"`
	Included        calendar.Day  `json:"included,omitzero"`
	Eliminated      calendar.Day  `json:"eliminated,omitzero"`
	Announced       calendar.Day  `json:"elimination_announced,omitzero"`
	Marked          calendar.Day  `json:"marked,omitzero"`
	Closed          calendar.Day  `json:"closed,omitzero"`
	Fell            calendar.Day  `json:"fell,omitzero"`
	GreenOwed       calendar.Day  `json:"green_channel_owed,omitzero"`
	Monitoring      *LedgerPerson `json:"monitoring_officer,omitzero"`
	Assistance      *LedgerPerson `json:"assistance_officer,omitzero"`
	Measures        int           `json:"measures"`
	IncomeYear      int           `json:"income_year,omitzero"`
	Income          *code.Fen     `json:"income_per_head_fen,omitzero"`
	Visits          int           `json:"visits"`
	LastVisit       calendar.Day  `json:"last_visit,omitzero"`
	Flags           int           `json:"flags"`
	RedSince        calendar.Day  `json:"red_since,omitzero"`
	RedGrounds      []string      `json:"red_grounds"`

	place string
}

// LedgerPerson is a responsible person.
type LedgerPerson struct {
	Person string `json:"person"`
	Name   string `json:"name"`
}

// Filter says which households are wanted. An empty field asks for nothing.
type Filter struct {
	// Regions are the codes whose households are wanted: every code within a
	// region on a chosen day, merged ones included (office.Directory.Regions).
	Regions []string
	// Whole says that these are all the codes that there are from the first of
	// them to the last (office.Directory.Whole): the ends then say as much as
	// the list, and the page is found without a plan of its own.
	Whole bool
	Kind  code.Kind
	Class code.Class
	Stage household.Stage
	Risk  code.Risk
	// Text is one to three characters of a name, its initials (LCF), the whole
	// ID number of a member, its last four characters, or a file number.
	Text string
	// Unconfirmed asks for files opened by a clue that matched no household;
	// otherwise only the others are listed.
	Unconfirmed bool
	// Red asks for households under a red warning.
	Red bool
	// NoLabour asks for households wholly without labour, WithLabour for the others.
	NoLabour, WithLabour bool
	// IncomeYear, if not 0, asks for a recorded net income per head of that
	// year from IncomeFrom up to, not including, IncomeBelow (0: no bound).
	IncomeYear              int
	IncomeFrom, IncomeBelow code.Fen
	// Officer asks for the households of one responsible person.
	Officer string
	// Included and Eliminated ask for those whose county decision lies in the span.
	Included, Eliminated Days
	// Unhelped asks for households without any measure, Unattended for those
	// without a monitoring or without an assistance officer.
	Unhelped, Unattended bool
	// Developed asks for households with a development measure (开发式帮扶).
	Developed bool
	// UnvisitedSince, if not 0, asks for households not visited on that day or later.
	UnvisitedSince calendar.Day
}

// Days are a span of days, both ends in it; 0 leaves an end open.
type Days struct{ From, To calendar.Day }

const ledgerColumns = `stream, version, place, file_no, region, village_group, national_no, unconfirmed, head, kind, class, stage,
	episode, risks, persons, persons_included, no_labour, included, eliminated, announced, marked, closed, fell, green_owed,
	monitoring, monitoring_name, assistance, assistance_name,
	measures, income_year, income_fen, visits, last_visit, flags, red_since, red_grounds`

// List returns a page of the ledger in reading order, and the cursor of the
// next page.
func (l *Ledger) List(ctx context.Context, f Filter, p Page) ([]Household, string, error) {
	after, err := p.after()
	if err != nil {
		return nil, "", err
	}
	where, args := l.where(f)
	if after != "" {
		args = append(args, after)
		where = append(where, fmt.Sprintf("place > $%d", len(args)))
	}
	args = append(args, p.limit()+1)
	query := fmt.Sprintf("select %s from model_register.households h where %s order by place limit $%d",
		ledgerColumns, strings.Join(where, " and "), len(args))
	rows, err := l.pool.Query(ctx, query, args...)
	if err != nil {
		return nil, "", fmt.Errorf("read the ledger: %w", err)
	}
	found, err := pgx.AppendRows(make([]Household, 0, p.limit()+1), rows, readHousehold)
	if err != nil {
		return nil, "", fmt.Errorf("read the ledger: %w", err)
	}
	page, next := paged(found, p.limit(), func(h Household) string { return h.place })
	return page, next, nil
}

// Count returns how many households the filter finds, and their counted members.
func (l *Ledger) Count(ctx context.Context, f Filter) (households, persons int64, err error) {
	where, args := l.where(f)
	query := "select count(*), coalesce(sum(persons), 0)::bigint from model_register.households h where " + strings.Join(where, " and ")
	if err := l.pool.QueryRow(ctx, query, args...).Scan(&households, &persons); err != nil {
		return 0, 0, fmt.Errorf("count in the ledger: %w", err)
	}
	return households, persons, nil
}

// Heads names the heads of all households of the regions by their ids, files of
// unconfirmed clues included.
func (l *Ledger) Heads(ctx context.Context, regions []string) (map[string]string, error) {
	where, args := []string{"true"}, []any{}
	lying(Filter{Regions: regions}, func(condition string, value any) {
		args = append(args, value)
		where = append(where, fmt.Sprintf(condition, len(args)))
	})
	rows, err := l.pool.Query(ctx, "select stream, head from model_register.households where "+strings.Join(where, " and "), args...)
	if err != nil {
		return nil, fmt.Errorf("read the heads of households: %w", err)
	}
	heads := map[string]string{}
	var stream, head string
	_, err = pgx.ForEachRow(rows, []any{&stream, &head}, func() error {
		heads[subject(stream)] = head
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the heads of households: %w", err)
	}
	return heads, nil
}

// where writes the filter as conditions. Their number is small, so each
// combination that is really used stays prepared.
func (l *Ledger) where(f Filter) (where []string, args []any) {
	add := func(condition string, value any) {
		args = append(args, value)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	if f.Unconfirmed {
		where = append(where, "unconfirmed")
	} else {
		where = append(where, "not unconfirmed")
	}
	lying(f, add)
	for _, c := range []struct{ column, value string }{
		{"kind", string(f.Kind)}, {"class", string(f.Class)}, {"stage", string(f.Stage)},
	} {
		if c.value != "" {
			add(c.column+" = $%d", c.value)
		}
	}
	if f.Risk != "" {
		add("risks @> array[$%d::text]", string(f.Risk))
	}
	if f.NoLabour {
		where = append(where, "no_labour")
	}
	if f.WithLabour {
		where = append(where, "not no_labour")
	}
	if f.Red {
		where = append(where, "red_since is not null")
	}
	if f.Officer != "" {
		args = append(args, f.Officer)
		where = append(where, fmt.Sprintf("(monitoring = $%d or assistance = $%[1]d)", len(args)))
	}
	for _, span := range []struct {
		column string
		Days
	}{{"included", f.Included}, {"eliminated", f.Eliminated}} {
		if span.From != 0 {
			add(span.column+" >= $%d", dateOf(span.From))
		}
		if span.To != 0 {
			add(span.column+" <= $%d", dateOf(span.To))
		}
	}
	if f.Unhelped {
		where = append(where, "measures = 0")
	}
	if f.Developed {
		where = append(where, "developed")
	}
	if f.Unattended {
		where = append(where, "(monitoring is null or assistance is null)")
	}
	if f.UnvisitedSince != 0 {
		add("coalesce(last_visit, '-infinity') < $%d", dateOf(f.UnvisitedSince))
	}
	if f.IncomeYear != 0 {
		below := f.IncomeBelow
		if below == 0 {
			below = 1 << 60
		}
		args = append(args, f.IncomeYear, int64(f.IncomeFrom), int64(below))
		where = append(where, fmt.Sprintf("exists (select from model_register.incomes i where i.stream = h.stream"+
			" and i.year = $%d and i.fen >= $%d and i.fen < $%d)", len(args)-2, len(args)-1, len(args)))
	}
	if f.Text != "" {
		l.text(f.Text, add)
	}
	return where, args
}

// lying asks for the regions of a filter.
func lying(f Filter, add func(condition string, value any)) {
	switch {
	case f.Regions == nil:
	case f.Whole:
		add("place >= $%d", f.Regions[0])
		add("place < $%d", f.Regions[len(f.Regions)-1]+behind)
	default:
		if first, after, ok := together(f.Regions); ok {
			add("place >= $%d", first)
			add("place < $%d", after)
		}
		add("region = any($%d)", f.Regions)
	}
}

// together finds the village, township or county to which all the villages
// belong by their numbers, as a range of places. The list still decides; the
// range only makes it fast.
func together(regions []string) (first, after string, ok bool) {
	common := ""
	for _, r := range regions {
		if len(r) < villageDigits {
			continue // the county's and the townships' own codes
		}
		if common == "" {
			common = r
		}
		for _, digits := range []int{villageDigits, townshipDigits, countyDigits, 0} {
			if len(common) >= digits && common[:digits] == r[:digits] {
				common = common[:digits]
				break
			}
		}
	}
	if common == "" {
		return "", "", false
	}
	return common, common + behind, true
}

// behind, after a code, is behind every place that begins with it.
const behind = "\x7f"

// Digits of the statistical codes of regions.
const (
	countyDigits   = 6
	townshipDigits = 9
	villageDigits  = 12
)

// text searches by what the text looks like.
func (l *Ledger) text(text string, add func(condition string, value any)) {
	text = strings.ToUpper(strings.TrimSpace(text))
	found := func(keys []int64) { add("keys @> $%d::bigint[]", keys) }
	switch {
	case (len(text) == 18 || len(text) == 20 || len(text) == 22) && digits(text[:17]) && l.config.Hash != nil:
		found(l.config.idKeys(text)[:1])
	case len(text) == tailLength && digits(text[:tailLength-1]):
		found([]int64{searchKey(tailMark + text)})
	case isInitials(text):
		found([]int64{searchKey(initialsMark + text)})
	case strings.Contains(text, "-") || digits(text):
		add("place ^@ $%d", text)
	case utf8.RuneCountInString(text) == 1:
		found([]int64{searchKey(text)})
	default:
		found(addPairs(nil, text))
	}
}

func digits(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// Get returns one household's row.
func (l *Ledger) Get(ctx context.Context, id string) (Household, error) {
	row, err := l.single.get(ctx, householdPrefix+id)
	if err == nil && row == nil {
		err = ErrNotFound
	}
	if err != nil {
		return Household{}, fmt.Errorf("household %s: %w", id, err)
	}
	return *row, nil
}
