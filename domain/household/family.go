package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// ChangeHead makes another member the head (户主变更).
type ChangeHead struct {
	Member string    `json:"member"`
	Reason code.Text `json:"reason,omitzero"`
}

// HeadChanged: the household has another head.
type HeadChanged ChangeHead

// SplitHousehold splits members off into a household of their own (分户).
type SplitHousehold struct {
	Household string    `json:"household"` // the new one
	Members   []string  `json:"members"`
	Reason    code.Text `json:"reason,omitzero"`
}

// HouseholdSplit: members left for a household of their own.
type HouseholdSplit SplitHousehold

func (ChangeHead) isCommand()     {}
func (SplitHousehold) isCommand() {}
func (HeadChanged) isEvent()      {}
func (HouseholdSplit) isEvent()   {}

func (r *ruling) changeHead(c ChangeHead) []Event {
	r.here(c.Member)
	return []Event{HeadChanged(c)}
}

func (s *State) headChanged(f Fact, e HeadChanged) {
	if f.Happened() >= s.headSince {
		s.Head, s.headSince = e.Member, f.Happened()
	}
}

func (r *ruling) splitHousehold(c SplitHousehold) []Event {
	if c.Household == "" || c.Household == r.s.ID || len(c.Members) == 0 {
		return r.refuse(policy.Malformed, "分户须写明新户和分出的成员")
	}
	for _, id := range c.Members {
		if r.here(id); id == r.s.Head {
			return r.refuse(policy.Malformed, "户主不能分出；请先变更户主")
		}
	}
	return []Event{HouseholdSplit(c)}
}

func (s *State) split(f Fact, e HouseholdSplit) {
	for _, id := range e.Members {
		if m := s.find(id); m != nil {
			m.leave(f.Happened(), "split")
		}
	}
}
