package paper

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// HoldStudy records a study meeting (研判会): of the county with its departments
// (S1.5, S1.10) or of a township (S1.32), household by household, or about the
// place as a whole.
type HoldStudy struct {
	Region    string            `json:"region"`
	Kind      code.StudyKind    `json:"kind"`
	Subject   code.Text         `json:"subject"`
	Place     string            `json:"place,omitzero"`
	From      calendar.Day      `json:"from,omitzero"` // the period looked at
	To        calendar.Day      `json:"to,omitzero"`
	Attendees []StudyAttendee   `json:"attendees"`
	Items     []StudyItem       `json:"items,omitzero"`
	Outcome   code.Text         `json:"outcome,omitzero"` // of the meeting as a whole
	Minutes   []code.Attachment `json:"minutes,omitzero"`
}

// StudyAttendee is somebody present, for an office or a department.
type StudyAttendee struct {
	Name       string `json:"name"`
	Unit       string `json:"unit"`
	Department string `json:"department,omitzero"` // code.Departments
	Person     string `json:"person,omitzero"`
}

// StudyItem is one household on the agenda.
type StudyItem struct {
	Household  string               `json:"household"`
	Situation  code.Text            `json:"situation,omitzero"`
	Conclusion code.StudyConclusion `json:"conclusion"`
	Opinion    code.Text            `json:"opinion,omitzero"`
	FollowUps  []household.FollowUp `json:"follow_ups,omitzero"`
}

// StudyHeld: the meeting was held.
type StudyHeld HoldStudy

func (HoldStudy) isPaperCommand() {}
func (StudyHeld) isPaperEvent()   {}

// maxAttendees bounds those present: every department and every village's cadres.
const maxAttendees = 500

func (s State) holdStudy(c HoldStudy, a calendar.Day) ([]Event, error) {
	households := make([]string, len(c.Items))
	for i, item := range c.Items {
		households[i] = item.Household
	}
	// A meeting about the place as a whole has no list.
	check := s.frozen
	if len(c.Items) == 0 {
		check = func(region string, _ []string) error { return s.opened(region) }
	}
	if err := check(c.Region, households); err != nil {
		return nil, err
	}
	switch {
	case c.Subject == "" || len(c.Attendees) == 0 || len(c.Attendees) > maxAttendees:
		return refuse(policy.Malformed, "研判会须写明议题和参加人员")
	case len(c.Items) == 0 && c.Outcome == "":
		return refuse(policy.Malformed, "研判会须有逐户结论或总体结论")
	case c.To > a:
		return refuse(policy.Malformed, "研判时段晚于研判日期")
	}
	for _, who := range c.Attendees {
		if who.Name == "" || who.Unit == "" {
			return refuse(policy.Malformed, "参加人员须写明姓名和单位")
		}
		if who.Department != "" {
			if err := listed(code.Departments, who.Department, "部门"); err != nil {
				return nil, err
			}
		}
	}
	if fault := household.StudyFault(c.Kind, "keep", c.From, c.To, nil); fault != nil {
		return nil, fault
	}
	for i, item := range c.Items {
		if fault := household.StudyFault(c.Kind, item.Conclusion, c.From, c.To, item.FollowUps); fault != nil {
			return refuse(fault.Rule, "第%d户：%s", i+1, fault.Reason)
		}
	}
	return []Event{StudyHeld(c)}, nil
}

func (e StudyHeld) lines(id, hash string) []Line {
	lines := make([]Line, len(e.Items))
	for i, item := range e.Items {
		lines[i] = Line{item.Household, household.RecordStudyLine{
			Study: id, Kind: e.Kind, From: e.From, To: e.To, Situation: item.Situation, Conclusion: item.Conclusion,
			Opinion: item.Opinion, FollowUps: item.FollowUps, Meeting: id, Item: i + 1, PaperHash: hash,
		}}
	}
	return lines
}
