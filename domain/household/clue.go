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
}

// ClueRecorded: a clue came in.
type ClueRecorded RecordClue

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
}

// ClueVerified: the clue was verified, with a result.
type ClueVerified VerifyClue

// FeedBackClue tells its sender what became of a clue (反馈, S2.17).
type FeedBackClue struct {
	Clue string    `json:"clue"`
	To   code.Text `json:"to"` // department or person
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
}

func (r *ruling) recordClue(c RecordClue) []Event {
	r.known(code.Channels, string(c.Channel), "发现渠道")
	if c.Department != "" {
		r.known(code.Departments, c.Department, "部门")
	}
	switch {
	case c.Clue == "" || r.s.clue(c.Clue) != nil:
		return r.refuse(policy.Malformed, "线索编号缺失或重复")
	case c.Content == "":
		return r.refuse(policy.Malformed, "线索须写明内容")
	case !r.s.Exists && (c.Name == "" || c.Region == ""):
		return r.refuse(policy.HouseholdUnknown, "未匹配到农户的线索须写明姓名和所在村")
	}
	return []Event{ClueRecorded(c)}
}

func (s *State) clueRecorded(f Fact, e ClueRecorded) {
	if s.FileNo == "" && len(s.Clues) == 0 {
		s.Exists, s.Unconfirmed, s.Region = true, true, e.Region
	}
	s.Clues = append(s.Clues, Clue{ID: e.Clue, On: f.Happened(), Channel: e.Channel})
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
	if c.Reason == "" {
		return r.refuse(policy.Malformed, "核实结果须写明理由")
	}
	return []Event{ClueVerified(c)}
}

func (s *State) clueVerified(f Fact, e ClueVerified) {
	if c := s.clue(e.Clue); c != nil {
		c.Result, c.Verified = e.Result, f.Happened()
	}
}

func (r *ruling) feedBackClue(c FeedBackClue) []Event {
	if clue := r.clueOf(c.Clue); clue != nil && clue.Result == "" {
		return r.refuse(policy.ClueUnknown, "线索尚未核实，不能反馈")
	}
	return []Event{ClueFedBack(c)}
}

func (s *State) clueFedBack(e ClueFedBack) {
	if c := s.clue(e.Clue); c != nil {
		c.FedBack = true
	}
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
	return []Event{ApplicationFiled(c)}
}
