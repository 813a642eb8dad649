package paper

import (
	"cmp"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// HoldMeeting records an appraisal meeting (民主评议会, S1.12, S2.20): who sat in
// which capacity, and votes and recusals household by household.
type HoldMeeting struct {
	Region    string            `json:"region"` // the village
	Procedure policy.Procedure  `json:"procedure"`
	Place     string            `json:"place"`
	Entitled  int               `json:"entitled"` // 应到
	Attendees []Attendee        `json:"attendees"`
	Items     []MeetingItem     `json:"items"`
	Minutes   []code.Attachment `json:"minutes,omitzero"`
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
}

// MeetingHeld: the meeting was held.
type MeetingHeld HoldMeeting

func (HoldMeeting) isPaperCommand() {}
func (MeetingHeld) isPaperEvent()   {}

func (s State) holdMeeting(c HoldMeeting) ([]Event, error) {
	households := make([]string, len(c.Items))
	for i, item := range c.Items {
		households[i] = item.Household
	}
	if err := s.frozen(c.Region, households); err != nil {
		return nil, err
	}
	if len(c.Attendees) == 0 || len(c.Attendees) > 500 || c.Entitled < 1 || c.Entitled > 5000 {
		return refuse(policy.Malformed, "评议会须写明应到人数和到会人员")
	}
	for _, a := range c.Attendees {
		if _, ok := code.AttendeeCapacities.Find(a.Capacity); !ok || a.Name == "" {
			return refuse(policy.Malformed, "到会人员须写明姓名和身份")
		}
	}
	for i, item := range c.Items {
		if err := c.appraised(i+1, item); err != nil {
			return nil, err
		}
	}
	return []Event{MeetingHeld(c)}, nil
}

// appraised checks one household on the agenda.
func (c HoldMeeting) appraised(n int, item MeetingItem) error {
	if item.For < 0 || item.Against < 0 || item.Abstained < 0 || item.For+item.Against+item.Abstained+len(item.Recused) > len(c.Attendees) {
		return policy.Refuse(policy.Malformed, "第%d户的票数与到会%d人不符", n, len(c.Attendees))
	}
	procedure := item.Procedure
	if procedure == "" {
		procedure = c.Procedure
	}
	return cmp.Or(listed(policy.Procedures, string(procedure), "程序"), listed(code.ReviewResults, string(item.Result), "评议结果"))
}

func (e MeetingHeld) lines(id, hash string) []Line {
	var seats []string
	for _, a := range e.Attendees {
		seats = append(seats, a.Capacity)
	}
	lines := make([]Line, len(e.Items))
	for i, item := range e.Items {
		procedure := item.Procedure
		if procedure == "" {
			procedure = e.Procedure
		}
		lines[i] = Line{item.Household, household.RecordAppraisal{
			Procedure: procedure, Meeting: id, Item: i + 1, For: item.For, Against: item.Against, Abstained: item.Abstained,
			Recused: item.Recused, Result: item.Result, PaperHash: hash,
			Present: len(e.Attendees), Entitled: e.Entitled, Seats: seats,
		}}
	}
	return lines
}
