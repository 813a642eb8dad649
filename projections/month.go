package projections

import (
	"cmp"
	"context"
	"slices"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/household"
	"shouwang/eventlog"
)

// MonthQuery asks for a township's monthly report (S1.9: before the 3rd, of the
// month before).
type MonthQuery struct {
	Region  string
	Regions []string // every code within it on the last day
	Month   calendar.Day
	KnownAt time.Time
}

// MonthLine is one household of the report.
type MonthLine struct {
	Household string       `json:"household"`
	FileNo    string       `json:"file_no"`
	Region    string       `json:"region"`
	Class     code.Class   `json:"class"`
	Risks     []code.Risk  `json:"risks"`
	Persons   int          `json:"persons"`
	On        calendar.Day `json:"on"`
	Again     bool         `json:"again,omitzero" doc:"重新识别纳入"`
	Way       string       `json:"way,omitzero" doc:"消除方式"`
}

// Month is what the report says: the new risk households, those whose risk was
// removed, whose removal was taken back, who actually fell, and how many are
// monitored at the end. Persons are those of the last day.
type Month struct {
	Region     string       `json:"region"`
	From       calendar.Day `json:"from"`
	To         calendar.Day `json:"to"`
	Due        calendar.Day `json:"due" doc:"次月3日之前，即2日止"`
	KnownAt    time.Time    `json:"known_at"`
	New        []MonthLine  `json:"new"`
	Eliminated []MonthLine  `json:"eliminated"`
	RolledBack []MonthLine  `json:"rolled_back"`
	Fallen     []MonthLine  `json:"fallen"`
	Monitored  Sum          `json:"monitored" doc:"月末监测中（风险未消除）"`
}

// Month returns the report of the month in which the day lies.
func (r *Reports) Month(ctx context.Context, q MonthQuery) (Month, error) {
	year, month := q.Month.YearMonth()
	from := calendar.Date(year, month, 1)
	next := from.AddMonths(1)
	m := Month{Region: q.Region, From: from, To: next - 1, Due: next + 1, KnownAt: q.KnownAt,
		New: []MonthLine{}, Eliminated: []MonthLine{}, RolledBack: []MonthLine{}, Fallen: []MonthLine{}}
	err := r.each(ctx, q.Regions, household.Times{AsOf: m.To, KnownAt: q.KnownAt}, m.take)
	for _, list := range [][]MonthLine{m.New, m.Eliminated, m.RolledBack, m.Fallen} {
		slices.SortFunc(list, func(a, b MonthLine) int {
			return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.FileNo, b.FileNo), cmp.Compare(a.Household, b.Household))
		})
	}
	return m, err
}

// Figures returns what a report of the period states of the regions, as everything
// recorded so far says.
func (r *Reports) Figures(ctx context.Context, regions []string, from, to calendar.Day) (duty.Figures, error) {
	m := Month{From: from, To: to}
	err := r.each(ctx, regions, household.Times{AsOf: to}, m.take)
	return m.figures(), err
}

func (m *Month) figures() duty.Figures {
	return duty.Figures{Counted: true, New: sumOf(m.New), Eliminated: sumOf(m.Eliminated), RolledBack: sumOf(m.RolledBack), Fallen: sumOf(m.Fallen), Monitored: duty.Sum(m.Monitored)}
}

// Counting counts figures once the report shows what is recorded up to a position,
// so that what was entered just before a report is in it.
func (r *Reports) Counting(f *Followers) func(ctx context.Context, at eventlog.Position, regions []string, from, to calendar.Day) (duty.Figures, error) {
	return func(ctx context.Context, at eventlog.Position, regions []string, from, to calendar.Day) (duty.Figures, error) {
		if err := f.Await(ctx, ReportName, f.Receipt(at)); err != nil {
			return duty.Figures{}, err
		}
		return r.Figures(ctx, regions, from, to)
	}
}

func sumOf(lines []MonthLine) (s duty.Sum) {
	for _, l := range lines {
		s.Households++
		s.Persons += l.Persons
	}
	return s
}

// take counts one household as it stood on the last day of the month.
func (m *Month) take(s *household.State) {
	count, ok := s.Count(m.To)
	if !ok {
		return
	}
	if count.Open() {
		m.Monitored.add(count.Current)
	}
	within := func(d calendar.Day) bool { return d >= m.From && d <= m.To }
	line := func(e *household.Episode, on calendar.Day) MonthLine {
		l := MonthLine{Household: s.ID, FileNo: s.FileNo, Region: s.Region, Persons: count.Current, On: on, Class: e.Class, Risks: []code.Risk{}}
		for _, risk := range e.Risks {
			l.Risks = append(l.Risks, risk.Risk)
		}
		return l
	}
	for i := range s.Episodes {
		e := &s.Episodes[i]
		if e.Included == 0 || e.Revoked != 0 {
			continue
		}
		if within(e.Included) {
			l := line(e, e.Included)
			l.Again = e.Number > 1
			m.New = append(m.New, l)
		}
		if within(e.Eliminated) {
			l := line(e, e.Eliminated)
			l.Way = e.Way
			m.Eliminated = append(m.Eliminated, l)
		}
		if within(e.RolledBack) {
			m.RolledBack = append(m.RolledBack, line(e, e.RolledBack))
		}
	}
	if within(s.Fell) {
		m.Fallen = append(m.Fallen, line(s.Episode(), s.Fell))
	}
}
