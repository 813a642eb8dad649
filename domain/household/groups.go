package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// RecordHealth records a member's health and disability (S2.7). All of it tells of
// a person's body: it is sealed, and the file shows only that it is recorded.
type RecordHealth struct {
	Member     string        `json:"member"`
	Health     code.Personal `json:"health"`                    // code.Healths
	Disability code.Personal `json:"disability,omitzero"`       // code.Disabilities
	Level      code.Personal `json:"disability_level,omitzero"` // code.DisabilityLevels
	Detail     code.Personal `json:"detail,omitzero"`
}

// HealthRecorded: a member's health from that day.
type HealthRecorded RecordHealth

// RecordGroup records that the household belongs to a special group, or no longer
// does (六必访、六必查, S4.11, S4.12).
type RecordGroup struct {
	Group   string    `json:"group"` // code.SpecialGroups
	Belongs bool      `json:"belongs"`
	Reason  code.Text `json:"reason"`
}

// GroupFound: the household belongs to the group from that day, or not.
type GroupFound RecordGroup

func (RecordHealth) isCommand() {}
func (RecordGroup) isCommand()  {}
func (HealthRecorded) isEvent() {}
func (GroupFound) isEvent()     {}

// GroupState is a special group as last found.
type GroupState struct {
	Group   string
	Belongs bool
	On      calendar.Day
}

func (r *ruling) recordHealth(c RecordHealth) []Event {
	r.here(c.Member)
	r.known(code.Healths, string(c.Health), "健康状况")
	if (c.Disability == "") != (c.Level == "") {
		return r.refuse(policy.Malformed, "残疾须同时写明类别和等级")
	}
	if c.Disability != "" {
		r.known(code.Disabilities, string(c.Disability), "残疾类别")
		r.known(code.DisabilityLevels, string(c.Level), "残疾等级")
	}
	return []Event{HealthRecorded(c)}
}

func (s *State) healthRecorded(f Fact, e HealthRecorded) {
	if m := s.find(e.Member); m != nil {
		m.HealthOn = max(m.HealthOn, f.Happened())
	}
}

func (r *ruling) recordGroup(c RecordGroup) []Event {
	r.known(code.SpecialGroups, c.Group, "特殊群体")
	if c.Reason == "" {
		return r.refuse(policy.Malformed, "须写明属于或不再属于该群体的情况")
	}
	return []Event{GroupFound(c)}
}

func (s *State) groupFound(f Fact, e GroupFound) {
	for i := range s.Groups {
		if have := &s.Groups[i]; have.Group == e.Group {
			if f.Happened() >= have.On {
				have.Belongs, have.On = e.Belongs, f.Happened()
			}
			return
		}
	}
	s.Groups = append(s.Groups, GroupState{e.Group, e.Belongs, f.Happened()})
}

// Belonging are the special groups the household belongs to: those recorded, and
// those that its risks and clues tell by themselves, unless somebody recorded
// since that they are over.
func (s *State) Belonging() []GroupState {
	groups := append([]GroupState{}, s.Groups...)
	add := func(group string, on calendar.Day) {
		for i := range groups {
			if groups[i].Group == group {
				if on > groups[i].On {
					groups[i].Belongs, groups[i].On = true, on
				}
				return
			}
		}
		groups = append(groups, GroupState{group, true, on})
	}
	if e := s.Episode(); e != nil {
		for _, r := range e.Risks {
			switch {
			case r.Gone != 0:
			case r.Risk == "accident":
				add("sudden_accident", r.Since)
			case r.Risk == "natural_disaster":
				add("setback", r.Since)
			}
		}
	}
	for _, c := range s.Clues {
		if c.Channel == code.PublicSupervision && c.Via == "complaint" {
			add("complaint", c.On)
		}
	}
	var belongs []GroupState
	for _, g := range groups {
		if g.Belongs {
			belongs = append(belongs, g)
		}
	}
	return belongs
}
