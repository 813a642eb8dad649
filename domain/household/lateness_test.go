package household

import (
	"errors"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// timed is the strict pack with limits.
func timed(basis policy.Basis) policy.Pack {
	p := strict()
	limit := func(days int) policy.Limit {
		return policy.Limit{Days: days, Count: "calendar", Basis: basis, Cite: "T.limit", Reason: "通行做法"}
	}
	p.Chain, p.PlanDue = limit(15), limit(10)
	for i, s := range p.Inclusion {
		if s.Step == policy.TownshipReview || s.Step == policy.Announcement {
			l := limit(3)
			p.Inclusion[i].Limit = &l
		}
	}
	p.Responses = []policy.ResponseRule{{Via: "quick_report", Limit: policy.Limit{Days: 5, Count: "working", Basis: basis, Reason: "通行做法"}}}
	return p
}

// What comes after its time is told and never refused, whatever the pack says of
// what is late, and whether it is typed or done.
func TestWhatComesTooLateIsTold(t *testing.T) {
	t.Parallel()
	for _, basis := range []policy.Basis{policy.Stated, policy.Assumed} {
		p := timed(basis)
		for name, c := range map[string]struct {
			do           deed
			before, rule any
		}{
			"the review, three days after the report":   {life.the(ReviewByTownship{}, 1), ReviewByTownship{}, policy.StepLate},
			"the decision, fifteen days after it began": {life.the(DecideInclusion{}, 1), DecideInclusion{}, policy.ChainLate},
			"the plan, ten days after the decision":     {life.the(MakePlan{}, 1).on("2022-04-04"), MakePlan{}, policy.StepLate},
			"the announcement, three days after it":     {life.the(Announce{}, 1).on("2022-03-29"), Announce{}, policy.StepLate},
		} {
			t.Run(string(basis)+" "+name, func(t *testing.T) {
				f := life.before(c.before.(Command), 1).play(t, strict())
				for _, e := range given(t, p, f).when(c.do).flagged(c.rule.(policy.Rule)) {
					if flag, ok := e.Event.(FlagRaised); ok && flag.Rule == c.rule && (flag.Basis != basis || flag.Cite != "T.limit") {
						t.Errorf("%+v", flag)
					}
				}
				given(t, p, f).whenTyped("2022-06-01", c.do).flagged(c.rule.(policy.Rule))
				a := actOn(act.Performed, c.do.day, c.do.day, p, c.do.by)
				a.Channel, a.Demonstration = act.GeneratedChannel, true
				given(t, p, f).whenAct(a, c.do.do).done()
				a.Demonstration = false // in a real log the word excuses nothing
				given(t, p, f).whenAct(a, c.do.do).flagged(c.rule.(policy.Rule))
			})
		}
	}
	t.Run("in time on the last day", func(t *testing.T) {
		f := life.before(ReviewByTownship{}, 1).play(t, strict())
		given(t, timed(policy.Stated), f).when(life.the(ReviewByTownship{}, 1).on("2022-03-19")).done()
	})
	t.Run("a returned step has its time again", func(t *testing.T) {
		f := life.through(ReportByVillage{}, 1).play(t, strict())
		f = given(t, strict(), f).when(deed{"2022-03-20", by(reviewer), ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: policy.VillageReport, Reason: "名单有误"}}).done()
		f = given(t, strict(), f).when(life.the(ReportByVillage{}, 1).on("2022-03-24")).done()
		given(t, timed(policy.Stated), f).when(life.the(ReviewByTownship{}, 1).on("2022-03-27")).done()
		given(t, timed(policy.Stated), f).when(life.the(ReviewByTownship{}, 1).on("2022-03-28")).flagged(policy.StepLate)
		// Returned to the review itself, from the day of the return.
		f = life.before(DecideInclusion{}, 1).play(t, strict())
		f = given(t, strict(), f).when(deed{"2022-03-23", by(officer), ReturnCase{Procedure: policy.Inclusion, By: code.County, To: policy.TownshipReview, Reason: "意见未写明"}}).done()
		given(t, timed(policy.Stated), f).when(life.the(ReviewByTownship{}, 1).on("2022-03-26")).done()
		given(t, timed(policy.Stated), f).when(life.the(ReviewByTownship{}, 1).on("2022-03-27")).flagged(policy.StepLate)
	})
}

// S4.9: what came by 一键报贫 is looked into within the pack's days.
func TestAQuickReportIsAnsweredInTime(t *testing.T) {
	t.Parallel()
	p := timed(policy.Assumed)
	f := given(t, p, registered(t)).when(deed{"2022-03-01", by(cadre), RecordClue{Clue: "q1", Channel: code.SelfApplication, Via: "quick_report", Content: "住院自付较高"}}).
		then(ClueRecorded{Clue: "q1", Channel: code.SelfApplication, Via: "quick_report", Content: "住院自付较高", Within: calendar.Period{Days: 5, Count: "working"}})
	verify := deed{"2022-03-08", by(cadre), VerifyClue{Clue: "q1", Result: "risk", Reason: "情况属实"}}
	given(t, p, f).when(verify).done() // 5 working days: 2, 3, 4, 7 and 8 March
	given(t, p, f).when(verify.on("2022-03-09")).flagged(policy.ClueLate)
	given(t, strict(), f).when(verify.on("2022-03-09")).flagged(policy.ClueLate) // the time was set when it came

	other := given(t, p, registered(t)).when(deed{"2022-03-01", by(cadre), RecordClue{Clue: "q1", Channel: code.SelfApplication, Via: "scan", Content: "住院自付较高"}}).done()
	given(t, p, other).when(verify.on("2022-05-01")).done()
	never(t, registered(t), deed{"2022-03-01", by(cadre), RecordClue{Clue: "q1", Channel: code.PublicSupervision, Via: "quick_report", Content: "住院"}}, policy.Malformed)
	given(t, p, registered(t)).when(deed{"2022-03-01", by(cadre), RecordClue{Clue: "q2", Channel: code.SystemAnalysis, Via: "rapid_response", Content: "自付较高"}}).done()

	t.Run("an application by it waits for the home survey", func(t *testing.T) {
		d := life.the(FileApplication{}, 1)
		c := d.do.(FileApplication)
		c.Form = "quick_report"
		f := given(t, p, registered(t)).when(d.doing(c)).done()
		given(t, p, f).when(life.the(SurveyHome{}, 1).on("2022-03-08")).done()
		given(t, p, f).when(life.the(SurveyHome{}, 1).on("2022-03-09")).flagged(policy.ClueLate)
	})
}

// A rule that only tells refuses nothing, even where a pack adopted long ago says
// it blocks.
func TestALateActIsNeverRefused(t *testing.T) {
	t.Parallel()
	p := timed(policy.Stated)
	for i := range p.Guards {
		p.Guards[i].Mode = policy.Block
	}
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	s := given(t, p, f).when(life.the(DecideInclusion{}, 1))
	var refusal *Refusal
	if errors.As(s.err, &refusal) {
		t.Errorf("refused by %s", refusal.Rule)
	}
}
