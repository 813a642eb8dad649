package projections

import (
	"context"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

//go:embed report/files.sql
var reportFilesSQL string

// Basis says which persons of a household are counted.
type Basis string

// The two bases.
const (
	AtInclusion Basis = "at inclusion" // its counted members on the day of its first inclusion
	Current     Basis = "current"      // its counted members on the day of the report
)

// HalfYearQuery asks for the half-year report.
type HalfYearQuery struct {
	Region string // as asked for
	// Regions is every code within it on the day (office.Directory.Regions).
	Regions []string
	household.Times
	Persons Basis
	// IncomeLine is the year's line in yuan; nil while it is undetermined (未定).
	IncomeLine *int64
}

// Sum is so many households with so many persons (户, 人).
type Sum struct {
	Households int `json:"households"`
	Persons    int `json:"persons"`
}

func (s *Sum) add(persons int) { s.Households++; s.Persons += persons }

// ByClass is a sum for each class, in the order of the official reports.
type ByClass struct {
	Unstable Sum `json:"unstable"`
	Marginal Sum `json:"marginal"`
	Sudden   Sum `json:"sudden"`
}

func (b *ByClass) of(c code.Class) *Sum {
	switch c {
	case code.Unstable:
		return &b.Unstable
	case code.Marginal:
		return &b.Marginal
	case code.Sudden:
		return &b.Sudden
	default:
		return &Sum{} // a class of another place's pack: in the whole, in no part
	}
}

// HalfYear is the report. Rates are rounded to four decimals.
type HalfYear struct {
	Region  string       `json:"region"`
	AsOf    calendar.Day `json:"as_of"`
	KnownAt time.Time    `json:"known_at"`
	Basis   struct {
		Persons    string `json:"persons"`
		Households string `json:"households"`
	} `json:"basis"`
	Cumulative struct {
		Sum
		ByClass ByClass `json:"by_class"`
	} `json:"cumulative"`
	Eliminated struct {
		Decided          Sum     `json:"decided"`
		Announced        Sum     `json:"announced"`
		Marked           Sum     `json:"marked"`
		RateByPersons    float64 `json:"rate_by_persons"`
		RateByHouseholds float64 `json:"rate_by_households"`
	} `json:"eliminated"`
	New struct {
		Year int `json:"year"`
		Sum
		ByClass ByClass `json:"by_class"`
	} `json:"new"`
	NotEliminated struct {
		Sum
		WithLabour    int `json:"with_labour"`
		WithoutLabour int `json:"without_labour"`
	} `json:"not_eliminated"`
	EliminatedInPeriod struct {
		Decided   Sum `json:"decided"`
		Announced Sum `json:"announced"`
		Marked    Sum `json:"marked"`
	} `json:"eliminated_in_period"`
	Closed   Sum `json:"closed"` // 自然减少
	Fallen   Sum `json:"fallen"` // 实际返贫致贫
	Measures struct {
		Count        int     `json:"count"`
		Households   int     `json:"households"`
		PerHousehold float64 `json:"per_household"`
	} `json:"measures"`
	IncomeLine *int64 `json:"income_line"`
}

// Reports counts.
type Reports struct{ pool *pgxpool.Pool }

// NewReports returns a reader of the facts behind the reports.
func NewReports(pool *pgxpool.Pool) *Reports { return &Reports{pool} }

// HalfYear counts every household of the regions at the two times.
func (r *Reports) HalfYear(ctx context.Context, q HalfYearQuery) (HalfYear, error) {
	h := HalfYear{Region: q.Region, AsOf: q.AsOf, KnownAt: q.KnownAt, IncomeLine: q.IncomeLine}
	if q.Persons == "" {
		q.Persons = AtInclusion
	}
	h.Basis.Persons = string(q.Persons)
	h.Basis.Households = "once, by first inclusion, class as first decided"
	h.New.Year = q.AsOf.Year()
	if err := r.each(ctx, q.Regions, q.Times, func(s *household.State) {
		if c, ok := s.Count(q.AsOf); ok {
			h.count(c, q.Persons, q.AsOf)
		}
	}); err != nil {
		return h, err
	}
	h.finish()
	return h, nil
}

// each folds every household of the regions that was ever included, at the two
// times.
func (r *Reports) each(ctx context.Context, regions []string, t household.Times, take func(*household.State)) error {
	rows, err := r.pool.Query(ctx, reportFilesSQL, pgx.NamedArgs{"regions": regions})
	if err != nil {
		return fmt.Errorf("read the facts of the report: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		raw := rows.RawValues()
		facts, err := readFacts(raw[1], t)
		if err != nil {
			return fmt.Errorf("%s: %w", raw[0], err)
		}
		if s := household.Fold(subject(string(raw[0])), facts, t); slices.Contains(regions, s.Region) {
			take(&s)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the facts of the report: %w", err)
	}
	return nil
}

func (h *HalfYear) count(c household.Count, basis Basis, asOf calendar.Day) {
	persons := c.AtInclusion
	if basis == Current {
		persons = c.Current
	}
	h.Cumulative.add(persons)
	h.Cumulative.ByClass.of(c.Class).add(persons)
	h.Measures.Count += c.Measures
	if c.Included.Year() == h.New.Year {
		h.New.add(persons)
		h.New.ByClass.of(c.Class).add(persons)
	}
	for _, e := range []struct {
		on              calendar.Day
		total, inPeriod *Sum
	}{
		{c.Eliminated, &h.Eliminated.Decided, &h.EliminatedInPeriod.Decided},
		{c.Announced, &h.Eliminated.Announced, &h.EliminatedInPeriod.Announced},
		{c.Marked, &h.Eliminated.Marked, &h.EliminatedInPeriod.Marked},
	} {
		if e.on == 0 {
			continue
		}
		e.total.add(persons)
		if e.on >= periodStart(asOf) {
			e.inPeriod.add(persons)
		}
	}
	if c.Open() {
		h.NotEliminated.add(persons)
		if c.NoLabour {
			h.NotEliminated.WithoutLabour++
		} else {
			h.NotEliminated.WithLabour++
		}
	}
	if c.Closed != 0 {
		h.Closed.add(persons)
	}
	if c.Fell != 0 {
		h.Fallen.add(persons)
	}
}

// periodStart is the first day of the half-year in which the day lies.
func periodStart(day calendar.Day) calendar.Day {
	year, month := day.YearMonth()
	if month <= time.June {
		return calendar.Date(year, time.January, 1)
	}
	return calendar.Date(year, time.July, 1)
}

func (h *HalfYear) finish() {
	h.Measures.Households = h.Cumulative.Households
	h.Measures.PerHousehold = ratio(h.Measures.Count, h.Cumulative.Households, 100)
	h.Eliminated.RateByPersons = ratio(h.Eliminated.Decided.Persons, h.Cumulative.Persons, 10_000)
	h.Eliminated.RateByHouseholds = ratio(h.Eliminated.Decided.Households, h.Cumulative.Households, 10_000)
}

// ratio rounds to a fraction of the given denominator; of nothing it is 0.
func ratio(part, whole int, precision float64) float64 {
	if whole == 0 {
		return 0
	}
	return math.Round(float64(part)/float64(whole)*precision) / precision
}
