package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// RecordClue records a sign that a household may be at risk (线索), whoever sent
// it. One that matches no household opens a file of its own, 待确认.
type RecordClue struct {
	Clue       string       `json:"clue"`
	Channel    code.Channel `json:"channel"`
	Department string       `json:"department,omitzero"` // of a department's warning
	Content    code.Text    `json:"content"`
	// Name and Region describe whom it is about while there is no household.
	Name   string `json:"name,omitzero"`
	Region string `json:"region,omitzero"`
	// Via is how it came within its channel: hotline 12317, petition, media.
	Via string `json:"via,omitzero"` // code.Vias
	// FoundBy is who of the grid found it (S2.14). Whoever complains or petitions
	// is never named here.
	FoundBy Finder `json:"found_by,omitzero"`
	// Indicator by which it came, where the pack has such (S2.11).
	Indicator Indicated `json:"indicator,omitzero"`
}

// Finder is who of the village's grid found a clue (网格化监测).
type Finder struct {
	As   string `json:"as"` // code.Finders
	Name string `json:"name,omitzero"`
}

// ClueRecorded: a clue came in. The time in which it is to be verified is part of
// the fact.
type ClueRecorded struct {
	Clue       string       `json:"clue"`
	Channel    code.Channel `json:"channel"`
	Department string       `json:"department,omitzero"`
	Content    code.Text    `json:"content"`
	Name       string       `json:"name,omitzero"`
	Region     string       `json:"region,omitzero"`
	Via        string       `json:"via,omitzero"`
	FoundBy    Finder       `json:"found_by,omitzero"`
	Indicator  Indicated    `json:"indicator,omitzero"`
	// Within is how soon it must be looked into, where the pack says so of the way
	// it came (快速响应, S4.9).
	Within calendar.Period `json:"within,omitzero"`
}

// DispatchClue sends a clue to the office that must verify it (分发).
type DispatchClue struct {
	Clue   string       `json:"clue"`
	Office string       `json:"office"`
	Due    calendar.Day `json:"due,omitzero"`
}

// ClueDispatched: the clue was sent out for verification.
type ClueDispatched DispatchClue

// VerifyClue records what verifying a clue found (核实).
type VerifyClue struct {
	Clue   string    `json:"clue"`
	Result string    `json:"result"` // code.ClueResults
	Reason code.Text `json:"reason"`
	// DuplicateOf is the clue of the same file that told the same (重复线索): both
	// keep their history.
	DuplicateOf string `json:"duplicate_of,omitzero"`
	// Shortfalls are what in the work itself led to it (S2.11).
	Shortfalls []string `json:"shortfalls,omitzero"` // code.Shortfalls
}

// ClueVerified: the clue was verified, with a result.
type ClueVerified VerifyClue

// FeedBackClue tells its sender what became of a clue, or whoever applied what
// became of the application (反馈, S2.17).
type FeedBackClue struct {
	Clue string    `json:"clue"` // or the application
	To   code.Text `json:"to"`   // department or person
	Text code.Text `json:"text"`
}

// ClueFedBack: the sender knows.
type ClueFedBack FeedBackClue

// FileApplication records that the household itself applies (农户申请).
type FileApplication struct {
	Application string          `json:"application"`
	Form        string          `json:"form"` // code.ApplicationForms
	Content     code.Text       `json:"content"`
	WrittenBy   string          `json:"written_by,omitzero"` // proxy writer
	Paper       code.Attachment `json:"paper,omitzero"`
}

// ApplicationFiled: the household applied.
type ApplicationFiled FileApplication

func (RecordClue) isCommand()      {}
func (DispatchClue) isCommand()    {}
func (VerifyClue) isCommand()      {}
func (FeedBackClue) isCommand()    {}
func (FileApplication) isCommand() {}
func (ClueRecorded) isEvent()      {}
func (ClueDispatched) isEvent()    {}
func (ClueVerified) isEvent()      {}
func (ClueFedBack) isEvent()       {}
func (ApplicationFiled) isEvent()  {}

// Clue is a clue as the state keeps it.
type Clue struct {
	ID       string
	On       calendar.Day
	Channel  code.Channel
	Office   string
	Due      calendar.Day
	Result   string
	Verified calendar.Day
	FedBack  bool
	Via      string
	Within   calendar.Period // to be verified in that time; none where nothing sets one
	Finder   string          // his capacity
	Same     string          // the clue that this one repeats
	From     string          // 待确认 file that it came in
	JoinedTo string          // household that answers it since it was linked
}

func (r *ruling) recordClue(c RecordClue) []Event {
	r.known(code.Channels, string(c.Channel), "发现渠道")
	if c.Department != "" {
		r.known(code.Departments, c.Department, "部门")
	}
	if c.Via != "" && r.known(code.Vias, c.Via, "来源途径") && !c.Channel.Brings(c.Via) {
		return r.refuse(policy.Malformed, "“%s”不是%s的来源途径", code.Vias.ZH(c.Via), code.Channels.ZH(string(c.Channel)))
	}
	if c.FoundBy != (Finder{}) {
		if c.Channel != code.CadreCheck {
			return r.refuse(policy.Malformed, "发现人只在干部走访排查的线索中写明；反映人、举报人的姓名不登记")
		}
		r.known(code.Finders, c.FoundBy.As, "发现人身份")
	}
	c.Indicator = r.indicated(c.Indicator)
	switch {
	case c.Clue == "" || r.s.clue(c.Clue) != nil:
		return r.refuse(policy.Malformed, "线索编号缺失或重复")
	case c.Content == "":
		return r.refuse(policy.Malformed, "线索须写明内容")
	case !r.s.Exists && (c.Name == "" || c.Region == ""):
		return r.refuse(policy.HouseholdUnknown, "未匹配到农户的线索须写明姓名和所在村")
	}
	answer, _ := r.pack.Response(c.Via)
	return []Event{ClueRecorded{Clue: c.Clue, Channel: c.Channel, Department: c.Department, Content: c.Content, Name: c.Name, Region: c.Region,
		Via: c.Via, FoundBy: c.FoundBy, Indicator: c.Indicator, Within: answer.Period()}}
}

func (s *State) clueRecorded(f Fact, e ClueRecorded) {
	if s.FileNo == "" && len(s.Clues) == 0 {
		s.Exists, s.Unconfirmed, s.Region = true, true, e.Region
	}
	s.Clues = append(s.Clues, Clue{ID: e.Clue, On: f.Happened(), Channel: e.Channel, Via: e.Via, Finder: e.FoundBy.As, Within: e.Within})
}

func (s *State) clue(id string) *Clue {
	for i := range s.Clues {
		if s.Clues[i].ID == id {
			return &s.Clues[i]
		}
	}
	return nil
}

// clueOf refuses clues that the file does not have.
func (r *ruling) clueOf(id string) *Clue {
	if clue := r.s.clue(id); clue != nil {
		return clue
	}
	r.refuse(policy.ClueUnknown, "该户没有这条线索")
	return nil
}

func (r *ruling) dispatchClue(c DispatchClue) []Event {
	if clue := r.clueOf(c.Clue); clue != nil && clue.Result != "" {
		return r.refuse(policy.ClueDone, "线索已核实")
	}
	if c.Office == "" {
		return r.refuse(policy.Malformed, "未写明分发到哪个机构")
	}
	return []Event{ClueDispatched(c)}
}

func (s *State) clueDispatched(e ClueDispatched) {
	if c := s.clue(e.Clue); c != nil {
		c.Office, c.Due = e.Office, e.Due
	}
}

func (r *ruling) verifyClue(c VerifyClue) []Event {
	if clue := r.clueOf(c.Clue); clue != nil && clue.Result != "" {
		return r.refuse(policy.ClueDone, "线索已核实")
	}
	r.known(code.ClueResults, c.Result, "核实结果")
	for _, cause := range c.Shortfalls {
		r.known(code.Shortfalls, cause, "落实不到位的方面")
	}
	same := r.s.clue(c.DuplicateOf)
	switch {
	case c.Reason == "":
		return r.refuse(policy.Malformed, "核实结果须写明理由")
	case (c.Result == duplicate) != (c.DuplicateOf != ""):
		return r.refuse(policy.Malformed, "重复线索须写明与哪一条线索重复，其他结果不写")
	case c.Result == duplicate && (same == nil || c.DuplicateOf == c.Clue):
		return r.refuse(policy.ClueUnknown, "该户没有所重复的那条线索")
	case c.Result == duplicate && same.Result == duplicate:
		return r.refuse(policy.ClueDone, "所指线索本身是重复线索，请写明最初的一条")
	}
	if clue := r.s.clue(c.Clue); clue != nil {
		r.within(policy.ClueLate, r.answerTo(*clue), clue.On, "线索%s收到")
	}
	return []Event{ClueVerified(c)}
}

func (s *State) clueVerified(f Fact, e ClueVerified) {
	if c := s.clue(e.Clue); c != nil {
		c.Result, c.Verified, c.Same = e.Result, f.Happened(), e.DuplicateOf
	}
	s.fellShort(e.Clue, e.Shortfalls, f.Happened())
}

func (r *ruling) feedBackClue(c FeedBackClue) []Event {
	if a := r.s.applicant(c.Clue); a != nil && r.s.clue(c.Clue) == nil {
		if !r.s.rejectedSince(a.On) {
			return r.refuse(policy.ClueUnknown, "该申请没有未纳入的结果，不需要反馈")
		}
	} else if clue := r.clueOf(c.Clue); clue != nil && clue.Result == "" {
		return r.refuse(policy.ClueUnknown, "线索尚未核实，不能反馈")
	}
	if c.To == "" || c.Text == "" {
		return r.refuse(policy.Malformed, "反馈须写明向谁反馈和办理结果")
	}
	return []Event{ClueFedBack(c)}
}

func (s *State) clueFedBack(e ClueFedBack) {
	if c := s.clue(e.Clue); c != nil {
		c.FedBack = true
	} else if a := s.applicant(e.Clue); a != nil {
		a.FedBack = true
	}
}

// duplicate is the result of a clue that repeats another.
const duplicate = "duplicate"

// FeedbackDue says whether the sender of a clue is still to be told what became
// of it (反馈, S2.17; the applicant too, with the reason, where he is not included).
// Who found it on the grid is told, the grid worker too, by word of mouth or by the
// system: the feedback says how. So is who runs the system that a clue came by (S4.9);
// an analysis that names none is the county's own, which sends its clues out itself
// and has nobody to tell, like a cadre who looked on his own account. A household that
// is included learns it by the announcement.
func (s *State) FeedbackDue(c Clue) bool {
	if c.Result == "" || c.FedBack || c.JoinedTo != "" {
		return false
	}
	switch c.Channel {
	case code.DepartmentWarning, code.PublicSupervision:
		return true
	case code.SystemAnalysis:
		return c.Via != ""
	case code.CadreCheck:
		if c.Via == "rapid_response" {
			return true
		}
		return c.Finder == "grid_worker" || c.Finder == "party_member" || c.Finder == "representative" || c.Finder == "group_head"
	case code.SelfApplication:
		return c.Result != "risk" && c.Result != duplicate || s.rejectedSince(c.On)
	}
	return false
}

// rejectedSince says whether the case that a clue of that day led to was refused.
func (s *State) rejectedSince(on calendar.Day) bool {
	for i := range s.Episodes {
		if e := &s.Episodes[i]; e.Included == 0 && e.Rejected >= on && e.Rejected != 0 {
			return true
		}
	}
	return false
}

func (r *ruling) fileApplication(c FileApplication) []Event {
	r.known(code.ApplicationForms, c.Form, "申报方式")
	if c.Application == "" {
		return r.refuse(policy.Malformed, "申请编号缺失")
	}
	if e, _ := r.current(policy.Inclusion, policy.Application); e != nil && e.Included != 0 && r.act.Happened > e.Included {
		return r.refuse(policy.CaseDecided, "该户已是监测对象")
	}
	r.step(policy.Inclusion, policy.Application)
	r.evidence(policy.Inclusion, policy.Application, when(c.Paper != "", "application_form")...)
	return []Event{ApplicationFiled(c)}
}
