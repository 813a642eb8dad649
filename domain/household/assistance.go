package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// AssignOfficer names a responsible person from a day on: the monitoring
// officer (监测责任人) and the assistance officer (帮扶责任人) are different roles.
type AssignOfficer struct {
	Role    code.OfficerRole `json:"role"`
	Officer Responsible      `json:"officer"`
	Reason  code.Text        `json:"reason,omitzero"`
}

// OfficerAssigned: the household has a responsible person.
type OfficerAssigned AssignOfficer

// OpenGreenChannel lets help begin before the decision, with the procedure owed
// by a day (绿色通道, DOMAIN 2.1).
type OpenGreenChannel struct {
	Reason code.Text    `json:"reason"`
	OwedBy calendar.Day `json:"owed_by"`
}

// GreenChannelOpened: help first, procedure by the day.
type GreenChannelOpened OpenGreenChannel

// StartMeasure starts a measure (措施实施). It counts from this day.
type StartMeasure struct {
	Measure    string            `json:"measure"`
	Class      code.MeasureClass `json:"class"`
	Instrument string            `json:"instrument,omitzero"` // of the pack
	Content    code.Text         `json:"content"`
	Department string            `json:"department"`
	For        code.Risk         `json:"for,omitzero"` // the risk it answers
	Budget     code.Fen          `json:"budget_fen,omitzero"`
	// Reason why help from an earlier source does not serve, where the pack has an
	// order of sources (S3.6).
	Reason code.Text `json:"reason,omitzero"`
}

// MeasureStarted: help began.
type MeasureStarted StartMeasure

// DeliverMeasure records that a measure arrived (措施落实), with evidence.
type DeliverMeasure struct {
	Measure   string            `json:"measure"`
	Fen       code.Fen          `json:"fen,omitzero"`
	Evidence  []code.Attachment `json:"evidence,omitzero"`
	Confirmed bool              `json:"confirmed"` // by the household
	Note      code.Text         `json:"note,omitzero"`
}

// MeasureDelivered: the household received it.
type MeasureDelivered DeliverMeasure

func (AssignOfficer) isCommand()    {}
func (OpenGreenChannel) isCommand() {}
func (StartMeasure) isCommand()     {}
func (DeliverMeasure) isCommand()   {}
func (OfficerAssigned) isEvent()    {}
func (GreenChannelOpened) isEvent() {}
func (MeasureStarted) isEvent()     {}
func (MeasureDelivered) isEvent()   {}

func (r *ruling) assignOfficer(c AssignOfficer) []Event {
	r.known(code.OfficerRoles, string(c.Role), "责任人角色")
	if c.Officer.Person == "" {
		return r.refuse(policy.Malformed, "未写明责任人")
	}
	if e := r.s.includedOn(r.act.Happened); e != nil && c.Role == code.MonitoringOfficer {
		r.fitOfficer(e.Class, c.Officer)
	}
	return []Event{OfficerAssigned(c)}
}

func (s *State) officerAssigned(f Fact, e OfficerAssigned) { s.assign(e.Role, e.Officer, f.Happened()) }

// assign keeps, for each role, whoever was named from the later day.
func (s *State) assign(role code.OfficerRole, p Responsible, from calendar.Day) {
	if p.Person == "" {
		return
	}
	next := Officer{Role: role, Person: p.Person, Name: p.Name, From: from}
	for i, have := range s.Officers {
		if have.Role == role {
			if from >= have.From {
				s.Officers[i], next = next, have
			}
			s.pastOfficers = append(s.pastOfficers, next)
			return
		}
	}
	s.Officers = append(s.Officers, next)
}

func (r *ruling) openGreenChannel(c OpenGreenChannel) []Event {
	if c.Reason == "" || c.OwedBy < r.act.Happened {
		return r.refuse(policy.Malformed, "绿色通道须写明原因和补办程序的期限")
	}
	limit := r.pack.GreenChannel
	if last, known := limit.Period().End(r.act.Happened); limit.Days > 0 && known && c.OwedBy > last {
		r.failsAs(r.grounded(policy.GreenOwedLate, limit.Basis, limit.Cite), "补办程序的期限%s晚于%s，规定为%s以内", c.OwedBy.Chinese(), last.Chinese(), limit.Period().Chinese())
	}
	return []Event{GreenChannelOpened(c)}
}

// greenOverdue: help came first, and the procedure came after the day by which it
// was owed. That is told; a late procedure is not refused, or it would never come.
func (r *ruling) greenOverdue(e *Episode) {
	g := r.s.GreenOf(e)
	if g == nil || g.Opened > r.act.Happened || r.act.Happened <= g.OwedBy {
		return
	}
	guard := r.pack.Guard(policy.GreenOverdue)
	guard.Mode = policy.Flag
	r.failsAs(guard, "绿色通道应于%s前补办程序，审定已逾期", g.OwedBy.Chinese())
}

// GreenOf is the green channel that was opened in the episode, or nil.
func (s *State) GreenOf(e *Episode) *GreenChannel {
	if s.Green == nil || e == nil || s.Green.Opened < e.OpenedOn {
		return nil
	}
	return s.Green
}

// greenChannelOpened: the procedure is owed, so an episode is under way.
func (s *State) greenChannelOpened(f Fact, e GreenChannelOpened) {
	s.chain(policy.Inclusion, policy.Clue, f)
	if s.Green == nil || s.Green.Opened <= f.Happened() {
		s.Green = &GreenChannel{Opened: f.Happened(), OwedBy: e.OwedBy}
	}
}

func (r *ruling) startMeasure(c StartMeasure) []Event {
	if c.Measure == "" || c.Content == "" {
		return r.refuse(policy.Malformed, "措施须有编号和内容")
	}
	r.known(code.MeasureClasses, string(c.Class), "措施类别")
	r.known(code.Departments, c.Department, "责任部门")
	if c.For != "" {
		r.known(code.Risks, string(c.For), "风险类型")
	}
	if r.s.measure(c.Measure) != nil {
		return r.refuse(policy.MeasureExists, "措施编号重复")
	}
	if c.Budget < 0 || c.Budget > MaxIncome {
		return r.refuse(policy.Malformed, "预算应在0至1000万元之间")
	}
	ch := r.step(policy.Assistance, policy.MeasureStarted)
	r.instrument(c.Instrument, c.Class, c.Department)
	r.appraisalPassed(ch)
	r.noticeDone(policy.Assistance, ch)
	r.helpOrder(sourceOf(c.Class), c.Reason != "")
	return []Event{MeasureStarted(c)}
}

func (s *State) measureStarted(f Fact, e MeasureStarted) {
	ep, _ := s.chainResult(policy.Assistance, policy.MeasureStarted, f, "", "")
	if ep == nil {
		return
	}
	ep.Measures = append(ep.Measures, Measure{ID: e.Measure, Class: e.Class, Instrument: e.Instrument, Started: f.Happened()})
	for i := range ep.Risks {
		if ep.Risks[i].Risk == e.For && ep.Risks[i].Answered == 0 {
			ep.Risks[i].Answered = f.Happened()
		}
	}
}

func (s *State) measure(id string) *Measure {
	for i := range s.Episodes {
		for j := range s.Episodes[i].Measures {
			if m := &s.Episodes[i].Measures[j]; m.ID == id {
				return m
			}
		}
	}
	return nil
}

func (r *ruling) deliverMeasure(c DeliverMeasure) []Event {
	m := r.s.measure(c.Measure)
	switch {
	case m == nil:
		return r.refuse(policy.MeasureUnknown, "该户没有这项措施")
	case c.Fen < 0 || c.Fen > MaxIncome:
		return r.refuse(policy.Malformed, "金额应在0至1000万元之间")
	case r.act.Happened < m.Started:
		r.fails(policy.OrderDates, "措施落实早于实施日%s", m.Started.Chinese())
	}
	// Its order is that of its own start, judged above and when it started.
	if rule, ok := r.pack.StepRule(policy.Assistance, policy.MeasureDelivered); ok {
		r.entitled(policy.Steps.ZH(string(policy.MeasureDelivered)), "", rule.Capacities...)
	}
	r.evidence(policy.Assistance, policy.MeasureDelivered, when(len(c.Evidence) > 0, "delivery_proof")...)
	return []Event{MeasureDelivered(c)}
}

func (s *State) measureDelivered(f Fact, e MeasureDelivered) {
	s.chainDone(policy.Assistance, policy.MeasureDelivered, f, "")
	if m := s.measure(e.Measure); m != nil {
		m.Delivered = max(m.Delivered, f.Happened())
		m.Fen += e.Fen
		m.Evidence += len(e.Evidence)
		if e.Confirmed && f.Happened() >= max(m.Confirmed, m.Denied) {
			m.Confirmed, m.Denied = f.Happened(), 0
		}
	}
}
