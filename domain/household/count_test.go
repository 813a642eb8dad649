package household

import (
	"testing"

	"shouwang/domain/calendar"
)

// The seven acts that are never mixed up, and what each does to every count
// (DESIGN §4), the day before it and on its day.
func TestSevenActsAndTheCounts(t *testing.T) {
	t.Parallel()
	// Persons are those at the first inclusion; announced and marked belong to the
	// elimination that stands.
	type counts struct {
		cumulative, new, eliminated, open, fell, announced, marked bool
		persons, measures                                          int
	}
	const year = 2022
	of := func(n Count, ok bool) counts {
		if !ok {
			return counts{} // it counts in nothing
		}
		return counts{true, n.Included.Year() == year, n.Eliminated != 0, n.Open(), n.Fell != 0, n.Announced != 0, n.Marked != 0, n.AtInclusion, n.Measures}
	}
	monitoredBefore := counts{cumulative: true, new: true, open: true, persons: 4, measures: 1}
	eliminatedBefore := counts{cumulative: true, new: true, eliminated: true, announced: true, marked: true, persons: 4, measures: 1}
	unableBefore := monitoredBefore
	unableBefore.measures = 2    // and the minimum allowance
	fellAfter := monitoredBefore // open again, and listed apart
	fellAfter.fell = true
	for _, c := range []struct {
		name   string
		file   file
		act    deed
		before counts
		after  counts
	}{
		{"更正 correction of an income", assisted(t), void("2022-07-01", decider, assisted(t).id(IncomeRecorded{})), monitoredBefore, monitoredBefore},
		{"撤销认定 inclusion revoked", assisted(t), deed{"2022-07-01", by(decider), RevokeInclusion{Reason: "不符合条件"}}, monitoredBefore, counts{}},
		{"撤销认定 of an eliminated one", eliminated(t), deed{"2022-12-20", by(decider), RevokeInclusion{Reason: "不符合条件"}}, eliminatedBefore, counts{}},
		{"风险消除回退 rolled back", eliminated(t), rollBack("2022-12-20"), eliminatedBefore, monitoredBefore},
		{"重新识别纳入 included again", reincluded(t, eliminated(t)), life.the(DecideInclusion{}, 1).on("2023-03-24"), eliminatedBefore, monitoredBefore},
		{"自然减少 closed naturally", assisted(t), deed{"2022-07-01", by(cadre), CloseNaturally{Reason: "moved"}}, monitoredBefore, counts{cumulative: true, new: true, persons: 4, measures: 1}},
		{"暂缓消除 deferred", assisted(t), deed{"2022-07-01", by(officer), DeferElimination{Reason: "收入不稳"}}, monitoredBefore, monitoredBefore},
		{"暂不标注 mark withheld", unable(t), deed{"2022-07-01", by(officer), WithholdMark{Reason: "整户无劳动力"}}, unableBefore, unableBefore},
		{"实际返贫 of an eliminated one", eliminated(t), deed{"2022-12-20", by(officer), RecordFall{Cause: "illness", Reason: "收入低于脱贫线"}}, eliminatedBefore, fellAfter},
		{"实际返贫 fell", assisted(t), deed{"2022-07-01", by(officer), RecordFall{Cause: "illness", Reason: "收入低于脱贫线"}}, monitoredBefore, counts{cumulative: true, new: true, open: true, fell: true, persons: 4, measures: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := given(t, strict(), c.file).when(c.act).done()
			on := calendar.MustDay(c.act.day)
			at := func(day calendar.Day) counts {
				s := Fold("h1", f, Times{AsOf: day})
				n, ok := s.Count(day)
				return of(n, ok)
			}
			if got := at(on - 1); got != c.before {
				t.Errorf("the day before: %+v, want %+v", got, c.before)
			}
			if got := at(on); got != c.after {
				t.Errorf("from its day: %+v, want %+v", got, c.after)
			}
			// Before anybody typed it, it was not known, whatever the day.
			unknown := Fold("h1", f, Times{KnownAt: f[len(f)-1].Recorded.Add(-1)})
			n, ok := unknown.Count(on)
			if got := of(n, ok); got != c.before {
				t.Errorf("before it was known: %+v, want %+v", got, c.before)
			}
		})
	}
}

func TestAVoidedRecordOfAFallCountsAsNone(t *testing.T) {
	t.Parallel()
	f := given(t, strict(), assisted(t)).when(deed{"2022-07-01", by(officer), RecordFall{Cause: "illness", Reason: "误判"}}).done()
	f = given(t, strict(), f).when(void("2022-07-02", officer, f.id(FallRecorded{}))).done()
	s := f.state()
	if c, _ := s.Count(calendar.MustDay("2022-07-31")); c.Fell != 0 {
		t.Errorf("%+v", c)
	}
}

// Who had fallen and is eliminated later is eliminated, and stays listed apart.
func TestAFallBeforeTheElimination(t *testing.T) {
	t.Parallel()
	f := given(t, strict(), assisted(t)).when(deed{"2022-07-01", by(officer), RecordFall{Cause: "illness", Reason: "收入低于脱贫线"}}).done()
	s := life[life.find(EndRisk{}, 1):].on(t, strict(), f).state()
	if c, _ := s.Count(calendar.MustDay("2022-12-31")); c.Eliminated != calendar.MustDay("2022-11-30") || c.Open() || c.Fell != calendar.MustDay("2022-07-01") {
		t.Errorf("%+v", c)
	}
}

func TestPersonsAtInclusionAndNow(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	f = given(t, strict(), f).when(deed{"2022-05-01", by(cadre), AddMember{Member: born("m5", "2022-04-20"), Reason: "birth"}}).done()
	f = given(t, strict(), f).whenTyped("2022-06-01", deed{"2022-03-24", by(cadre), RecordLeaving{Member: "m4", Reason: "death"}}).done()
	for on, want := range map[string]Count{"2022-03-24": {AtInclusion: 3, Current: 3}, "2022-05-01": {AtInclusion: 3, Current: 4}} {
		s := Fold("h1", f, Times{AsOf: calendar.MustDay(on)})
		c, ok := s.Count(calendar.MustDay(on))
		if !ok || c.AtInclusion != want.AtInclusion || c.Current != want.Current {
			t.Errorf("%s: %+v", on, c)
		}
	}
	known := Fold("h1", f, Times{KnownAt: calendar.MustDay("2022-05-31").End()})
	if c, _ := known.Count(calendar.MustDay("2022-05-31")); c.AtInclusion != 4 || c.Current != 5 {
		t.Errorf("before the death was typed: %+v", c)
	}
}

func TestMeasuresCountFromTheDayTheyStart(t *testing.T) {
	t.Parallel()
	f := assisted(t)
	f = given(t, strict(), f).when(deed{"2022-07-01", by(cadre), StartMeasure{Measure: "z2", Class: "health", Content: "医疗救助", Department: "medical_insurance"}}).done()
	for on, want := range map[string]int{"2022-04-04": 0, "2022-04-05": 1, "2022-07-01": 2} {
		s := Fold("h1", f, Times{AsOf: calendar.MustDay(on)})
		if c, _ := s.Count(calendar.MustDay(on)); c.Measures != want {
			t.Errorf("%s: %d measures, want %d", on, c.Measures, want)
		}
	}
	f = given(t, strict(), f).when(void("2022-07-02", cadre, f.id(MeasureStarted{}))).done()
	s := f.state()
	if c, _ := s.Count(calendar.MustDay("2022-07-31")); c.Measures != 1 {
		t.Errorf("a void measure counts: %+v", c)
	}
}
