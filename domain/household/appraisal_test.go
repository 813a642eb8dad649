package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func TestTheVillageAppraises(t *testing.T) {
	t.Parallel()
	f := life.before(RecordAppraisal{}, 1).play(t, strict())
	d := life.the(RecordAppraisal{}, 1)
	c := d.do.(RecordAppraisal)
	given(t, strict(), f).when(d).then(Appraised{Procedure: policy.Inclusion, Meeting: "meeting-1", Item: 1, For: 17, Against: 1, Abstained: 1,
		Recused: []string{"柳七"}, Result: code.Pass, PaperHash: "hash-meeting-1"})

	few, alone := c, c
	few.Entitled = 31 // 20 of 31 is under two thirds
	alone.Seats = []string{"village_committee"}
	breaks(t, f, d.doing(few), policy.AppraisalBelowQuorum)
	breaks(t, f, d.doing(alone), policy.AppraisalComposition)

	for name, change := range map[string]func(*RecordAppraisal){
		"no meeting":            func(c *RecordAppraisal) { c.Meeting = "" },
		"more votes than heads": func(c *RecordAppraisal) { c.For = 18 },
		"negative votes":        func(c *RecordAppraisal) { c.Against = -1 },
		"unknown result":        func(c *RecordAppraisal) { c.Result = "maybe" },
	} {
		wrong := c
		change(&wrong)
		t.Run(name, func(t *testing.T) { never(t, f, d.doing(wrong), policy.Malformed) })
	}
}

func TestGoingOnAfterTheAppraisalRejected(t *testing.T) {
	t.Parallel()
	f := life.before(RecordAppraisal{}, 1).play(t, strict())
	f = given(t, strict(), f).when(life.the(RecordAppraisal{}, 1).doing(appraisal(policy.Inclusion, "meeting-1", code.Reject))).done()
	breaks(t, f, life.the(PostNotice{}, 1), policy.AppraisalRejected)

	t.Run("a later meeting may see it otherwise", func(t *testing.T) {
		f := given(t, strict(), f).when(life.the(RecordAppraisal{}, 1).on("2022-03-12").doing(appraisal(policy.Inclusion, "meeting-9", code.Pass))).done()
		given(t, strict(), f).when(life.the(PostNotice{}, 1).on("2022-03-12")).done()
		// The older minutes, typed late, change nothing.
		f = given(t, strict(), f).whenTyped("2022-03-20", deed{"2022-03-09", by(secretary), appraisal(policy.Inclusion, "meeting-0", code.Reject)}).flagged()
		if s := f.state(); s.Episode().Inclusion.Appraisal.Meeting != "meeting-9" {
			t.Errorf("%+v", s.Episode().Inclusion.Appraisal)
		}
	})
}

func TestTheCommitteesStudyInJiaohe(t *testing.T) {
	t.Parallel()
	p := real(t, "jiaohe-2022")
	f := life.through(SignLetter{}, 1).play(t, strict())
	given(t, p, f).when(life.the(RecordAppraisal{}, 1)).refused(policy.OrderMissingStep)
	study := deed{"2022-03-09", by(secretary), StudyByCommittees{Procedure: policy.Inclusion, Opinion: "同意提交评议"}}
	given(t, p, f).when(study.from(townCadre)).refused(policy.WrongCapacity)
	f = given(t, p, f).when(study).done()
	given(t, p, f).when(life.the(RecordAppraisal{}, 1)).done()
}

// D03: the township's paper is recorded before the appraisal, whose minutes are
// typed on 9 May with their day, 10 April.
func TestAMissingPaperIsClearedWhenItArrives(t *testing.T) {
	t.Parallel()
	f := life.before(RecordAppraisal{}, 1).play(t, strict())
	for _, d := range []deed{life.the(PostNotice{}, 1).on("2022-04-10"), life.the(RemoveNotice{}, 1).on("2022-04-16"), life.the(ReportByVillage{}, 1).on("2022-04-17")} {
		f = given(t, strict(), f).whenTyped("2022-04-20", d).stands()
	}
	review := life.the(ReviewByTownship{}, 1).on("2022-04-20")
	given(t, strict(), f).when(review).refused(policy.OrderMissingStep)
	f = given(t, strict(), f).whenTyped("2022-04-21", review).flagged(policy.BeforeAsserted)
	f = given(t, strict(), f).whenTyped("2022-05-09", life.the(RecordAppraisal{}, 1).on("2022-04-10")).done()
	// Judged on the days things happened, everything is in order now.
	given(t, strict(), f).when(life.the(DecideInclusion{}, 1).on("2022-05-10")).done()
	if s := f.state(); s.Episode().Inclusion.Find(policy.Appraisal).On != calendar.MustDay("2022-04-10") {
		t.Errorf("%+v", s.Episode().Inclusion.Done)
	}
}
