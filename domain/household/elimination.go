package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// ProposeElimination proposes that the household's risk is eliminated (提出风险消除,
// after 一看、二算、三核; S4.19).
type ProposeElimination struct {
	Way string `json:"way"` // code.EliminationWays
	// StableReason is why less than the stated months of stable income is
	// enough (「原则上」 leaves exceptions, each with its reason; S4.18).
	StableReason code.Text `json:"stable_reason,omitzero"`
	Summary      code.Text `json:"summary,omitzero"`
	// Papers that it left, where the pack wants some.
	Papers []Exhibit `json:"papers,omitzero"`
}

// EliminationProposed: the village proposed it. What it rested on is part of
// the fact: the year's line and the current income per head.
type EliminationProposed struct {
	Way          string    `json:"way"`
	StableReason code.Text `json:"stable_reason,omitzero"`
	Summary      code.Text `json:"summary,omitzero"`
	Line         code.Fen  `json:"line_fen,omitzero"` // absent: 未定
	PerCapita    code.Fen  `json:"per_capita_fen"`
	// Excepted: the stated months were not reached, the reason stood in for them.
	Excepted bool      `json:"excepted,omitzero"`
	Papers   []Exhibit `json:"papers,omitzero"`
}

// DecideElimination is the county's evaluation (评估认定, S4.20): a deciding step.
type DecideElimination struct {
	Document string            `json:"document,omitzero"`
	Item     int               `json:"item,omitzero"`
	Result   code.ReviewResult `json:"result"`
	Way      string            `json:"way,omitzero"`
	Reason   code.Text         `json:"reason,omitzero"`
}

// EliminationDecided: the county decided. The household stays in the file and
// in the system for ever (S1.14).
type EliminationDecided DecideElimination

// MarkSystem records the mark 风险消除 in a named system (系统标注).
type MarkSystem struct {
	System string `json:"system"`
}

// SystemMarked: the mark stands in the system.
type SystemMarked MarkSystem

func (ProposeElimination) isCommand() {}
func (DecideElimination) isCommand()  {}
func (MarkSystem) isCommand()         {}
func (EliminationProposed) isEvent()  {}
func (EliminationDecided) isEvent()   {}
func (SystemMarked) isEvent()         {}

func (r *ruling) proposeElimination(c ProposeElimination) []Event {
	r.known(code.EliminationWays, c.Way, "消除方式")
	if !r.monitored() {
		return nil
	}
	r.step(policy.Elimination, policy.Proposal)
	r.evidence(policy.Elimination, policy.Proposal, r.exhibits(c.Papers)...)
	on := r.act.Happened
	excepted := r.eliminationConditions(on, c.StableReason != "")
	r.helped(c.Way)
	proposed := EliminationProposed{Way: c.Way, StableReason: c.StableReason, Summary: c.Summary, Excepted: excepted, Papers: c.Papers}
	proposed.Line, _ = r.pack.LineOf(on.Year())
	if sheet := r.s.currentSheet(on); sheet != nil {
		proposed.PerCapita = sheet.PerCapita
	}
	return []Event{proposed}
}

// monitored refuses acts that only a monitored household can meet.
func (r *ruling) monitored() bool {
	e := r.s.episodeOn(r.act.Happened)
	switch {
	case e == nil || e.Included == 0:
		r.refuse(policy.CaseNotMonitored, "该户不是监测对象")
	case e.Eliminated != 0 && r.act.Happened >= e.Eliminated:
		r.refuse(policy.CaseDecided, "该户风险已于%s消除", e.Eliminated.Chinese())
	case e.Revoked != 0:
		r.refuse(policy.CaseNotMonitored, "该户的认定已撤销")
	}
	return r.refusal == nil
}

func (s *State) eliminationProposed(f Fact, e EliminationProposed) {
	ep, ch := s.chainResult(policy.Elimination, policy.Proposal, f, "", "")
	if ch != nil {
		ch.excepted = e.StableReason != ""
	}
	if ep != nil && ep.Eliminated == 0 && f.Happened() >= ep.RolledBack {
		ep.Way = e.Way
	}
}

// decideElimination: S4.20; what the county refuses stays monitored.
func (r *ruling) decideElimination(c DecideElimination) []Event {
	r.known(code.ReviewResults, string(c.Result), "评估结果")
	if !r.monitored() {
		return nil
	}
	if e := r.s.episodeOn(r.act.Happened); c.Result == code.Pass && (e.Eliminated != 0 || r.act.Happened < e.RolledBack) {
		return r.refuse(policy.CaseDecided, "该户风险消除已另有审定")
	}
	ch := r.step(policy.Elimination, policy.CountyDecision)
	r.evidence(policy.Elimination, policy.CountyDecision, when(c.Document != "", "decision_document", "list")...)
	r.notReturned(policy.CountyDecision)
	r.separate(ch, policy.TownshipReview)
	r.recuses("评估认定")
	r.inForce()
	if c.Result != code.Pass {
		if c.Reason == "" {
			return r.refuse(policy.Malformed, "不予消除须写明原因")
		}
		return []Event{EliminationDecided(c)}
	}
	r.known(code.EliminationWays, c.Way, "消除方式")
	r.appraisalPassed(ch)
	r.noticeDone(policy.Elimination, ch)
	// What was proposed must hold when it is decided (S4.18): a risk may have
	// come back since, a sheet been corrected.
	if proposal := ch.Find(policy.Proposal); proposal != nil {
		r.eliminationConditions(proposal.On, ch.excepted)
	}
	return []Event{EliminationDecided(c)}
}

func (s *State) eliminationDecided(f Fact, e EliminationDecided) {
	on := f.Happened()
	ep, _ := s.chainResult(policy.Elimination, policy.CountyDecision, f, e.Document, string(e.Result))
	if ep == nil || e.Result != code.Pass || on < ep.RolledBack {
		return
	}
	ep.Eliminated, ep.Way = on, e.Way
	// What was announced or marked before belonged to another decision.
	if ep.ElimAnnounced < on {
		ep.ElimAnnounced = 0
	}
	if ep.Marked < on {
		ep.Marked = 0
	}
}

func (r *ruling) markSystem(c MarkSystem) []Event {
	r.known(code.Systems, c.System, "信息系统")
	r.underWay()
	if e := r.s.episodeOn(r.act.Happened); e != nil && e.Eliminated == 0 {
		r.fails(policy.OrderMissingStep, "系统标注之前应有县级评估认定")
	}
	r.step(policy.Elimination, policy.SystemMark)
	return []Event{SystemMarked(c)}
}

func (s *State) systemMarked(f Fact, _ SystemMarked) {
	ep, _ := s.chainResult(policy.Elimination, policy.SystemMark, f, "", "")
	if ep != nil && ep.Marked == 0 && f.Happened() >= ep.Eliminated {
		ep.Marked = f.Happened()
	}
}
