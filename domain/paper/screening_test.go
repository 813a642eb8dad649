package paper

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

func screening(lines ...DocumentLine) IssueDocument {
	return IssueDocument{Region: "629900", Kind: ScreeningResult, Procedure: policy.Inclusion, Title: "住房安全政策落实情况筛查", Lines: lines,
		Screening: Screening{Department: "housing", Item: "housing", From: calendar.MustDay("2023-01-01"), To: calendar.MustDay("2023-03-31"),
			Checked: 412, Summary: "应改未改一户", Shortfalls: []string{"work"}}}
}

// S1.7: a department screens how policy is carried out; what it finds at a
// household goes round as its warning, and a screening that finds nothing counts.
func TestADepartmentReturnsWhatItScreened(t *testing.T) {
	t.Parallel()
	d := screening(DocumentLine{Household: "h1", Opinion: "东屋漏雨，未列入改造"})
	facts := given(t).when("2023-04-03", d).then(DocumentIssued(d))
	want := []Line{{"h1", household.RecordClue{Clue: "paper-1-1", Channel: code.DepartmentWarning, Via: "screening", Department: "housing", Content: "东屋漏雨，未列入改造"}}}
	if diff := cmp.Diff(want, lines(t, facts)); diff != "" {
		t.Error(diff)
	}
	given(t).when("2023-04-03", screening()).then(DocumentIssued(screening()))
}

func TestWhatAScreeningMustSay(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*IssueDocument){
		"no department":       func(d *IssueDocument) { d.Screening.Department = "" },
		"no item":             func(d *IssueDocument) { d.Screening.Item = "" },
		"unknown shortfall":   func(d *IssueDocument) { d.Screening.Shortfalls = []string{"weather"} },
		"no days":             func(d *IssueDocument) { d.Screening.From = 0 },
		"days reversed":       func(d *IssueDocument) { d.Screening.To = d.Screening.From - 1 },
		"no summary":          func(d *IssueDocument) { d.Screening.Summary = "" },
		"fewer than found":    func(d *IssueDocument) { d.Screening.Checked = 0 },
		"more than there are": func(d *IssueDocument) { d.Screening.Checked = MaxScreened + 1 },
		"no problem":          func(d *IssueDocument) { d.Lines[0].Opinion = "" },
		"another kind":        func(d *IssueDocument) { d.Kind = VillageReport },
		"nowhere":             func(d *IssueDocument) { d.Region = ""; d.Lines = nil },
	} {
		t.Run(name, func(t *testing.T) {
			d := screening(DocumentLine{Household: "h1", Opinion: "漏雨"})
			change(&d)
			rule := policy.Malformed
			if name == "nowhere" {
				rule = policy.RegionUnknown
			}
			given(t).when("2023-04-03", d).refused(rule)
		})
	}
}
