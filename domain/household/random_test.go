package household

import (
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// anything draws a deed: one of a life, one of those that undo, or an empty one.
func anything(t *rapid.T, f file) deed {
	d := rapid.SampledFrom(append(append(deeds{}, life...), undoing...)).Draw(t, "deed")
	switch rapid.IntRange(0, 9).Draw(t, "whim") {
	case 0:
		if d.do == nil {
			break
		}
		d.do = reflect.Zero(reflect.TypeOf(d.do)).Interface().(Command)
	case 1:
		if len(f) > 0 {
			id := f[rapid.IntRange(0, len(f)-1).Draw(t, "named")].ID
			d.do = rapid.SampledFrom(corrections(id)).Draw(t, "correction")
		}
	case 2:
		d.by = rapid.SampledFrom([][]act.Person{nil, by(cadre), by(decider), by(reviewer, officer), by(act.Person{})}).Draw(t, "somebody")
	}
	return d
}

// corrections are the acts that name an entry of the file.
func corrections(id string) []Command {
	return []Command{VoidFact{Event: id, Reason: "误录"}, ConsentToCorrection{Event: id}, VoidLine{Entry: id, Reason: "误录"}}
}

// undoing are acts that a life as it should be does not need.
var undoing = deeds{
	{"", by(reviewer), ReviewByTownship{Procedure: policy.Inclusion, Result: code.Reject, Opinion: "不符合"}},
	{"", by(reviewer), ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: policy.HomeSurvey, Reason: "重新入户"}},
	{"", by(officer), ReturnCase{Procedure: policy.Elimination, By: code.County, To: policy.Appraisal, Reason: "重新评议"}},
	{"", by(officer), ReturnCase{Procedure: policy.Assistance, By: code.County, To: policy.Plan, Reason: "重做计划"}},
	{"", by(decider), DecideInclusion{Result: code.Reject, Reason: "不符合"}},
	{"", by(secretary), EndInclusion{Why: "withdrawn", Reason: "农户撤回"}},
	{"", by(secretary), RecordAppraisal{Procedure: policy.Elimination, Meeting: "meeting-9", RollBack: true, Result: code.Pass, Present: 9, Entitled: 9}},
	{"", by(decider), DecideElimination{Result: code.Reject, Reason: "不稳定"}},
	{"", by(decider), RollBackElimination{Reason: "复核"}},
	{"", by(decider), RevokeInclusion{Reason: "不符合"}},
	{"", by(cadre), CloseNaturally{Reason: "moved"}},
	{"", by(cadre), RecordFall{Cause: "illness", Reason: "下降", Shortfalls: []string{"work"}}},
	{"", by(officer), DeferElimination{Reason: "不稳定"}},
	{"", by(officer), DeferElimination{Reason: "不稳定", Weakness: []string{"unstable_income"}, ReviewBy: calendar.MustDay("2024-01-01")}},
	{"", by(officer), WithholdMark{Reason: "无劳动力"}},
	{"", by(cadre), OpenGreenChannel{Reason: "火灾", OwedBy: calendar.MustDay("2024-01-01")}},
	{"", by(cadre), BringForward{Source: "系统", Class: code.Unstable, Included: calendar.MustDay("2021-06-01"), Eliminated: calendar.MustDay("2021-12-01")}},
	{"", by(cadre), RecordRisk{Risk: "water"}},
	{"", by(cadre), EndRisk{Risk: "water", Way: "natural"}},
	{"", by(cadre), RaiseObjection{Notice: "notice-1", Objection: "o1", Content: "有车"}},
	{"", by(cadre), InvestigateObjection{Notice: "notice-1", Objection: "o1", Findings: "走访"}},
	{"", by(cadre), AnswerObjection{Notice: "notice-1", Objection: "o1", Findings: "不属实"}},
	{"", by(cadre), StrikeNoticeLine{Notice: "notice-1", Reason: "复核"}},
	{"", by(cadre), StrikeNoticeLine{Notice: "notice-2", Reason: "复核"}},
	{"", by(cadre), RecordLeaving{Member: "m1", Reason: "death"}},
	{"", by(cadre), RecordResidence{Member: "m2", Registered: true, Reason: "外出"}},
	{"", by(cadre), AssessLabour{Member: "m1", Labour: "lost"}},
	{"", by(cadre), ChangeHead{Member: "m2"}},
	{"", by(cadre), SplitHousehold{Household: "h2", Members: []string{"m3"}}},
	{"", by(cadre), RecordClue{Clue: "c9", Channel: code.PublicSupervision, Content: "来信", Name: "柳某", Region: "629900101201"}},
	{"", by(cadre), SendApplication{Clue: "c10", Via: "scan", Content: "申报", Name: "柳某", Region: "629900101201", Contact: "13900000003"}},
	{"", by(cadre), DispatchClue{Clue: "c9", Office: "o-township"}},
	{"", by(cadre), FeedBackClue{Clue: "c1", To: "medical_insurance", Text: "已核实"}},
	{"", by(cadre), LinkUnconfirmed{Household: "h3"}},
	{"", by(cadre), CloseUnconfirmed{Reason: "查无此户"}},
	{"", by(officer), ApprovePayment{Fund: "f1", Kind: "relief", List: "a1", Persons: 1, Fen: 100}},
	{"", by(officer), RecordPayment{Fund: "f1", Kind: "relief", List: "p1", Persons: 1, Fen: 100}},
	{"", by(officer), ReversePayment{Fund: "f1", List: "p1", Reason: "mistaken"}},
	{"", by(cadre), EndRedWarning{Ground: LowIncome, Result: "solved", Note: "已救助"}},
	{"", by(cadre), EndRedWarning{Ground: "water", Result: "eased", Note: "已送水"}},
	{"", by(cadre), RecordIncome{Sheet: "i7", From: calendar.MustDay("2021-01-01"), To: calendar.MustDay("2021-12-31"), Persons: 3, Items: []IncomeItem{{Kind: "wage", Item: "wage.away", Fen: 100}}, Rigid: []RigidItem{{Cause: "illness", Fen: 5000000}}}},
	{"", by(cadre, team), SurveyHome{Survey: "s6", Level: code.Village, Findings: []Finding{{Guarantee: "water", LargeRisk: true}}}},
	{"", by(cadre, team), SurveyHome{Survey: "s5", Level: code.Village, Findings: []Finding{{Guarantee: "water"}}}},
	{"", by(cadre), SupplyDocument{Member: "m3", IDNumber: idOf("2008-09-09", 3)}},
	{"", by(cadre), AddMember{Member: born("m7", "2022-01-01"), Reason: "birth"}},
	{"", by(cadre), AssignOfficer{Role: code.AssistanceOfficer, Officer: Responsible{Person: "p8"}}},
	{"", by(secretary), StudyByCommittees{Procedure: policy.Inclusion}},
	{"", by(townCadre), RightShortfall{Shortfall: "work", Done: "补办"}},
	{"", by(cadre), StudyHousehold{Study: "y1", Kind: code.PeriodicStudy, Situation: "平稳", Conclusion: "keep", FollowUps: []FollowUp{{ID: "f1", Content: "随访"}}}},
	{"", by(officer), RecordStudyLine{Study: "y2", Meeting: "y2", Item: 1, Kind: code.JointStudy, Conclusion: "adjust", FollowUps: []FollowUp{{ID: "f1", Content: "岗位"}}}},
	{"", by(cadre), FollowUpStudy{Study: "y1", FollowUp: "f1", Result: "办理中"}},
	{"", by(cadre), FollowUpStudy{Study: "y1", FollowUp: "f1", Done: true, Result: "已办"}},
	{"", by(cadre), ConfirmMeasure{Measure: "z1", Member: "m1", Received: true, Signature: "signed"}},
	{"", by(cadre), ConfirmMeasure{Measure: "z1", Member: "m1", Signature: "signed", Note: "未到"}},
	{"", by(cadre), HandOver{Role: code.AssistanceOfficer, From: Responsible{Person: "p9"}, To: Responsible{Person: "p8"}, Reason: "调离"}},
	{"", by(cadre), AnalysePoverty{Analysis: "pa1", Situation: "歉收", Conclusion: "propose"}},
	{"", by(cadre), AnalysePoverty{Analysis: "pa2", Situation: "平稳", Conclusion: "no_risk"}},
	{"", by(cadre), EnterPlatform{System: "provincial"}},
	{"", by(cadre), RecordHealth{Member: "m1", Health: "serious", Disability: "4", Level: "2"}},
	{"", by(cadre), RecordGroup{Group: "left_behind", Belongs: true, Reason: "两老带孙"}},
	{"", by(cadre), RecordGroup{Group: "complaint", Reason: "已办结"}},
	{"", by(cadre), MergeHousehold{Into: "h2", Reason: "并入", Relations: []Related{{"m1", "other"}, {"m2", "other"}, {"m3", "other"}, {"m4", "other"}}}},
	{"", by(cadre), ReceiveMembers{From: "h5", Reason: "marriage", Members: []Member{member("m1@h5", "王五", "son_in_law", "1990-01-01", "ordinary")}}},
	{"", by(cadre), JoinClues{From: "h6", Clues: []JoinedClue{{Clue: "c1", On: calendar.MustDay("2022-01-01"), Channel: code.CadreCheck, Content: "来信"}}}},
	{"", by(cadre), nil},
}

// Whatever is entered: nothing panics, a refusal is a refusal with a rule, what
// is accepted is a fact and its flags, Decide leaves the state alone, and folding
// one by one is folding at once.
func TestWhateverIsEntered(t *testing.T) {
	t.Parallel()
	ps := map[string]policy.Pack{"strict": strict(), "lenient": lenient(), "county": real(t, "county-2023"), "jiaohe": real(t, "jiaohe-2022"), "red": red(), "empty": {}}
	first, days := calendar.MustDay("2022-02-01"), 500
	rapid.Check(t, func(t *rapid.T) {
		var f file
		step := State{ID: "h1"}
		p := ps[rapid.SampledFrom([]string{"strict", "lenient", "county", "jiaohe", "red", "empty"}).Draw(t, "pack")]
		today := first
		voids, inOrder := 0, rapid.Bool().Draw(t, "in order")
		for i := range rapid.IntRange(1, 45).Draw(t, "acts") {
			d := anything(t, f)
			if inOrder && i < len(life) {
				d = life[i]
			}
			today = max(today, first+calendar.Day(rapid.IntRange(0, days).Draw(t, "today")))
			mode, on := act.Performed, today
			if rapid.Bool().Draw(t, "on paper") {
				mode, on = act.Transcribed, today-calendar.Day(rapid.IntRange(-1, 200).Draw(t, "late"))
			}
			a := act.Act{Happened: on, Today: today, DoneBy: d.by, Mode: mode, Pack: p.Ref(), RecordedBy: act.Person{Covers: true}}
			given, again := f.state(), f.state()
			events, err := Decide(given, d.do, a, p)
			if !reflect.DeepEqual(given, again) {
				t.Fatalf("%T changed the state it was given", d.do)
			}
			var refusal *Refusal
			if err != nil {
				if !errors.As(err, &refusal) || refusal.Rule == "" || refusal.Reason == "" || len(events) != 0 {
					t.Fatalf("%T: %v with %d events", d.do, err, len(events))
				}
				continue
			}
			if len(events) == 0 {
				t.Fatalf("%T was neither refused nor became fact", d.do)
			}
			for j, e := range events {
				flag, flags := e.(FlagRaised)
				_, warns := e.(RedWarningRaised)
				_, sent := e.(ApplicationSent) // beside the clue it came with
				if (flags || warns || sent) != (j > 0) || flags && flag.Back != j {
					t.Fatalf("%T: event %d is %+v", d.do, j, e)
				}
			}
			if _, ok := events[0].(FactVoided); ok {
				voids++
			}
			n := len(f)
			f = f.record(a, events...)
			for _, fact := range f[n:] {
				step = Evolve(step, fact)
			}
			whole := f.state()
			if voids == 0 && !reflect.DeepEqual(step, whole) {
				t.Fatalf("after %T folding one by one differs from folding at once:\n%+v\n%+v", d.do, step, whole)
			}
			check(t, whole, today)
		}
	})
}

// check holds what is true of every household.
func check(t *rapid.T, s State, today calendar.Day) {
	c, ok := s.Count(today)
	if ok && (c.Included == 0 || c.Class == "" || c.AtInclusion < 0 || c.Open() && c.Eliminated != 0 || c.Eliminated != 0 && c.Announced != 0 && c.Announced < c.Eliminated) {
		t.Fatalf("counts as %+v", c)
	}
	if s.Unconfirmed && ok {
		t.Fatal("an unconfirmed household counts")
	}
	numbers := map[int]bool{}
	for i, e := range s.Episodes {
		if e.Number != 0 && numbers[e.Number] || e.Included == 0 && (e.Eliminated != 0 || e.Revoked != 0) || i > 0 && e.OpenedOn < s.Episodes[i-1].OpenedOn {
			t.Fatalf("episodes %+v", s.Episodes)
		}
		numbers[e.Number] = true
	}
	open := map[string]bool{}
	for _, w := range s.RedWarnings {
		if w.Ended == 0 && open[w.Ground] || w.Ended != 0 && w.Ended < w.Since {
			t.Fatalf("red warnings %+v", s.RedWarnings)
		}
		open[w.Ground] = open[w.Ground] || w.Ended == 0
	}
	if s.Stage() == StageMonitored && !s.Monitored() {
		t.Fatal("stage and monitored differ")
	}
}
