package paper

import (
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
	return []Event{MeetingHeld(c)}, nil
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
