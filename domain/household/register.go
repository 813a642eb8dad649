package household

import (
	"encoding/base32"
	"hash/fnv"
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Limits of a household's file.
const (
	// MaxMembers: the largest registered households have about 20 members.
	MaxMembers = 60
)

// FileNo returns the readable number of a household's file for paper: the
// village's code and five letters or digits derived from the household's id.
func FileNo(region, id string) string {
	h := fnv.New64a()
	h.Write([]byte(id))
	return region + "-" + base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding).EncodeToString(h.Sum(nil))[:5]
}

// RegisterHousehold opens a household's file (建档), or confirms one that a clue
// had opened (待确认).
type RegisterHousehold struct {
	Region    string    `json:"region"` // the village's code
	Group     string    `json:"group,omitzero"`
	Kind      code.Kind `json:"kind"`
	Members   []Member  `json:"members"`
	National  string    `json:"national_no,omitzero"` // 户编号, often later
	SplitFrom string    `json:"split_from,omitzero"`  // household it was split from (分户)
}

// HouseholdRegistered: the household has a file.
type HouseholdRegistered struct {
	FileNo    string    `json:"file_no"`
	Region    string    `json:"region"`
	Group     string    `json:"group,omitzero"`
	Kind      code.Kind `json:"kind"`
	Members   []Member  `json:"members"`
	National  string    `json:"national_no,omitzero"`
	SplitFrom string    `json:"split_from,omitzero"`
}

// BringForward enters an existing case as of a date (存量导入): it claims no
// procedural steps; later checks treat them as unknown, not missing.
type BringForward struct {
	Source     code.Text    `json:"source"` // 来源, such as the system it was taken from
	Class      code.Class   `json:"class"`
	Risks      []code.Risk  `json:"risks"`
	Included   calendar.Day `json:"included"`
	Eliminated calendar.Day `json:"eliminated,omitzero"`
	National   string       `json:"national_no,omitzero"`
	Monitoring Responsible  `json:"monitoring_officer,omitzero"`
	Assistance Responsible  `json:"assistance_officer,omitzero"`
}

// CaseBroughtForward: an existing case was taken over.
type CaseBroughtForward BringForward

// Responsible names a responsible person.
type Responsible struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	Post   string `json:"post,omitzero"`
}

// Responsibles are the capacities from which responsible persons come (S0.10, S0.11;
// the pack says which of them for a class).
var Responsibles = []code.Capacity{code.VillageCadre, code.VillageSecretary, code.ResidentTeam, code.GridWorker, code.TownshipCadre, code.PairedCadre, code.CountyOfficer, code.DepartmentOfficer}

// LinkUnconfirmed links a 待确认 file to the household it turned out to be.
type LinkUnconfirmed struct {
	Household string    `json:"household"`
	Reason    code.Text `json:"reason,omitzero"`
	// Clues is how many clues the household takes over with it.
	Clues int `json:"clues,omitzero"`
}

// UnconfirmedLinked: the clue belonged to a household that has a file.
type UnconfirmedLinked LinkUnconfirmed

// CloseUnconfirmed closes a 待确认 file with a reason.
type CloseUnconfirmed struct {
	Reason code.Text `json:"reason"`
}

// UnconfirmedClosed: there was no such household, or nothing to it.
type UnconfirmedClosed CloseUnconfirmed

func (RegisterHousehold) isCommand() {}
func (BringForward) isCommand()      {}
func (LinkUnconfirmed) isCommand()   {}
func (CloseUnconfirmed) isCommand()  {}
func (HouseholdRegistered) isEvent() {}
func (CaseBroughtForward) isEvent()  {}
func (UnconfirmedLinked) isEvent()   {}
func (UnconfirmedClosed) isEvent()   {}

func (r *ruling) register(c RegisterHousehold) []Event {
	switch {
	case r.s.Exists && !r.s.Unconfirmed:
		return r.refuse(policy.HouseholdExists, "该户已有档案")
	case c.Region == "":
		return r.refuse(policy.RegionUnknown, "未填行政村")
	case len(c.Members) == 0 || len(c.Members) > MaxMembers:
		return r.refuse(policy.Malformed, "家庭成员应为1至%d人", MaxMembers)
	case !r.known(code.Kinds, string(c.Kind), "农户类型"):
		return nil
	}
	heads, seen := 0, map[string]bool{}
	for _, m := range c.Members {
		if seen[m.ID] {
			return r.refuse(policy.MemberExists, "家庭成员%s重复", m.Name)
		}
		seen[m.ID] = true
		r.member(m)
		if c.SplitFrom == "" { // what the other file never said does not hold a split up
			r.lives(m)
		}
		if m.Relation == "head" {
			heads++
		}
	}
	if heads != 1 {
		return r.refuse(policy.Malformed, "家庭成员中应有且只有一名户主")
	}
	return []Event{HouseholdRegistered{
		FileNo: FileNo(c.Region, r.s.ID), Region: c.Region, Group: c.Group, Kind: c.Kind,
		Members: c.Members, National: c.National, SplitFrom: c.SplitFrom,
	}}
}

func (s *State) registered(f Fact, e HouseholdRegistered) {
	s.Exists, s.Unconfirmed = true, false
	s.FileNo, s.Region, s.Group, s.Kind = e.FileNo, e.Region, e.Group, e.Kind
	s.Members = slices.Grow(s.Members, len(e.Members))
	for _, m := range e.Members {
		// Whoever is a member when the file is opened was one before, as far as
		// anybody knows: since birth.
		s.join(f, m, min(m.Birth, f.Happened()))
		if m.Relation == "head" {
			s.Head, s.headSince = m.ID, f.Happened()
		}
	}
}

func (r *ruling) bringForward(c BringForward) []Event {
	switch {
	case r.s.Episode() != nil:
		return r.refuse(policy.CaseOpen, "该户已有监测记录，不能再作存量导入")
	case c.Source == "":
		return r.refuse(policy.Malformed, "存量导入须写明来源")
	case c.Included == 0 || c.Included > r.act.Happened || c.Eliminated > r.act.Happened || c.Eliminated != 0 && c.Eliminated < c.Included:
		return r.refuse(policy.Malformed, "存量导入的纳入、消除日期有误")
	case !r.pack.HasClass(c.Class):
		r.fails(policy.ClassUnknown, "本县办法没有“%s”这一类别", code.Classes.ZH(string(c.Class)))
	}
	for _, risk := range c.Risks {
		r.known(code.Risks, string(risk), "风险类型")
	}
	return []Event{CaseBroughtForward(c)}
}

func (s *State) broughtForward(f Fact, e CaseBroughtForward) {
	ep := Episode{Number: s.numbered() + 1, OpenedOn: e.Included, Pack: f.Act.Pack, Class: e.Class, Included: e.Included,
		Announced: e.Included, Entered: e.Included, Brought: true}
	for _, risk := range e.Risks {
		ep.Risks = append(ep.Risks, RiskState{Risk: risk, Since: e.Included, Original: true})
	}
	if e.Eliminated != 0 {
		ep.Eliminated, ep.ElimAnnounced, ep.Marked = e.Eliminated, e.Eliminated, e.Eliminated
	}
	s.Episodes = append(s.Episodes, ep)
	s.assign(code.MonitoringOfficer, e.Monitoring, f.Happened())
	s.assign(code.AssistanceOfficer, e.Assistance, f.Happened())
}

// numbered counts the episodes that the county included.
func (s *State) numbered() int {
	n := 0
	for _, e := range s.Episodes {
		n = max(n, e.Number)
	}
	return n
}

func (r *ruling) linkUnconfirmed(c LinkUnconfirmed) []Event {
	if !r.s.Unconfirmed {
		return r.refuse(policy.HouseholdExists, "该户并非待确认")
	}
	if c.Household == "" || c.Household == r.s.ID {
		return r.refuse(policy.HouseholdUnknown, "未写明关联到哪一户")
	}
	return []Event{UnconfirmedLinked(c)}
}

func (r *ruling) closeUnconfirmed(c CloseUnconfirmed) []Event {
	if !r.s.Unconfirmed {
		return r.refuse(policy.HouseholdExists, "该户并非待确认")
	}
	if c.Reason == "" {
		return r.refuse(policy.Malformed, "办结须写明原因")
	}
	return []Event{UnconfirmedClosed(c)}
}
