package household

import (
	"slices"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// RecordVisit records a visit (走访).
type RecordVisit struct {
	Visit  string            `json:"visit"`
	Kind   string            `json:"kind"` // code.VisitKinds
	Place  code.Text         `json:"place,omitzero"`
	Note   code.Text         `json:"note"`
	Photos []code.Attachment `json:"photos,omitzero"`
	// Groups are the special groups for whose sake it was made (六必访、六必查).
	Groups []string `json:"groups,omitzero"` // code.SpecialGroups
}

// Visited: the household was visited.
type Visited RecordVisit

func (RecordVisit) isCommand() {}
func (Visited) isEvent()       {}

func (r *ruling) recordVisit(c RecordVisit) []Event {
	r.known(code.VisitKinds, c.Kind, "走访类别")
	for _, group := range c.Groups {
		r.known(code.SpecialGroups, group, "特殊群体")
	}
	r.photos(c.Photos)
	if c.Visit == "" || c.Note == "" {
		return r.refuse(policy.Malformed, "走访须有编号和情况记录")
	}
	return []Event{Visited(c)}
}

// visited: anybody's visit is one; where a household has a monitoring officer, only
// his own is what he owes it (S0.21).
func (s *State) visited(f Fact, _ Visited) {
	on := f.Happened()
	s.Visits++
	s.LastVisit = max(s.LastVisit, on)
	officer := s.officerOn(code.MonitoringOfficer, on).Person
	if officer == "" || slices.ContainsFunc(f.Act.DoneBy, func(p act.Person) bool { return p.ID == officer }) {
		s.Collected = max(s.Collected, on)
	}
}
