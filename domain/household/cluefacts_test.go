package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func TestAClueSaysHowItCameAndWhoOfTheGridFoundIt(t *testing.T) {
	t.Parallel()
	f := registered(t)
	clue := func(channel code.Channel, via string, found Finder) deed {
		return deed{"2022-04-01", by(cadre), RecordClue{Clue: "g1", Channel: channel, Content: "房屋漏雨", Via: via, FoundBy: found}}
	}
	for _, as := range []string{"party_member", "representative", "group_head", "grid_worker"} {
		s := given(t, strict(), f).when(clue(code.CadreCheck, "routine_check", Finder{As: as, Name: "柳长贵"})).done().state()
		if c := s.Clues[0]; c.Finder != as || c.Via != "routine_check" {
			t.Errorf("%+v", c)
		}
	}
	for channel, vias := range map[code.Channel][]string{
		code.SelfApplication: {"scan", "app", "written", "oral", "hotline_12317"}, code.PublicSupervision: {"petition", "media", "complaint", "hotline_12317"},
		code.DepartmentWarning: {"screening"}, code.SystemAnalysis: {"model"},
	} {
		for _, via := range vias {
			given(t, strict(), f).when(clue(channel, via, Finder{})).done()
		}
	}
	never(t, f, clue(code.SelfApplication, "petition", Finder{}), policy.Malformed)
	never(t, f, clue(code.SelfApplication, "pigeon", Finder{}), policy.Malformed)
	never(t, f, clue(code.CadreCheck, "", Finder{As: "passer_by"}), policy.Malformed)
	// Who petitions is never named in the household's file.
	never(t, f, clue(code.PublicSupervision, "petition", Finder{As: "group_head", Name: "柳长贵"}), policy.Malformed)
}

func TestADuplicateNamesTheClueItRepeats(t *testing.T) {
	t.Parallel()
	f := registered(t)
	for _, id := range []string{"w1", "w2", "w3"} {
		f = given(t, strict(), f).when(deed{"2022-04-01", by(cadre), RecordClue{Clue: id, Channel: code.DepartmentWarning, Department: "medical_insurance", Content: "自付较高"}}).done()
	}
	same := func(clue, of string) deed {
		return deed{"2022-04-02", by(cadre), VerifyClue{Clue: clue, Result: "duplicate", Reason: "同一件事", DuplicateOf: of}}
	}
	never(t, f, same("w2", ""), policy.Malformed)
	never(t, f, same("w2", "w2"), policy.ClueUnknown)
	never(t, f, same("w2", "w9"), policy.ClueUnknown)
	never(t, f, deed{"2022-04-02", by(cadre), VerifyClue{Clue: "w2", Result: "no_risk", Reason: "x", DuplicateOf: "w1"}}, policy.Malformed)
	f = given(t, strict(), f).when(same("w2", "w1")).done()
	never(t, f, same("w3", "w2"), policy.ClueDone) // the first one is meant
	s := f.state()
	if c := s.Clues[1]; c.Same != "w1" || c.Result != "duplicate" || c.Channel != code.DepartmentWarning || s.Clues[0].Result != "" {
		t.Errorf("both keep their history: %+v", s.Clues)
	}
	if !s.FeedbackDue(s.Clues[1]) {
		t.Error("its sender is told all the same")
	}
}

func TestEverySenderIsToldTheResult(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		clue   RecordClue
		result string
		due    bool
	}{
		{RecordClue{Channel: code.DepartmentWarning}, "risk", true},
		{RecordClue{Channel: code.PublicSupervision, Via: "hotline_12317"}, "no_risk", true},
		{RecordClue{Channel: code.SelfApplication}, "no_risk", true},
		{RecordClue{Channel: code.SelfApplication}, "risk", false}, // the announcement tells it
		{RecordClue{Channel: code.CadreCheck, FoundBy: Finder{As: "party_member"}}, "risk", true},
		{RecordClue{Channel: code.CadreCheck, FoundBy: Finder{As: "grid_worker"}}, "risk", true},
		{RecordClue{Channel: code.CadreCheck, FoundBy: Finder{As: "village_cadre"}}, "risk", false},
		{RecordClue{Channel: code.CadreCheck, FoundBy: Finder{As: "group_head"}}, "not_found", true},
		{RecordClue{Channel: code.CadreCheck, FoundBy: Finder{As: "representative"}}, "single_measure", true},
		{RecordClue{Channel: code.CadreCheck, Via: "rapid_response"}, "no_risk", true}, // the province's own programme
		{RecordClue{Channel: code.SystemAnalysis, Via: "rapid_response"}, "no_risk", true},
		{RecordClue{Channel: code.SystemAnalysis, Via: "data_sharing"}, "already_monitored", true},
		{RecordClue{Channel: code.SystemAnalysis, Via: "model"}, "no_risk", true},
		{RecordClue{Channel: code.SystemAnalysis}, "no_risk", false}, // the county's own
	} {
		f := registered(t)
		c.clue.Clue, c.clue.Content = "k1", "情况"
		f = given(t, strict(), f).when(deed{"2022-04-01", by(cadre), c.clue}).done()
		if s := f.state(); s.FeedbackDue(s.Clues[0]) {
			t.Errorf("%+v: nothing to tell yet", c.clue)
		}
		f = given(t, strict(), f).when(deed{"2022-04-02", by(cadre), VerifyClue{Clue: "k1", Result: c.result, Reason: "入户核实"}}).done()
		if s := f.state(); s.FeedbackDue(s.Clues[0]) != c.due {
			t.Errorf("%+v, %s: due is %v", c.clue, c.result, !c.due)
		}
		back := deed{"2022-04-03", by(cadre), FeedBackClue{Clue: "k1", To: "发现人", Text: "已核实"}}
		never(t, f, back.doing(FeedBackClue{Clue: "k1", Text: "已核实"}), policy.Malformed)
		never(t, f, back.doing(FeedBackClue{Clue: "k1", To: "发现人"}), policy.Malformed)
		if s := given(t, strict(), f).when(back).done().state(); s.FeedbackDue(s.Clues[0]) {
			t.Errorf("%+v: told already", c.clue)
		}
	}
	t.Run("who applied and was refused is told why", func(t *testing.T) {
		f := life.before(DecideInclusion{}, 1).play(t, strict())
		f = given(t, strict(), f).when(life.the(DecideInclusion{}, 1).doing(DecideInclusion{Result: code.Reject, Reason: "不符合"})).done()
		if s := f.state(); !s.FeedbackDue(s.Clues[0]) {
			t.Error("not due")
		}
	})
}

func TestAClueIsVerifiedAlsoAfterTheFileIsClosed(t *testing.T) {
	t.Parallel()
	f := given(t, strict(), unconfirmed(t)).when(deed{"2022-04-03", by(cadre), CloseUnconfirmed{Reason: "查无此人"}}).done()
	f = given(t, strict(), f).when(deed{"2022-04-05", by(cadre), VerifyClue{Clue: "c1", Result: "not_found", Reason: "查无此户"}}).done()
	given(t, strict(), f).when(deed{"2022-04-06", by(cadre), FeedBackClue{Clue: "c1", To: "来信人", Text: "查无此户"}}).done()
}

// S2.11: what the work itself fell short of is a cause beside the risk.
func TestShortfallsOfTheWorkAreCauses(t *testing.T) {
	t.Parallel()
	f := assisted(t)
	fall := deed{"2022-07-01", by(officer), RecordFall{Cause: "illness", Reason: "救助迟未落实", Shortfalls: []string{"work", "policy", "responsibility"}}}
	s := given(t, strict(), f).when(fall).done().state()
	if s.Fell != calendar.MustDay("2022-07-01") {
		t.Error(s.Fell)
	}
	never(t, f, fall.doing(RecordFall{Cause: "illness", Reason: "x", Shortfalls: []string{"weather"}}), policy.Malformed)
	never(t, life.through(RecordClue{}, 1).play(t, strict()),
		deed{"2022-03-04", by(cadre), VerifyClue{Clue: "c1", Result: "risk", Reason: "x", Shortfalls: []string{"weather"}}}, policy.Malformed)
}

// S1.4: the epidemic is a risk of its own.
func TestTheEpidemicIsARisk(t *testing.T) {
	t.Parallel()
	d := life.the(DecideInclusion{}, 1)
	c := d.do.(DecideInclusion)
	c.Risks = []code.Risk{"epidemic"}
	s := given(t, strict(), life.before(DecideInclusion{}, 1).play(t, strict())).when(d.doing(c)).done().state()
	if r := s.Episode().Risks; len(r) != 1 || r[0].Risk != "epidemic" || code.Risks.ZH("epidemic") != "因疫情" {
		t.Errorf("%+v", r)
	}
}
