package household

import (
	"slices"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// S4.13: 应纳未纳, and what was included late, show in the file itself.
func TestSignsOfRiskAndWhatTheyLedTo(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay
	clue := Sign{Kind: SignClue, On: day("2022-03-01")}
	sheet := func(on string, yuan int64, o SignOutcome, decided calendar.Day) Sign {
		return Sign{Kind: SignIncome, On: day(on), PerCapita: code.Yuan(yuan), Year: 2022, Outcome: o, Decided: decided}
	}
	with := func(s Sign, o SignOutcome, decided calendar.Day) Sign { s.Outcome, s.Decided = o, decided; return s }
	known := registered(t).with(t, "2022-03-01", RecordClue{Clue: "c1", Channel: code.CadreCheck, Content: "住院"}).
		with(t, "2022-03-04", VerifyClue{Clue: "c1", Result: "risk", Reason: "属实"})
	for name, c := range map[string]struct {
		f    file
		want []Sign
	}{
		"nothing known":     {registered(t), nil},
		"no risk found":     {registered(t).with(t, "2022-03-01", RecordClue{Clue: "c1", Channel: code.CadreCheck, Content: "x"}).with(t, "2022-03-04", VerifyClue{Clue: "c1", Result: "no_risk", Reason: "x"}), nil},
		"known, and no act": {known, []Sign{with(clue, OutcomeNone, 0)}},
		"a second clue of the same": {known.with(t, "2022-04-01", RecordClue{Clue: "c2", Channel: code.CadreCheck, Content: "又住院"}).with(t, "2022-04-02", VerifyClue{Clue: "c2", Result: "risk", Reason: "属实"}),
			[]Sign{with(clue, OutcomeNone, 0)}},
		"under way": {life.through(ReportByVillage{}, 1).play(t, strict()), []Sign{with(clue, OutcomeUnderWay, 0), sheet("2022-03-03", 4500, OutcomeUnderWay, 0)}},
		"included":  {monitored(t), []Sign{with(clue, OutcomeIncluded, day("2022-03-24")), sheet("2022-03-03", 4500, OutcomeIncluded, day("2022-03-24"))}},
		"the county said no": {given(t, strict(), life.before(DecideInclusion{}, 1).play(t, strict())).when(life.the(DecideInclusion{}, 1).doing(DecideInclusion{Result: code.Reject, Reason: "x"})).done(),
			[]Sign{with(clue, OutcomeRejected, day("2022-03-24")), sheet("2022-03-03", 4500, OutcomeRejected, day("2022-03-24"))}},
		"monitored when its income fell": {monitored(t).with(t, "2022-06-01", income("i9", "", "2021-06-01", "2022-05-31", 3000)), []Sign{with(clue, OutcomeIncluded, day("2022-03-24"))}},
		"fell after its elimination": {eliminated(t).with(t, "2023-02-01", RecordFall{Cause: "illness", Reason: "x"}),
			[]Sign{with(clue, OutcomeIncluded, day("2022-03-24")), {Kind: SignFall, On: day("2023-02-01"), Outcome: OutcomeNone}}},
		"fell, never monitored": {registered(t).with(t, "2022-06-01", RecordFall{Cause: "illness", Reason: "x"}), []Sign{{Kind: SignFall, On: day("2022-06-01"), Outcome: OutcomeNone}}},
		"moved away":            {known.with(t, "2022-06-01", CloseNaturally{Reason: "moved"}), nil},
	} {
		s := c.f.state()
		if got := s.Signs(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestWhatASignShowsOfAnInclusion(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay
	county := real(t, "county-2023") // fifteen days, 7,200 yuan in 2023
	sign := func(k SignKind, o SignOutcome, decided string) Sign {
		s := Sign{Kind: k, On: day("2023-03-01"), Outcome: o, PerCapita: code.Yuan(7100), Year: 2022}
		if decided != "" {
			s.Decided = day(decided)
		}
		return s
	}
	for name, c := range map[string]struct {
		s    Sign
		on   string
		want InclusionFault
	}{
		"in time":             {sign(SignClue, OutcomeIncluded, "2023-03-16"), "2023-06-30", ""},
		"a day late":          {sign(SignClue, OutcomeIncluded, "2023-03-17"), "2023-06-30", IncludedLate},
		"still going on":      {sign(SignClue, OutcomeUnderWay, ""), "2023-03-17", IncludedLate},
		"there is time yet":   {sign(SignClue, OutcomeUnderWay, ""), "2023-03-16", ""},
		"nobody acted":        {sign(SignFall, OutcomeNone, ""), "2023-03-17", NotIncluded},
		"nobody has to yet":   {sign(SignFall, OutcomeNone, ""), "2023-03-16", ""},
		"below the line":      {sign(SignIncome, OutcomeNone, ""), "2023-06-30", NotIncluded},
		"the county looked":   {sign(SignIncome, OutcomeRejected, "2023-05-01"), "2023-06-30", ""},
		"as much as the line": {Sign{Kind: SignIncome, On: day("2023-03-01"), PerCapita: code.Yuan(7200), Outcome: OutcomeNone}, "2023-06-30", ""},
		"a year without line": {Sign{Kind: SignIncome, On: day("2019-03-01"), PerCapita: code.Yuan(100), Outcome: OutcomeNone}, "2023-06-30", ""},
	} {
		fault, due, found := c.s.Fault(county, day(c.on))
		if found != (c.want != "") || found && (fault != c.want || due != day("2023-03-16")) {
			t.Errorf("%s: %q by %s, %v", name, fault, due, found)
		}
	}
	if _, _, found := sign(SignClue, OutcomeNone, "").Fault(policy.Pack{}, day("2023-06-30")); found {
		t.Error("a pack without a limit finds nobody late")
	}
}
