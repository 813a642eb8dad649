package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// DecideInclusion is the county's decision on inclusion (县级审定, S2.22): a
// deciding step. From its day a household is included, whatever is announced
// or entered later.
type DecideInclusion struct {
	Document   string            `json:"document,omitzero"` // paper with a 文号
	Item       int               `json:"item,omitzero"`
	Result     code.ReviewResult `json:"result"`
	Class      code.Class        `json:"class,omitzero"`
	Risks      []code.Risk       `json:"risks,omitzero"`
	Monitoring Responsible       `json:"monitoring_officer,omitzero"`
	Assistance Responsible       `json:"assistance_officer,omitzero"`
	Reason     code.Text         `json:"reason,omitzero"`
}

// InclusionDecided: the county decided. Episode is the number of the
// monitoring episode it opens; from 2 on it is a re-inclusion (重新识别纳入).
type InclusionDecided struct {
	Document   string            `json:"document,omitzero"`
	Item       int               `json:"item,omitzero"`
	Result     code.ReviewResult `json:"result"`
	Class      code.Class        `json:"class,omitzero"`
	Risks      []code.Risk       `json:"risks,omitzero"`
	Monitoring Responsible       `json:"monitoring_officer,omitzero"`
	Assistance Responsible       `json:"assistance_officer,omitzero"`
	Reason     code.Text         `json:"reason,omitzero"`
	Episode    int               `json:"episode,omitzero"`
}

// HandDownList: the decided list returned to the township (名单返回, S0.17).
type HandDownList struct {
	Procedure policy.Procedure `json:"procedure"`
	Document  string           `json:"document,omitzero"`
	Item      int              `json:"item,omitzero"`
}

// ListHandedDown: the list with the household was handed down.
type ListHandedDown HandDownList

// Announce announces a decision (公告, after it; S2.22): issuer and executor differ.
type Announce struct {
	Procedure policy.Procedure `json:"procedure"`
	Document  string           `json:"document,omitzero"`
	Item      int              `json:"item,omitzero"`
	Issuer    string           `json:"issuer"`   // office
	Executor  string           `json:"executor"` // office that put it up
	Place     string           `json:"place,omitzero"`
}

// Announced: the decision was announced.
type Announced Announce

// EnterSystem records the entry in a named system (系统录入).
type EnterSystem struct {
	System   string `json:"system"` // code.Systems
	National string `json:"national_no,omitzero"`
}

// SystemEntered: the household stands in the named system.
type SystemEntered EnterSystem

func (DecideInclusion) isCommand() {}
func (HandDownList) isCommand()    {}
func (Announce) isCommand()        {}
func (EnterSystem) isCommand()     {}
func (InclusionDecided) isEvent()  {}
func (ListHandedDown) isEvent()    {}
func (Announced) isEvent()         {}
func (SystemEntered) isEvent()     {}

// decideInclusion: S2.22, S4.13; income never blocks an inclusion (「左右」「指导线」).
func (r *ruling) decideInclusion(c DecideInclusion) []Event {
	r.known(code.ReviewResults, string(c.Result), "审定结果")
	if e, _ := r.current(policy.Inclusion, policy.CountyDecision); e != nil && e.Included != 0 && (c.Result != code.Reject || r.act.Happened >= e.Included) {
		return r.refuse(policy.CaseDecided, "该户已于%s审定纳入", e.Included.Chinese())
	}
	ch := r.step(policy.Inclusion, policy.CountyDecision)
	r.evidence(policy.Inclusion, policy.CountyDecision, when(c.Document != "", "decision_document", "list")...)
	r.notReturned(policy.CountyDecision)
	r.separate(ch, policy.TownshipReview)
	r.recuses("审定", c.Monitoring, c.Assistance)
	e, _ := r.current(policy.Inclusion, policy.CountyDecision)
	r.greenOverdue(e)
	r.inForce()
	decided := InclusionDecided{Document: c.Document, Item: c.Item, Result: c.Result, Reason: c.Reason}
	if c.Result != code.Pass {
		if c.Reason == "" {
			return r.refuse(policy.Malformed, "不予纳入须写明原因")
		}
		return []Event{decided}
	}
	r.noticeDone(policy.Inclusion, ch)
	r.asPosted(ch, c.Class)
	r.appraisalPassed(ch)
	r.known(code.Classes, string(c.Class), "监测对象类别")
	if !r.pack.HasClass(c.Class) {
		r.fails(policy.ClassUnknown, "本县办法没有“%s”这一类别", code.Classes.ZH(string(c.Class)))
	}
	if len(c.Risks) == 0 {
		r.fails(policy.RisksMissing, "审定纳入须写明风险类型")
	}
	for _, risk := range c.Risks {
		r.known(code.Risks, string(risk), "风险类型")
	}
	if c.Assistance.Person == "" || c.Monitoring.Person == "" {
		r.fails(policy.OfficersMissing, "审定纳入须明确监测责任人和帮扶责任人")
	}
	r.fitOfficer(c.Class, c.Monitoring)
	open, standing := r.s.openHits(r.act.Happened)
	if open > 0 {
		r.fails(policy.HitUnexplained, "信息比对有%d条疑点尚未核实", open)
	}
	if standing > 0 {
		r.fails(policy.HitUnexplained, "信息比对有%d条疑点经核实未予排除", standing)
	}
	decided.Class, decided.Risks, decided.Monitoring, decided.Assistance = c.Class, c.Risks, c.Monitoring, c.Assistance
	decided.Episode = r.s.numbered() + 1
	return append([]Event{decided}, r.inclusionWarnings(c.Risks)...)
}

func (s *State) inclusionDecided(f Fact, e InclusionDecided) {
	ep, _ := s.chainResult(policy.Inclusion, policy.CountyDecision, f, e.Document, string(e.Result))
	if e.Result != code.Pass {
		if ep.Included == 0 {
			ep.Rejected = f.Happened()
		}
		return
	}
	ep.Rejected = 0
	ep.Number, ep.Class, ep.Included = e.Episode, e.Class, f.Happened()
	for _, risk := range e.Risks {
		ep.named(risk, f.Happened())
	}
	s.assign(code.MonitoringOfficer, e.Monitoring, f.Happened())
	s.assign(code.AssistanceOfficer, e.Assistance, f.Happened())
}

// named marks a risk as one for which the county included the household; it may
// have been found before.
func (e *Episode) named(risk code.Risk, on calendar.Day) {
	for i := range e.Risks {
		if have := &e.Risks[i]; have.Risk == risk && (have.Gone == 0 || have.Gone > on) {
			have.Original = true
			return
		}
	}
	e.Risks = append(e.Risks, RiskState{Risk: risk, Since: on, Original: true})
}

func (r *ruling) handDownList(c HandDownList) []Event {
	r.underWay()
	r.step(c.Procedure, policy.ListHandedDown)
	r.evidence(c.Procedure, policy.ListHandedDown, when(c.Document != "", "list")...)
	return []Event{ListHandedDown(c)}
}

// announce: S2.22, the village puts up on the county's behalf; S4.20.
func (r *ruling) announce(c Announce) []Event {
	if c.Issuer == "" || c.Executor == "" {
		return r.refuse(policy.Malformed, "公告须写明发布机构和执行机构")
	}
	r.underWay()
	r.step(c.Procedure, policy.Announcement)
	r.evidence(c.Procedure, policy.Announcement, when(c.Document != "", "announcement_text")...)
	return []Event{Announced(c)}
}

// underWay refuses what follows a decision where there is no case at all.
func (r *ruling) underWay() {
	if r.s.Episode() == nil {
		r.refuse(policy.CaseNotOpen, "该户没有监测记录")
	}
}

func (s *State) announced(f Fact, e Announced) {
	ep, _ := s.chainResult(e.Procedure, policy.Announcement, f, e.Document, "")
	switch {
	case ep == nil:
	case e.Procedure == policy.Inclusion && ep.Announced == 0:
		ep.Announced = f.Happened()
	case e.Procedure == policy.Elimination && ep.ElimAnnounced == 0 && f.Happened() >= ep.Eliminated:
		ep.ElimAnnounced = f.Happened()
	}
}

func (r *ruling) enterSystem(c EnterSystem) []Event {
	r.known(code.Systems, c.System, "信息系统")
	r.underWay()
	r.step(policy.Inclusion, policy.SystemEntry)
	return []Event{SystemEntered(c)}
}

func (s *State) systemEntered(f Fact, _ SystemEntered) {
	if ep, _ := s.chainResult(policy.Inclusion, policy.SystemEntry, f, "", ""); ep.Entered == 0 {
		ep.Entered = f.Happened()
	}
}
