package paper

import (
	"cmp"
	"fmt"
	"slices"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// MeetingKind tells the two meetings of a village apart.
type MeetingKind string

const (
	// AppraisalMeeting is the 民主评议会; it needs no word.
	AppraisalMeeting MeetingKind = ""
	// CommitteeMeeting is the 两委研究, another act than the appraisal (S2.20).
	CommitteeMeeting MeetingKind = "committee_study"
)

// HoldMeeting records an appraisal meeting (民主评议会, S1.12, S2.20): who sat in
// which capacity, and votes and recusals household by household; or a meeting of
// the two committees (两委研究), which studies a list and votes on nothing.
type HoldMeeting struct {
	Region    string            `json:"region"` // the village
	Kind      MeetingKind       `json:"kind,omitzero"`
	Procedure policy.Procedure  `json:"procedure"`
	Place     string            `json:"place"`
	Entitled  int               `json:"entitled"` // 应到
	Attendees []Attendee        `json:"attendees"`
	Items     []MeetingItem     `json:"items"`
	Minutes   []code.Attachment `json:"minutes,omitzero"`
	SignIn    []code.Attachment `json:"sign_in,omitzero"` // 签到册
}

// Attendee is somebody present, in a capacity.
type Attendee struct {
	Name     string `json:"name"`
	Capacity string `json:"capacity"` // code.AttendeeCapacities
	Person   string `json:"person,omitzero"`
}

// MeetingItem is one household on the agenda.
type MeetingItem struct {
	Household string            `json:"household"`
	For       int               `json:"for"`
	Against   int               `json:"against"`
	Abstained int               `json:"abstained"`
	Recused   []string          `json:"recused,omitzero"` // names
	Result    code.ReviewResult `json:"result"`
	Opinion   code.Text         `json:"opinion,omitzero"`
	// Procedure where one meeting treats several: empty is the meeting's.
	Procedure policy.Procedure `json:"procedure,omitzero"`
	// RollBack: whether the elimination be rolled back. A household may stand on
	// the agenda for this and for its re-inclusion (DOMAIN 2.5).
	RollBack bool `json:"roll_back,omitzero"`
}

// MeetingHeld: the meeting was held.
type MeetingHeld HoldMeeting

func (HoldMeeting) isPaperCommand() {}
func (MeetingHeld) isPaperEvent()   {}

func (s State) holdMeeting(c HoldMeeting) ([]Event, error) {
	on := make([]string, len(c.Items)) // the agenda: who, and about what
	for i, item := range c.Items {
		if item.Household != "" {
			on[i] = fmt.Sprint(item.Household, " ", c.about(item), " ", item.RollBack)
		}
	}
	if err := s.frozen(c.Region, on); err != nil {
		return nil, err
	}
	if c.Kind != AppraisalMeeting && c.Kind != CommitteeMeeting {
		return refuse(policy.Malformed, "会议种类“%s”不在代码表中", c.Kind)
	}
	if len(c.Attendees) == 0 || len(c.Attendees) > 500 || c.Entitled < 1 || c.Entitled > 5000 {
		return refuse(policy.Malformed, "评议会须写明应到人数和到会人员")
	}
	for _, a := range c.Attendees {
		if _, ok := code.AttendeeCapacities.Find(a.Capacity); !ok || a.Name == "" {
			return refuse(policy.Malformed, "到会人员须写明姓名和身份")
		}
	}
	check := c.appraised
	if c.Kind == CommitteeMeeting {
		check = c.studied
	}
	for i, item := range c.Items {
		if err := check(i+1, item); err != nil {
			return nil, err
		}
	}
	return []Event{MeetingHeld(c)}, nil
}

// about is the procedure an item belongs to.
func (c HoldMeeting) about(item MeetingItem) policy.Procedure {
	return cmp.Or(item.Procedure, c.Procedure)
}

// studied checks one household on a list that the two committees studied.
func (c HoldMeeting) studied(n int, item MeetingItem) error {
	if item.For != 0 || item.Against != 0 || item.Abstained != 0 || item.RollBack || len(item.Recused) != 0 || item.Opinion == "" {
		return policy.Refuse(policy.Malformed, "两委研究第%d户须写明意见，不作表决；表决属于民主评议", n)
	}
	return cmp.Or(listed(policy.Procedures, string(c.about(item)), "程序"), listed(code.ReviewResults, string(item.Result), "研究结果"))
}

// appraised checks one household on the agenda.
func (c HoldMeeting) appraised(n int, item MeetingItem) error {
	if item.For < 0 || item.Against < 0 || item.Abstained < 0 || item.For+item.Against+item.Abstained+len(item.Recused) > len(c.Attendees) {
		return policy.Refuse(policy.Malformed, "第%d户的票数与到会%d人不符", n, len(c.Attendees))
	}
	for i, name := range item.Recused {
		if slices.Contains(item.Recused[:i], name) || !slices.ContainsFunc(c.Attendees, func(a Attendee) bool { return a.Name == name }) {
			return policy.Refuse(policy.Malformed, "第%d户的回避人员%s不在到会人员之中，或重复", n, name)
		}
	}
	if item.RollBack && c.about(item) != policy.Elimination {
		return policy.Refuse(policy.Malformed, "第%d户评议的是风险消除回退，程序应为风险消除", n)
	}
	return cmp.Or(listed(policy.Procedures, string(c.about(item)), "程序"), listed(code.ReviewResults, string(item.Result), "评议结果"))
}

func (e MeetingHeld) lines(id, hash string) []Line {
	var seats []string
	for _, a := range e.Attendees {
		seats = append(seats, a.Capacity)
	}
	var carries []string
	if len(e.Minutes) > 0 {
		carries = append(carries, "minutes")
	}
	if len(e.SignIn) > 0 {
		carries = append(carries, "sign_in")
	}
	lines := make([]Line, len(e.Items))
	for i, item := range e.Items {
		procedure := HoldMeeting(e).about(item)
		if e.Kind == CommitteeMeeting {
			lines[i] = Line{item.Household, household.StudyByCommittees{Procedure: procedure, Opinion: item.Opinion, Meeting: id, Item: i + 1, PaperHash: hash, Result: item.Result, Carries: carries}}
			continue
		}
		var stayed []string
		for _, a := range e.Attendees {
			if a.Person != "" && !slices.Contains(item.Recused, a.Name) {
				stayed = append(stayed, a.Person)
			}
		}
		lines[i] = Line{item.Household, household.RecordAppraisal{
			Procedure: procedure, Meeting: id, Item: i + 1, For: item.For, Against: item.Against, Abstained: item.Abstained,
			Recused: item.Recused, Result: item.Result, PaperHash: hash,
			RollBack: item.RollBack, Present: len(e.Attendees), Entitled: e.Entitled, Seats: seats, Stayed: stayed, Carries: carries,
		}}
	}
	return lines
}
