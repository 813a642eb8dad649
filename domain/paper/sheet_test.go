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

func sheet() PostSheet {
	return PostSheet{Region: "629900101201", Procedure: policy.Inclusion, Title: "柳湾村民主评议结果公示", Place: "村务公开栏", Phone: "0999-6299012", Lines: []SheetLine{
		{"h1", "柳一", 4, code.Marginal}, {"h2", "柳二", 1, code.Sudden}, {"h3", "柳三", 3, ""}}}
}

func TestASheetGoesUpAndComesDown(t *testing.T) {
	t.Parallel()
	up := given(t).when("2023-04-10", sheet()).then(SheetPosted(sheet()))
	want := []Line{
		{"h1", household.PostNotice{Procedure: policy.Inclusion, Notice: "paper-1", Item: 1, Place: "村务公开栏", PaperHash: "hash-1", Class: code.Marginal}},
		{"h2", household.PostNotice{Procedure: policy.Inclusion, Notice: "paper-1", Item: 2, Place: "村务公开栏", PaperHash: "hash-1", Class: code.Sudden}},
		{"h3", household.PostNotice{Procedure: policy.Inclusion, Notice: "paper-1", Item: 3, Place: "村务公开栏", PaperHash: "hash-1"}}}
	if diff := cmp.Diff(want, lines(t, up)); diff != "" {
		t.Error(diff)
	}
	posted := calendar.MustDay("2023-04-10")
	down := given(t, up...).when("2023-04-16", RemoveSheet{Photo: "p"}).then(SheetRemoved{Photo: "p", Posted: posted, Standing: []string{"h1", "h2", "h3"}})
	if got := lines(t, down); len(got) != 3 || got[2] != (Line{"h3", household.RemoveNotice{Notice: "paper-1", Photo: true}}) {
		t.Errorf("%+v", got)
	}
	given(t, down...).when("2023-04-17", RemoveSheet{}).refused(policy.PaperClosed)
	given(t, up...).when("2023-04-17", sheet()).refused(policy.PaperExists)
	given(t).when("2023-04-17", RemoveSheet{}).refused(policy.PaperUnknown)
	given(t, up...).whenAct(actOn(act.Transcribed, "2023-04-09", "2023-04-17"), RemoveSheet{}).refused(policy.Malformed)
	// Taken down on the fourth day it came down; the households' lines are flagged.
	given(t, up...).when("2023-04-14", RemoveSheet{}).then(SheetRemoved{Posted: posted, Standing: []string{"h1", "h2", "h3"}})
}

// D04: of five one objection is upheld; the others proceed.
func TestAnObjectionStrikesOneLine(t *testing.T) {
	t.Parallel()
	up := given(t).when("2023-04-10", sheet()).then(SheetPosted(sheet()))
	object := RaiseSheetObjection{Objection: "o1", Household: "h2", Content: "有车", Objector: "柳某", Contact: "13900000002"}
	answer := AnswerSheetObjection{Objection: "o1", Household: "h2", Upheld: true, Findings: "属实"}
	given(t, up...).when("2023-04-12", RaiseSheetObjection{Objection: "o1", Household: "h9", Content: "x"}).refused(policy.PaperLineUnknown)
	given(t, up...).when("2023-04-12", RaiseSheetObjection{Household: "h2", Content: "x"}).refused(policy.Malformed)
	given(t, up...).when("2023-04-12", RaiseSheetObjection{Objection: "o1", Household: "h2"}).refused(policy.Malformed)
	given(t).when("2023-04-12", object).refused(policy.PaperUnknown)
	given(t, up...).when("2023-04-12", answer).refused(policy.PaperLineUnknown)

	objected := given(t, up...).when("2023-04-12", object).then(SheetObjected(object))
	got := lines(t, objected)
	if want := []Line{{"h2", household.RaiseObjection{Notice: "paper-1", Objection: "o1", Content: "有车"}}}; !cmp.Equal(want, got) {
		t.Errorf("who objected stays out of the household's file: %+v", got)
	}
	given(t, objected...).when("2023-04-12", object).refused(policy.Malformed)
	given(t, objected...).when("2023-04-13", AnswerSheetObjection{Objection: "o1", Household: "h1", Findings: "x"}).refused(policy.PaperLineUnknown)
	given(t, objected...).when("2023-04-13", AnswerSheetObjection{Objection: "o1", Household: "h2"}).refused(policy.Malformed)

	given(t, objected...).when("2023-04-13", StrikeSheetLine{Household: "h2"}).refused(policy.Malformed)
	given(t, objected...).when("2023-04-13", StrikeSheetLine{Household: "h9", Reason: "x"}).refused(policy.PaperLineUnknown)
	struck := given(t, objected...).when("2023-04-13", StrikeSheetLine{Household: "h2", Reason: "异议成立"}).then(SheetLineStruck{Household: "h2", Reason: "异议成立"})
	if want := []Line{{"h2", household.StrikeNoticeLine{Notice: "paper-1", Reason: "异议成立"}}}; !cmp.Equal(want, lines(t, struck)) {
		t.Errorf("%+v", lines(t, struck))
	}
	inquiry := InvestigateSheetObjection{Objection: "o1", Household: "h2", Findings: "查车辆登记"}
	given(t, up...).when("2023-04-13", inquiry).refused(policy.PaperLineUnknown)
	given(t, objected...).when("2023-04-13", InvestigateSheetObjection{Objection: "o1", Household: "h1", Findings: "x"}).refused(policy.PaperLineUnknown)
	given(t, objected...).when("2023-04-13", InvestigateSheetObjection{Objection: "o1", Household: "h9", Findings: "x"}).refused(policy.PaperLineUnknown)
	given(t, objected...).when("2023-04-13", InvestigateSheetObjection{Objection: "o1", Household: "h2"}).refused(policy.Malformed)
	inquired := given(t, objected...).when("2023-04-13", inquiry).then(SheetObjectionInvestigated(inquiry))
	if want := []Line{{"h2", household.InvestigateObjection{Notice: "paper-1", Objection: "o1", Findings: "查车辆登记"}}}; !cmp.Equal(want, lines(t, inquired)) {
		t.Errorf("%+v", lines(t, inquired))
	}
	given(t, inquired...).when("2023-04-14", answer).then(SheetObjectionAnswered(answer)) // it waited for its answer still
	given(t, struck...).when("2023-04-14", StrikeSheetLine{Household: "h2", Reason: "again"}).refused(policy.PaperClosed)
	answered := given(t, struck...).when("2023-04-14", answer).then(SheetObjectionAnswered(answer))
	if want := []Line{{"h2", household.AnswerObjection{Notice: "paper-1", Objection: "o1", Upheld: true, Findings: "属实"}}}; !cmp.Equal(want, lines(t, answered)) {
		t.Errorf("%+v", lines(t, answered))
	}
	down := given(t, answered...).when("2023-04-16", RemoveSheet{}).then(SheetRemoved{Posted: calendar.MustDay("2023-04-10"), Standing: []string{"h1", "h3"}})
	given(t, down...).when("2023-04-17", StrikeSheetLine{Household: "h1", Reason: "x"}).refused(policy.PaperClosed)
	// What arrives after the sheet came down is still heard.
	given(t, down...).when("2023-04-17", RaiseSheetObjection{Objection: "o2", Household: "h1", Content: "迟到"}).then(SheetObjected{Objection: "o2", Household: "h1", Content: "迟到"})
}

func TestNothingPersonalHangsOnAWall(t *testing.T) {
	t.Parallel()
	id := code.MakeIDNumber("990101", calendar.MustDay("1970-05-06"), 12)
	for name, c := range map[string]struct {
		rule   policy.Rule
		change func(*PostSheet)
	}{
		"id beside the name":       {policy.PersonalInText, func(c *PostSheet) { c.Lines[1].Head = "柳二 " + id }},
		"id in groups":             {policy.PersonalInText, func(c *PostSheet) { c.Lines[1].Head = id[:6] + " " + id[6:14] + " " + id[14:] }},
		"telephone of a household": {policy.PersonalInText, func(c *PostSheet) { c.Lines[0].Head = "柳一13900000001" }},
		"risk in the title":        {policy.RiskInPublic, func(c *PostSheet) { c.Title = "因病返贫风险户公示" }},
		"risk beside the name":     {policy.RiskInPublic, func(c *PostSheet) { c.Lines[1].Head = "柳二（缺劳动力）" }},
		"telephone in the title":   {policy.PersonalInText, func(c *PostSheet) { c.Title = "公示，电话139-0000-0001" }},
		"card at the place":        {policy.PersonalInText, func(c *PostSheet) { c.Place = "6222021001116245702" }},
		"id for a telephone":       {policy.PersonalInText, func(c *PostSheet) { c.Phone = id }},
		"no place":                 {policy.Malformed, func(c *PostSheet) { c.Place = "" }},
		"no head":                  {policy.Malformed, func(c *PostSheet) { c.Lines[0].Head = "" }},
		"nobody":                   {policy.Malformed, func(c *PostSheet) { c.Lines[0].Persons = 0 }},
		"unknown class":            {policy.Malformed, func(c *PostSheet) { c.Lines[0].Class = "poor" }},
		"unknown procedure":        {policy.Malformed, func(c *PostSheet) { c.Procedure = "" }},
		"no village":               {policy.RegionUnknown, func(c *PostSheet) { c.Region = "" }},
		"nobody on it":             {policy.Malformed, func(c *PostSheet) { c.Lines = nil }},
		"endless title":            {policy.Malformed, func(c *PostSheet) { c.Title = string(make([]rune, 501)) }},
	} {
		s := sheet()
		c.change(&s)
		t.Run(name, func(t *testing.T) { given(t).when("2023-04-10", s).refused(c.rule) })
	}
	s := sheet()
	s.Phone = "13900000001" // an office's
	given(t).when("2023-04-10", s).then(SheetPosted(s))
}
