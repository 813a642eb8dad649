package paper

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

func study() HoldStudy {
	return HoldStudy{Region: "629900", Kind: code.JointStudy, Subject: "重点户研判", From: calendar.MustDay("2023-01-01"), To: calendar.MustDay("2023-05-31"),
		Attendees: []StudyAttendee{{Name: "葛明远", Unit: "县医疗保障局", Department: "medical_insurance"}, {Name: "柳某", Unit: "柳河镇"}},
		Items: []StudyItem{
			{Household: "h1", Situation: "费用高", Conclusion: "adjust", Opinion: "加岗位", FollowUps: []household.FollowUp{{ID: "f1", Content: "安排岗位", Department: "human_resources"}}},
			{Household: "h2", Conclusion: "propose_elimination"}}}
}

// S1.5, S1.10: departments study key cases together, each household with its conclusion.
func TestAStudyMeetingIsHeld(t *testing.T) {
	t.Parallel()
	facts := given(t).when("2023-06-02", study()).then(StudyHeld(study()))
	from, to := calendar.MustDay("2023-01-01"), calendar.MustDay("2023-05-31")
	want := []Line{
		{"h1", household.RecordStudyLine{Study: "paper-1", Kind: code.JointStudy, From: from, To: to, Situation: "费用高", Conclusion: "adjust", Opinion: "加岗位",
			FollowUps: []household.FollowUp{{ID: "f1", Content: "安排岗位", Department: "human_resources"}}, Meeting: "paper-1", Item: 1, PaperHash: "hash-1"}},
		{"h2", household.RecordStudyLine{Study: "paper-1", Kind: code.JointStudy, From: from, To: to, Conclusion: "propose_elimination", Meeting: "paper-1", Item: 2, PaperHash: "hash-1"}},
	}
	if diff := cmp.Diff(want, lines(t, facts)); diff != "" {
		t.Error(diff)
	}
	given(t, facts...).when("2023-06-03", study()).refused(policy.PaperExists)
}

// S1.32: a township studies its situation as a whole, too.
func TestAMeetingMayStudyThePlaceAsAWhole(t *testing.T) {
	t.Parallel()
	c := study()
	c.Kind, c.Items, c.Outcome = code.TownshipStudy, nil, "全镇无规模性返贫风险"
	facts := given(t).when("2023-06-02", c).then(StudyHeld(c))
	if l := lines(t, facts); len(l) != 0 {
		t.Errorf("%+v", l)
	}
	given(t, facts...).when("2023-06-03", c).refused(policy.PaperExists)
}

func TestWhatAStudyMeetingMustHave(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rule   policy.Rule
		change func(*HoldStudy)
	}{
		"no place":           {policy.RegionUnknown, func(c *HoldStudy) { c.Region = "" }},
		"nowhere as a whole": {policy.RegionUnknown, func(c *HoldStudy) { c.Region, c.Items, c.Outcome = "", nil, "x" }},
		"neither":            {policy.Malformed, func(c *HoldStudy) { c.Items = nil }},
		"too many":           {policy.Malformed, func(c *HoldStudy) { c.Items = make([]StudyItem, MaxLines+1) }},
		"household twice":    {policy.Malformed, func(c *HoldStudy) { c.Items[1].Household = "h1" }},
		"no subject":         {policy.Malformed, func(c *HoldStudy) { c.Subject = "" }},
		"nobody came":        {policy.Malformed, func(c *HoldStudy) { c.Attendees = nil }},
		"everybody came":     {policy.Malformed, func(c *HoldStudy) { c.Attendees = make([]StudyAttendee, maxAttendees+1) }},
		"from nowhere":       {policy.Malformed, func(c *HoldStudy) { c.Attendees[0].Unit = "" }},
		"unknown department": {policy.Malformed, func(c *HoldStudy) { c.Attendees[0].Department = "moon" }},
		"unknown kind":       {policy.Malformed, func(c *HoldStudy) { c.Kind = "dream" }},
		"no conclusion":      {policy.Malformed, func(c *HoldStudy) { c.Items[1].Conclusion = "" }},
		"period to come":     {policy.Malformed, func(c *HoldStudy) { c.To = calendar.MustDay("2023-06-03") }},
		"task of nothing":    {policy.Malformed, func(c *HoldStudy) { c.Items[0].FollowUps[0].Content = "" }},
	} {
		m := study()
		c.change(&m)
		t.Run(name, func(t *testing.T) { given(t).when("2023-06-02", m).refused(c.rule) })
	}
}

func TestALeavingCadreHandsOverByAList(t *testing.T) {
	t.Parallel()
	leaves := household.Responsible{Person: "p9", Name: "葛明远"}
	list := func() HandOverHouseholds {
		return HandOverHouseholds{Region: "629900101201", From: leaves, Reason: "调离", Lines: []HandoverLine{
			{"h1", code.AssistanceOfficer, household.Responsible{Person: "p10"}}, {"h2", code.MonitoringOfficer, household.Responsible{Person: "p11"}}}}
	}
	facts := given(t).when("2023-06-02", list()).then(HandoverSigned(list()))
	want := []Line{
		{"h1", household.HandOver{Role: code.AssistanceOfficer, From: leaves, To: household.Responsible{Person: "p10"}, Reason: "调离", Document: "paper-1", Item: 1}},
		{"h2", household.HandOver{Role: code.MonitoringOfficer, From: leaves, To: household.Responsible{Person: "p11"}, Reason: "调离", Document: "paper-1", Item: 2}},
	}
	if diff := cmp.Diff(want, lines(t, facts)); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct {
		rule   policy.Rule
		change func(*HandOverHouseholds)
	}{
		"no place":     {policy.RegionUnknown, func(c *HandOverHouseholds) { c.Region = "" }},
		"no household": {policy.Malformed, func(c *HandOverHouseholds) { c.Lines = nil }},
		"to nobody":    {policy.Malformed, func(c *HandOverHouseholds) { c.Lines[1].To.Person = "" }},
		"to himself":   {policy.Malformed, func(c *HandOverHouseholds) { c.Lines[1].To.Person = "p9" }},
		"no reason":    {policy.Malformed, func(c *HandOverHouseholds) { c.Reason = "" }},
		"unknown role": {policy.Malformed, func(c *HandOverHouseholds) { c.Lines[0].Role = "cook" }},
	} {
		m := list()
		c.change(&m)
		t.Run(name, func(t *testing.T) { given(t).when("2023-06-02", m).refused(c.rule) })
	}
}
