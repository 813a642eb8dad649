package household

import (
	"slices"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// unable is a monitored household of which nobody can work and which has the
// minimum allowance.
func unable(t *testing.T) file {
	t.Helper()
	f := assisted(t)
	for _, m := range []string{"m1", "m2"} {
		f = f.with(t, "2022-06-16", AssessLabour{Member: m, Labour: "lost"})
	}
	f = f.with(t, "2022-06-16", StartMeasure{Measure: "z9", Class: "safety_net", Content: "低保", Department: "civil_affairs"})
	return f.with(t, "2022-06-20", DeliverMeasure{Measure: "z9", Fen: code.Yuan(400), Confirmed: true})
}

// S2.27: who cannot work, after social security is in place.
func TestAMarkIsWithheldFromWhoCannotWorkAndIsSecured(t *testing.T) {
	t.Parallel()
	d := deed{"2022-11-01", by(officer), WithholdMark{Reason: "整户无劳动力"}}
	able := assisted(t).with(t, "2022-06-16", StartMeasure{Measure: "z9", Class: "safety_net", Content: "低保", Department: "civil_affairs"}).
		with(t, "2022-06-20", DeliverMeasure{Measure: "z9"})
	breaks(t, able, d, policy.WithheldAble)
	unsecured := assisted(t).with(t, "2022-06-16", AssessLabour{Member: "m1", Labour: "lost"}).with(t, "2022-06-16", AssessLabour{Member: "m2", Labour: "none"})
	breaks(t, unsecured, d, policy.WithheldUnsecured)
	given(t, strict(), unable(t)).whenTyped("2022-12-01", d.on("2022-06-19")).flagged(policy.WithheldUnsecured)
	f := given(t, strict(), unable(t)).when(d).done()
	// It is tracked: visited, and helped on.
	f = f.with(t, "2022-11-20", RecordVisit{Visit: "b9", Kind: "routine", Note: "低保按月到账"})
	f.with(t, "2022-11-21", StartMeasure{Measure: "z10", Class: "health", Content: "家庭医生", Department: "health"})
}

// S2.26: weak stability, by kind, and until when it is looked at again.
func TestAnEliminationIsDeferredUntilItIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	review := calendar.MustDay("2023-05-01")
	d := deed{"2022-11-01", by(officer), DeferElimination{Reason: "合同到期", Weakness: []string{"unstable_income", "depends_on_help"}, ReviewBy: review}}
	never(t, assisted(t), d.doing(DeferElimination{Reason: "x", Weakness: []string{"bad luck"}}), policy.Malformed)
	never(t, assisted(t), d.doing(DeferElimination{Reason: "x", ReviewBy: calendar.MustDay("2022-10-31")}), policy.Malformed)
	f := given(t, strict(), assisted(t)).when(d).done()
	f = given(t, strict(), f).whenTyped("2022-11-02", d.on("2022-10-01").doing(DeferElimination{Reason: "更早的一次"})).done()
	s := f.state()
	if e := s.Episode(); e.ReviewBy != review || e.Deferred != calendar.MustDay("2022-11-01") {
		t.Errorf("%+v", e)
	}
	// Later it goes through the procedure like any other.
	life[life.find(EndRisk{}, 1):].on(t, strict(), f)
}

// S4.18: what was proposed must hold when the county decides.
func TestTheCountyDecidesOnWhatHoldsThen(t *testing.T) {
	t.Parallel()
	f := life.before(DecideElimination{}, 1).play(t, strict())
	d := life.the(DecideElimination{}, 1)
	also := func(c Command) file { return given(t, strict(), f).when(deed{"2022-11-28", by(cadre, team), c}).done() }
	breaks(t, also(RecordRisk{Risk: "accident"}), d, policy.EliminationNewRisk)
	breaks(t, also(SurveyHome{Survey: "s9", Level: code.Village, Findings: []Finding{{Guarantee: "water"}}}), d, policy.EliminationGuarantee)
	breaks(t, also(income("i9", "", "2021-11-01", "2022-10-31", 6000)), d, policy.EliminationIncome)
	// A digit had slipped: corrected, the sheet does not carry the proposal.
	f = given(t, strict(), f).when(void("2022-11-28", decider, f.id(IncomeRecorded{}))).done()
	f = given(t, strict(), f).whenTyped("2022-11-29", deed{"2022-11-05", by(cadre), income("i9", policy.Elimination, "2021-11-01", "2022-10-31", 960)}).done()
	breaks(t, f, d, policy.EliminationIncome)
	given(t, strict(), f).when(d.doing(DecideElimination{Result: code.Reject, Reason: "更正后未超过监测范围"})).done()
}

// The line is that of the year in which it was proposed; a county that decides in
// January does not raise it over what the village proposed in December.
func TestTheLineIsThatOfTheProposal(t *testing.T) {
	t.Parallel()
	ds := append(deeds{}, life.before(DecideElimination{}, 1)...)
	at := ds.find(RecordIncome{}, 3)
	ds[at].do = income("i3", policy.Elimination, "2021-11-01", "2022-10-31", 6800) // above 6,500, not above the 7,200 of 2023
	f := ds.play(t, strict())
	decide := life.the(DecideElimination{}, 1).on("2023-01-05")
	given(t, strict(), f).when(decide).done()
	// Proposed in January it is held to the line of January's year.
	f = append(deeds{}, ds.before(ProposeElimination{}, 1)...).play(t, strict())
	breaks(t, f, life.the(ProposeElimination{}, 1).on("2023-01-05"), policy.EliminationIncome)
}

// Typed late, a proposal is held to what was known of its own day: what was found
// afterwards was not there yet.
func TestAProposalTypedLateIsJudgedOnItsDay(t *testing.T) {
	t.Parallel()
	f := given(t, strict(), ready(t)).when(deed{"2022-11-20", by(cadre, team), SurveyHome{Survey: "s9", Level: code.Village, Findings: []Finding{{Guarantee: "water"}}}}).done()
	f = f.with(t, "2022-11-21", RecordRisk{Risk: "accident"})
	d := life.the(ProposeElimination{}, 1)
	given(t, strict(), f).whenTyped("2022-12-01", d).done()
	given(t, strict(), f).whenTyped("2022-12-01", d.on("2022-11-22")).flagged(policy.EliminationGuarantee, policy.EliminationNewRisk)
}

// What came up after the township's review holds the county's decision, too: an
// objection without its answer, and a meeting that thought better of it.
func TestTheCountyDecidesOnAStandingNoticeAndAppraisal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of        policy.Procedure
		decide    deed
		notice    string
		on, again string
	}{
		{policy.Inclusion, life.the(DecideInclusion{}, 1), "notice-1", "2022-03-22", "2022-03-23"},
		{policy.Elimination, life.the(DecideElimination{}, 1), "notice-2", "2022-11-26", "2022-11-28"},
	} {
		f := life.before(c.decide.do, 1).play(t, strict())
		objected := given(t, strict(), f).when(deed{c.on, by(cadre), RaiseObjection{Notice: c.notice, Objection: "o1", Content: "家有小轿车"}}).done()
		breaks(t, objected, c.decide, policy.NoticeObjectionOpen)
		rejected := given(t, strict(), f).whenTyped(c.again, deed{c.on, by(secretary), appraisal(c.of, "meeting-9", code.Reject)}).stands()
		given(t, strict(), rejected).when(c.decide).refused(policy.AppraisalRejected)
		given(t, strict(), rejected).whenTyped("2023-06-01", c.decide).flagged(policy.AppraisalRejected)
	}
}

// 「原则上」: the reason given at the proposal carries the county's decision, and
// whether it was needed is part of the fact.
func TestAnExceptionCarriesItsReason(t *testing.T) {
	t.Parallel()
	f := life.before(ProposeElimination{}, 1).without(RecordIncome{}, 2).play(t, strict())
	d := life.the(ProposeElimination{}, 1)
	c := d.do.(ProposeElimination)
	c.StableReason = "签有三年合同"
	f = given(t, strict(), f).when(d.doing(c)).then(EliminationProposed{Way: "by_assistance", StableReason: c.StableReason, Summary: c.Summary,
		Line: code.Yuan(6500), PerCapita: code.Yuan(9600), Excepted: true})
	life[life.find(RecordAppraisal{}, 2):].on(t, strict(), f)
	// Where the months were reached, the reason was not needed.
	given(t, strict(), ready(t)).when(d.doing(c)).then(EliminationProposed{Way: "by_assistance", StableReason: c.StableReason, Summary: c.Summary,
		Line: code.Yuan(6500), PerCapita: code.Yuan(9600)})
}

// A sheet of half a year ago says nothing of now, and of two sheets of one day
// the later entry counts.
func TestWhatStableMeans(t *testing.T) {
	t.Parallel()
	line := code.Yuan(6500)
	on := calendar.MustDay("2022-11-15")
	sheets := func(pairs ...any) State {
		var s State
		for i := 0; i < len(pairs); i += 2 {
			s.Sheets = append(s.Sheets, Sheet{On: calendar.MustDay(pairs[i].(string)), PerCapita: code.Yuan(int64(pairs[i+1].(int)))})
		}
		return s
	}
	for name, c := range map[string]struct {
		s    State
		want bool
	}{
		"then and now":                   {sheets("2022-05-15", 7000, "2022-11-10", 8000), true},
		"a day short":                    {sheets("2022-05-16", 7000, "2022-11-10", 8000), false},
		"nothing since":                  {sheets("2022-05-15", 7000), false},
		"only now":                       {sheets("2022-11-10", 8000), false},
		"at the line":                    {sheets("2022-05-15", 6500, "2022-11-10", 8000), false},
		"a dip between":                  {sheets("2022-05-15", 7000, "2022-08-01", 6500, "2022-11-10", 8000), false},
		"a dip before":                   {sheets("2022-02-01", 5000, "2022-05-15", 7000, "2022-11-10", 8000), true},
		"above, then below, half a year": {sheets("2022-02-01", 7000, "2022-05-15", 6000, "2022-11-10", 8000), false},
		"put right the same day":         {sheets("2022-05-15", 6000, "2022-05-15", 7000, "2022-11-10", 8000), true},
		"put wrong the same day":         {sheets("2022-05-15", 7000, "2022-05-15", 6000, "2022-11-10", 8000), false},
		"typed late":                     {sheets("2022-11-10", 8000, "2022-05-15", 7000), true},
		"later than asked":               {sheets("2022-05-15", 7000, "2022-11-10", 8000, "2022-12-10", 3000), true},
	} {
		if got := c.s.stableAbove(line, on, on, 6); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if s := sheets("2022-11-10", 8000); !s.stableAbove(line, on, on, 0) {
		t.Error("a pack without months asks for none")
	}
}

// S4.18: 三保障 and water were looked at and hold.
func TestNobodyKnowsAGuaranteeNobodyLookedAt(t *testing.T) {
	t.Parallel()
	d := life.the(ProposeElimination{}, 1)
	for _, item := range held() {
		f := life.before(ProposeElimination{}, 1)
		f = append(deeds{}, f...)
		for i, one := range f {
			if c, ok := one.do.(SurveyHome); ok {
				var but []Finding
				for _, g := range c.Findings {
					if g.Guarantee != item.Guarantee {
						but = append(but, g)
					}
				}
				c.Findings = but
				f[i].do = c
			}
		}
		breaks(t, f.play(t, strict()), d, policy.EliminationGuarantee)
	}
}

// Who is eliminated by assistance was helped, against each risk; naturally it
// needs no help.
func TestAnEliminationByAssistanceWasHelped(t *testing.T) {
	t.Parallel()
	d := life.the(ProposeElimination{}, 1)
	natural := d.doing(ProposeElimination{Way: "natural"})

	idle := life.before(ProposeElimination{}, 1).without(StartMeasure{}, 1).without(DeliverMeasure{}, 1)
	breaks(t, idle.play(t, strict()), d, policy.EliminationUnhelped)
	given(t, strict(), idle.play(t, strict())).when(natural).done()

	beside := append(deeds{}, life.before(ProposeElimination{}, 1)...)
	at := beside.find(StartMeasure{}, 1)
	c := beside[at].do.(StartMeasure)
	c.For = ""
	beside[at].do = c
	breaks(t, beside.play(t, strict()), d, policy.EliminationUnhelped)
	// A measure that began when the risk was gone did not end it.
	after := append(deeds{}, idle...)
	i := after.find(SurveyHome{}, 2)
	after = slices.Insert(after, i, deed{"2022-10-21", by(cadre), life.the(StartMeasure{}, 1).do})
	breaks(t, after.play(t, strict()), d, policy.EliminationUnhelped)
	// The risk ended by itself, the household was helped otherwise.
	at = beside.find(EndRisk{}, 1)
	beside[at].do = EndRisk{Risk: "illness", Way: "natural", Note: "康复"}
	given(t, strict(), beside.play(t, strict())).when(d).done()
}
