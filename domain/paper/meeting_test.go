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

func meeting() HoldMeeting {
	c := HoldMeeting{Region: "629900101201", Procedure: policy.Inclusion, Place: "村部", Entitled: 6, Items: []MeetingItem{
		{Household: "h1", For: 3, Against: 1, Result: code.Pass},
		{Household: "h2", For: 1, Against: 2, Abstained: 1, Recused: []string{"柳长贵"}, Result: code.Reject, Opinion: "收入较高"},
		{Household: "h3", For: 5, Result: code.Pass, Procedure: policy.Elimination}}}
	for _, seat := range []string{"village_committee", "representative", "representative", "party_member", "resident_team"} {
		c.Attendees = append(c.Attendees, Attendee{Name: "柳某", Capacity: seat})
	}
	return c
}

func TestAMeetingIsHeld(t *testing.T) {
	t.Parallel()
	facts := given(t).when("2023-04-10", meeting()).then(MeetingHeld(meeting()))
	seats := []string{"village_committee", "representative", "representative", "party_member", "resident_team"}
	want := []Line{
		{"h1", household.RecordAppraisal{Procedure: policy.Inclusion, Meeting: "paper-1", Item: 1, For: 3, Against: 1, Result: code.Pass, PaperHash: "hash-1", Present: 5, Entitled: 6, Seats: seats}},
		{"h2", household.RecordAppraisal{Procedure: policy.Inclusion, Meeting: "paper-1", Item: 2, For: 1, Against: 2, Abstained: 1, Recused: []string{"柳长贵"}, Result: code.Reject, PaperHash: "hash-1", Present: 5, Entitled: 6, Seats: seats}},
		{"h3", household.RecordAppraisal{Procedure: policy.Elimination, Meeting: "paper-1", Item: 3, For: 5, Result: code.Pass, PaperHash: "hash-1", Present: 5, Entitled: 6, Seats: seats}},
	}
	if diff := cmp.Diff(want, lines(t, facts)); diff != "" {
		t.Error(diff)
	}
	given(t, facts...).when("2023-04-11", meeting()).refused(policy.PaperExists)
	if s := Fold("paper-1", facts); s.Kind != "meeting" || len(s.Lines) != 3 || s.Version != 1 {
		t.Errorf("%+v", s)
	}
}

func TestWhatAMeetingMustHave(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rule   policy.Rule
		change func(*HoldMeeting)
	}{
		"no village":            {policy.RegionUnknown, func(c *HoldMeeting) { c.Region = "" }},
		"no household":          {policy.Malformed, func(c *HoldMeeting) { c.Items = nil }},
		"too many":              {policy.Malformed, func(c *HoldMeeting) { c.Items = make([]MeetingItem, MaxLines+1) }},
		"household twice":       {policy.Malformed, func(c *HoldMeeting) { c.Items[1].Household = "h1" }},
		"household unnamed":     {policy.Malformed, func(c *HoldMeeting) { c.Items[1].Household = "" }},
		"nobody came":           {policy.Malformed, func(c *HoldMeeting) { c.Attendees = nil }},
		"everybody came":        {policy.Malformed, func(c *HoldMeeting) { c.Attendees = make([]Attendee, 501) }},
		"nobody entitled":       {policy.Malformed, func(c *HoldMeeting) { c.Entitled = 0 }},
		"unnamed attendee":      {policy.Malformed, func(c *HoldMeeting) { c.Attendees[0].Name = "" }},
		"unknown seat":          {policy.Malformed, func(c *HoldMeeting) { c.Attendees[0].Capacity = "guest" }},
		"more votes than heads": {policy.Malformed, func(c *HoldMeeting) { c.Items[0].For = 5 }},
		"negative votes":        {policy.Malformed, func(c *HoldMeeting) { c.Items[0].Abstained = -1 }},
		"unknown result":        {policy.Malformed, func(c *HoldMeeting) { c.Items[0].Result = "" }},
		"unknown procedure":     {policy.Malformed, func(c *HoldMeeting) { c.Procedure = "adoption" }},
	} {
		m := meeting()
		c.change(&m)
		t.Run(name, func(t *testing.T) { given(t).when("2023-04-10", m).refused(c.rule) })
	}
}

func TestWhatEveryActOnAPaperMustSatisfy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rule   policy.Rule
		change func(*act.Act)
	}{
		"no day":                   {policy.DayMissing, func(a *act.Act) { a.Happened = 0 }},
		"tomorrow":                 {policy.FutureDay, func(a *act.Act) { a.Happened++ }},
		"too old":                  {policy.DayTooOld, func(a *act.Act) { a.Happened = calendar.MustDay("2013-12-31") }},
		"performed yesterday":      {policy.DayPerformed, func(a *act.Act) { a.Today++ }},
		"neither way":              {policy.Malformed, func(a *act.Act) { a.Mode = "dreamt" }},
		"nobody":                   {policy.DoneByMissing, func(a *act.Act) { a.DoneBy = nil }},
		"typed by another village": {policy.RecorderOutside, func(a *act.Act) { a.RecordedBy.Covers = false }},
	} {
		a := actOn(act.Performed, "2023-04-10", "2023-04-10")
		c.change(&a)
		t.Run(name, func(t *testing.T) { given(t).whenAct(a, meeting()).refused(c.rule) })
	}
	given(t).whenAct(actOn(act.Transcribed, "2023-04-10", "2023-05-09"), meeting()).then(MeetingHeld(meeting()))
	given(t).when("2023-04-10", nil).refused(policy.Malformed)
}
