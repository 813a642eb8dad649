package household

import (
	"fmt"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// ready is a household ready to be proposed for elimination.
func ready(t *testing.T) file {
	t.Helper()
	return life.before(ProposeElimination{}, 1).play(t, strict())
}

func TestAnEliminationIsProposed(t *testing.T) {
	t.Parallel()
	f := ready(t)
	d := life.the(ProposeElimination{}, 1)
	given(t, strict(), f).when(d).then(EliminationProposed{Way: "by_assistance", Summary: "收入稳定,风险已消除", Line: code.Yuan(6500), PerCapita: code.Yuan(9600)})
	never(t, f, d.doing(ProposeElimination{Way: "by_wish"}), policy.Malformed)
	never(t, registered(t), d, policy.CaseNotMonitored)
	never(t, life.before(DecideInclusion{}, 1).play(t, strict()), d, policy.CaseNotMonitored)
	never(t, eliminated(t), d.on("2022-12-10"), policy.CaseDecided)
	for _, missing := range []Command{SurveyHome{}, RecordIncome{}, ReturnComparison{}} {
		n := 2
		if _, sheet := missing.(RecordIncome); sheet {
			n = 3
		}
		f := life.before(ProposeElimination{}, 1).without(missing, n)
		// Without the comparison's own predecessors it would not have been done.
		played := f[:life.find(missing, n)].play(t, strict())
		for _, d := range f[life.find(missing, n):] {
			played = given(t, lenient(), played).when(d).stands()
		}
		given(t, strict(), played).when(d).refused(policy.OrderMissingStep)
		flags := []policy.Rule{policy.BeforeAsserted}
		if _, sheet := missing.(RecordIncome); sheet {
			flags = append(flags, policy.EliminationStable) // half a year ago it was, nobody knows of now
		}
		given(t, strict(), played).whenTyped("2023-01-10", d).flagged(flags...)
	}
}

func TestWhatMustHoldBeforeARiskIsEliminated(t *testing.T) {
	t.Parallel()
	d := life.the(ProposeElimination{}, 1)
	also := func(t *testing.T, on string, c Command) file {
		return given(t, strict(), ready(t)).when(deed{on, by(cadre, team), c}).done()
	}
	t.Run("income above the year's line", func(t *testing.T) {
		breaks(t, also(t, "2022-11-10", income("i9", "", "2021-11-01", "2022-10-31", 6500)), d, policy.EliminationIncome)
	})
	t.Run("for half a year", func(t *testing.T) {
		f := life.before(ProposeElimination{}, 1).without(RecordIncome{}, 2).play(t, strict())
		breaks(t, f, d, policy.EliminationStable)
		excepted := d.do.(ProposeElimination)
		excepted.StableReason = "子女已稳定就业,签有三年合同" // 「原则上」
		given(t, strict(), f).when(d.doing(excepted)).done()
		// Half a year to the day is enough, a day less is not.
		f = ready(t)
		given(t, strict(), f).when(d).done()
		given(t, strict(), f).whenTyped("2022-12-01", d.on("2022-11-10")).done()
		given(t, strict(), f).whenTyped("2022-12-01", d.on("2022-11-09")).flagged(policy.EliminationStable)
	})
	t.Run("without a dip in between", func(t *testing.T) {
		breaks(t, also(t, "2022-11-06", income("i9", "", "2021-11-01", "2022-10-31", 6400)).with(t, "2022-11-10", income("i10", "", "2021-11-01", "2022-10-31", 9900)), d, policy.EliminationStable)
	})
	t.Run("guarantees consolidated", func(t *testing.T) {
		breaks(t, also(t, "2022-11-10", SurveyHome{Survey: "s9", Level: code.Village, Findings: []Finding{{Guarantee: "water"}}}), d, policy.EliminationGuarantee)
	})
	t.Run("the risks of the decision gone", func(t *testing.T) {
		f := life.before(ProposeElimination{}, 1).without(EndRisk{}, 1).play(t, strict())
		breaks(t, f, d, policy.EliminationRisk)
	})
	t.Run("gone only later", func(t *testing.T) {
		f := life.before(ProposeElimination{}, 1).without(EndRisk{}, 1).play(t, strict())
		f = given(t, strict(), f).when(life.the(EndRisk{}, 1).on("2022-11-20")).done()
		given(t, strict(), f).whenTyped("2022-12-01", d).flagged(policy.EliminationRisk)
	})
	t.Run("no new risk", func(t *testing.T) {
		breaks(t, also(t, "2022-11-10", RecordRisk{Risk: "natural_disaster"}), d, policy.EliminationNewRisk)
	})
	t.Run("somebody who can work", func(t *testing.T) {
		f := also(t, "2022-11-10", AssessLabour{Member: "m1", Labour: "lost"})
		f = given(t, strict(), f).when(deed{"2022-11-10", by(cadre), AssessLabour{Member: "m2", Labour: "none"}}).done()
		breaks(t, f, d, policy.EliminationNoLabour)
	})
	t.Run("a line that is set", func(t *testing.T) {
		p := strict()
		p.IncomeLines = []policy.Line{{Year: 2022, Undetermined: true}}
		given(t, p, ready(t)).when(d).refused(policy.LineUndetermined)
		jiaohe := real(t, "jiaohe-2022")
		given(t, jiaohe, ready(t)).when(d).flagged(policy.LineUndetermined)
	})
}

// with enters one more thing by the cadre.
func (f file) with(t *testing.T, on string, c Command) file {
	t.Helper()
	return given(t, strict(), f).when(deed{on, by(cadre), c}).done()
}

// D15: an unsafe house only, repaired and eliminated quickly (S4.16).
func TestASingleRiskMendedIsEliminatedQuickly(t *testing.T) {
	t.Parallel()
	housing := func(risks ...code.Risk) file {
		f := life.before(DecideInclusion{}, 1).play(t, strict())
		c := life.the(DecideInclusion{}, 1).do.(DecideInclusion)
		c.Risks = risks
		f = given(t, strict(), f).when(life.the(DecideInclusion{}, 1).doing(c)).done()
		f = life[life.find(HandDownList{}, 1):life.find(StartMeasure{}, 1)].on(t, strict(), f)
		for i, r := range risks {
			f = f.with(t, "2022-04-05", StartMeasure{Measure: fmt.Sprint("z", i), Class: "housing", Content: "修缮", Department: "housing", For: r})
			f = f.with(t, "2022-04-20", EndRisk{Risk: r, Way: "by_assistance"})
		}
		f = given(t, strict(), f).when(deed{"2022-05-01", by(cadre, team), SurveyHome{Survey: "s2", Procedure: policy.Elimination, Level: code.Village, Findings: []Finding{{Guarantee: "housing", OK: true}}}}).done()
		f = f.with(t, "2022-05-01", income("i5", policy.Elimination, "2021-05-01", "2022-04-30", 7000))
		return given(t, strict(), f).when(deed{"2022-05-02", by(officer), ReturnComparison{Comparison: "v5", Procedure: policy.Elimination, Sources: []string{"market"}}}).done()
	}
	propose := deed{"2022-05-05", by(secretary), ProposeElimination{Way: "by_assistance"}}
	given(t, strict(), housing("housing")).when(propose).done()
	given(t, real(t, "county-2023"), housing("housing")).when(propose).done()
	breaks(t, housing("housing", "water"), propose, policy.EliminationStable)
	breaks(t, housing("illness"), propose, policy.EliminationStable)
}

func TestEliminationGoesTheSameWayUp(t *testing.T) {
	t.Parallel()
	for _, next := range []struct {
		c Command
		n int
	}{{RecordAppraisal{}, 2}, {PostNotice{}, 2}, {ReportByVillage{}, 2}, {ReviewByTownship{}, 2}, {DecideElimination{}, 1}, {Announce{}, 2}, {MarkSystem{}, 1}} {
		i := life.find(next.c, next.n)
		previous := i - 1
		if _, down := life[previous].do.(RemoveNotice); down {
			previous-- // its step is the notice
		}
		f := life[:previous].play(t, strict())
		given(t, strict(), f).when(life[i]).refused(policy.OrderMissingStep)
	}
	d := life.the(DecideElimination{}, 1)
	f := life.before(DecideElimination{}, 1).play(t, strict())
	breaks(t, f, d.from(officer), policy.WrongCapacity)
	never(t, f, d.doing(DecideElimination{Result: code.Reject}), policy.Malformed)
	never(t, f, d.doing(DecideElimination{Result: code.Pass, Way: "by_wish"}), policy.Malformed)
	never(t, f, d.doing(DecideElimination{Result: "perhaps"}), policy.Malformed)
	never(t, eliminated(t), d.on("2022-12-20"), policy.CaseDecided)
	never(t, f, deed{"2022-12-05", by(townCadre), MarkSystem{System: "notebook"}}, policy.Malformed)

	t.Run("a mark without a decision", func(t *testing.T) {
		given(t, strict(), f).when(life.the(MarkSystem{}, 1)).refused(policy.OrderMissingStep)
		given(t, strict(), f).whenTyped("2023-01-01", life.the(MarkSystem{}, 1)).flagged(policy.OrderMissingStep, policy.BeforeAsserted, policy.BeforeAsserted)
	})
	t.Run("before the inclusion", func(t *testing.T) {
		f := life.through(RemoveNotice{}, 1).play(t, strict())
		f = given(t, strict(), f).when(life.the(ReportByVillage{}, 1)).done()
		f = given(t, strict(), f).when(life.the(ReviewByTownship{}, 1)).done()
		f = given(t, strict(), f).when(life.the(DecideInclusion{}, 1)).done()
		s := given(t, lenient(), f).whenTyped("2022-12-01", deed{"2022-03-20", by(cadre, team), SurveyHome{Survey: "s9", Procedure: policy.Elimination, Level: code.Village}})
		s.flagged(policy.OrderDates)
	})
}

func TestADecisionTypedAfterItsAnnouncementKeepsIt(t *testing.T) {
	t.Parallel()
	f := life.before(DecideElimination{}, 1).play(t, strict())
	f = given(t, strict(), f).whenTyped("2022-12-10", life.the(Announce{}, 2)).flagged(policy.BeforeAsserted)
	f = given(t, strict(), f).whenTyped("2022-12-10", life.the(MarkSystem{}, 1)).stands()
	f = given(t, strict(), f).whenTyped("2022-12-11", life.the(DecideElimination{}, 1)).done()
	s := f.state()
	if c, _ := s.Count(calendar.MustDay("2022-12-31")); c.Eliminated != calendar.MustDay("2022-11-30") || c.Announced != calendar.MustDay("2022-12-02") || c.Marked != calendar.MustDay("2022-12-05") {
		t.Errorf("%+v", c)
	}
}

func TestTheCountyRefusesAndTheVillageTriesAgain(t *testing.T) {
	t.Parallel()
	f := life.before(DecideElimination{}, 1).play(t, strict())
	f = given(t, strict(), f).when(life.the(DecideElimination{}, 1).doing(DecideElimination{Result: code.Reject, Reason: "务工收入不稳定"})).done()
	s := f.state()
	if c, _ := s.Count(calendar.MustDay("2022-12-31")); c.Eliminated != 0 || s.Stage() != StageMonitored {
		t.Errorf("%+v", c)
	}
	// The refused list comes back: that is not yet another attempt.
	f = given(t, lenient(), f).when(life.the(Announce{}, 2)).done()
	shift := map[string]string{"2022-11-05": "2023-02-05", "2022-11-08": "2023-02-08", "2022-11-15": "2023-02-15", "2022-11-16": "2023-02-16",
		"2022-11-22": "2023-02-22", "2022-11-25": "2023-02-25", "2022-11-30": "2023-02-28", "2022-12-02": "2023-03-02", "2022-12-05": "2023-03-05"}
	for _, d := range life[life.find(SurveyHome{}, 2):] {
		d.day = shift[d.day]
		if post, ok := d.do.(PostNotice); ok {
			post.Notice = "notice-3"
			d.do = post
		}
		if _, ok := d.do.(RemoveNotice); ok {
			d.do = RemoveNotice{Notice: "notice-3"}
		}
		f = given(t, strict(), f).when(d).done()
	}
	s = f.state()
	if e := s.Episode(); len(e.Attempts) != 2 || e.Eliminated != calendar.MustDay("2023-02-28") || e.ElimAnnounced != calendar.MustDay("2023-03-02") {
		t.Errorf("%d attempts, %+v", len(e.Attempts), e)
	}
}

// D10 and D11.
func TestDeferredAndWithheldHouseholdsStayMonitored(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f         file
		do, empty Command
		day       func(*Episode) calendar.Day
	}{
		{assisted(t), DeferElimination{Reason: "收入不稳定"}, DeferElimination{}, func(e *Episode) calendar.Day { return e.Deferred }},
		{unable(t), WithholdMark{Reason: "整户无劳动力,已落实低保"}, WithholdMark{}, func(e *Episode) calendar.Day { return e.Withheld }},
	} {
		f := c.f
		d := deed{"2022-11-01", by(officer), c.do}
		breaks(t, f, d.from(reviewer), policy.WrongCapacity)
		never(t, f, d.doing(c.empty), policy.Malformed)
		never(t, registered(t), d, policy.CaseNotMonitored)
		never(t, eliminated(t), d.on("2022-12-20"), policy.CaseDecided)
		g := given(t, strict(), f).when(d).done()
		g = given(t, strict(), g).whenTyped("2022-12-01", d.on("2022-10-01")).done()
		s := g.state()
		if count, _ := s.Count(calendar.MustDay("2022-12-31")); !count.Open() || s.Stage() != StageMonitored || c.day(s.Episode()) != calendar.MustDay("2022-11-01") {
			t.Errorf("%T: stage %s, %+v", c.do, s.Stage(), s.Episode())
		}
	}
}
