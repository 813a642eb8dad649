package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func annexFive(t *testing.T) deed {
	t.Helper()
	return deed{"2022-07-01", by(cadre), StudyHousehold{Study: "y1", Kind: code.PeriodicStudy, From: calendar.MustDay("2022-01-01"), To: calendar.MustDay("2022-06-30"),
		Situation: "收入增加,户主仍在康复", Conclusion: "adjust", Opinion: "增加公益性岗位", FollowUps: []FollowUp{
			{ID: "f1", Content: "安排公益性岗位", Department: "human_resources", Due: calendar.MustDay("2022-08-01")}, {ID: "f2", Content: "继续随访"}}}}
}

// S1.34, S1.40: each household is studied, and what was concluded is followed up.
func TestAHouseholdIsStudiedAndFollowedUp(t *testing.T) {
	t.Parallel()
	d, f := annexFive(t), assisted(t)
	studied := d.do.(StudyHousehold)
	f = given(t, strict(), f).when(d).then(CaseStudied{Study: "y1", Kind: code.PeriodicStudy, From: studied.From, To: studied.To, Situation: studied.Situation,
		Conclusion: "adjust", Opinion: studied.Opinion, FollowUps: studied.FollowUps})
	never(t, f, d.on("2022-07-02"), policy.StudyExists)

	report := deed{"2022-07-20", by(townCadre), FollowUpStudy{Study: "y1", FollowUp: "f1", Result: "正在联系岗位"}}
	f = given(t, strict(), f).when(report).done()
	never(t, f, report.doing(FollowUpStudy{Study: "y1", FollowUp: "f9", Result: "x"}), policy.StudyUnknown)
	never(t, f, report.doing(FollowUpStudy{Study: "y2", FollowUp: "f1", Result: "x"}), policy.StudyUnknown)
	never(t, f, report.doing(FollowUpStudy{Study: "y1", FollowUp: "f1"}), policy.Malformed)
	done := report.on("2022-07-30").doing(FollowUpStudy{Study: "y1", FollowUp: "f1", Done: true, Result: "已上岗"})
	given(t, strict(), f).whenTyped("2022-08-01", done.on("2022-06-30")).flagged(policy.OrderDates)
	f = given(t, strict(), f).when(done).done()
	never(t, f, done.on("2022-08-02"), policy.StudyDone)

	s := f.state()
	if s.Studied != calendar.MustDay("2022-07-01") || s.FollowUps[0].Done != calendar.MustDay("2022-07-30") || s.FollowUps[1].Done != 0 {
		t.Errorf("studied %s, %+v", s.Studied, s.FollowUps)
	}
	// An older one typed late changes nothing of when it was last studied.
	older := studied
	older.Study, older.To, older.FollowUps = "y0", calendar.MustDay("2022-05-31"), nil
	s = given(t, strict(), f).whenTyped("2022-08-02", d.on("2022-06-01").doing(older)).done().state()
	if s.Studied != calendar.MustDay("2022-07-01") {
		t.Errorf("studied %s", s.Studied)
	}
	// A study decides nothing: the household is monitored as it was.
	if s.Stage() != StageMonitored {
		t.Errorf("stage %s", s.Stage())
	}
}

// S1.10, S1.32: who studies is as the kind of study says.
func TestWhoStudies(t *testing.T) {
	t.Parallel()
	f := assisted(t)
	line := func(k code.StudyKind) RecordStudyLine {
		return RecordStudyLine{Study: "meeting-s1", Kind: k, Conclusion: "keep", Meeting: "meeting-s1", Item: 1, PaperHash: "hash"}
	}
	for _, c := range []struct {
		kind        code.StudyKind
		may, maynot deed
	}{
		{code.JointStudy, deed{"2022-07-01", by(officer), line(code.JointStudy)}, deed{"2022-07-01", by(reviewer), line(code.JointStudy)}},
		{code.TownshipStudy, deed{"2022-07-01", by(townCadre), line(code.TownshipStudy)}, deed{"2022-07-01", by(cadre), line(code.TownshipStudy)}},
		{code.PeriodicStudy, annexFive(t), annexFive(t).from(decider)},
	} {
		given(t, strict(), f).when(c.may).done()
		breaks(t, f, c.maynot, policy.WrongCapacity)
	}
	// A department's officer of a township does not sit for the county.
	breaks(t, f, deed{"2022-07-01", by(person("p40", "所站人员", code.DepartmentOfficer, code.Township)), line(code.JointStudy)}, policy.WrongCapacity)
	d := deed{"2022-07-01", by(officer), line(code.JointStudy)}
	given(t, strict(), f).when(d).then(CaseStudied(line(code.JointStudy)))
	never(t, f, d.doing(RecordStudyLine{Kind: code.JointStudy, Conclusion: "keep"}), policy.Malformed)
}

func TestWhatAStudyMustSay(t *testing.T) {
	t.Parallel()
	f := assisted(t)
	for name, change := range map[string]func(*StudyHousehold){
		"no id":                 func(c *StudyHousehold) { c.Study = "" },
		"no situation":          func(c *StudyHousehold) { c.Situation = "" },
		"unknown kind":          func(c *StudyHousehold) { c.Kind = "dream" },
		"no conclusion":         func(c *StudyHousehold) { c.Conclusion = "" },
		"ends before it begins": func(c *StudyHousehold) { c.To = c.From - 1 },
		"no beginning":          func(c *StudyHousehold) { c.From = 0 },
		"ends later":            func(c *StudyHousehold) { c.To = calendar.MustDay("2022-07-02") },
		"task without content":  func(c *StudyHousehold) { c.FollowUps = []FollowUp{{ID: "f1"}} },
		"task twice":            func(c *StudyHousehold) { c.FollowUps = []FollowUp{{ID: "f1", Content: "x"}, {ID: "f1", Content: "y"}} },
		"task for nobody":       func(c *StudyHousehold) { c.FollowUps = []FollowUp{{ID: "f1", Content: "x", Department: "moon"}} },
		"endless":               func(c *StudyHousehold) { c.FollowUps = make([]FollowUp, MaxFollowUps+1) },
	} {
		d := annexFive(t)
		c := d.do.(StudyHousehold)
		change(&c)
		t.Run(name, func(t *testing.T) {
			given(t, strict(), f).when(d.doing(c)).refused(policy.Malformed)
			given(t, lenient(), f).whenTyped("2022-07-01", d.doing(c)).refused(policy.Malformed)
		})
	}
}

func TestAVoidedStudyAsksForNothing(t *testing.T) {
	t.Parallel()
	f := given(t, strict(), assisted(t)).when(annexFive(t)).done()
	f = given(t, strict(), f).when(void("2022-07-02", officer, f.id(CaseStudied{}))).done()
	s := f.state()
	if s.Studied != 0 || len(s.FollowUps) != 0 {
		t.Errorf("%+v", s.FollowUps)
	}
}
