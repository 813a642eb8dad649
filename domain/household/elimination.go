package household

import (
	"shouwang/domain/calendar"
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
}

// EliminationProposed: the village proposed it. What it rested on is part of
// the fact: the year's line and the current income per head.
type EliminationProposed struct {
	Way          string    `json:"way"`
	StableReason code.Text `json:"stable_reason,omitzero"`
	Summary      code.Text `json:"summary,omitzero"`
	Line         code.Fen  `json:"line_fen,omitzero"` // absent: 未定
	PerCapita    code.Fen  `json:"per_capita_fen"`
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

// DeferElimination: stability is weak, help goes on (暂缓消除, S2.26).
type DeferElimination struct {
	Reason code.Text `json:"reason"`
}

// EliminationDeferred: the household stays monitored.
type EliminationDeferred DeferElimination

// WithholdMark: without labour, after social security is in place, the mark is
// not set for now (暂不标注, S2.27).
type WithholdMark struct {
	Reason code.Text `json:"reason"`
}

// MarkWithheld: no mark for now, tracking goes on.
type MarkWithheld WithholdMark

// MarkSystem records the mark 风险消除 in a named system (系统标注).
type MarkSystem struct {
	System string `json:"system"`
}

// SystemMarked: the mark stands in the system.
type SystemMarked MarkSystem

func (ProposeElimination) isCommand() {}
func (DecideElimination) isCommand()  {}
func (DeferElimination) isCommand()   {}
func (WithholdMark) isCommand()       {}
func (MarkSystem) isCommand()         {}
func (EliminationProposed) isEvent()  {}
func (EliminationDecided) isEvent()   {}
func (EliminationDeferred) isEvent()  {}
func (MarkWithheld) isEvent()         {}
func (SystemMarked) isEvent()         {}

func (r *ruling) proposeElimination(c ProposeElimination) []Event {
	r.known(code.EliminationWays, c.Way, "消除方式")
	if !r.monitored() {
		return nil
	}
	r.step(policy.Elimination, policy.Proposal)
	r.eliminationConditions(c.StableReason != "")
	proposed := EliminationProposed{Way: c.Way, StableReason: c.StableReason, Summary: c.Summary}
	proposed.Line, _ = r.pack.LineOf(r.act.Happened.Year())
	if sheet := r.s.currentSheet(r.act.Happened); sheet != nil {
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

// eliminationConditions: S4.18, S2.25 – what the pack asks before a risk may be
// called eliminated.
func (r *ruling) eliminationConditions(excepted bool) {
	rule, on := r.pack.EliminationIf, r.act.Happened
	line, ok := r.pack.LineOf(on.Year())
	sheet := r.s.currentSheet(on)
	switch {
	case !ok:
		r.fails(policy.LineUndetermined, "%d年监测范围（收入线）未定", on.Year())
	case sheet == nil || sheet.PerCapita <= line:
		r.fails(policy.EliminationIncome, "人均纯收入未超过当年监测范围%d元", line/100)
	case !excepted && !r.singleRisk() && !r.s.stableAbove(line, on, rule.IncomeMonths):
		r.fails(policy.EliminationStable, "收入稳定超过监测范围原则上不少于%d个月", rule.IncomeMonths)
	}
	for _, g := range r.s.Guarantees {
		if !g.OK && g.On <= on {
			r.fails(policy.EliminationGuarantee, "%s尚未巩固", code.Guarantees.ZH(string(g.Guarantee)))
		}
	}
	for _, risk := range r.s.episodeOn(on).Risks {
		if risk.Gone != 0 && risk.Gone <= on {
			continue
		}
		if risk.Original {
			r.fails(policy.EliminationRisk, "识别时的风险“%s”尚未消除", code.Risks.ZH(string(risk.Risk)))
		} else {
			r.fails(policy.EliminationNewRisk, "存在新增风险“%s”", code.Risks.ZH(string(risk.Risk)))
		}
	}
	if rule.NoLabourWithheld && r.s.NoLabour() {
		r.fails(policy.EliminationNoLabour, "整户无劳动力，落实社会保障后暂不标注风险消除")
	}
}

// singleRisk says whether the fast path of S4.16 is open: one risk only, of
// compulsory education, housing or water, with the income above the line.
func (r *ruling) singleRisk() bool {
	risks := r.s.episodeOn(r.act.Happened).Risks
	if !r.pack.EliminationIf.SingleRiskFast || len(risks) != 1 {
		return false
	}
	switch risks[0].Risk {
	case "housing", "water", "schooling":
		return true
	}
	return false
}

// currentSheet is the last income sheet by the day.
func (s *State) currentSheet(on calendar.Day) *Sheet {
	var last *Sheet
	for i := range s.Sheets {
		if sh := &s.Sheets[i]; sh.On <= on && (last == nil || sh.On >= last.On) {
			last = sh
		}
	}
	return last
}

// stableAbove says whether a sheet above the line stands at least so many
// months before the day, with none at or below the line since.
func (s *State) stableAbove(line code.Fen, on calendar.Day, months int) bool {
	if months == 0 {
		return true
	}
	since := on.AddMonths(-months)
	var start *Sheet
	for i := range s.Sheets {
		if sh := &s.Sheets[i]; sh.On <= since && sh.PerCapita > line && (start == nil || sh.On > start.On) {
			start = sh
		}
	}
	if start == nil {
		return false
	}
	for _, sh := range s.Sheets {
		if sh.On > start.On && sh.On <= on && sh.PerCapita <= line {
			return false
		}
	}
	return true
}

func (s *State) eliminationProposed(f Fact, e EliminationProposed) {
	ep, _ := s.chainResult(policy.Elimination, policy.Proposal, f, "", "")
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

func (r *ruling) deferElimination(c DeferElimination) []Event {
	if c.Reason == "" {
		return r.refuse(policy.Malformed, "暂缓消除须写明原因")
	}
	r.monitored()
	r.entitled("暂缓消除", code.County, code.CountyOfficer, code.CountyDecider)
	return []Event{EliminationDeferred(c)}
}

func (s *State) eliminationDeferred(f Fact, _ EliminationDeferred) {
	if ep := s.episodeOn(f.Happened()); ep != nil {
		ep.Deferred = max(ep.Deferred, f.Happened())
	}
}

func (r *ruling) withholdMark(c WithholdMark) []Event {
	if c.Reason == "" {
		return r.refuse(policy.Malformed, "暂不标注须写明原因")
	}
	r.monitored()
	r.entitled("暂不标注", code.County, code.CountyOfficer, code.CountyDecider)
	return []Event{MarkWithheld(c)}
}

func (s *State) markWithheld(f Fact, _ MarkWithheld) {
	if ep := s.episodeOn(f.Happened()); ep != nil {
		ep.Withheld = max(ep.Withheld, f.Happened())
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
