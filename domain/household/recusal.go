package household

import (
	"slices"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Deciding steps are the township's review and the county's decisions. Who takes
// one has taken no other of the case, is no kin of the household and does not
// answer for it. Attending, surveying or explaining is not deciding.

// separate: nobody takes both deciding steps of a case (house rule), whichever
// time they were taken.
func (r *ruling) separate(ch *Chain, other policy.Step) {
	for _, p := range r.act.DoneBy {
		for _, d := range append(slices.Clone(ch.Done), ch.undone...) {
			if d.Step == other && has(d.By, p.ID) {
				r.fails(policy.SamePerson, "%s已办理该户的%s", p.Name, policy.Steps.ZH(string(other)))
				break
			}
		}
	}
}

// recuses: a decider who is declared kin of a member, or is or becomes the
// household's officer, recuses (回避; house rule).
func (r *ruling) recuses(what string, becoming ...Responsible) {
	for _, p := range r.act.DoneBy {
		if p.Kin != "" {
			r.fails(policy.KinDecides, "%s与该户成员系%s（近亲属备案），应当回避%s", p.Name, code.KinRelations.ZH(p.Kin), what)
		}
		role := r.s.roleOf(p.ID, r.act.Happened)
		for i, o := range becoming {
			if role == "" && o.Person == p.ID && p.ID != "" {
				role = []code.OfficerRole{code.MonitoringOfficer, code.AssistanceOfficer}[i]
			}
		}
		if role != "" {
			r.fails(policy.OfficerDecides, "%s是该户的%s，应当回避%s", p.Name, code.OfficerRoles.ZH(string(role)), what)
		}
	}
}

// roleOf returns the role in which the person answered for the household on the
// day, or "".
func (s *State) roleOf(person string, on calendar.Day) code.OfficerRole {
	for _, role := range []code.OfficerRole{code.MonitoringOfficer, code.AssistanceOfficer} {
		if person != "" && s.officerOn(role, on).Person == person {
			return role
		}
	}
	return ""
}

// officerOn returns who held the role on the day, or nobody.
func (s *State) officerOn(role code.OfficerRole, on calendar.Day) (held Officer) {
	for _, list := range [][]Officer{s.pastOfficers, s.Officers} {
		for _, o := range list {
			if o.Role == role && o.From <= on && o.From >= held.From {
				held = o
			}
		}
	}
	return held
}

// kinStayed: kin of a household leave the room while it is appraised (回避).
func (r *ruling) kinStayed(c RecordAppraisal) {
	for _, p := range r.act.Named {
		if p.Kin != "" && has(c.Stayed, p.ID) {
			r.fails(policy.KinAppraises, "%s与该户成员系%s（近亲属备案），评议该户时未回避", p.Name, code.KinRelations.ZH(p.Kin))
		}
	}
}

// fitOfficer: whom a document names as the monitoring officer of a class – the
// paired cadre of a 脱贫不稳定户 (S0.10), a village cadre of a 边缘易致贫户 (S0.11).
func (r *ruling) fitOfficer(class code.Class, officer Responsible) {
	if officer.Person == "" {
		return
	}
	for _, rule := range r.pack.MonitoringOfficers {
		if rule.Class != class {
			continue
		}
		for _, p := range r.act.Named {
			if p.ID == officer.Person && (act.Act{DoneBy: []act.Person{p}}).HasCapacity("", rule.Capacities) {
				return
			}
		}
		r.failsAs(r.grounded(policy.OfficerUnfit, rule.Basis, rule.Cite), "%s的监测责任人应为%s，%s不是", code.Classes.ZH(string(class)), capacityNames(rule.Capacities), nameOr(officer))
	}
}
