package demonstration

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// both is so many households with so many persons at inclusion.
type both struct{ Households, Persons int }

func (b *both) add(persons int) {
	b.Households++
	b.Persons += persons
}

// figures are those of the half-year report, counted from the events.
type figures struct {
	Cumulative, Eliminated, Announced, Marked, New, NotEliminated, InPeriod, AnnouncedInPeriod, MarkedInPeriod both

	ByClass, NewByClass map[code.Class]both
	WithLabour, Without int
	Measures            int
	Standing            both // decided, announced and marked before 2023
	LowFormerPoor       int  // outside, with 7,200 up to under 8,000 for 2022
	LowElsewhere        []string
}

func (l *loading) count() figures {
	f := figures{ByClass: map[code.Class]both{}, NewByClass: map[code.Class]both{}}
	year := calendar.MustDay("2023-01-01")
	for _, id := range l.ids() {
		s := l.state(id)
		c, in := s.Count(asOf)
		f.income(&s, c, in)
		if !in {
			continue
		}
		f.Cumulative.add(c.AtInclusion)
		f.ByClass[c.Class] = f.ByClass[c.Class].plus(c.AtInclusion)
		f.Measures += c.Measures
		if c.Included >= year {
			f.New.add(c.AtInclusion)
			f.NewByClass[c.Class] = f.NewByClass[c.Class].plus(c.AtInclusion)
		}
		f.elimination(c, year)
	}
	return f
}

func (f *figures) elimination(c household.Count, year calendar.Day) {
	counted := func(b *both, when bool) {
		if when {
			b.add(c.AtInclusion)
		}
	}
	counted(&f.NotEliminated, c.Open())
	if c.Open() && c.NoLabour {
		f.Without++
	} else if c.Open() {
		f.WithLabour++
	}
	counted(&f.Eliminated, c.Eliminated != 0)
	counted(&f.Announced, c.Announced != 0)
	counted(&f.Marked, c.Marked != 0)
	counted(&f.InPeriod, c.Eliminated >= year)
	counted(&f.AnnouncedInPeriod, c.Announced >= year)
	counted(&f.MarkedInPeriod, c.Marked >= year)
	before := func(d calendar.Day) bool { return d != 0 && d < year }
	counted(&f.Standing, before(c.Eliminated) && before(c.Announced) && before(c.Marked))
}

// income looks for former-poor and eliminated households under 8,000 yuan.
func (f *figures) income(s *household.State, c household.Count, in bool) {
	fen, known := s.IncomeOf(2022)
	must := in && c.Eliminated != 0 || !in && s.Kind == code.FormerPoor
	switch {
	case !must:
	case known && fen >= code.Yuan(8000):
	case !in && known && fen >= code.Yuan(7200):
		f.LowFormerPoor++
	default:
		f.LowElsewhere = append(f.LowElsewhere, s.ID)
	}
}

func (b both) plus(persons int) both { b.add(persons); return b }

func TestTheReportComesOutOfTheEvents(t *testing.T) {
	t.Parallel()
	want := figures{
		Cumulative: both{3879, 14293}, Eliminated: both{2600, 9704}, Announced: both{2525, 9417}, Marked: both{2525, 9417},
		New: both{80, 336}, NotEliminated: both{1279, 4589}, InPeriod: both{75, 287}, Standing: both{2525, 9417},
		ByClass:    map[code.Class]both{"unstable": {1470, 5528}, "marginal": {2181, 7807}, "sudden": {228, 958}},
		NewByClass: map[code.Class]both{"unstable": {6, 30}, "marginal": {6, 31}, "sudden": {68, 275}},
		WithLabour: 1034, Without: 245, Measures: 13755, LowFormerPoor: 1251,
	}
	if diff := cmp.Diff(want, county(t).count()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
