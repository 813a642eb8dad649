package paper

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

func document(kind DocumentKind, of policy.Procedure) IssueDocument {
	return IssueDocument{Region: "629900", Kind: kind, Procedure: of, Number: "守乡振发〔2023〕18号", Title: "关于审定监测对象的通知", Issuer: "o-county", Executor: "o-village", Place: "公开栏",
		Lines: []DocumentLine{
			{Household: "h1", Result: code.Pass, Opinion: "符合条件", Class: code.Sudden, Risks: []code.Risk{"illness"}, Monitoring: household.Responsible{Person: "p1"},
				Assistance: household.Responsible{Person: "p2"}, Way: "by_assistance"},
			{Household: "h2", Result: code.Reject, Opinion: "收入较高"}}}
}

func TestEachKindOfDocumentMeansItsOwnActForEachHousehold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind DocumentKind
		of   policy.Procedure
		want []Line
	}{
		{VillageReport, policy.Inclusion, []Line{{"h1", household.ReportByVillage{Procedure: policy.Inclusion, Document: "paper-1", Item: 1}},
			{"h2", household.ReportByVillage{Procedure: policy.Inclusion, Document: "paper-1", Item: 2}}}},
		{TownshipReview, policy.Elimination, []Line{{"h1", household.ReviewByTownship{Procedure: policy.Elimination, Document: "paper-1", Item: 1, Result: code.Pass, Opinion: "符合条件"}},
			{"h2", household.ReviewByTownship{Procedure: policy.Elimination, Document: "paper-1", Item: 2, Result: code.Reject, Opinion: "收入较高"}}}},
		{CountyDecision, policy.Inclusion, []Line{{"h1", household.DecideInclusion{Document: "paper-1", Item: 1, Result: code.Pass, Class: code.Sudden, Risks: []code.Risk{"illness"},
			Monitoring: household.Responsible{Person: "p1"}, Assistance: household.Responsible{Person: "p2"}, Reason: "符合条件"}},
			{"h2", household.DecideInclusion{Document: "paper-1", Item: 2, Result: code.Reject, Reason: "收入较高"}}}},
		{CountyDecision, policy.Elimination, []Line{{"h1", household.DecideElimination{Document: "paper-1", Item: 1, Result: code.Pass, Way: "by_assistance", Reason: "符合条件"}},
			{"h2", household.DecideElimination{Document: "paper-1", Item: 2, Result: code.Reject, Reason: "收入较高"}}}},
		{TownshipReview, policy.Inclusion, []Line{{"h1", household.ReviewByTownship{Procedure: policy.Inclusion, Document: "paper-1", Item: 1, Result: code.Pass, Opinion: "符合条件", Class: code.Sudden}},
			{"h2", household.ReviewByTownship{Procedure: policy.Inclusion, Document: "paper-1", Item: 2, Result: code.Reject, Opinion: "收入较高"}}}},
		{RollBack, policy.Elimination, []Line{{"h1", household.RollBackElimination{Document: "paper-1", Item: 1, Reason: "符合条件"}},
			{"h2", household.RollBackElimination{Document: "paper-1", Item: 2, Reason: "收入较高"}}}},
		{Revocation, policy.Inclusion, []Line{{"h1", household.RevokeInclusion{Document: "paper-1", Item: 1, Reason: "符合条件"}},
			{"h2", household.RevokeInclusion{Document: "paper-1", Item: 2, Reason: "收入较高"}}}},
		{ListHandedDown, policy.Inclusion, []Line{{"h1", household.HandDownList{Procedure: policy.Inclusion, Document: "paper-1", Item: 1}},
			{"h2", household.HandDownList{Procedure: policy.Inclusion, Document: "paper-1", Item: 2}}}},
		{Announcement, policy.Inclusion, []Line{{"h1", household.Announce{Procedure: policy.Inclusion, Document: "paper-1", Item: 1, Issuer: "o-county", Executor: "o-village", Place: "公开栏"}},
			{"h2", household.Announce{Procedure: policy.Inclusion, Document: "paper-1", Item: 2, Issuer: "o-county", Executor: "o-village", Place: "公开栏"}}}},
	} {
		facts := given(t).when("2023-04-25", document(c.kind, c.of)).then(DocumentIssued(document(c.kind, c.of)))
		if diff := cmp.Diff(c.want, lines(t, facts)); diff != "" {
			t.Errorf("%s of %s\n%s", c.kind, c.of, diff)
		}
	}
	if got := (DocumentIssued{Kind: "poem", Lines: []DocumentLine{{Household: "h1"}}}).lines("p"); got[0].Command != nil {
		t.Errorf("%+v", got)
	}
}

// A list goes on while one of its lines is sent back, to a named step and with a
// reason.
func TestOneLineOfAListIsReturned(t *testing.T) {
	t.Parallel()
	for kind, by := range map[DocumentKind]code.Level{TownshipReview: code.Township, CountyDecision: code.County} {
		d := document(kind, policy.Inclusion)
		d.Lines[1] = DocumentLine{Household: "h2", Opinion: "漏算务工收入", ReturnTo: policy.IncomeSheet}
		facts := given(t).when("2023-04-25", d).then(DocumentIssued(d))
		want := Line{"h2", household.ReturnCase{Procedure: policy.Inclusion, By: by, To: policy.IncomeSheet, Reason: "漏算务工收入", Document: "paper-1", Item: 2}}
		if diff := cmp.Diff(want, lines(t, facts)[1]); diff != "" {
			t.Errorf("%s\n%s", kind, diff)
		}
		for name, change := range map[string]func(*DocumentLine){
			"no reason":       func(l *DocumentLine) { l.Opinion = "" },
			"a result beside": func(l *DocumentLine) { l.Result = code.Pass },
			"to nowhere":      func(l *DocumentLine) { l.ReturnTo = "start" },
		} {
			wrong := document(kind, policy.Inclusion)
			wrong.Lines[1] = d.Lines[1]
			change(&wrong.Lines[1])
			t.Run(string(kind)+" "+name, func(t *testing.T) { given(t).when("2023-04-25", wrong).refused(policy.Malformed) })
		}
	}
	village := document(VillageReport, policy.Inclusion)
	village.Lines[1].ReturnTo = policy.HomeSurvey
	given(t).when("2023-04-25", village).refused(policy.Malformed)
}

func TestWhatADocumentMustHave(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind   DocumentKind
		rule   policy.Rule
		change func(*IssueDocument)
	}{
		"unknown kind":                  {"poem", policy.Malformed, func(*IssueDocument) {}},
		"unknown procedure":             {VillageReport, policy.Malformed, func(c *IssueDocument) { c.Procedure = "" }},
		"decision without number":       {CountyDecision, policy.Malformed, func(c *IssueDocument) { c.Number = "" }},
		"decision without result":       {CountyDecision, policy.Malformed, func(c *IssueDocument) { c.Lines[0].Result = "" }},
		"decision without class":        {CountyDecision, policy.Malformed, func(c *IssueDocument) { c.Lines[0].Class = "" }},
		"decision with unknown risk":    {CountyDecision, policy.Malformed, func(c *IssueDocument) { c.Lines[0].Risks = []code.Risk{"luck"} }},
		"refusal without reason":        {CountyDecision, policy.Malformed, func(c *IssueDocument) { c.Lines[1].Opinion = "" }},
		"review without opinion":        {TownshipReview, policy.Malformed, func(c *IssueDocument) { c.Lines[0].Opinion = "" }},
		"elimination without way":       {CountyDecision, policy.Malformed, func(c *IssueDocument) { c.Procedure, c.Lines[0].Way = policy.Elimination, "" }},
		"announcement without issuer":   {Announcement, policy.Malformed, func(c *IssueDocument) { c.Issuer = "" }},
		"announcement without executor": {Announcement, policy.Malformed, func(c *IssueDocument) { c.Executor = "" }},
		"announcement with a telephone": {Announcement, policy.PersonalInText, func(c *IssueDocument) { c.Title = "公告13900000001" }},
		"household twice":               {VillageReport, policy.Malformed, func(c *IssueDocument) { c.Lines[1].Household = "h1" }},
		"no region":                     {VillageReport, policy.RegionUnknown, func(c *IssueDocument) { c.Region = "" }},
	} {
		d := document(c.kind, policy.Inclusion)
		c.change(&d)
		t.Run(name, func(t *testing.T) { given(t).when("2023-04-25", d).refused(c.rule) })
	}
	facts := given(t).when("2023-04-25", document(VillageReport, policy.Inclusion)).then(DocumentIssued(document(VillageReport, policy.Inclusion)))
	given(t, facts...).when("2023-04-26", RemoveSheet{}).refused(policy.PaperUnknown)
	given(t, facts...).when("2023-04-26", StrikeSheetLine{Household: "h1", Reason: "x"}).refused(policy.PaperUnknown)
}

// What a paper says can be entered for every household on it: a paper once
// recorded never hangs half carried out because a line is malformed.
func TestNoLineOfAPaperIsMalformedForItsHousehold(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay("2023-04-25")
	facts := []household.Fact{
		{ID: "e1", Version: 1, Act: act.Act{Happened: day - 30}, Event: household.HouseholdRegistered{FileNo: "x", Region: "629900101201", Kind: "ordinary", Members: []household.Member{{ID: "m1", Relation: "head", Labour: "ordinary", Living: true, Counted: true}}}},
		{ID: "e2", Version: 2, Act: act.Act{Happened: day - 20}, Event: household.HomeSurveyed{Survey: "s1", Procedure: policy.Inclusion, Level: code.Village}},
		{ID: "e3", Version: 3, Act: act.Act{Happened: day - 10}, Event: household.InclusionDecided{Result: code.Pass, Class: code.Sudden, Episode: 1}},
	}
	s, included := household.Fold("h1", facts[:2], household.Times{}), household.Fold("h1", facts, household.Times{})
	facts = append(facts, household.Fact{ID: "e4", Version: 4, Act: act.Act{Happened: day - 5}, Event: household.EliminationDecided{Result: code.Pass, Way: "natural"}})
	eliminated := household.Fold("h1", facts, household.Times{})
	a := actOn(act.Transcribed, "2023-04-25", "2023-05-01")
	commands := []Command{meeting(), sheet()}
	for _, kind := range DocumentKinds.Codes() {
		for _, of := range []policy.Procedure{policy.Inclusion, policy.Elimination} {
			d := document(DocumentKind(kind), of)
			if d.Kind == RollBack && of != policy.Elimination || d.Kind == Revocation && of != policy.Inclusion {
				continue // such a document is refused as a whole
			}
			if d.Kind == ScreeningResult {
				d.Screening = screening().Screening
			}
			commands = append(commands, d)
		}
	}
	for _, c := range commands {
		events, err := Decide(State{ID: "paper-1"}, c, a)
		if err != nil {
			t.Fatal(err)
		}
		f := Fact{ID: "e1", Version: 1, Act: a, Hash: "h", Event: events[0]}
		for _, line := range Lines(Fold("paper-1", []Fact{f}), f) {
			state := s
			switch l := line.Command.(type) {
			case household.DecideElimination, household.RevokeInclusion:
				state = included
			case household.RollBackElimination:
				state = eliminated
			case household.ReviewByTownship, household.ReportByVillage, household.HandDownList, household.Announce, household.RecordAppraisal, household.PostNotice:
				if procedureOf(l) == policy.Elimination {
					state = included
				}
			}
			if _, err := household.Decide(state, line.Command, a, policy.Pack{Classes: []code.Class{code.Sudden}}); err != nil {
				t.Errorf("%T for %s: %v", line.Command, line.Household, err)
			}
		}
	}
}

func procedureOf(c household.Command) policy.Procedure {
	switch c := c.(type) {
	case household.ReviewByTownship:
		return c.Procedure
	case household.ReportByVillage:
		return c.Procedure
	case household.HandDownList:
		return c.Procedure
	case household.Announce:
		return c.Procedure
	case household.RecordAppraisal:
		return c.Procedure
	}
	return ""
}

// A roll-back or a revocation is a document with its number, of its own procedure,
// and gives the reason for each household.
func TestWhatARollBackOrRevocationMustSay(t *testing.T) {
	t.Parallel()
	for kind, of := range map[DocumentKind]policy.Procedure{RollBack: policy.Elimination, Revocation: policy.Inclusion} {
		for name, change := range map[string]func(*IssueDocument){
			"no number":           func(d *IssueDocument) { d.Number = "" },
			"no reason":           func(d *IssueDocument) { d.Lines[1].Opinion = "" },
			"another procedure":   func(d *IssueDocument) { d.Procedure = policy.Assistance },
			"a line to be redone": func(d *IssueDocument) { d.Lines[0].ReturnTo = policy.HomeSurvey },
		} {
			d := document(kind, of)
			change(&d)
			t.Run(string(kind)+" "+name, func(t *testing.T) { given(t).when("2023-04-25", d).refused(policy.Malformed) })
		}
	}
	unknown := document(TownshipReview, policy.Inclusion)
	unknown.Lines[0].Class = "rich"
	given(t).when("2023-04-25", unknown).refused(policy.Malformed)
}
