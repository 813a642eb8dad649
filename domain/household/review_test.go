package household

import (
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func TestTheVillageReportsAndTheTownshipReviews(t *testing.T) {
	t.Parallel()
	f := life.before(ReportByVillage{}, 1).play(t, strict())
	report, review := life.the(ReportByVillage{}, 1), life.the(ReviewByTownship{}, 1)
	breaks(t, f, report.from(townCadre), policy.WrongCapacity)
	breaks(t, f, review, policy.OrderMissingStep)
	f = given(t, strict(), f).when(report).then(VillageReported{Procedure: policy.Inclusion, Document: "doc-1", Item: 1})
	breaks(t, f, review.from(secretary), policy.WrongCapacity)
	given(t, strict(), f).when(review).then(TownshipReviewed(review.do.(ReviewByTownship)))

	c := review.do.(ReviewByTownship)
	c.Opinion = ""
	never(t, f, review.doing(c), policy.Malformed)
	c.Opinion, c.Result = "同意", "so so"
	never(t, f, review.doing(c), policy.Malformed)
}

func TestTheTownshipRejects(t *testing.T) {
	t.Parallel()
	f := life.before(ReviewByTownship{}, 1).play(t, strict())
	d := life.the(ReviewByTownship{}, 1).doing(ReviewByTownship{Procedure: policy.Inclusion, Result: code.Reject, Opinion: "收入明显高于监测范围"})
	f = given(t, strict(), f).when(d).done()
	s := f.state()
	if _, counts := s.Count(calendar.MustDay("2022-12-31")); counts || s.Stage() != StageRejected {
		t.Errorf("stage %s", s.Stage())
	}
	given(t, strict(), f).when(life.the(StartMeasure{}, 1)).refused(policy.CaseNotMonitored)
}

func TestNobodyTakesBothDecidingSteps(t *testing.T) {
	t.Parallel()
	both := decider
	both.ID = reviewer.ID
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	breaks(t, f, life.the(DecideInclusion{}, 1).from(both), policy.SamePerson)
	silent := strict()
	silent.Guards = nil
	given(t, silent, f).when(life.the(DecideInclusion{}, 1).from(both)).refused(policy.SamePerson)

	t.Run("nor when the review is typed after the decision", func(t *testing.T) {
		f := life.before(ReviewByTownship{}, 1).play(t, strict())
		f = given(t, strict(), f).whenTyped("2022-04-01", life.the(DecideInclusion{}, 1)).flagged(policy.BeforeAsserted)
		same := reviewer
		same.ID = decider.ID
		given(t, strict(), f).whenTyped("2022-04-02", life.the(ReviewByTownship{}, 1).from(same)).flagged(policy.SamePerson)
	})
	t.Run("attending and surveying is not deciding", func(t *testing.T) {
		f := life.before(DecideInclusion{}, 1).play(t, strict())
		surveyor := decider
		surveyor.ID = team.ID
		given(t, strict(), f).when(life.the(DecideInclusion{}, 1).from(surveyor)).done()
	})
	t.Run("of an elimination neither", func(t *testing.T) {
		f := life.before(DecideElimination{}, 1).play(t, strict())
		breaks(t, f, life.the(DecideElimination{}, 1).from(both), policy.SamePerson)
	})
}

// D05: returned twice, with reasons.
func TestACaseIsReturnedTwice(t *testing.T) {
	t.Parallel()
	f := life.before(ReviewByTownship{}, 1).play(t, strict())
	back := deed{"2022-03-18", by(reviewer), ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: policy.IncomeSheet, Reason: "漏算务工收入"}}
	breaks(t, f, back.from(cadre), policy.WrongCapacity)
	never(t, f, back.doing(ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: policy.IncomeSheet}), policy.Malformed)
	never(t, f, back.doing(ReturnCase{Procedure: policy.Inclusion, By: code.Village, To: policy.IncomeSheet, Reason: "x"}), policy.Malformed)
	never(t, f, back.doing(ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: "start", Reason: "x"}), policy.Malformed)
	never(t, f, back.doing(ReturnCase{Procedure: policy.Elimination, By: code.Township, To: policy.Appraisal, Reason: "x"}), policy.CaseNotMonitored)
	never(t, registered(t), back, policy.CaseNotOpen)

	f = given(t, strict(), f).when(back).done()
	s := f.state()
	if e := s.Episode(); e.ReturnedTo != policy.IncomeSheet || e.ReturnedReason != "漏算务工收入" || e.Inclusion.Find(policy.HomeSurvey) == nil || e.Inclusion.Find(policy.Notice) != nil {
		t.Errorf("%+v", e)
	} else if c := e.Inclusion; c.Notice != nil || len(c.Past) != 1 || c.Appraisal != nil {
		t.Errorf("the sheet and the meeting before the return serve it still: %+v", c)
	}
	// The letter of the household is not due again; everything from the sheet on is.
	given(t, strict(), f).when(life.the(ReviewByTownship{}, 1)).refused(policy.OrderMissingStep)
	// The sheet that hangs may still come down.
	given(t, strict(), posted(t).recordAll(t, back)).when(life.the(RemoveNotice{}, 1).on("2022-03-19")).done()

	redo := func(f file, days ...string) file {
		t.Helper()
		for i, d := range []deed{{"", by(cadre), income("i8", policy.Inclusion, "2021-03-01", "2022-02-28", 5100)}, life.the(SignLetter{}, 1),
			{"", by(officer), ReturnComparison{Comparison: "v8", Procedure: policy.Inclusion, Sources: []string{"market"}}},
			{"", by(secretary), appraisal(policy.Inclusion, "m-"+days[0], code.Pass)},
			{"", by(cadre), PostNotice{Procedure: policy.Inclusion, Notice: "n-" + days[0], Item: 1, Place: "公开栏"}},
			{"", by(cadre), RemoveNotice{Notice: "n-" + days[0]}}, life.the(ReportByVillage{}, 1)} {
			f = given(t, strict(), f).when(d.on(days[min(i/5, len(days)-1)])).done()
		}
		return f
	}
	f = redo(f, "2022-03-20", "2022-03-26")
	f = given(t, strict(), f).when(life.the(ReviewByTownship{}, 1).on("2022-03-27")).done()
	f = given(t, strict(), f).when(deed{"2022-03-29", by(officer), ReturnCase{Procedure: policy.Inclusion, By: code.County, To: policy.TownshipReview, Reason: "意见未写明"}}).done()
	given(t, strict(), f).when(life.the(DecideInclusion{}, 1).on("2022-03-30")).refused(policy.OrderMissingStep)
	f = given(t, strict(), f).when(life.the(ReviewByTownship{}, 1).on("2022-03-30")).done()
	f = given(t, strict(), f).when(life.the(DecideInclusion{}, 1).on("2022-03-31")).done()
	if s := f.state(); s.Stage() != StageMonitored || s.Episode().ReturnedTo != "" {
		t.Errorf("%+v", s.Episode())
	}
}

// recordAll enters deeds whatever they are flagged for.
func (f file) recordAll(t *testing.T, ds ...deed) file {
	t.Helper()
	for _, d := range ds {
		f = given(t, strict(), f).when(d).stands()
	}
	return f
}

func TestAReturnTypedLateUndoesOnlyWhatWasBeforeIt(t *testing.T) {
	t.Parallel()
	f := life.before(PostNotice{}, 1).play(t, strict())
	f = given(t, strict(), f).when(life.the(RecordAppraisal{}, 1).on("2022-03-20").doing(appraisal(policy.Inclusion, "meeting-2", code.Pass))).done()
	back := deed{"2022-03-15", by(reviewer), ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: policy.Appraisal, Reason: "到会人数不足"}}
	f = given(t, strict(), f).whenTyped("2022-03-25", back).done()
	s := f.state()
	if e := s.Episode(); e.ReturnedTo != "" || e.Inclusion.Appraisal == nil || e.Inclusion.Appraisal.Meeting != "meeting-2" {
		t.Errorf("the appraisal was held again on the 20th: %+v", e)
	}
	given(t, strict(), f).when(life.the(PostNotice{}, 1).on("2022-03-26")).done()
}

func TestWhatWasDoneBeforeAReturnDoesNotAnswerIt(t *testing.T) {
	t.Parallel()
	f := life.before(RecordAppraisal{}, 1).play(t, strict())
	back := deed{"2022-03-15", by(reviewer), ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: policy.Appraisal, Reason: "到会人数不足"}}
	f = given(t, strict(), f).when(back).done()
	// The minutes of the meeting that did not satisfy arrive only now.
	f = given(t, strict(), f).whenTyped("2022-03-16", life.the(RecordAppraisal{}, 1)).flagged()
	s := f.state()
	if e := s.Episode(); e.ReturnedTo != policy.Appraisal || e.Inclusion.Appraisal != nil || e.Inclusion.Find(policy.Appraisal) != nil {
		t.Errorf("%+v", e)
	}
	given(t, strict(), f).whenAct(actOn(act.Performed, "2022-03-17", "2022-03-17", strict(), by(cadre)), life.the(PostNotice{}, 1).do).refused(policy.OrderMissingStep)
}

// The township's opinion carries the class it proposes; one that differs from the
// sheet's asks for a sheet of its own.
func TestAReviewProposesAClass(t *testing.T) {
	t.Parallel()
	posted := life.the(PostNotice{}, 1)
	sheet := posted.do.(PostNotice)
	sheet.Class = code.Marginal
	f := given(t, strict(), life.before(PostNotice{}, 1).play(t, strict())).when(posted.doing(sheet)).done()
	f = life[life.find(RemoveNotice{}, 1):life.find(ReviewByTownship{}, 1)].on(t, strict(), f)
	d := life.the(ReviewByTownship{}, 1)
	proposing := func(class code.Class, result code.ReviewResult) deed {
		c := d.do.(ReviewByTownship)
		c.Class, c.Result = class, result
		return d.doing(c)
	}
	given(t, strict(), f).when(proposing(code.Marginal, code.Pass)).then(TownshipReviewed(proposing(code.Marginal, code.Pass).do.(ReviewByTownship)))
	breaks(t, f, proposing(code.Sudden, code.Pass), policy.NoticeListDiffers)
	never(t, f, proposing("rich", code.Pass), policy.Malformed)
	never(t, f, proposing(code.Marginal, code.Reject), policy.Malformed)
	never(t, f, d.doing(ReviewByTownship{Procedure: policy.Elimination, Result: code.Pass, Opinion: "同意", Class: code.Marginal}), policy.Malformed)
}
