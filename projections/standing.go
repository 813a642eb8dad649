package projections

import (
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// Standing is where a household stands at the two times: what a reader of its
// history wants to see beside it.
type Standing struct {
	FileNo      string            `json:"file_no,omitzero"`
	Region      string            `json:"region,omitzero"`
	Group       string            `json:"group,omitzero"`
	Unconfirmed bool              `json:"unconfirmed,omitzero"`
	Kind        code.Kind         `json:"kind,omitzero"`
	Head        string            `json:"head,omitzero"`
	Stage       household.Stage   `json:"stage"`
	StageName   string            `json:"stage_name"`
	Persons     int               `json:"persons"`
	Members     []StandingMember  `json:"members"`
	NoLabour    bool              `json:"no_labour,omitzero"`
	Episodes    []StandingEpisode `json:"episodes"`
	Officers    []StandingOfficer `json:"officers,omitzero"`
	GreenOwed   calendar.Day      `json:"green_channel_owed,omitzero"`
	Visits      int               `json:"visits"`
	LastVisit   calendar.Day      `json:"last_visit,omitzero"`
	Closed      calendar.Day      `json:"closed,omitzero"`
	Fell        calendar.Day      `json:"fell,omitzero"`
	Income      []StandingIncome  `json:"income,omitzero"`
	// NotYet says, of a time before it was opened, that there was no file.
	NotYet string `json:"not_yet,omitzero"`
}

// NotYet tells that there was no file yet, and since when there is one.
func NotYet(opening household.Fact) string {
	return "当时还没有这户的档案：" + opening.Happened().Chinese() + "建档，" + opening.Recorded.In(calendar.Beijing).Format("2006-01-02 15:04") + "录入"
}

// StandingMember is a member of the household.
type StandingMember struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Relation string       `json:"relation"`
	Labour   string       `json:"labour"`
	Counted  bool         `json:"counted"`
	Left     calendar.Day `json:"left,omitzero"`
	Why      string       `json:"why,omitzero"`
}

// StandingOfficer is a responsible person of the household from a day on.
type StandingOfficer struct {
	Role   code.OfficerRole `json:"role"`
	Person string           `json:"person"`
	Name   string           `json:"name"`
	From   calendar.Day     `json:"from"`
}

// StandingEpisode is one monitoring episode (监测周期).
type StandingEpisode struct {
	Number     int          `json:"number,omitzero"`
	Opened     calendar.Day `json:"opened"`
	Class      code.Class   `json:"class,omitzero"`
	Included   calendar.Day `json:"included,omitzero"`
	Rejected   calendar.Day `json:"rejected,omitzero"`
	Announced  calendar.Day `json:"announced,omitzero"`
	Entered    calendar.Day `json:"entered,omitzero"`
	Brought    bool         `json:"brought_forward,omitzero"`
	Eliminated calendar.Day `json:"eliminated,omitzero"`
	Marked     calendar.Day `json:"marked,omitzero"`
	RolledBack calendar.Day `json:"rolled_back,omitzero"`
	Revoked    calendar.Day `json:"revoked,omitzero"`
	Deferred   calendar.Day `json:"deferred,omitzero"`
	Withheld   calendar.Day `json:"withheld,omitzero"`
	ReturnedTo string       `json:"returned_to,omitzero"`
	Risks      []string     `json:"risks,omitzero"`
	Measures   int          `json:"measures"`
}

// StandingIncome is the recorded net income per head of a year.
type StandingIncome struct {
	Year int      `json:"year"`
	Fen  code.Fen `json:"per_head_fen"`
}

func standing(s *household.State, asOf calendar.Day) Standing {
	if asOf == 0 {
		asOf = farAway
	}
	out := Standing{
		FileNo: s.FileNo, Region: s.Region, Group: s.Group, Unconfirmed: s.Unconfirmed, Kind: s.Kind, Stage: s.Stage(),
		StageName: household.Stages.ZH(string(s.Stage())), Persons: s.CountedOn(asOf), NoLabour: len(s.Members) > 0 && s.NoLabour(),
		Visits: s.Visits, LastVisit: s.LastVisit, Closed: s.Closed, Fell: s.Fell,
		Members: []StandingMember{}, Episodes: []StandingEpisode{},
	}
	for _, m := range s.Members {
		if m.ID == s.Head {
			out.Head = m.Name
		}
		out.Members = append(out.Members, StandingMember{m.ID, m.Name, m.Relation, string(m.Labour), m.Counted, m.Left, m.Why})
	}
	for _, e := range s.Episodes {
		out.Episodes = append(out.Episodes, StandingEpisode{
			Number: e.Number, Opened: e.OpenedOn, Class: e.Class, Included: e.Included, Rejected: e.Rejected, Announced: e.Announced,
			Entered: e.Entered, Brought: e.Brought, Eliminated: e.Eliminated, Marked: e.Marked, RolledBack: e.RolledBack, Revoked: e.Revoked,
			Deferred: e.Deferred, Withheld: e.Withheld, ReturnedTo: string(e.ReturnedTo), Risks: openRisks(e), Measures: len(e.Measures),
		})
	}
	for _, o := range s.Officers {
		out.Officers = append(out.Officers, StandingOfficer{o.Role, o.Person, o.Name, o.From})
	}
	if s.Green != nil {
		out.GreenOwed = s.Green.OwedBy
	}
	done := map[int]bool{}
	for _, sheet := range s.Sheets {
		if year := sheet.Year(); !done[year] {
			done[year] = true
			fen, _ := s.IncomeOf(year)
			out.Income = append(out.Income, StandingIncome{year, fen})
		}
	}
	return out
}

// Lines tells the standing in Chinese, as replay prints it.
func (s Standing) Lines() []string {
	lines := []string{fmt.Sprintf("状态：%s；%s；户主%s；计入家庭人口%d人", s.StageName, code.Kinds.ZH(string(s.Kind)), s.Head, s.Persons)}
	if s.Unconfirmed {
		lines[0] = "状态：待确认"
	}
	if s.NotYet != "" {
		lines[0] = s.NotYet
	}
	for _, e := range s.Episodes {
		if e.Included == 0 {
			continue
		}
		lines = append(lines, sentence(fmt.Sprintf("第%d个监测周期：%s纳入", e.Number, e.Included.Chinese()), code.Classes.ZH(string(e.Class)),
			with("风险：", listOf(code.Risks, e.Risks)), fmt.Sprintf("措施%d项", e.Measures), by(e.Eliminated, "风险消除"), by(e.RolledBack, "回退"), by(e.Revoked, "撤销认定")))
	}
	for _, i := range s.Income {
		lines = append(lines, fmt.Sprintf("%d年人均纯收入：%s", i.Year, yuan(i.Fen)))
	}
	return lines
}
