package household

import (
	"strings"
	"unicode/utf8"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Member is a member of the household as registered.
type Member struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Sex      string        `json:"sex"`
	IDNumber code.Personal `json:"id_number,omitzero"`
	// NoDocument is why there is no ID number yet (尚无证件); it stays owed.
	NoDocument string       `json:"no_document,omitzero"`
	Birth      calendar.Day `json:"birth,omitzero"`
	Relation   string       `json:"relation"`
	Labour     code.Labour  `json:"labour"`
	// Registered: in the police register here (户籍人口); Living: really lives
	// here (共同生活). Counted decides, with CountedReason where the two differ
	// (户在人不在/人在户不在, S0.5).
	Registered    bool          `json:"registered"`
	Living        bool          `json:"living"`
	Counted       bool          `json:"counted"`
	CountedReason code.Text     `json:"counted_reason,omitzero"`
	Phone         code.Personal `json:"phone,omitzero"`
	Health        code.Personal `json:"health,omitzero"`
	// Was is who this was in other households before (分户、并户、婚嫁迁入), the first
	// of them first: what was declared of him there holds here, too.
	Was []Origin `json:"was,omitzero"`

	// From and Left bound membership in the fold; they are not part of events.
	From calendar.Day `json:"-"`
	Left calendar.Day `json:"-"`
	Why  string       `json:"-"`
	// Willing is the willingness to work as last assessed: code.Willingness, or
	// empty where nobody asked. Evidenced says that papers show how he lives.
	Willing   string `json:"-"`
	Evidenced bool   `json:"-"`
	// HealthOn is the day of the last record of his health (sealed).
	HealthOn calendar.Day `json:"-"`

	counts []counts     // how the member counted, by day
	labour calendar.Day // day from which Labour and Willing hold
}

// Origin is a member as another household's file knows him.
type Origin struct {
	Household string `json:"household"`
	Member    string `json:"member"`
}

// counts says from which day a member counted or not.
type counts struct {
	from    calendar.Day
	counted bool
}

// countedOn says whether the member counted at the end of the day.
func (m *Member) countedOn(day calendar.Day) bool {
	if m.From > day || m.Left != 0 && m.Left <= day {
		return false
	}
	if len(m.counts) == 0 {
		return m.Counted
	}
	// Before anything was found, as first found.
	last := m.counts[0]
	for _, c := range m.counts {
		if c.from < last.from {
			last = c
		}
	}
	for _, c := range m.counts {
		if c.from <= day && c.from >= last.from {
			last = c
		}
	}
	return last.counted
}

// AddMember adds a member: birth, marriage, return (家庭成员增加).
type AddMember struct {
	Member Member `json:"member"`
	Reason string `json:"reason"`
}

// MemberAdded: the household has one more member.
type MemberAdded AddMember

// RecordLeaving records that a member died, married out or moved (家庭成员减少).
type RecordLeaving struct {
	Member string `json:"member"`
	Reason string `json:"reason"`
	To     string `json:"to,omitzero"` // household, after a split or marriage
	// Relation to the head of the household that takes the member in; without it
	// that household's file is left alone.
	Relation string `json:"relation,omitzero"` // code.Relations
}

// MemberLeft: somebody is no longer a member.
type MemberLeft RecordLeaving

func (AddMember) isCommand()     {}
func (RecordLeaving) isCommand() {}
func (MemberAdded) isEvent()     {}
func (MemberLeft) isEvent()      {}

// member checks one member as given.
func (r *ruling) member(m Member) {
	switch {
	case m.ID == "":
		r.refuse(policy.Malformed, "家庭成员缺少编号")
	case strings.TrimSpace(m.Name) == "" || utf8.RuneCountInString(m.Name) > 50:
		r.refuse(policy.Malformed, "家庭成员姓名应为1至50字")
	case len(m.Was) > MaxMembers:
		r.refuse(policy.Malformed, "%s的来历不应超过%d户", m.Name, MaxMembers)
	case m.Birth > r.act.Happened:
		r.refuse(policy.IDMalformed, "%s的出生日期在登记日之后", m.Name)
	case m.IDNumber == "" && m.NoDocument == "":
		r.refuse(policy.IDMissing, "%s没有身份证号码，须写明原因", m.Name)
	case m.IDNumber == "":
		r.known(code.NoDocumentReasons, m.NoDocument, "无证件原因")
	default:
		r.idNumber(m.Name, m.IDNumber, m.Birth)
	}
	r.known(code.Sexes, m.Sex, "性别")
	r.known(code.Relations, m.Relation, "与户主关系")
	r.known(code.Labours, string(m.Labour), "劳动技能")
	if m.Counted != m.Living && m.CountedReason == "" {
		r.refuse(policy.Malformed, "%s是否计入家庭人口与共同生活情况不一致，须写明原因", m.Name)
	}
}

// lives asks why somebody is registered here and lives elsewhere, or the other way
// round (S0.5), unless the reason for having no document tells it.
func (r *ruling) lives(m Member) {
	if m.Registered != m.Living && m.CountedReason == "" && m.NoDocument != "newborn" && m.NoDocument != "unregistered" {
		r.refuse(policy.Malformed, "%s的户籍与共同生活不一致（户在人不在、人在户不在），须写明情况", m.Name)
	}
}

// here refuses members that are not in the household.
func (r *ruling) here(id string) *Member {
	for i := range r.s.Members {
		if m := &r.s.Members[i]; m.ID == id {
			if m.Left != 0 && m.Left <= r.act.Happened {
				r.refuse(policy.MemberGone, "%s已不是该户成员", m.Name)
			}
			return m
		}
	}
	r.refuse(policy.MemberUnknown, "该户没有这名成员")
	return nil
}

func (r *ruling) addMember(c AddMember) []Event {
	for _, m := range r.s.Members {
		if m.ID == c.Member.ID {
			return r.refuse(policy.MemberExists, "该成员已在户内")
		}
	}
	if len(r.s.Members) >= MaxMembers {
		return r.refuse(policy.Malformed, "家庭成员应为1至%d人", MaxMembers)
	}
	r.known(code.JoinReasons, c.Reason, "增加原因")
	r.member(c.Member)
	r.lives(c.Member)
	return []Event{MemberAdded(c)}
}

func (s *State) memberAdded(f Fact, e MemberAdded) {
	s.join(f, e.Member, f.Happened())
}

// join takes a member in, without what is personal.
func (s *State) join(f Fact, m Member, from calendar.Day) {
	m.IDNumber, m.Phone, m.Health = "", "", ""
	m.From = from
	m.counts, m.labour = []counts{{f.Happened(), m.Counted}}, f.Happened()
	s.Members = append(s.Members, m)
}

func (s *State) find(id string) *Member {
	for i := range s.Members {
		if s.Members[i].ID == id {
			return &s.Members[i]
		}
	}
	return nil
}

func (r *ruling) recordLeaving(c RecordLeaving) []Event {
	r.here(c.Member)
	r.known(code.LeaveReasons, c.Reason, "减少原因")
	if c.Relation != "" {
		r.known(code.Relations, c.Relation, "与户主关系")
		if c.To == "" || c.Reason != "marriage" && c.Reason != "moved" {
			return r.refuse(policy.Malformed, "转入他户的须写明去向农户，原因为婚出或迁出")
		}
	}
	return []Event{MemberLeft(c)}
}

func (s *State) memberLeft(f Fact, e MemberLeft) {
	if m := s.find(e.Member); m != nil {
		m.leave(f.Happened(), e.Reason)
	}
}

// leave ends membership: nobody leaves twice, so the earlier day holds.
func (m *Member) leave(on calendar.Day, why string) {
	if m.Left == 0 || on < m.Left {
		m.Left, m.Why = on, why
	}
}

// CountedOn returns how many members counted at the end of the day.
func (s *State) CountedOn(day calendar.Day) int {
	n := 0
	for i := range s.Members {
		if s.Members[i].countedOn(day) {
			n++
		}
	}
	return n
}

// NoLabour says whether the household is wholly without labour (整户无劳动力):
// no counted member with ordinary, skilled or weak/half labour.
func (s *State) NoLabour() bool {
	for _, m := range s.Members {
		if m.Counted && m.Left == 0 && m.Labour.Any() {
			return false
		}
	}
	return true
}
