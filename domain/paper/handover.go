package paper

import (
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// HandOverHouseholds is the list by which a cadre who leaves hands his
// households over (责任人交接清单), to one successor or to several.
type HandOverHouseholds struct {
	Region string                `json:"region"`
	From   household.Responsible `json:"from"`
	Reason code.Text             `json:"reason"`
	Lines  []HandoverLine        `json:"lines"`
	Paper  code.Attachment       `json:"paper,omitzero"`
}

// HandoverLine is one household on the list.
type HandoverLine struct {
	Household string                `json:"household"`
	Role      code.OfficerRole      `json:"role"`
	To        household.Responsible `json:"to"`
}

// HandoverSigned: both sides signed the list.
type HandoverSigned HandOverHouseholds

func (HandOverHouseholds) isPaperCommand() {}
func (HandoverSigned) isPaperEvent()       {}

func (s State) handOver(c HandOverHouseholds) ([]Event, error) {
	households := make([]string, len(c.Lines))
	for i, line := range c.Lines {
		households[i] = line.Household
	}
	if err := s.frozen(c.Region, households); err != nil {
		return nil, err
	}
	for i, line := range c.Lines {
		if fault := household.HandoverFault(c.From, line.To, c.Reason); fault != nil {
			return refuse(fault.Rule, "第%d户：%s", i+1, fault.Reason)
		}
		if err := listed(code.OfficerRoles, string(line.Role), "责任人角色"); err != nil {
			return nil, err
		}
	}
	return []Event{HandoverSigned(c)}, nil
}

func (e HandoverSigned) lines(id string) []Line {
	lines := make([]Line, len(e.Lines))
	for i, l := range e.Lines {
		lines[i] = Line{l.Household, household.HandOver{Role: l.Role, From: e.From, To: l.To, Reason: e.Reason, Document: id, Item: i + 1}}
	}
	return lines
}
