package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func TestTheCountyDecides(t *testing.T) {
	t.Parallel()
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	d := life.the(DecideInclusion{}, 1)
	c := d.do.(DecideInclusion)
	included := given(t, strict(), f).when(d).then(InclusionDecided{Document: "doc-3", Item: 1, Result: code.Pass, Class: code.Marginal, Risks: c.Risks,
		Monitoring: c.Monitoring, Assistance: c.Assistance, Episode: 1})
	s := included.state()
	count, ok := s.Count(calendar.MustDay("2022-03-24"))
	if !ok || count.Included != calendar.MustDay("2022-03-24") || count.Announced != 0 || s.Stage() != StageMonitored {
		t.Errorf("included from the day of the decision, whatever is announced later: %+v", count)
	}
	if len(s.Officers) != 2 || s.Officers[0].Role != code.MonitoringOfficer || s.Officers[0].Person != "p1" || s.Officers[1].Person != "p9" {
		t.Errorf("%+v", s.Officers)
	}
	never(t, included, d.on("2022-03-25"), policy.CaseDecided)
	breaks(t, f, d.from(officer), policy.WrongCapacity)
	breaks(t, life.before(ReviewByTownship{}, 1).play(t, strict()), d, policy.OrderMissingStep)

	with := func(change func(*DecideInclusion)) deed {
		wrong := c
		change(&wrong)
		return d.doing(wrong)
	}
	breaks(t, f, with(func(c *DecideInclusion) { c.Risks = nil }), policy.RisksMissing)
	breaks(t, f, with(func(c *DecideInclusion) { c.Assistance = Responsible{} }), policy.OfficersMissing)
	breaks(t, f, with(func(c *DecideInclusion) { c.Monitoring = Responsible{} }), policy.OfficersMissing)
	never(t, f, with(func(c *DecideInclusion) { c.Class = "poor" }), policy.Malformed)
	never(t, f, with(func(c *DecideInclusion) { c.Risks = []code.Risk{"bad luck"} }), policy.Malformed)
	never(t, f, with(func(c *DecideInclusion) { c.Result = "perhaps" }), policy.Malformed)
	never(t, f, with(func(c *DecideInclusion) { c.Result = code.Reject }), policy.Malformed) // without a reason

	t.Run("a class the county's rules do not know", func(t *testing.T) {
		p := strict()
		p.Classes = []code.Class{code.Unstable}
		given(t, p, f).when(d).refused(policy.ClassUnknown)
		given(t, p, f).whenTyped("2022-04-01", d).flagged(policy.ClassUnknown)
	})
	t.Run("a hit nobody explained", func(t *testing.T) {
		f := life.before(DecideInclusion{}, 1).without(ExplainHit{}, 1).play(t, strict())
		breaks(t, f, d, policy.HitUnexplained)
	})
}

func TestIncomeNeverBlocksAnInclusion(t *testing.T) {
	t.Parallel()
	f := life.before(SignLetter{}, 1).without(RecordIncome{}, 1).play(t, strict())
	f = given(t, strict(), f).when(deed{"2022-03-03", by(cadre), income("i1", policy.Inclusion, "2021-03-01", "2022-02-28", 20000)}).done()
	f = life[life.find(SignLetter{}, 1):life.find(DecideInclusion{}, 1)].on(t, strict(), f)
	given(t, strict(), f).when(life.the(DecideInclusion{}, 1)).done()
}

func TestTheCountyRejects(t *testing.T) {
	t.Parallel()
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	d := life.the(DecideInclusion{}, 1)
	f = given(t, strict(), f).when(d.doing(DecideInclusion{Result: code.Reject, Reason: "家有经营性房产"})).then(InclusionDecided{Result: code.Reject, Reason: "家有经营性房产"})
	// The list comes back with the household on it, and that opens nothing.
	f = given(t, strict(), f).when(life.the(HandDownList{}, 1)).done()
	f = given(t, strict(), f).when(life.the(Announce{}, 1)).done()
	s := f.state()
	if _, ok := s.Count(calendar.MustDay("2022-12-31")); ok || s.Stage() != StageRejected || len(s.Episodes) != 1 {
		t.Errorf("stage %s, %d episodes", s.Stage(), len(s.Episodes))
	}
	// A year on, it may be found again, from the beginning.
	breaks(t, f, deed{"2023-03-01", by(cadre, team), life.the(SurveyHome{}, 1).do}, policy.OrderMissingStep)
	f = given(t, strict(), f).when(deed{"2023-03-01", by(cadre), RecordClue{Clue: "c2", Channel: code.CadreCheck, Content: "住院"}}).done()
	f = given(t, strict(), f).when(deed{"2023-03-02", by(cadre, team), life.the(SurveyHome{}, 1).do}).done()
	if s := f.state(); s.Stage() != StageInclusion || len(s.Episodes) != 2 {
		t.Errorf("stage %s, %d episodes", s.Stage(), len(s.Episodes))
	}
}

func TestAnEarlierRejectionMayBeTypedLater(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	f = given(t, strict(), f).whenTyped("2022-05-01", life.the(DecideInclusion{}, 1).on("2022-03-22").doing(DecideInclusion{Result: code.Reject, Reason: "材料不全"})).done()
	if s := f.state(); s.Stage() != StageMonitored || s.Episode().Rejected != 0 {
		t.Errorf("the later decision stands: %s", s.Stage())
	}
}

func TestAfterTheDecision(t *testing.T) {
	t.Parallel()
	f := life.through(DecideInclusion{}, 1).play(t, strict())
	hand, announce, enter := life.the(HandDownList{}, 1), life.the(Announce{}, 1), life.the(EnterSystem{}, 1)
	for _, d := range []deed{hand, announce, enter} {
		never(t, registered(t), d, policy.CaseNotOpen)
	}
	breaks(t, f, hand.from(reviewer), policy.WrongCapacity)
	never(t, f, announce.doing(Announce{Procedure: policy.Inclusion, Issuer: "o-county"}), policy.Malformed)
	never(t, f, enter.doing(EnterSystem{System: "notebook"}), policy.Malformed)
	breaks(t, f, enter, policy.OrderMissingStep) // not announced yet
	breaks(t, life.before(DecideInclusion{}, 1).play(t, strict()), announce, policy.OrderMissingStep)

	f = given(t, strict(), f).when(announce).done()
	f = given(t, strict(), f).when(enter).done()
	// Entered in a second system, and even after the elimination: no new case.
	f = life[life.find(MakePlan{}, 1):].on(t, strict(), f)
	f = given(t, strict(), f).when(enter.on("2023-01-10").doing(EnterSystem{System: "provincial"})).done()
	if s := f.state(); s.Stage() != StageEliminated || len(s.Episodes) != 1 || s.Episode().Entered != calendar.MustDay("2022-03-28") {
		t.Errorf("stage %s, %d episodes", s.Stage(), len(s.Episodes))
	}
}
