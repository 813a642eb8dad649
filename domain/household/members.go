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

	// From and Left bound membership in the fold; they are not part of events.
	From calendar.Day `json:"-"`
	Left calendar.Day `json:"-"`
	Why  string       `json:"-"`

	counts []counts     // how the member counted, by day
	labour calendar.Day // day from which Labour holds
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
}

// MemberLeft: somebody is no longer a member.
type MemberLeft RecordLeaving

// RecordResidence records who really lives together (户在人不在/人在户不在, S0.5).
type RecordResidence struct {
	Member     string    `json:"member"`
	Registered bool      `json:"registered"`
	Living     bool      `json:"living"`
	Counted    bool      `json:"counted"`
	Reason     code.Text `json:"reason"`
}

// ResidenceFound: how a member is registered, lives and counts.
type ResidenceFound RecordResidence

// SupplyDocument supplies the ID number that was owed.
type SupplyDocument struct {
	Member   string        `json:"member"`
	IDNumber code.Personal `json:"id_number"`
}

// DocumentSupplied: the member has an ID number now.
type DocumentSupplied SupplyDocument

// AssessLabour records a member's ability to work.
type AssessLabour struct {
	Member string      `json:"member"`
	Labour code.Labour `json:"labour"`
	Reason code.Text   `json:"reason,omitzero"`
}

// LabourAssessed: a member's ability to work from that day.
type LabourAssessed AssessLabour

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

func (AddMember) isCommand()       {}
func (RecordLeaving) isCommand()   {}
func (RecordResidence) isCommand() {}
func (SupplyDocument) isCommand()  {}
func (AssessLabour) isCommand()    {}
func (ChangeHead) isCommand()      {}
func (SplitHousehold) isCommand()  {}
func (MemberAdded) isEvent()       {}
func (MemberLeft) isEvent()        {}
func (ResidenceFound) isEvent()    {}
func (DocumentSupplied) isEvent()  {}
func (LabourAssessed) isEvent()    {}
func (HeadChanged) isEvent()       {}
func (HouseholdSplit) isEvent()    {}

// member checks one member as given.
func (r *ruling) member(m Member) {
	switch {
	case m.ID == "":
		r.refuse(policy.Malformed, "家庭成员缺少编号")
	case strings.TrimSpace(m.Name) == "" || utf8.RuneCountInString(m.Name) > 50:
		r.refuse(policy.Malformed, "家庭成员姓名应为1至50字")
	case m.Birth > r.act.Happened:
		r.refuse(policy.IDMalformed, "%s的出生日期在登记日之后", m.Name)
	case m.IDNumber == "" && m.NoDocument == "":
		r.refuse(policy.IDMissing, "%s没有身份证号码，须写明原因", m.Name)
	case m.IDNumber == "":
		r.known(code.NoDocumentReasons, m.NoDocument, "无证件原因")
	default:
		r.idNumber(m.Name, m.IDNumber)
	}
	r.known(code.Sexes, m.Sex, "性别")
	r.known(code.Relations, m.Relation, "与户主关系")
	r.known(code.Labours, string(m.Labour), "劳动技能")
	if m.Counted != m.Living && m.CountedReason == "" {
		r.refuse(policy.Malformed, "%s是否计入家庭人口与共同生活情况不一致，须写明原因", m.Name)
	}
}

func (r *ruling) idNumber(name string, n code.Personal) {
	if err := code.CheckIDNumber(string(n), r.act.Today); err != nil {
		r.refuse(policy.IDMalformed, "%s:%s", name, err)
		return
	}
	if !code.KnownArea(string(n)) && !r.act.Demonstration { // invented persons have an impossible area
		r.fails(policy.IDAreaUnknown, "%s的身份证号码地区代码不在册", name)
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

func (r *ruling) recordResidence(c RecordResidence) []Event {
	r.here(c.Member)
	if c.Registered != c.Living && c.Reason == "" {
		return r.refuse(policy.Malformed, "户籍与共同生活不一致，须写明情况")
	}
	return []Event{ResidenceFound(c)}
}

func (s *State) residenceFound(f Fact, e ResidenceFound) {
	m := s.find(e.Member)
	if m == nil {
		return
	}
	latest := m.counts[0].from
	for _, c := range m.counts {
		latest = max(latest, c.from)
	}
	if f.Happened() >= latest {
		m.Registered, m.Living, m.Counted, m.CountedReason = e.Registered, e.Living, e.Counted, e.Reason
	}
	m.counts = append(m.counts, counts{f.Happened(), e.Counted})
}

func (r *ruling) supplyDocument(c SupplyDocument) []Event {
	if m := r.here(c.Member); m != nil {
		r.idNumber(m.Name, c.IDNumber)
	}
	return []Event{DocumentSupplied(c)}
}

func (s *State) documentSupplied(e DocumentSupplied) {
	if m := s.find(e.Member); m != nil {
		m.NoDocument = ""
	}
}

func (r *ruling) assessLabour(c AssessLabour) []Event {
	r.here(c.Member)
	r.known(code.Labours, string(c.Labour), "劳动技能")
	return []Event{LabourAssessed(c)}
}

func (s *State) labourAssessed(f Fact, e LabourAssessed) {
	if m := s.find(e.Member); m != nil && f.Happened() >= m.labour {
		m.Labour, m.labour = e.Labour, f.Happened()
	}
}

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
