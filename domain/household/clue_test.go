package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func TestAWarningGoesRound(t *testing.T) {
	t.Parallel()
	f := registered(t)
	warning := deed{"2022-04-01", by(officer), RecordClue{Clue: "w1", Channel: code.DepartmentWarning, Department: "medical_insurance", Content: "自付超过一万元"}}
	f = given(t, strict(), f).when(warning).done()
	never(t, f, warning, policy.Malformed) // the same clue twice
	f = given(t, strict(), f).when(deed{"2022-04-02", by(officer), DispatchClue{Clue: "w1", Office: "o-township", Due: calendar.MustDay("2022-04-09")}}).done()
	fed := deed{"2022-04-05", by(officer), FeedBackClue{Clue: "w1", To: "medical_insurance", Text: "无返贫风险"}}
	never(t, f, fed, policy.ClueUnknown) // nothing to feed back yet
	verified := deed{"2022-04-04", by(cadre), VerifyClue{Clue: "w1", Result: "no_risk", Reason: "报销后自付三千元"}}
	f = given(t, strict(), f).when(verified).done()
	never(t, f, verified, policy.ClueDone)
	never(t, f, deed{"2022-04-05", by(officer), DispatchClue{Clue: "w1", Office: "o-township"}}, policy.ClueDone)
	f = given(t, strict(), f).when(fed).done()
	s := f.state()
	if c := s.Clues[0]; c.Result != "no_risk" || !c.FedBack || c.Office != "o-township" || c.Verified != calendar.MustDay("2022-04-04") {
		t.Errorf("%+v", c)
	}
	if _, ok := s.Count(calendar.MustDay("2022-12-31")); ok || s.Stage() != StageNone {
		t.Error("a clue alone counts nowhere")
	}
}

func TestWhatAClueMustHave(t *testing.T) {
	t.Parallel()
	f := registered(t)
	d := deed{"2022-04-01", by(cadre), nil}
	for name, c := range map[string]struct {
		rule policy.Rule
		do   Command
	}{
		"no id":              {policy.Malformed, RecordClue{Channel: code.CadreCheck, Content: "x"}},
		"no content":         {policy.Malformed, RecordClue{Clue: "c", Channel: code.CadreCheck}},
		"unknown channel":    {policy.Malformed, RecordClue{Clue: "c", Channel: "rumour", Content: "x"}},
		"unknown department": {policy.Malformed, RecordClue{Clue: "c", Channel: code.DepartmentWarning, Department: "moon", Content: "x"}},
		"verify nothing":     {policy.ClueUnknown, VerifyClue{Clue: "c9", Result: "risk", Reason: "x"}},
		"dispatch nothing":   {policy.ClueUnknown, DispatchClue{Clue: "c9", Office: "o"}},
		"feed back nothing":  {policy.ClueUnknown, FeedBackClue{Clue: "c9", To: "x", Text: "x"}},
	} {
		t.Run(name, func(t *testing.T) { never(t, f, d.doing(c.do), c.rule) })
	}
	f = life.through(RecordClue{}, 1).play(t, strict())
	never(t, f, d.doing(VerifyClue{Clue: "c1", Result: "maybe", Reason: "x"}), policy.Malformed)
	never(t, f, d.doing(VerifyClue{Clue: "c1", Result: "risk"}), policy.Malformed)
	never(t, f, d.doing(DispatchClue{Clue: "c1"}), policy.Malformed)
}

func unconfirmed(t *testing.T) file {
	t.Helper()
	return given(t, strict(), nil).when(deed{"2022-04-01", by(cadre), RecordClue{Clue: "c1", Channel: code.PublicSupervision,
		Content: "来信反映", Name: "柳某", Region: "629900101201"}}).done()
}

func TestAClueThatMatchesNoHouseholdOpensAFileOfItsOwn(t *testing.T) {
	t.Parallel()
	f := unconfirmed(t)
	s := f.state()
	if !s.Unconfirmed || s.Region != "629900101201" || s.Stage() != StageNone {
		t.Errorf("%+v", s)
	}
	never(t, nil, deed{"2022-04-01", by(cadre), RecordClue{Clue: "c1", Channel: code.CadreCheck, Content: "x"}}, policy.HouseholdUnknown)
	for _, d := range life {
		switch d.do.(type) {
		case RegisterHousehold, RecordClue, VerifyClue:
		default:
			never(t, f, d.on("2022-12-31"), policy.HouseholdNotOpen)
		}
	}

	t.Run("it is confirmed", func(t *testing.T) {
		d, _ := registration()
		s := given(t, strict(), f).when(d.on("2022-04-03")).done().state()
		if s.Unconfirmed || s.FileNo == "" || len(s.Clues) != 1 {
			t.Errorf("%+v", s)
		}
	})
	t.Run("it belongs to a known household", func(t *testing.T) {
		link := deed{"2022-04-03", by(cadre), LinkUnconfirmed{Household: "h7", Reason: "同一户"}}
		never(t, f, link.doing(LinkUnconfirmed{Household: "h1"}), policy.HouseholdUnknown)
		never(t, f, link.doing(LinkUnconfirmed{}), policy.HouseholdUnknown)
		never(t, registered(t), link, policy.HouseholdExists)
		linked := given(t, strict(), f).when(link).done()
		never(t, linked, deed{"2022-04-04", by(cadre), CloseUnconfirmed{Reason: "x"}}, policy.HouseholdClosed)
	})
	t.Run("there is nothing to it", func(t *testing.T) {
		end := deed{"2022-04-03", by(cadre), CloseUnconfirmed{Reason: "查无此人"}}
		never(t, f, end.doing(CloseUnconfirmed{}), policy.Malformed)
		never(t, registered(t), end, policy.HouseholdExists)
		closed := given(t, strict(), f).when(end).done()
		s := closed.state()
		if s.Closed != calendar.MustDay("2022-04-03") || s.Stage() == StageClosed {
			t.Errorf("closed %s as %s: no household decreased", s.Closed, s.Stage())
		}
		// The sender is still owed an answer.
		given(t, strict(), closed).whenTyped("2022-05-01", deed{"2022-04-03", by(cadre), VerifyClue{Clue: "c1", Result: "not_found", Reason: "查无此户"}}).done()
	})
}

func TestAnApplicationIsAClueOfItsOwn(t *testing.T) {
	t.Parallel()
	f := registered(t)
	apply := life.the(FileApplication{}, 1)
	f = given(t, strict(), f).when(apply).done()
	// What follows does not miss a clue: the five channels are equal (S4.8).
	given(t, strict(), f).when(life.the(SurveyHome{}, 1)).done()
	never(t, f, apply.doing(FileApplication{Form: "scan", Content: "x"}), policy.Malformed)
	never(t, f, apply.doing(FileApplication{Application: "a2", Form: "pigeon", Content: "x"}), policy.Malformed)
	never(t, monitored(t), apply.on("2022-04-01"), policy.CaseDecided)
}

func TestAFileWhoseOnlyClueWasVoidIsNone(t *testing.T) {
	t.Parallel()
	f := unconfirmed(t)
	f = given(t, strict(), f).when(void("2022-04-02", cadre, f.id(ClueRecorded{}))).done()
	never(t, f, life.the(DecideInclusion{}, 1).on("2022-04-03"), policy.HouseholdUnknown)
	d, _ := registration()
	given(t, strict(), f).when(d.on("2022-04-03")).done()
}
