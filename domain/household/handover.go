package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// HandOver records that a responsible person hands the household over to his
// successor (责任人交接): a cadre is transferred, retires or changes his village.
type HandOver struct {
	Role     code.OfficerRole `json:"role"`
	From     Responsible      `json:"from"`
	To       Responsible      `json:"to"`
	Reason   code.Text        `json:"reason"`
	Document string           `json:"document,omitzero"` // the handover list
	Item     int              `json:"item,omitzero"`
}

// HandedOver: from this day the successor answers for the household, and with it
// for what was open then: measures begun and not delivered, risks not gone, what
// studies wanted done.
type HandedOver struct {
	Role      code.OfficerRole `json:"role"`
	From      Responsible      `json:"from"`
	To        Responsible      `json:"to"`
	Reason    code.Text        `json:"reason"`
	Document  string           `json:"document,omitzero"`
	Item      int              `json:"item,omitzero"`
	Measures  []string         `json:"open_measures,omitzero"`
	Risks     []code.Risk      `json:"open_risks,omitzero"`
	FollowUps []string         `json:"open_follow_ups,omitzero"`
}

func (HandOver) isCommand() {}
func (HandedOver) isEvent() {}

func (r *ruling) handOver(c HandOver) []Event {
	r.known(code.OfficerRoles, string(c.Role), "责任人角色")
	if fault := HandoverFault(c.From, c.To, c.Reason); fault != nil {
		r.refusal = fault
		return nil
	}
	have := r.s.Officer(c.Role)
	switch {
	case have.Person != c.From.Person:
		r.fails(policy.NotInCharge, "该户的%s不是%s", code.OfficerRoles.ZH(string(c.Role)), nameOr(c.From))
	case r.act.Happened < have.From:
		r.fails(policy.OrderDates, "交接早于%s明确责任人", have.From.Chinese())
	}
	if episode := r.s.includedOn(r.act.Happened); episode != nil && c.Role == code.MonitoringOfficer {
		r.fitOfficer(episode.Class, c.To)
	}
	e := HandedOver{Role: c.Role, From: c.From, To: c.To, Reason: c.Reason, Document: c.Document, Item: c.Item}
	on := r.act.Happened
	if ep := r.s.episodeOn(on); ep != nil {
		for _, m := range ep.Measures {
			if m.Started <= on && (m.Delivered == 0 || m.Delivered > on) {
				e.Measures = append(e.Measures, m.ID)
			}
		}
		for _, risk := range ep.Risks {
			if risk.Since <= on && (risk.Gone == 0 || risk.Gone > on) {
				e.Risks = append(e.Risks, risk.Risk)
			}
		}
	}
	for _, f := range r.s.FollowUps {
		if f.On <= on && (f.Done == 0 || f.Done > on) {
			e.FollowUps = append(e.FollowUps, f.ID)
		}
	}
	return []Event{e}
}

// HandoverFault says what no handover may say: a list is held to it before it
// becomes a paper.
func HandoverFault(from, to Responsible, reason code.Text) *Refusal {
	switch {
	case from.Person == "" || to.Person == "":
		return policy.Refuse(policy.Malformed, "交接须写明移交人和接收人")
	case from.Person == to.Person:
		return policy.Refuse(policy.Malformed, "移交人和接收人为同一人")
	case reason == "":
		return policy.Refuse(policy.Malformed, "交接须写明原因")
	}
	return nil
}

func nameOr(p Responsible) string {
	if p.Name == "" {
		return p.Person
	}
	return p.Name
}

// Officer returns who holds the role, or nobody.
func (s *State) Officer(role code.OfficerRole) Officer {
	for _, o := range s.Officers {
		if o.Role == role {
			return o
		}
	}
	return Officer{}
}

func (s *State) handedOver(f Fact, e HandedOver) { s.assign(e.Role, e.To, f.Happened()) }
