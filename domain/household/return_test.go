package household

import (
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// A return names a step that the procedure has, before the returning level's own.
func TestWhereACaseMayBeReturnedTo(t *testing.T) {
	t.Parallel()
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	back := func(level code.Level, to policy.Step) deed {
		who := reviewer
		if level == code.County {
			who = officer
		}
		return deed{"2022-03-21", by(who), ReturnCase{Procedure: policy.Inclusion, By: level, To: to, Reason: "复核"}}
	}
	for _, c := range []struct {
		level code.Level
		to    policy.Step
		ok    bool
	}{
		{code.Township, policy.Clue, true}, {code.Township, policy.VillageReport, true}, {code.Township, policy.TownshipReview, false}, {code.Township, policy.CountyDecision, false},
		{code.County, policy.TownshipReview, true}, {code.County, policy.CountyDecision, false}, {code.County, policy.Announcement, false}, {code.County, policy.Proposal, false},
	} {
		if c.ok {
			given(t, strict(), f).when(back(c.level, c.to)).done()
		} else {
			never(t, f, back(c.level, c.to), policy.StepUnknown)
		}
	}
	breaks(t, f, back(code.County, policy.HomeSurvey).from(reviewer), policy.WrongCapacity)
	breaks(t, f, back(code.Township, policy.HomeSurvey).from(officer), policy.WrongCapacity)
}

// Sent back to a step that may otherwise be left out, the case goes up again only
// once that step was taken.
func TestAStepThatIsOptionalIsDueOnceACaseIsReturnedToIt(t *testing.T) {
	t.Parallel()
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	f = given(t, strict(), f).when(deed{"2022-03-21", by(officer), ReturnCase{Procedure: policy.Inclusion, By: code.County, To: policy.TownshipVerification, Reason: "未入户核实"}}).done()
	review := life.the(ReviewByTownship{}, 1).on("2022-03-22")
	given(t, strict(), f).when(review).refused(policy.OrderMissingStep)
	given(t, lenient(), f).when(review).flagged(policy.OrderMissingStep)
	given(t, strict(), f).whenTyped("2022-06-01", review).flagged(policy.OrderMissingStep)
	f = given(t, strict(), f).when(deed{"2022-03-22", by(townCadre, reviewer), SurveyHome{Survey: "s-t", Procedure: policy.Inclusion, Level: code.Township}}).done()
	f = given(t, strict(), f).when(review).done()
	given(t, strict(), f).when(life.the(DecideInclusion{}, 1)).done()
}

// In Jiaohe the county compares after the township's review (S2.22): returned to
// the comparison, the village's notice and the review stand.
func TestAReturnFollowsThePacksOrder(t *testing.T) {
	t.Parallel()
	p := real(t, "jiaohe-2022")
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	d := deed{"2022-03-21", by(officer), ReturnCase{Procedure: policy.Inclusion, By: code.County, To: policy.Comparison, Reason: "漏比工商登记"}}
	f = given(t, p, f).when(d).done()
	if e := f[len(f)-1].Event.(CaseReturned); len(e.Again) == 0 || e.Again[0] != policy.Comparison {
		t.Errorf("%+v", e)
	}
	s := f.state()
	ch := s.Episode().Inclusion
	if ch.Find(policy.TownshipReview) == nil || ch.Notice == nil || ch.Appraisal == nil || ch.Find(policy.Comparison) != nil {
		t.Errorf("%+v", ch)
	}
	// What was compared before it, typed late, does not answer it.
	f = given(t, p, f).whenTyped("2022-03-22", deed{"2022-03-20", by(officer), ReturnComparison{Comparison: "v5", Procedure: policy.Inclusion, Sources: []string{"market"}}}).stands()
	if s := f.state(); s.Episode().ReturnedTo != policy.Comparison {
		t.Errorf("%+v", s.Episode())
	}
	// In the usual order nothing need be said.
	f = given(t, strict(), life.before(DecideInclusion{}, 1).play(t, strict())).when(d).done()
	if e := f[len(f)-1].Event.(CaseReturned); len(e.Again) != 0 {
		t.Errorf("%+v", e)
	}
}

// Whose review was returned has reviewed the case all the same.
func TestAReturnedReviewerDoesNotDecide(t *testing.T) {
	t.Parallel()
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	f = given(t, strict(), f).when(deed{"2022-03-21", by(officer), ReturnCase{Procedure: policy.Inclusion, By: code.County, To: policy.TownshipReview, Reason: "意见未写明"}}).done()
	other := person("p15", "王复核", code.TownshipReviewer, code.Township)
	f = given(t, strict(), f).when(life.the(ReviewByTownship{}, 1).on("2022-03-22").from(other)).done()
	promoted := decider
	promoted.ID = reviewer.ID
	breaks(t, f, life.the(DecideInclusion{}, 1).from(promoted), policy.SamePerson)
}

func TestAGreenChannelIsOwedWithinThePacksDays(t *testing.T) {
	t.Parallel()
	f := life.before(RecordAppraisal{}, 1).play(t, strict())
	open := func(owed string) deed {
		return deed{"2022-03-09", by(townCadre), OpenGreenChannel{Reason: "房屋失火", OwedBy: calendar.MustDay(owed)}}
	}
	stated := func(count string) (blocks, flags policy.Pack) {
		blocks, flags = strict(), lenient()
		blocks.GreenChannel = policy.Limit{Days: 15, Count: count, Basis: policy.Stated, Cite: "T.green"}
		flags.GreenChannel = blocks.GreenChannel
		return blocks, flags
	}
	blocks, flags := stated("calendar")
	given(t, blocks, f).when(open("2022-03-24")).done()
	given(t, blocks, f).when(open("2022-03-25")).refused(policy.GreenOwedLate)
	given(t, flags, f).when(open("2022-03-25")).flagged(policy.GreenOwedLate)
	given(t, blocks, f).whenTyped("2022-06-01", open("2022-03-25")).flagged(policy.GreenOwedLate)
	working, _ := stated(calendar.Working)
	given(t, working, f).when(open("2022-03-30")).done() // 15 working days
	given(t, working, f).when(open("2022-03-31")).refused(policy.GreenOwedLate)
	// Thirty days that a pack assumes only flag.
	given(t, real(t, "county-2023"), f).when(open("2022-04-09")).flagged(policy.GreenOwedLate)

	t.Run("the procedure that comes after the day is told to be late, not refused", func(t *testing.T) {
		f := given(t, blocks, f).when(open("2022-03-23")).done()
		for _, d := range life[life.find(RecordAppraisal{}, 1):life.find(DecideInclusion{}, 1)] {
			f = given(t, blocks, f).when(d).done()
		}
		given(t, blocks, f).when(life.the(DecideInclusion{}, 1)).flagged(policy.GreenOverdue)
		given(t, blocks, f).when(life.the(DecideInclusion{}, 1).on("2022-03-23")).done()
	})
}

// The period runs on while an objection is inquired into; where the pack says so
// it is longer for that line.
func TestAnObjectionExtendsThePeriodWhereThePackSaysSo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		extend           int
		objected, follow string
		short            bool
	}{
		{0, "2022-03-12", "2022-03-15", false}, {3, "2022-03-12", "2022-03-15", true}, {3, "2022-03-12", "2022-03-17", true},
		{3, "2022-03-12", "2022-03-18", false}, {3, "2022-03-15", "2022-03-16", false}, // raised when the period was over
	} {
		p := strict()
		p.Notice.ExtendDays = c.extend
		f := given(t, p, life.before(PostNotice{}, 1).play(t, p)).when(life.the(PostNotice{}, 1)).done()
		f = given(t, p, f).when(deed{c.objected, by(cadre), RaiseObjection{Notice: "notice-1", Objection: "o1", Content: "有车"}}).done()
		f = given(t, p, f).when(inquiry(c.objected)).done()
		f = given(t, p, f).when(deed{c.objected, by(cadre), AnswerObjection{Notice: "notice-1", Objection: "o1", Findings: "他人车辆"}}).done()
		s := given(t, p, f).whenAct(actOn(act.Performed, c.follow, c.follow, p, by(cadre)), RemoveNotice{Notice: "notice-1"})
		if c.short {
			s.refused(policy.NoticeTooShort)
		} else {
			s.done()
		}
	}
}
