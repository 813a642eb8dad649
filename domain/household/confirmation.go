package household

import (
	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// ConfirmMeasure is what the household itself says of a measure (农户确认): that it
// received it, or that it did not, whatever was reported.
type ConfirmMeasure struct {
	Measure   string          `json:"measure"`
	Member    string          `json:"member"` // who of the household says so
	Received  bool            `json:"received"`
	Signature string          `json:"signature"`     // code.Signatures
	Note      code.Text       `json:"note,omitzero"` // what is missing, where it was not received
	Paper     code.Attachment `json:"paper,omitzero"`
}

// MeasureConfirmed: the household said so.
type MeasureConfirmed ConfirmMeasure

func (ConfirmMeasure) isCommand() {}
func (MeasureConfirmed) isEvent() {}

func (r *ruling) confirmMeasure(c ConfirmMeasure) []Event {
	m := r.s.measure(c.Measure)
	if !r.known(code.Signatures, c.Signature, "签字方式") {
		return nil
	}
	switch {
	case m == nil:
		return r.refuse(policy.MeasureUnknown, "该户没有这项措施")
	case r.s.find(c.Member) == nil:
		return r.refuse(policy.MemberUnknown, "该户没有这名成员")
	case !c.Received && c.Note == "":
		return r.refuse(policy.Malformed, "农户未收到的，须写明情况")
	case c.Received && (m.Delivered == 0 || m.Delivered > r.act.Happened):
		rule := policy.OrderMissingStep
		if r.act.Mode == act.Transcribed {
			rule = policy.BeforeAsserted
		}
		r.fails(rule, "农户确认之前应有措施落实")
	}
	return []Event{MeasureConfirmed(c)}
}

func (s *State) measureConfirmed(f Fact, e MeasureConfirmed) {
	m := s.measure(e.Measure)
	if m == nil || f.Happened() < max(m.Confirmed, m.Denied) {
		return
	}
	if e.Received {
		m.Confirmed, m.Denied = f.Happened(), 0
	} else {
		m.Confirmed, m.Denied = 0, f.Happened()
	}
}
