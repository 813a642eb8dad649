package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// RecordResidence records who really lives together (户在人不在/人在户不在, S0.5).
type RecordResidence struct {
	Member     string    `json:"member"`
	Registered bool      `json:"registered"`
	Living     bool      `json:"living"`
	Counted    bool      `json:"counted"`
	Reason     code.Text `json:"reason"`
	// Evidence shows it: a certificate, a lease, a photograph.
	Evidence []code.Attachment `json:"evidence,omitzero"`
}

// ResidenceFound: how a member is registered, lives and counts.
type ResidenceFound RecordResidence

// AssessLabour records a member's ability to work, and whether he wants to.
type AssessLabour struct {
	Member string      `json:"member"`
	Labour code.Labour `json:"labour"`
	Reason code.Text   `json:"reason,omitzero"`
	// Willing is whether the member wants to take up work (劳动意愿, S4.17).
	Willing string `json:"willing,omitzero"` // code.Willingness
}

// LabourAssessed: a member's ability to work from that day.
type LabourAssessed AssessLabour

func (RecordResidence) isCommand() {}
func (AssessLabour) isCommand()    {}
func (ResidenceFound) isEvent()    {}
func (LabourAssessed) isEvent()    {}

func (r *ruling) recordResidence(c RecordResidence) []Event {
	r.here(c.Member)
	if c.Registered != c.Living && c.Reason == "" {
		return r.refuse(policy.Malformed, "户籍与共同生活不一致，须写明情况")
	}
	if c.Counted != c.Living && c.Reason == "" {
		return r.refuse(policy.Malformed, "是否计入家庭人口与共同生活情况不一致，须写明原因")
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
		m.Evidenced = len(e.Evidence) > 0
	}
	m.counts = append(m.counts, counts{f.Happened(), e.Counted})
}

func (r *ruling) assessLabour(c AssessLabour) []Event {
	r.here(c.Member)
	r.known(code.Labours, string(c.Labour), "劳动技能")
	if c.Willing != "" {
		r.known(code.Willingness, c.Willing, "劳动意愿")
	}
	return []Event{LabourAssessed(c)}
}

func (s *State) labourAssessed(f Fact, e LabourAssessed) {
	if m := s.find(e.Member); m != nil && f.Happened() >= m.labour {
		m.Labour, m.labour = e.Labour, f.Happened()
		if e.Willing != "" {
			m.Willing = e.Willing
		}
	}
}

// MayDevelop says whether a development measure is due (S4.17): a counted member
// is able to work and nobody recorded that he does not want to.
func (s *State) MayDevelop() bool {
	for _, m := range s.Members {
		if m.Counted && m.Left == 0 && m.Labour.Any() && m.Willing != "unwilling" {
			return true
		}
	}
	return false
}
