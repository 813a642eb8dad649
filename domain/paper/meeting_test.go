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
	c.Attendees[1].Name = "柳长贵"
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
		"recused and not there": {policy.Malformed, func(c *HoldMeeting) { c.Items[1].Recused = []string{"王某"} }},
		"recused twice":         {policy.Malformed, func(c *HoldMeeting) { c.Items[1].Recused = []string{"柳长贵", "柳长贵"} }},
		"another kind":          {policy.Malformed, func(c *HoldMeeting) { c.Kind = "party" }},
		"a vote at a study":     {policy.Malformed, func(c *HoldMeeting) { c.Kind = CommitteeMeeting }},
		"roll-back of nothing":  {policy.Malformed, func(c *HoldMeeting) { c.Items[0].RollBack = true }},
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

// 两委研究 and 民主评议 are two acts (S2.20): the committees study a list, say what
// they think of each household, and vote on nothing.
func TestTheCommitteesStudyAList(t *testing.T) {
	t.Parallel()
	c := meeting()
	c.Kind = CommitteeMeeting
	c.Items = []MeetingItem{{Household: "h1", Opinion: "同意提交评议", Result: code.Pass}, {Household: "h2", Opinion: "建议补充收入情况", Result: code.Reject, Procedure: policy.Elimination}}
	facts := given(t).when("2023-04-09", c).then(MeetingHeld(c))
	want := []Line{
		{"h1", household.StudyByCommittees{Procedure: policy.Inclusion, Opinion: "同意提交评议", Meeting: "paper-1", Item: 1, PaperHash: "hash-1", Result: code.Pass}},
		{"h2", household.StudyByCommittees{Procedure: policy.Elimination, Opinion: "建议补充收入情况", Meeting: "paper-1", Item: 2, PaperHash: "hash-1", Result: code.Reject}},
	}
	if diff := cmp.Diff(want, lines(t, facts)); diff != "" {
		t.Error(diff)
	}
	for name, change := range map[string]func(*MeetingItem){
		"no result":  func(i *MeetingItem) { i.Result = "" },
		"a vote":     func(i *MeetingItem) { i.For = 1 },
		"no opinion": func(i *MeetingItem) { i.Opinion = "" },
		"a recusal":  func(i *MeetingItem) { i.Recused = []string{"柳长贵"} },
	} {
		wrong := c
		wrong.Items = append([]MeetingItem{}, c.Items...)
		change(&wrong.Items[0])
		t.Run(name, func(t *testing.T) { given(t).when("2023-04-09", wrong).refused(policy.Malformed) })
	}
}

// D:11: that a household's elimination be rolled back and that it be included
// again may be appraised in one meeting; the same question twice may not.
func TestOneMeetingAppraisesRollBackAndReInclusion(t *testing.T) {
	t.Parallel()
	c := meeting()
	c.Items = []MeetingItem{{Household: "h1", For: 4, Result: code.Reject, Procedure: policy.Elimination, RollBack: true}, {Household: "h1", For: 5, Result: code.Pass}}
	c.Attendees[0].Person, c.Attendees[1].Person = "p1", "p2"
	c.Items[1].Recused = []string{"柳长贵"}
	c.Items[1].For = 4
	facts := given(t).when("2023-04-10", c).then(MeetingHeld(c))
	found := lines(t, facts)
	back, again := found[0].Command.(household.RecordAppraisal), found[1].Command.(household.RecordAppraisal)
	if !back.RollBack || back.Procedure != policy.Elimination || again.RollBack || again.Procedure != policy.Inclusion || again.Item != 2 {
		t.Errorf("%+v\n%+v", back, again)
	}
	if diff := cmp.Diff([][]string{{"p1", "p2"}, {"p1"}}, [][]string{back.Stayed, again.Stayed}); diff != "" {
		t.Errorf("who stayed in the room\n%s", diff)
	}
	c.Items[1].Procedure, c.Items[1].RollBack = policy.Elimination, true
	given(t).when("2023-04-10", c).refused(policy.Malformed)
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
