package projections

import (
	"fmt"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
)

// MovedFigure is a figure of a half-year report that would be another if one
// fact of a household were void. Stands and Void are what the household counts
// in it, not the whole figure.
type MovedFigure struct {
	Report string       `json:"report"` // such as 2023年上半年
	AsOf   calendar.Day `json:"as_of"`
	Figure string       `json:"figure"`
	Stands int          `json:"stands"`
	Void   int          `json:"void"`
}

// String is the figure on one line.
func (m MovedFigure) String() string {
	return fmt.Sprintf("%s（截至%s）%s：%+d", m.Report, m.AsOf.Chinese(), m.Figure, m.Void-m.Stands)
}

// MovedFigures lists the figures of every half-year report, from the one in
// whose period the fact happened to the current one as of today, in which the
// household counts otherwise once the fact is void. Persons are counted on both
// bases.
func MovedFigures(id string, facts []household.Fact, event string, today calendar.Day) []MovedFigure {
	stands, void := household.BothWays(facts, event)
	var from calendar.Day
	for _, f := range facts {
		if f.ID == event {
			from = f.Happened()
		}
	}
	moved := []MovedFigure{}
	if from == 0 {
		return moved
	}
	all := figures()
	for _, day := range reportDays(from, today) {
		for _, basis := range []Basis{AtInclusion, Current} {
			a, b := contribution(id, stands, day, basis), contribution(id, void, day, basis)
			for _, f := range all {
				if was, is := *f.of(&a), *f.of(&b); was != is && (f.persons || basis == AtInclusion) {
					moved = append(moved, MovedFigure{Report: halfYearName(day), AsOf: day, Figure: f.zh + basisName(f.persons, basis), Stands: was, Void: is})
				}
			}
		}
	}
	return moved
}

// contribution is what one household adds to the report of a day.
func contribution(id string, facts []household.Fact, day calendar.Day, basis Basis) HalfYear {
	var h HalfYear
	h.New.Year = day.Year()
	s := household.Fold(id, facts, household.Times{AsOf: day})
	if c, ok := s.Count(day); ok {
		h.count(c, basis, day)
	}
	return h
}

// reportDays are the last days of the half-years from the one of the first day
// on, and today for the one that has not ended.
func reportDays(from, today calendar.Day) []calendar.Day {
	var days []calendar.Day
	year, month := from.YearMonth()
	for {
		end := calendar.Date(year, time.June, 30)
		if month > time.June {
			end = calendar.Date(year, time.December, 31)
		}
		if end >= today {
			return append(days, today)
		}
		days = append(days, end)
		if month > time.June {
			year, month = year+1, time.January
		} else {
			month = time.July
		}
	}
}

func halfYearName(day calendar.Day) string {
	year, month := day.YearMonth()
	half := "上半年"
	if month > time.June {
		half = "下半年"
	}
	return fmt.Sprintf("%d年%s", year, half)
}

func basisName(persons bool, b Basis) string {
	if persons && b == Current {
		return "（现有人口）"
	}
	return ""
}

// figures are the counts of the report with their names. Rates follow from them.
func figures() []figure {
	all := bothOf("累计纳入", func(h *HalfYear) *Sum { return &h.Cumulative.Sum })
	all = append(all, eachClass("累计纳入", func(h *HalfYear) *ByClass { return &h.Cumulative.ByClass })...)
	all = append(all, bothOf("新识别", func(h *HalfYear) *Sum { return &h.New.Sum })...)
	all = append(all, eachClass("新识别", func(h *HalfYear) *ByClass { return &h.New.ByClass })...)
	for _, s := range []struct {
		zh string
		of func(h *HalfYear) *Sum
	}{
		{"风险消除（已审定）", func(h *HalfYear) *Sum { return &h.Eliminated.Decided }},
		{"风险消除（已公告）", func(h *HalfYear) *Sum { return &h.Eliminated.Announced }},
		{"风险消除（已标注）", func(h *HalfYear) *Sum { return &h.Eliminated.Marked }},
		{"本期风险消除（已审定）", func(h *HalfYear) *Sum { return &h.EliminatedInPeriod.Decided }},
		{"本期风险消除（已公告）", func(h *HalfYear) *Sum { return &h.EliminatedInPeriod.Announced }},
		{"本期风险消除（已标注）", func(h *HalfYear) *Sum { return &h.EliminatedInPeriod.Marked }},
		{"未消除风险", func(h *HalfYear) *Sum { return &h.NotEliminated.Sum }},
		{"自然减少", func(h *HalfYear) *Sum { return &h.Closed }},
		{"实际返贫致贫", func(h *HalfYear) *Sum { return &h.Fallen }},
	} {
		all = append(all, bothOf(s.zh, s.of)...)
	}
	return append(all,
		figure{"未消除风险、非整户无劳动力户数", false, func(h *HalfYear) *int { return &h.NotEliminated.WithLabour }},
		figure{"未消除风险、整户无劳动力户数", false, func(h *HalfYear) *int { return &h.NotEliminated.WithoutLabour }},
		figure{"帮扶措施条数", false, func(h *HalfYear) *int { return &h.Measures.Count }})
}

// figure is one count of the report.
type figure struct {
	zh      string
	persons bool
	of      func(*HalfYear) *int
}

func bothOf(zh string, of func(*HalfYear) *Sum) []figure {
	return []figure{
		{zh + "户数", false, func(h *HalfYear) *int { return &of(h).Households }},
		{zh + "人数", true, func(h *HalfYear) *int { return &of(h).Persons }},
	}
}

func eachClass(zh string, of func(*HalfYear) *ByClass) []figure {
	all := bothOf(zh+"脱贫不稳定户", func(h *HalfYear) *Sum { return &of(h).Unstable })
	all = append(all, bothOf(zh+"边缘易致贫户", func(h *HalfYear) *Sum { return &of(h).Marginal })...)
	return append(all, bothOf(zh+"突发严重困难户", func(h *HalfYear) *Sum { return &of(h).Sudden })...)
}
