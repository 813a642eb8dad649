package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// MaxFollowUps bounds what one study may ask to be followed up in one household:
// more than any plan has measures for.
const MaxFollowUps = 20

// StudyHousehold is the study of one household by itself (研判): Mile's annexes 5
// and 6 for the unstable and the marginal (S1.34, S1.40).
type StudyHousehold struct {
	Study string         `json:"study"`
	Kind  code.StudyKind `json:"kind"`
	From  calendar.Day   `json:"from,omitzero"` // the period looked at
	To    calendar.Day   `json:"to,omitzero"`
	// Situation is what changed in members, income, expenditure, guarantees
	// and risks, and what help did.
	Situation  code.Text            `json:"situation"`
	Conclusion code.StudyConclusion `json:"conclusion"`
	Opinion    code.Text            `json:"opinion,omitzero"`
	FollowUps  []FollowUp           `json:"follow_ups,omitzero"`
}

// FollowUp is what a study wants done, by whom and until when (持续跟踪落实, S1.10).
type FollowUp struct {
	ID         string       `json:"id"`
	Content    code.Text    `json:"content"`
	Department string       `json:"department,omitzero"` // code.Departments
	Due        calendar.Day `json:"due,omitzero"`
}

// RecordStudyLine is the household's line of a study meeting. The meeting is a
// paper of its own; the study has its id.
type RecordStudyLine CaseStudied

// CaseStudied: the household was studied. Meeting, item and hash stand where it
// was one of many on a meeting's list.
type CaseStudied struct {
	Study      string               `json:"study"`
	Kind       code.StudyKind       `json:"kind"`
	From       calendar.Day         `json:"from,omitzero"`
	To         calendar.Day         `json:"to,omitzero"`
	Situation  code.Text            `json:"situation,omitzero"`
	Conclusion code.StudyConclusion `json:"conclusion"`
	Opinion    code.Text            `json:"opinion,omitzero"`
	FollowUps  []FollowUp           `json:"follow_ups,omitzero"`
	Meeting    string               `json:"meeting,omitzero"`
	Item       int                  `json:"item,omitzero"`
	PaperHash  string               `json:"paper_hash,omitzero"` // SHA-256 of the meeting's event
}

// FollowUpStudy reports on something a study wanted done.
type FollowUpStudy struct {
	Study    string    `json:"study"`
	FollowUp string    `json:"follow_up"`
	Done     bool      `json:"done"` // false: under way
	Result   code.Text `json:"result"`
}

// StudyFollowedUp: what became of it so far.
type StudyFollowedUp FollowUpStudy

func (StudyHousehold) isCommand()  {}
func (RecordStudyLine) isCommand() {}
func (FollowUpStudy) isCommand()   {}
func (CaseStudied) isEvent()       {}
func (StudyFollowedUp) isEvent()   {}

// FollowUpState is something a study wanted done, as the state keeps it.
type FollowUpState struct {
	Study string
	ID    string
	Kind  code.StudyKind
	On    calendar.Day
	Due   calendar.Day
	What  code.Text
	Done  calendar.Day
}

// students are who may study, by the kind of study; the level is theirs.
func students(k code.StudyKind) (level code.Level, capacities []code.Capacity) {
	switch k {
	case code.JointStudy:
		return code.County, []code.Capacity{code.CountyOfficer, code.CountyDecider, code.DepartmentOfficer}
	case code.TownshipStudy:
		return code.Township, []code.Capacity{code.TownshipCadre, code.TownshipReviewer}
	case code.PeriodicStudy:
	}
	return "", []code.Capacity{code.VillageCadre, code.VillageSecretary, code.ResidentTeam, code.PairedCadre,
		code.TownshipCadre, code.TownshipReviewer, code.CountyOfficer, code.DepartmentOfficer}
}

func (r *ruling) studyHousehold(c StudyHousehold) []Event {
	if c.Situation == "" {
		return r.refuse(policy.Malformed, "研判须写明情况")
	}
	return r.study(CaseStudied{Study: c.Study, Kind: c.Kind, From: c.From, To: c.To, Situation: c.Situation,
		Conclusion: c.Conclusion, Opinion: c.Opinion, FollowUps: c.FollowUps})
}

func (r *ruling) recordStudyLine(c RecordStudyLine) []Event {
	if c.Meeting == "" || c.Item < 1 {
		return r.refuse(policy.Malformed, "研判记录缺少会议或序号")
	}
	return r.study(CaseStudied(c))
}

func (r *ruling) study(e CaseStudied) []Event {
	if fault := StudyFault(e.Kind, e.Conclusion, e.From, e.To, e.FollowUps); fault != nil {
		r.refusal = fault
		return nil
	}
	if e.Study == "" {
		return r.refuse(policy.Malformed, "研判编号缺失")
	}
	for _, have := range r.s.FollowUps {
		if have.Study == e.Study {
			return r.refuse(policy.StudyExists, "研判编号重复")
		}
	}
	if e.To > r.act.Happened {
		return r.refuse(policy.Malformed, "研判时段晚于研判日期")
	}
	level, capacities := students(e.Kind)
	r.entitled(code.StudyKinds.ZH(string(e.Kind)), level, capacities...)
	return []Event{e}
}

// StudyFault says what a study cannot say about any household: a meeting is held
// to it before it becomes a paper.
func StudyFault(k code.StudyKind, c code.StudyConclusion, from, to calendar.Day, wanted []FollowUp) *Refusal {
	if _, ok := code.StudyKinds.Find(string(k)); !ok {
		return policy.Refuse(policy.Malformed, "研判类别“%s”不在代码表中", k)
	}
	if _, ok := code.StudyConclusions.Find(string(c)); !ok {
		return policy.Refuse(policy.Malformed, "研判结论“%s”不在代码表中", c)
	}
	if to < from || from == 0 && to != 0 {
		return policy.Refuse(policy.Malformed, "研判时段的起止日期有误")
	}
	if len(wanted) > MaxFollowUps {
		return policy.Refuse(policy.Malformed, "落实事项不应超过%d项", MaxFollowUps)
	}
	seen := map[string]bool{}
	for _, f := range wanted {
		if f.ID == "" || f.Content == "" || seen[f.ID] {
			return policy.Refuse(policy.Malformed, "落实事项须有编号和内容，编号不得重复")
		}
		seen[f.ID] = true
		if _, ok := code.Departments.Find(f.Department); f.Department != "" && !ok {
			return policy.Refuse(policy.Malformed, "责任部门“%s”不在代码表中", f.Department)
		}
	}
	return nil
}

func (s *State) caseStudied(f Fact, e CaseStudied) {
	s.Studied = max(s.Studied, f.Happened())
	for _, wanted := range e.FollowUps {
		s.FollowUps = append(s.FollowUps, FollowUpState{Study: e.Study, ID: wanted.ID, Kind: e.Kind, On: f.Happened(), Due: wanted.Due, What: wanted.Content})
	}
}

func (s *State) followUp(study, id string) *FollowUpState {
	for i := range s.FollowUps {
		if have := &s.FollowUps[i]; have.Study == study && have.ID == id {
			return have
		}
	}
	return nil
}

func (r *ruling) followUpStudy(c FollowUpStudy) []Event {
	have := r.s.followUp(c.Study, c.FollowUp)
	switch {
	case have == nil:
		return r.refuse(policy.StudyUnknown, "该户没有这项研判落实事项")
	case c.Result == "":
		return r.refuse(policy.Malformed, "须写明落实情况")
	case have.Done != 0 && have.Done <= r.act.Happened:
		return r.refuse(policy.StudyDone, "该事项已于%s落实", have.Done.Chinese())
	case r.act.Happened < have.On:
		r.fails(policy.OrderDates, "落实早于%s的研判", have.On.Chinese())
	}
	return []Event{StudyFollowedUp(c)}
}

func (s *State) studyFollowedUp(f Fact, e StudyFollowedUp) {
	if have := s.followUp(e.Study, e.FollowUp); have != nil && e.Done && (have.Done == 0 || f.Happened() < have.Done) {
		have.Done = f.Happened()
	}
}
