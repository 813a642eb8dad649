package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// InvestigateObjection records the inquiry into an objection (异议调查), between
// the objection and its answer. Who inquired and when are the act's own.
type InvestigateObjection struct {
	Notice    string    `json:"notice"`
	Objection string    `json:"objection"`
	Findings  code.Text `json:"findings"`
}

// ObjectionInvestigated: somebody looked into the objection; its answer is due.
type ObjectionInvestigated InvestigateObjection

func (InvestigateObjection) isCommand() {}
func (ObjectionInvestigated) isEvent()  {}

// investigateObjection: an objection may be looked into more than once. What was
// found on paper is recorded also after the answer.
func (r *ruling) investigateObjection(c InvestigateObjection) []Event {
	if c.Findings == "" {
		return r.refuse(policy.Malformed, "异议调查须写明调查情况")
	}
	n := r.posted(c.Notice)
	if n == nil {
		return nil
	}
	for _, o := range n.Objections {
		if o.ID != c.Objection {
			continue
		}
		if r.act.Happened < o.On {
			r.fails(policy.OrderDates, "调查早于异议提出之日%s", o.On.Chinese())
		}
		if o.Answered != 0 && r.act.Happened > o.Answered {
			r.fails(policy.OrderDates, "调查晚于异议答复之日%s", o.Answered.Chinese())
		}
		return []Event{ObjectionInvestigated(c)}
	}
	return r.refuse(policy.PaperLineUnknown, "没有这条异议")
}

func (s *State) objectionInvestigated(f Fact, e ObjectionInvestigated) {
	n := s.noticeLine(e.Notice)
	if n == nil {
		return
	}
	for i := range n.Objections {
		if o := &n.Objections[i]; o.ID == e.Objection && (o.Inquired == 0 || f.Happened() < o.Inquired) {
			o.Inquired = f.Happened()
		}
	}
}

// inquired holds an answer to an inquiry before it (异议 → 调查 → 答复).
func (r *ruling) inquired(o Objection) {
	if o.Inquired == 0 || o.Inquired > r.act.Happened {
		r.fails(policy.NoticeNoInquiry, "异议未经调查即答复")
	}
}
