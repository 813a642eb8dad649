package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

func rollBack(on string) deed {
	return deed{on, by(decider), RollBackElimination{Document: "doc-20", Reason: "复核发现收入不稳定"}}
}

// reincluded takes an eliminated household through the whole procedure again,
// a year and some days on, up to and without the county's decision.
func reincluded(t *testing.T, f file) file {
	t.Helper()
	for _, d := range life[1:life.find(DecideInclusion{}, 1)] {
		d.day = "2023" + d.day[4:]
		switch c := d.do.(type) {
		case RecordClue:
			c.Clue = "c2"
			d.do = c
		case VerifyClue:
			c.Clue = "c2"
			d.do = c
		case RecordIncome:
			d.do = income("i20", policy.Inclusion, "2022-03-01", "2023-02-28", 4800)
		case ReturnComparison:
			c.Hits = nil
			d.do = c
		case ExplainHit:
			continue
		case PostNotice:
			c.Notice = "notice-20"
			d.do = c
		case RemoveNotice:
			d.do = RemoveNotice{Notice: "notice-20"}
		case RecordAppraisal:
			c.Meeting = "meeting-20"
			d.do = c
		}
		f = given(t, strict(), f).when(d).done()
	}
	return f
}

// D08: eliminated in November, rolled back in February; the same episode goes on.
func TestAnEliminationIsRolledBack(t *testing.T) {
	t.Parallel()
	f := eliminated(t)
	breaks(t, f, rollBack("2023-02-10").from(officer), policy.WrongCapacity)
	never(t, f, rollBack("2023-02-10").doing(RollBackElimination{}), policy.Malformed)
	never(t, monitored(t), rollBack("2023-02-10"), policy.CaseNotEliminated)
	given(t, strict(), f).whenTyped("2023-02-10", rollBack("2022-11-29")).refused(policy.CaseNotEliminated)

	f = given(t, strict(), f).when(rollBack("2023-02-10")).done()
	never(t, f, rollBack("2023-02-11"), policy.CaseNotEliminated)
	s := f.state()
	if len(s.Episodes) != 1 || s.Stage() != StageMonitored || s.Episode().Number != 1 {
		t.Errorf("stage %s, %d episodes", s.Stage(), len(s.Episodes))
	}
	// What belongs to the elimination that does not stand, typed late, changes nothing.
	late := given(t, lenient(), f).whenTyped("2023-03-01", life.the(Announce{}, 2)).stands()
	late = given(t, lenient(), late).whenTyped("2023-03-01", life.the(MarkSystem{}, 1)).stands()
	late = given(t, lenient(), late).whenTyped("2023-03-01", life.the(ProposeElimination{}, 1)).stands()
	if s := late.state(); s.Episode().Eliminated != 0 || s.Episode().Way != "" || len(s.Episode().Attempts[1].Done) != 0 {
		t.Errorf("%+v", s.Episode())
	}
	given(t, strict(), f).whenTyped("2023-03-01", life.the(DecideElimination{}, 1)).refused(policy.CaseDecided)
	// The next elimination begins anew.
	given(t, strict(), f).when(life.the(RecordAppraisal{}, 2).on("2023-08-01")).refused(policy.OrderMissingStep)
	// And the household needs no new inclusion.
	given(t, strict(), f).when(life.the(DecideInclusion{}, 1).on("2023-03-01")).refused(policy.CaseDecided)
}

// D09: eliminated, included again; the second episode.
func TestAHouseholdIsIncludedAgain(t *testing.T) {
	t.Parallel()
	f := eliminated(t)
	again := life.the(DecideInclusion{}, 1).on("2023-03-24")
	given(t, strict(), f).when(again).refused(policy.OrderMissingStep) // the whole procedure again
	f = reincluded(t, f)
	s := f.state()
	if s.Stage() != StageInclusion || len(s.Episodes) != 2 {
		t.Errorf("stage %s, %d episodes", s.Stage(), len(s.Episodes))
	}
	if c, ok := s.Count(calendar.MustDay("2023-03-20")); !ok || c.Open() {
		t.Errorf("until the county decides, it counts as eliminated: %+v", c)
	}
	f = given(t, strict(), f).when(again).done()
	if e := f[len(f)-1].Event.(InclusionDecided); e.Episode != 2 {
		t.Errorf("episode %d", e.Episode)
	}
	s = f.state()
	c, _ := s.Count(calendar.MustDay("2023-12-31"))
	if !c.Open() || c.Included != calendar.MustDay("2022-03-24") || s.Stage() != StageMonitored {
		t.Errorf("%+v", c)
	}
	t.Run("papers of the first episode, typed late, stay in it", func(t *testing.T) {
		f := given(t, lenient(), f).whenTyped("2023-06-01", life.the(SurveyHome{}, 1).on("2022-03-02")).stands()
		f = given(t, lenient(), f).whenTyped("2023-06-01", deed{"2022-07-01", by(cadre), StartMeasure{Measure: "z7", Class: "industry", Content: "养鸡", Department: "agriculture"}}).stands()
		f = given(t, lenient(), f).whenTyped("2023-06-01", life.the(Announce{}, 2).on("2022-12-03")).stands()
		s := f.state()
		first, second := &s.Episodes[0], &s.Episodes[1]
		if len(s.Episodes) != 2 || len(first.Measures) != 2 || len(second.Measures) != 0 || second.ElimAnnounced != 0 {
			t.Errorf("%d and %d measures", len(first.Measures), len(second.Measures))
		}
		if len(second.Inclusion.Done) == 0 || second.Inclusion.Find(policy.HomeSurvey).On != calendar.MustDay("2023-03-03") {
			t.Errorf("%+v", second.Inclusion.Done)
		}
	})
	t.Run("an earlier step of the second, typed late, belongs to it", func(t *testing.T) {
		f := given(t, lenient(), f).whenTyped("2023-06-01", deed{"2023-02-20", by(cadre), FileApplication{Application: "a9", Form: "oral", Content: "又住院"}}).stands()
		if s := f.state(); s.Episodes[1].OpenedOn != calendar.MustDay("2023-02-20") {
			t.Errorf("opened %s", s.Episodes[1].OpenedOn)
		}
	})
}

// An elimination that paper dates before its case began ends nothing that came
// before the case did: a step of those days belongs to the one case there is.
func TestACaseHasNotEndedBeforeItBegan(t *testing.T) {
	t.Parallel()
	f := life.before(DecideElimination{}, 1).play(t, lenient())
	f = given(t, lenient(), f).whenTyped("2023-06-01", life.the(DecideElimination{}, 1).on("2022-01-10")).stands()
	f = given(t, lenient(), f).whenTyped("2023-06-01", life.the(SurveyHome{}, 1).on("2022-01-20")).stands()
	if s := f.state(); len(s.Episodes) != 1 || s.Episodes[0].Eliminated != calendar.MustDay("2022-01-10") || s.Episodes[0].OpenedOn != calendar.MustDay("2022-01-20") {
		t.Errorf("%d episodes, the first opened %s and ended %s", len(s.Episodes), s.Episodes[0].OpenedOn, s.Episodes[0].Eliminated)
	}
}

// What was found and signed for the first episode stands for nothing in the second:
// what is still awaited says so.
func TestWhatServedTheFirstEpisodeIsAwaitedInTheSecond(t *testing.T) {
	t.Parallel()
	in := policy.Inclusion
	f := given(t, lenient(), eliminated(t)).when(deed{"2023-03-03", by(cadre, team), life.the(SurveyHome{}, 1).do}).stands()
	stands := func(f file, i int, step policy.Step) bool {
		s := f.state()
		e := &s.Episodes[i]
		return s.StepStands(e, in, &e.Inclusion, step)
	}
	for _, step := range []policy.Step{policy.Clue, policy.Application, policy.Authorisation} {
		if !stands(f, 0, step) || stands(f, 1, step) {
			t.Errorf("%s stands in the first: %v, in the second: %v", step, stands(f, 0, step), stands(f, 1, step))
		}
	}
	f = given(t, lenient(), f).when(deed{"2023-03-04", by(cadre), RecordClue{Clue: "c2", Channel: "cadre_check", Content: "又住院"}}).stands()
	f = given(t, lenient(), f).when(life.the(SignLetter{}, 1).on("2023-03-05")).stands()
	for _, step := range []policy.Step{policy.Clue, policy.Authorisation} {
		if !stands(f, 1, step) {
			t.Errorf("%s of the second", step)
		}
	}
}

func TestAnInclusionIsRevoked(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	d := deed{"2022-06-01", by(decider), RevokeInclusion{Document: "doc-30", Reason: "隐瞒经营性收入"}}
	breaks(t, f, d.from(officer), policy.WrongCapacity)
	never(t, f, d.doing(RevokeInclusion{}), policy.Malformed)
	never(t, registered(t), d, policy.CaseNotMonitored)
	f = given(t, strict(), f).when(d).done()
	never(t, f, d.on("2022-06-02"), policy.CaseNotMonitored)
	s := f.state()
	if s.Stage() != StageRevoked {
		t.Errorf("stage %s", s.Stage())
	}
	never(t, f, life.the(StartMeasure{}, 1).on("2022-06-02"), policy.CaseNotMonitored)
	never(t, f, life.the(ProposeElimination{}, 1), policy.CaseNotMonitored)
	// What happened before it may still be typed.
	given(t, lenient(), f).whenTyped("2022-07-01", life.the(StartMeasure{}, 1)).stands()
}

// D14: a one-person household dies.
func TestAHouseholdClosesNaturally(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	d := deed{"2022-07-02", by(cadre), CloseNaturally{Reason: "death"}}
	never(t, f, d.doing(CloseNaturally{Reason: "boredom"}), policy.Malformed)
	given(t, strict(), f).when(d).refused(policy.Malformed) // there are members yet
	for _, m := range []string{"m1", "m2", "m3", "m4"} {
		f = given(t, strict(), f).when(deed{"2022-07-01", by(cadre), RecordLeaving{Member: m, Reason: "death"}}).done()
	}
	f = given(t, strict(), f).when(d).then(NaturallyClosed{Reason: "death"})
	s := f.state()
	c, ok := s.Count(calendar.MustDay("2022-07-31"))
	if !ok || c.Open() || c.Eliminated != 0 || c.AtInclusion != 4 || c.Current != 0 || s.Stage() != StageClosed {
		t.Errorf("stage %s, %+v", s.Stage(), c)
	}
	never(t, f, life.the(RecordVisit{}, 1).on("2022-07-03"), policy.HouseholdClosed)
	given(t, strict(), f).whenTyped("2022-08-01", life.the(RecordVisit{}, 1).on("2022-06-30")).done()
	given(t, strict(), f).whenTyped("2022-08-01", deed{"2022-07-20", by(cadre), VoidFact{Event: f.id(MemberLeft{}), Reason: "误录"}}).done()
}

func TestAFallIsRecordedApart(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	d := deed{"2022-06-01", by(townCadre), RecordFall{Cause: "illness", Reason: "人均纯收入低于脱贫线"}}
	never(t, f, d.doing(RecordFall{Cause: "bad luck", Reason: "x"}), policy.Malformed)
	never(t, f, d.doing(RecordFall{Cause: "illness"}), policy.Malformed)
	f = given(t, strict(), f).when(d).done()
	f = given(t, strict(), f).whenTyped("2022-07-01", d.on("2022-04-01")).done()
	s := f.state()
	if c, ok := s.Count(calendar.MustDay("2022-12-31")); !ok || !c.Open() || c.Fell != calendar.MustDay("2022-06-01") {
		t.Errorf("%+v", c)
	}
}
