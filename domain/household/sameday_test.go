package household

import (
	"fmt"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Much happens on one day. What may follow on the same day, and what counts
// from it.
func TestOnOneAndTheSameDay(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay
	t.Run("delivered as it starts", func(t *testing.T) {
		f := life.through(StartMeasure{}, 1).play(t, strict())
		given(t, strict(), f).when(life.the(DeliverMeasure{}, 1).on("2022-04-05")).done()
	})
	t.Run("an objection holds the report of its day", func(t *testing.T) {
		f := life.through(RemoveNotice{}, 1).play(t, strict())
		f = given(t, strict(), f).when(deed{"2022-03-16", by(cadre), RaiseObjection{Notice: "notice-1", Objection: "o1", Content: "有车"}}).done()
		breaks(t, f, life.the(ReportByVillage{}, 1), policy.NoticeObjectionOpen)
		f = given(t, strict(), f).when(inquiry("2022-03-16")).done()
		f = given(t, strict(), f).when(deed{"2022-03-16", by(cadre), AnswerObjection{Notice: "notice-1", Objection: "o1", Findings: "不属实"}}).done()
		given(t, strict(), f).when(life.the(ReportByVillage{}, 1)).done()
	})
	t.Run("help on the day the green channel opens, and on that of the decision", func(t *testing.T) {
		f := life.before(DecideInclusion{}, 1).play(t, strict())
		f = given(t, strict(), f).when(deed{"2022-03-22", by(townCadre), OpenGreenChannel{Reason: "火灾", OwedBy: day("2022-04-20")}}).done()
		start := life.the(StartMeasure{}, 1)
		given(t, strict(), f).when(start.on("2022-03-22")).done()
		f = given(t, strict(), f).when(life.the(DecideInclusion{}, 1)).done()
		breaks(t, f, start.on("2022-03-24"), policy.OrderMissingStep) // from that day the plan comes first
		given(t, strict(), f).whenTyped("2022-04-01", start.on("2022-03-23")).done()
	})
	t.Run("returned and done again", func(t *testing.T) {
		f := life.before(PostNotice{}, 1).play(t, strict())
		f = given(t, strict(), f).when(deed{"2022-03-10", by(reviewer), ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: policy.Appraisal, Reason: "人数不足"}}).done()
		f = given(t, strict(), f).when(life.the(RecordAppraisal{}, 1).doing(appraisal(policy.Inclusion, "meeting-2", code.Pass))).done()
		given(t, strict(), f).when(life.the(PostNotice{}, 1)).done()
	})
	t.Run("the plan returned is due again", func(t *testing.T) {
		f := life.before(StartMeasure{}, 1).play(t, strict())
		f = given(t, strict(), f).when(deed{"2022-04-03", by(officer), ReturnCase{Procedure: policy.Assistance, By: code.County, To: policy.Plan, Reason: "措施不对症"}}).done()
		breaks(t, f, life.the(StartMeasure{}, 1), policy.OrderMissingStep)
		f = given(t, strict(), f).when(life.the(MakePlan{}, 1).on("2022-04-03")).done()
		given(t, strict(), f).when(life.the(StartMeasure{}, 1)).done()
	})
	t.Run("a proposal on the day of the sheet, and of the roll-back", func(t *testing.T) {
		f := ready(t).with(t, "2022-11-15", income("i9", "", "2021-11-01", "2022-10-31", 9700))
		f = given(t, strict(), f).when(life.the(ProposeElimination{}, 1)).done()
		if e := f[len(f)-1].Event.(EliminationProposed); e.PerCapita != code.Yuan(9700) {
			t.Errorf("%+v", e)
		}
		f = given(t, strict(), eliminated(t)).when(rollBack("2023-02-10")).done()
		f = given(t, lenient(), f).when(life.the(ProposeElimination{}, 1).on("2023-02-10").doing(ProposeElimination{Way: "natural"})).stands()
		s := f.state()
		if e := s.Episode(); e.Way != "natural" || e.Attempts[1].Find(policy.Proposal) == nil {
			t.Errorf("way %q, attempts %+v", e.Way, e.Attempts)
		}
	})
	t.Run("two findings, the later typed holds", func(t *testing.T) {
		f := registered(t)
		for i, ok := range []bool{false, true} {
			f = given(t, strict(), f).when(deed{"2022-04-01", by(cadre, team), SurveyHome{Survey: fmt.Sprint("s", i), Level: code.Village, Findings: []Finding{{Guarantee: "water", OK: ok}}}}).done()
		}
		if s := f.state(); !s.Guarantees[0].OK {
			t.Errorf("%+v", s.Guarantees)
		}
	})
	t.Run("a risk that ended on the day of the decision is named anew", func(t *testing.T) {
		f := life.before(DecideInclusion{}, 1).play(t, strict())
		f = given(t, strict(), f).when(deed{"2022-03-24", by(cadre), RecordRisk{Risk: "illness"}}).done()
		f = given(t, strict(), f).when(deed{"2022-03-24", by(cadre), EndRisk{Risk: "illness", Way: "natural"}}).done()
		s := given(t, strict(), f).when(life.the(DecideInclusion{}, 1)).done().state()
		if r := s.Episode().Risks; len(r) != 2 || r[0].Original || !r[1].Original || r[1].Gone != 0 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("brought forward, included and eliminated", func(t *testing.T) {
		f := registered(t)
		given(t, strict(), f).when(deed{"2022-03-01", by(officer), BringForward{Source: "系统", Class: code.Marginal, Included: day("2021-06-01"), Eliminated: day("2021-06-01")}}).done()
	})
}

func TestLimitsAreReached(t *testing.T) {
	t.Parallel()
	d, c := registration()
	for i := len(c.Members); i < MaxMembers; i++ {
		c.Members = append(c.Members, born(fmt.Sprint("x", i), "2022-01-01"))
	}
	f := given(t, strict(), nil).when(d.doing(c)).done()
	never(t, f, deed{"2022-03-01", by(cadre), AddMember{Member: born("y", "2022-02-25"), Reason: "birth"}}, policy.Malformed)
	// The first day on which anything can have happened.
	a := actOn(act.Transcribed, "2014-01-01", "2022-03-01", strict(), by(cadre))
	given(t, strict(), nil).whenAct(a, RecordClue{Clue: "c1", Channel: code.CadreCheck, Content: "x", Name: "柳某", Region: "629900101201"}).done()
}
