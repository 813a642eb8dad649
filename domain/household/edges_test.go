package household

import (
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Two facts of one day: the one typed later holds.
func TestOfOneDayTheLaterTypedHolds(t *testing.T) {
	t.Parallel()
	f := registered(t)
	for _, c := range []Command{
		AssessLabour{Member: "m1", Labour: "weak"}, AssessLabour{Member: "m1", Labour: "lost"},
		RecordResidence{Member: "m2", Registered: true, Living: true, Counted: true}, RecordResidence{Member: "m2", Living: true, Counted: true, Reason: "户口未迁入"},
		ChangeHead{Member: "m2"}, ChangeHead{Member: "m1"},
	} {
		f = given(t, strict(), f).when(deed{"2022-02-20", by(cadre), c}).done()
	}
	s := f.state()
	if m := s.find("m2"); s.find("m1").Labour != "lost" || m.Registered || m.CountedReason != "户口未迁入" || s.Head != "m1" {
		t.Errorf("%s, %+v, %s", s.find("m1").Labour, m, s.Head)
	}
}

func TestTheNearestDayOfSeveral(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		days []calendar.Day
		on   calendar.Day
		want calendar.Day
	}{
		{nil, 5, 0}, {[]calendar.Day{3}, 5, 3}, {[]calendar.Day{3, 4, 2}, 5, 4}, {[]calendar.Day{5, 6}, 5, 5}, {[]calendar.Day{6, 5}, 5, 5},
		{[]calendar.Day{9, 7, 8}, 5, 7}, {[]calendar.Day{7, 9}, 5, 7}, {[]calendar.Day{9, 2}, 5, 2}, {[]calendar.Day{2, 9, 7}, 5, 2}, {[]calendar.Day{8, 9, 4, 3, 7}, 5, 4},
	} {
		if got := nearest(c.days, c.on); got != c.want {
			t.Errorf("%v by %d: %d, want %d", c.days, c.on, got, c.want)
		}
	}
}

func TestAMarkAndAnAnnouncementCountOnce(t *testing.T) {
	t.Parallel()
	f := eliminated(t)
	f = given(t, lenient(), f).when(life.the(MarkSystem{}, 1).on("2022-12-20").doing(MarkSystem{System: "provincial"})).stands()
	f = given(t, lenient(), f).when(life.the(Announce{}, 2).on("2022-12-21")).stands()
	f = given(t, lenient(), f).when(life.the(Announce{}, 1).on("2022-12-22")).stands()
	s := f.state()
	if e := s.Episode(); e.Marked != calendar.MustDay("2022-12-05") || e.ElimAnnounced != calendar.MustDay("2022-12-02") || e.Announced != calendar.MustDay("2022-03-26") {
		t.Errorf("%+v", e)
	}

	t.Run("decided, announced and marked on one day", func(t *testing.T) {
		f := life.before(DecideElimination{}, 1).play(t, strict())
		for _, d := range []deed{life.the(DecideElimination{}, 1), life.the(Announce{}, 2), life.the(MarkSystem{}, 1)} {
			f = given(t, strict(), f).when(d.on("2022-11-30")).done()
		}
		s := f.state()
		if e, day := s.Episode(), calendar.MustDay("2022-11-30"); e.Marked != day || e.ElimAnnounced != day {
			t.Errorf("%+v", e)
		}
	})
	t.Run("announced or marked before anybody decided, it is nothing", func(t *testing.T) {
		f := life.before(DecideElimination{}, 1).play(t, strict())
		f = given(t, lenient(), f).when(life.the(Announce{}, 2).on("2022-11-28")).stands()
		f = given(t, lenient(), f).when(life.the(MarkSystem{}, 1).on("2022-11-28")).stands()
		f = given(t, lenient(), f).when(life.the(DecideElimination{}, 1)).stands()
		s := f.state()
		if e := s.Episode(); e.Marked != 0 || e.ElimAnnounced != 0 {
			t.Errorf("%+v", e)
		}
		f = given(t, lenient(), f).whenTyped("2023-01-10", life.the(Announce{}, 2).on("2022-11-29")).stands()
		f = given(t, lenient(), f).whenTyped("2023-01-10", life.the(MarkSystem{}, 1).on("2022-11-29")).stands()
		s = f.state()
		if e := s.Episode(); e.Marked != 0 || e.ElimAnnounced != 0 {
			t.Errorf("typed late: %+v", e)
		}
	})
}

func TestAProposalRestsOnTheSheetsOfItsDay(t *testing.T) {
	t.Parallel()
	f := ready(t).with(t, "2022-11-20", income("i9", "", "2021-11-01", "2022-10-31", 100))
	f = given(t, strict(), f).whenTyped("2022-12-01", life.the(ProposeElimination{}, 1)).done()
	s := f.state()
	if e := f[len(f)-1].Event.(EliminationProposed); e.PerCapita != code.Yuan(9600) || s.Episode().Way != "by_assistance" {
		t.Errorf("%+v, way %q", e, s.Episode().Way)
	}
}

func TestAReturnTakesBackTheStepItNames(t *testing.T) {
	t.Parallel()
	f := life.before(PostNotice{}, 1).play(t, strict())
	back := func(on string, to policy.Step) deed {
		return deed{on, by(reviewer), ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: to, Reason: "重做"}}
	}
	s := given(t, strict(), f).when(back("2022-03-12", policy.IncomeSheet)).done().state()
	if ch := s.Episode().Inclusion; ch.Find(policy.IncomeSheet) != nil || ch.Find(policy.HomeSurvey) == nil || ch.Appraisal != nil {
		t.Errorf("%+v", ch)
	}
	// On the day of the appraisal itself, after it.
	s = given(t, strict(), f).when(back("2022-03-10", policy.Appraisal)).done().state()
	if ch := s.Episode().Inclusion; ch.Appraisal != nil || ch.Find(policy.Appraisal) != nil || s.Episode().ReturnedTo != policy.Appraisal {
		t.Errorf("returned to %q, %+v", s.Episode().ReturnedTo, ch)
	}
	// A return to a later step leaves the appraisal alone.
	s = given(t, strict(), f).when(back("2022-03-12", policy.VillageReport)).done().state()
	if ch := s.Episode().Inclusion; ch.Appraisal == nil || ch.Find(policy.Appraisal) == nil {
		t.Errorf("%+v", ch)
	}
	// Of two returns the later day holds, also when the older is typed last.
	f = given(t, strict(), f).when(back("2022-03-14", policy.HomeSurvey)).done()
	f = given(t, strict(), f).whenTyped("2022-03-15", back("2022-03-12", policy.Appraisal)).done()
	if s := f.state(); s.Episode().ReturnedTo != policy.HomeSurvey {
		t.Errorf("returned to %s", s.Episode().ReturnedTo)
	}
}

func TestAnEliminationBroughtForwardClaimsNoSteps(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay
	bring := func(eliminated calendar.Day) file {
		f := life.before(RecordClue{}, 1).play(t, strict())
		return given(t, strict(), f).when(deed{"2022-03-01", by(officer), BringForward{Source: "系统", Class: code.Marginal, Risks: []code.Risk{"illness"}, Included: day("2021-01-10"), Eliminated: eliminated}}).done()
	}
	mark := life.the(MarkSystem{}, 1).on("2022-03-05")
	given(t, strict(), bring(day("2021-12-20"))).when(mark).done()
	// Brought forward as monitored, its own elimination is held to every step.
	given(t, strict(), bring(0)).when(mark).refused(policy.OrderMissingStep)
	given(t, strict(), bring(0)).when(life.the(RecordAppraisal{}, 2).on("2022-03-05")).refused(policy.OrderMissingStep)
	// So is the next attempt once the old elimination was rolled back.
	f := given(t, strict(), bring(day("2021-12-20"))).when(rollBack("2022-03-05")).done()
	given(t, strict(), f).when(life.the(RecordAppraisal{}, 2).on("2022-03-06")).refused(policy.OrderMissingStep)
}

func TestAnUnmatchedClueSaysWhoAndWhere(t *testing.T) {
	t.Parallel()
	for _, c := range []RecordClue{
		{Clue: "c1", Channel: code.CadreCheck, Content: "x", Name: "柳某"}, {Clue: "c1", Channel: code.CadreCheck, Content: "x", Region: "629900101201"},
	} {
		never(t, nil, deed{"2022-04-01", by(cadre), c}, policy.HouseholdUnknown)
	}
}

func TestHelpOnTheDayOfARejection(t *testing.T) {
	t.Parallel()
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	f = given(t, strict(), f).when(life.the(DecideInclusion{}, 1).doing(DecideInclusion{Result: code.Reject, Reason: "不符合"})).done()
	start := life.the(StartMeasure{}, 1)
	given(t, lenient(), f).whenTyped("2022-05-01", start.on("2022-03-24")).flagged(policy.HelpBeforeDecision, policy.BeforeAsserted)
	never(t, f, start.on("2022-03-25"), policy.CaseNotMonitored)
}

// Whose consent a correction needs: of the highest level that acted since and
// stands above whoever made the entry.
func TestAnEntryOfTheTownshipNeedsTheCountyAlone(t *testing.T) {
	t.Parallel()
	f := life.through(ReportByVillage{}, 1).play(t, strict())
	f = given(t, strict(), f).when(deed{"2022-03-17", by(townCadre, reviewer), SurveyHome{Survey: "s9", Procedure: policy.Inclusion, Level: code.Township}}).done()
	survey := f.id(HomeSurveyed{})
	f = given(t, strict(), f).when(life.the(ReviewByTownship{}, 1)).done()
	given(t, strict(), f).when(void("2022-03-21", townCadre, survey)).done()
	given(t, strict(), f).when(void("2022-03-21", cadre, survey)).done() // the township itself made it
	f = given(t, strict(), f).when(life.the(DecideInclusion{}, 1)).done()
	never(t, f, void("2022-03-25", reviewer, survey), policy.ConsentMissing)
	given(t, strict(), f).when(void("2022-03-25", decider, survey)).done()
}

func TestAFileHoldsEvenWhatIsVoid(t *testing.T) {
	t.Parallel()
	f := life.through(RecordIncome{}, 1).play(t, strict())
	sheet := f.id(IncomeRecorded{})
	f = given(t, strict(), f).when(void("2022-03-04", cadre, sheet)).done()
	s := f.state()
	if !s.Holds(sheet) || s.Holds("e99") {
		t.Error("what was voided is still in the file")
	}
	if s.Version != int64(len(f)) {
		t.Errorf("version %d of %d", s.Version, len(f))
	}
}

func TestInventedPersonsAreFlaggedOnlyInARealLog(t *testing.T) {
	t.Parallel()
	d, _ := registration()
	a := actOn(act.Performed, d.day, d.day, strict(), d.by)
	if s := given(t, strict(), nil).whenAct(a, d.do); len(s.events) != 1+4 {
		t.Errorf("%d events in a real log", len(s.events))
	}
	a.Demonstration = true
	if s := given(t, strict(), nil).whenAct(a, d.do); len(s.events) != 1 {
		t.Errorf("%d events in a demonstration", len(s.events))
	}
}

func TestEachGuaranteeIsKeptApart(t *testing.T) {
	t.Parallel()
	f := registered(t)
	for _, x := range []struct {
		on       string
		findings []Finding
	}{{"2022-04-01", []Finding{{Guarantee: "water"}, {Guarantee: "housing", OK: true}}}, {"2022-05-01", []Finding{{Guarantee: "housing"}}}} {
		f = given(t, strict(), f).when(deed{x.on, by(cadre, team), SurveyHome{Survey: "s" + x.on, Level: code.Village, Findings: x.findings}}).done()
	}
	s := f.state()
	if len(s.Guarantees) != 2 || s.Guarantees[0].OK || s.Guarantees[0].On != calendar.MustDay("2022-04-01") || s.Guarantees[1].OK {
		t.Errorf("%+v", s.Guarantees)
	}
}

func TestTheDayAnEpisodeOpensIsItsOwn(t *testing.T) {
	t.Parallel()
	f := eliminated(t)
	f = given(t, strict(), f).when(deed{"2023-03-01", by(cadre), FileApplication{Application: "a2", Form: "oral", Content: "又住院"}}).done()
	f = given(t, strict(), f).when(deed{"2023-03-01", by(cadre), RecordRisk{Risk: "accident"}}).done()
	s := f.state()
	if len(s.Episodes) != 2 || len(s.Episodes[1].Risks) != 1 || len(s.Episodes[0].Risks) != 1 {
		t.Errorf("%+v", s.Episodes)
	}
}
