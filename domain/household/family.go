package household

import (
	"fmt"
	"slices"
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// ChangeHead makes another member the head (户主变更).
type ChangeHead struct {
	Member string    `json:"member"`
	Reason code.Text `json:"reason,omitzero"`
	// Relations say anew how the others are related to the new head.
	Relations []Related `json:"relations,omitzero"`
}

// Related says how a member is related to the head.
type Related struct {
	Member   string `json:"member"`
	Relation string `json:"relation"` // code.Relations
}

// HeadChanged: the household has another head.
type HeadChanged ChangeHead

// SplitHousehold splits members off into a household of their own (分户).
type SplitHousehold struct {
	Household string    `json:"household,omitzero"` // the new one; none: an id of its own
	Members   []string  `json:"members"`
	Reason    code.Text `json:"reason,omitzero"`
	// Relations to the new head, one of them the head himself: with them the new
	// household's file is opened from what this one knows.
	Relations []Related `json:"relations,omitzero"`
	Kind      code.Kind `json:"kind,omitzero"`  // of the new one; else that of this one
	Group     string    `json:"group,omitzero"` // of the new one; else that of this one
}

// HouseholdSplit: members left for a household of their own.
type HouseholdSplit SplitHousehold

// MergeHousehold records that the household became part of another (并户): its
// members go over, its file ends (自然减少: 并入他户).
type MergeHousehold struct {
	Into   string    `json:"into"`
	Reason code.Text `json:"reason"`
	// Relations to the head of the other household, one for each who is here.
	Relations []Related `json:"relations"`
}

// HouseholdMerged: the household is part of another now.
type HouseholdMerged MergeHousehold

// ReceiveMembers takes in members who come from another household that has a file:
// the other side of a merge, a marriage or a move.
type ReceiveMembers struct {
	From    string   `json:"from"`
	Reason  string   `json:"reason"` // code.JoinReasons
	Members []Member `json:"members"`
	// Behind is what the file that ended with a merge left open.
	Behind Behind `json:"behind,omitzero"`
}

// Behind is what was open in the file of a household that became part of another:
// nobody goes on with it there any more.
type Behind struct {
	Monitored   bool             `json:"monitored,omitzero"`
	Class       code.Class       `json:"class,omitzero"`
	Risks       []code.Risk      `json:"open_risks,omitzero"`
	Measures    []string         `json:"open_measures,omitzero"`
	RedWarnings []string         `json:"red_warnings,omitzero"` // their grounds
	Guarantees  []code.Guarantee `json:"failing,omitzero"`
}

// String says it in Chinese, "" where nothing was open.
func (b Behind) String() string {
	var parts []string
	if b.Monitored {
		parts = append(parts, "监测对象（"+code.Classes.ZH(string(b.Class))+"）")
	}
	for _, r := range b.Risks {
		parts = append(parts, "风险“"+code.Risks.ZH(string(r))+"”未消除")
	}
	if n := len(b.Measures); n > 0 {
		parts = append(parts, fmt.Sprintf("%d项帮扶措施未落实", n))
	}
	for _, g := range b.RedWarnings {
		parts = append(parts, "红色预警："+GroundName(g))
	}
	for _, g := range b.Guarantees {
		parts = append(parts, code.Guarantees.ZH(string(g))+"未达标")
	}
	return strings.Join(parts, "，")
}

// MembersReceived: members of another household belong to this one now.
type MembersReceived ReceiveMembers

func (ChangeHead) isCommand()     {}
func (SplitHousehold) isCommand() {}
func (MergeHousehold) isCommand() {}
func (ReceiveMembers) isCommand() {}
func (HeadChanged) isEvent()      {}
func (HouseholdSplit) isEvent()   {}
func (HouseholdMerged) isEvent()  {}
func (MembersReceived) isEvent()  {}

func (r *ruling) changeHead(c ChangeHead) []Event {
	r.here(c.Member)
	for _, other := range c.Relations {
		r.here(other.Member)
		r.known(code.Relations, other.Relation, "与户主关系")
		if (other.Relation == head) != (other.Member == c.Member) {
			return r.refuse(policy.Malformed, "变更后应有且只有一名户主")
		}
	}
	return []Event{HeadChanged(c)}
}

func (s *State) headChanged(f Fact, e HeadChanged) {
	if f.Happened() >= s.headSince {
		s.Head, s.headSince = e.Member, f.Happened()
		for _, other := range e.Relations {
			if m := s.find(other.Member); m != nil {
				m.Relation = other.Relation
			}
		}
		if m := s.find(e.Member); m != nil && len(e.Relations) > 0 {
			m.Relation = head
		}
	}
}

// head is the relation of the head to himself (户主).
const head = "head"

// HeadMissing says whether members remain and the head is none of them: another
// head is to be named (户主变更).
func (s *State) HeadMissing() bool {
	left, remain := false, false
	for i := range s.Members {
		m := &s.Members[i]
		remain = remain || m.Left == 0
		left = left || m.ID == s.Head && m.Left != 0
	}
	return left && remain
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
	if len(c.Relations) > 0 {
		r.relatesAll(c.Members, c.Relations)
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

func (r *ruling) mergeHousehold(c MergeHousehold) []Event {
	switch {
	case c.Into == "" || c.Into == r.s.ID:
		return r.refuse(policy.HouseholdUnknown, "未写明并入哪一户")
	case c.Reason == "":
		return r.refuse(policy.Malformed, "并户须写明原因")
	case len(r.s.Present()) == 0:
		return r.refuse(policy.Malformed, "该户已没有家庭成员")
	}
	r.relatesAll(r.s.Present(), c.Relations)
	return []Event{HouseholdMerged(c)}
}

// relatesAll refuses a list of relations that leaves one of the members out, or
// names somebody else.
func (r *ruling) relatesAll(members []string, relations []Related) {
	for _, other := range relations {
		r.known(code.Relations, other.Relation, "与户主关系")
		if !slices.Contains(members, other.Member) {
			r.refuse(policy.MemberUnknown, "写明关系的应是转出的成员")
		}
	}
	for _, id := range members {
		if relationOf(id, relations) == "" {
			r.refuse(policy.Malformed, "转出的成员都要写明与新户主的关系")
		}
	}
}

func relationOf(member string, relations []Related) string {
	for _, other := range relations {
		if other.Member == member {
			return other.Relation
		}
	}
	return ""
}

func (s *State) merged(f Fact, _ HouseholdMerged) {
	s.Closed, s.ClosedWhy = f.Happened(), "merged"
	for i := range s.Members {
		s.Members[i].leave(f.Happened(), "merged")
	}
}

func (r *ruling) receiveMembers(c ReceiveMembers) []Event {
	r.known(code.JoinReasons, c.Reason, "增加原因")
	switch {
	case c.From == "" || c.From == r.s.ID:
		return r.refuse(policy.HouseholdUnknown, "未写明成员来自哪一户")
	case len(c.Members) == 0 || len(r.s.Members)+len(c.Members) > MaxMembers:
		return r.refuse(policy.Malformed, "家庭成员应为1至%d人", MaxMembers)
	}
	for i, m := range c.Members {
		for _, other := range c.Members[:i] {
			if other.ID == m.ID {
				return r.refuse(policy.MemberExists, "家庭成员%s重复", m.Name)
			}
		}
		if r.s.find(m.ID) != nil {
			return r.refuse(policy.MemberExists, "该成员已在户内")
		}
		if m.Relation == head {
			return r.refuse(policy.Malformed, "%s来到本户，与户主的关系须另行写明", m.Name)
		}
		r.member(m)
	}
	if c.Behind.Monitored && !r.s.monitoredOn(r.act.Happened) {
		r.fails(policy.MonitoringEnds, "并入的%s，本户未纳入监测", c.Behind)
	}
	return []Event{MembersReceived(c)}
}

func (s *State) membersReceived(f Fact, e MembersReceived) {
	for _, m := range e.Members {
		s.join(f, m, f.Happened())
	}
}

// Present are the ids of the members who have not left.
func (s *State) Present() []string {
	var ids []string
	for i := range s.Members {
		if s.Members[i].Left == 0 {
			ids = append(ids, s.Members[i].ID)
		}
	}
	return ids
}
