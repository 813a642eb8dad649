package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// rejectedByVillage is a household whose appraisal did not pass.
func rejectedByVillage(t *testing.T) file {
	t.Helper()
	f := life.before(RecordAppraisal{}, 1).play(t, strict())
	return given(t, strict(), f).when(life.the(RecordAppraisal{}, 1).doing(appraisal(policy.Inclusion, "meeting-1", code.Reject))).done()
}

// An appraisal that did not pass leaves the case open: another meeting may see
// it otherwise. Its end is an act with its reason.
func TestAnInclusionEndsWithItsReason(t *testing.T) {
	t.Parallel()
	f := rejectedByVillage(t)
	end := deed{"2022-03-12", by(secretary), EndInclusion{Why: "appraisal_rejected", Reason: "评议认为收入稳定，已当面告知农户"}}
	if s := f.state(); s.Stage() != StageInclusion {
		t.Errorf("before its end: %s", s.Stage())
	}
	breaks(t, f, end.from(decider), policy.WrongCapacity)
	never(t, f, end.doing(EndInclusion{Why: "appraisal_rejected"}), policy.Malformed)
	never(t, f, end.doing(EndInclusion{Why: "weather", Reason: "x"}), policy.Malformed)
	never(t, registered(t), end, policy.CaseNotOpen)
	never(t, monitored(t), end.on("2022-06-01"), policy.CaseNotOpen)

	f = given(t, strict(), f).when(end).then(InclusionEnded{Why: "appraisal_rejected", Reason: "评议认为收入稳定，已当面告知农户"})
	s := f.state()
	if _, counts := s.Count(calendar.MustDay("2022-12-31")); counts || s.Stage() != StageRejected {
		t.Errorf("after its end: %s", s.Stage())
	}
	never(t, f, end.on("2022-03-13"), policy.CaseNotOpen)
	// What comes later is another case, with all its steps.
	given(t, strict(), f).when(life.the(PostNotice{}, 1).on("2022-03-13")).refused(policy.OrderMissingStep)
	f = given(t, strict(), f).when(deed{"2022-05-01", by(cadre), FileApplication{Application: "a2", Form: "oral", Content: "又住院"}}).done()
	if s := f.state(); len(s.Episodes) != 2 || s.Stage() != StageInclusion {
		t.Errorf("%d episodes, %s", len(s.Episodes), s.Stage())
	}
	// Entered by mistake, it is void and the case goes on.
	undone := given(t, strict(), f[:len(f)-1]).when(void("2022-03-13", cadre, f.id(InclusionEnded{}))).done()
	if s := undone.state(); s.Stage() != StageInclusion {
		t.Errorf("void: %s", s.Stage())
	}
}

// Typed late, an end may lie before the only step there is: then the case had
// begun by that day, and the next one does not stand before it.
func TestWhatEndedHadBegun(t *testing.T) {
	t.Parallel()
	f := given(t, lenient(), registered(t)).when(deed{"2022-06-29", by(cadre), FileApplication{Application: "a1", Form: "oral", Content: "住院"}}).done()
	f = given(t, lenient(), f).when(deed{"2022-03-15", by(secretary), EndInclusion{Why: "withdrawn", Reason: "农户撤回"}}).done()
	if s := f.state(); len(s.Episodes) != 1 || s.Episodes[0].OpenedOn != calendar.MustDay("2022-03-15") || s.Stage() != StageRejected {
		t.Errorf("%d episodes, %+v", len(s.Episodes), s.Episodes)
	}
}

func TestARejectionIsAssertedOnlyOfAnAppraisalThatRejected(t *testing.T) {
	t.Parallel()
	f := life.through(RecordAppraisal{}, 1).play(t, strict()) // it passed
	end := deed{"2022-03-12", by(secretary), EndInclusion{Why: "appraisal_rejected", Reason: "未通过"}}
	breaks(t, f, end, policy.OrderMissingStep)
	given(t, strict(), f).when(end.doing(EndInclusion{Why: "withdrawn", Reason: "农户书面撤回"})).done()
}

// D:11: rolled back or included again, both appraised in one meeting; the county
// decides which.
func TestARollBackIsAppraisedBesideAReInclusion(t *testing.T) {
	t.Parallel()
	back := deed{"2023-03-10", by(secretary), RecordAppraisal{Procedure: policy.Elimination, Meeting: "meeting-20", Item: 2, For: 18, Result: code.Pass,
		PaperHash: "hash", RollBack: true, Present: 20, Entitled: 30, Seats: []string{"village_committee", "representative"}}}
	never(t, monitored(t), back, policy.CaseNotEliminated)
	never(t, eliminated(t), back.doing(RecordAppraisal{Procedure: policy.Inclusion, Meeting: "m", RollBack: true, Result: code.Pass}), policy.CaseNotEliminated)
	breaks(t, eliminated(t), back.from(townCadre), policy.WrongCapacity)

	f := given(t, strict(), reincluded(t, eliminated(t))).when(back.on("2023-03-21")).done()
	if s := f.state(); s.Episodes[0].Eliminated == 0 || s.Episodes[0].Attempts[0].Appraisal.Meeting != "meeting-2" {
		t.Errorf("an appraised roll-back undoes nothing by itself: %+v", s.Episodes[0])
	}
	t.Run("rolled back, the same episode goes on", func(t *testing.T) {
		f := given(t, strict(), f).when(rollBack("2023-03-24")).done()
		s := f.state()
		if c, _ := s.Count(calendar.MustDay("2023-03-24")); len(s.Episodes) != 1 || s.Stage() != StageMonitored || !c.Open() {
			t.Errorf("%d episodes, %s", len(s.Episodes), s.Stage())
		}
		given(t, strict(), f).when(life.the(DecideInclusion{}, 1).on("2023-03-25")).refused(policy.CaseDecided)
	})
	t.Run("included again, a new one", func(t *testing.T) {
		f := given(t, strict(), f).when(life.the(DecideInclusion{}, 1).on("2023-03-24")).done()
		if s := f.state(); len(s.Episodes) != 2 || s.Stage() != StageMonitored {
			t.Errorf("%d episodes, %s", len(s.Episodes), s.Stage())
		}
		given(t, strict(), f).when(rollBack("2023-03-25")).refused(policy.CaseNotEliminated)
	})
}

// What the township refused is proposed again from the beginning.
func TestAnEliminationRefusedByTheTownshipBeginsAgain(t *testing.T) {
	t.Parallel()
	f := life.before(ReviewByTownship{}, 2).play(t, strict())
	no := life.the(ReviewByTownship{}, 2).doing(ReviewByTownship{Procedure: policy.Elimination, Result: code.Reject, Opinion: "收入不稳"})
	f = given(t, strict(), f).when(no).done()
	// It may think better of it;
	given(t, strict(), f).when(life.the(ReviewByTownship{}, 2).on("2022-11-28")).done()
	// but what the village does next is another proposal, with a notice of its own.
	given(t, strict(), f).when(life.the(RecordAppraisal{}, 2).on("2023-01-10")).refused(policy.OrderMissingStep)
	given(t, strict(), f).when(life.the(ReportByVillage{}, 2).on("2023-01-10")).refused(policy.OrderMissingStep)
}
