package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// applied is a household that applied in writing, without any clue.
func applied(t *testing.T) file {
	t.Helper()
	return given(t, lenient(), registered(t)).when(deed{"2022-03-01", by(cadre), FileApplication{Application: "a1", Form: "written", Content: "住院"}}).stands()
}

// Five channels are equal (S4.8): who applied and is not included is told the
// result and the reason, whether or not anybody recorded a clue.
func TestWhoAppliedAndWasRefusedIsTold(t *testing.T) {
	t.Parallel()
	told := deed{"2022-04-02", by(cadre), FeedBackClue{Clue: "a1", To: "申请人", Text: "收入高于监测范围，未纳入"}}
	due := func(f file) calendar.Day { s := f.state(); return s.Untold(s.Applicants[0]) }
	f := applied(t)
	if due(f) != 0 {
		t.Error("nothing was decided yet")
	}
	never(t, f, told, policy.ClueUnknown)
	never(t, f, told.doing(FeedBackClue{Clue: "a9", To: "申请人", Text: "x"}), policy.ClueUnknown)
	for name, end := range map[string]deed{
		"the county refuses":           life.the(DecideInclusion{}, 1).on("2022-04-01").doing(DecideInclusion{Result: code.Reject, Reason: "收入较高"}),
		"the township refuses":         life.the(ReviewByTownship{}, 1).on("2022-04-01").doing(ReviewByTownship{Procedure: policy.Inclusion, Result: code.Reject, Opinion: "收入较高"}),
		"it ended without a decision":  {"2022-04-01", by(secretary), EndInclusion{Why: "no_risk", Reason: "核实无风险"}},
		"its own wish, confirmed back": {"2022-04-01", by(secretary), EndInclusion{Why: "withdrawn", Reason: "农户撤回"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := given(t, lenient(), f).when(end).stands()
			if due(f) != calendar.MustDay("2022-04-01") {
				t.Errorf("due %s", due(f))
			}
			never(t, f, told.doing(FeedBackClue{Clue: "a1", To: "申请人"}), policy.Malformed)
			f = given(t, lenient(), f).when(told).then(ClueFedBack(told.do.(FeedBackClue)))
			if due(f) != 0 {
				t.Error("told already")
			}
			// A later application is one of its own.
			f = given(t, lenient(), f).when(deed{"2022-06-01", by(cadre), FileApplication{Application: "a2", Form: "oral", Content: "又住院"}}).stands()
			if s := f.state(); s.Untold(s.Applicants[1]) != 0 || s.Untold(s.Applicants[0]) != 0 {
				t.Errorf("%+v", s.Applicants)
			}
			// What was told by mistake is void, and due again.
			f = given(t, lenient(), f).when(void("2022-06-02", cadre, f.id(ClueFedBack{}))).done()
			if due(f) == 0 {
				t.Error("void, and not due")
			}
		})
	}
	t.Run("who is included learns it by the announcement", func(t *testing.T) {
		f := given(t, lenient(), f).when(life.the(DecideInclusion{}, 1).on("2022-04-01")).stands()
		if due(f) != 0 {
			t.Error("due")
		}
		never(t, f, told, policy.ClueUnknown)
	})
	t.Run("a clue of the same case is answered instead, once", func(t *testing.T) {
		f := given(t, lenient(), f).when(deed{"2022-03-02", by(cadre), RecordClue{Clue: "c1", Channel: code.SelfApplication, Content: "书面申请"}}).done()
		f = given(t, lenient(), f).when(deed{"2022-03-03", by(cadre), VerifyClue{Clue: "c1", Result: "risk", Reason: "自付较高"}}).done()
		f = given(t, lenient(), f).when(deed{"2022-04-01", by(secretary), EndInclusion{Why: "no_risk", Reason: "核实无风险"}}).done()
		if s := f.state(); due(f) != 0 || !s.FeedbackDue(s.Clues[0]) {
			t.Errorf("%+v %+v", s.Clues, s.Applicants)
		}
	})
}
