package household

import (
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Whose turn it is follows from the pack's next step, not from a list of levels.
func TestWhoseTurnItIsAfterAFact(t *testing.T) {
	t.Parallel()
	p := policy.Pack{Inclusion: []policy.StepRule{{Step: policy.Appraisal, Level: code.Village}, {Step: policy.Notice, Level: code.Village},
		{Step: policy.TownshipReview, Level: code.Township}, {Step: policy.CountyDecision, Level: code.County}}}
	for _, c := range []struct {
		after Event
		want  code.Level
	}{
		{ClueRecorded{}, code.County}, {ClueDispatched{}, code.Township}, {NoticeRemoved{}, code.Township}, // no village report in this pack
		{CaseReturned{Procedure: policy.Inclusion, By: code.County, To: policy.TownshipReview}, code.Township},
		{CaseReturned{Procedure: policy.Inclusion, By: code.County, To: policy.Appraisal}, code.Village}, {Visited{}, ""},
	} {
		if got := TurnAfter(c.after, p); got != c.want {
			t.Errorf("after %T: %q, want %q", c.after, got, c.want)
		}
	}
	for kind, want := range map[code.StudyKind]code.Level{code.JointStudy: code.County, code.TownshipStudy: code.Township, code.PeriodicStudy: code.Village} {
		if got := FollowsUp(kind); got != want {
			t.Errorf("%s is followed up by %s", kind, got)
		}
	}
}
