package household

import (
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// DeferElimination: stability is weak, help goes on (暂缓消除, S2.26).
type DeferElimination struct {
	Reason   code.Text    `json:"reason"`
	Weakness []string     `json:"weakness,omitzero"`  // code.Weaknesses
	ReviewBy calendar.Day `json:"review_by,omitzero"` // until when it is looked at again
}

// EliminationDeferred: the household stays monitored and is helped on.
type EliminationDeferred DeferElimination

// WithholdMark: without labour, after social security is in place, the mark is
// not set for now (暂不标注, S2.27).
type WithholdMark struct {
	Reason code.Text `json:"reason"`
}

// MarkWithheld: no mark for now, tracking goes on.
type MarkWithheld WithholdMark

func (DeferElimination) isCommand()  {}
func (WithholdMark) isCommand()      {}
func (EliminationDeferred) isEvent() {}
func (MarkWithheld) isEvent()        {}

func (r *ruling) deferElimination(c DeferElimination) []Event {
	if c.Reason == "" {
		return r.refuse(policy.Malformed, "暂缓消除须写明原因")
	}
	for _, w := range c.Weakness {
		r.known(code.Weaknesses, w, "稳定性较弱的情形")
	}
	if c.ReviewBy != 0 && c.ReviewBy < r.act.Happened {
		return r.refuse(policy.Malformed, "复核期限早于暂缓日期")
	}
	r.monitored()
	r.entitled("暂缓消除", code.County, code.CountyOfficer, code.CountyDecider)
	return []Event{EliminationDeferred(c)}
}

func (s *State) eliminationDeferred(f Fact, e EliminationDeferred) {
	if ep := s.episodeOn(f.Happened()); ep != nil && f.Happened() >= ep.Deferred {
		ep.Deferred, ep.ReviewBy = f.Happened(), e.ReviewBy
	}
}

// withholdMark: S2.27, nobody of the household can work, and its social security
// is in place.
func (r *ruling) withholdMark(c WithholdMark) []Event {
	if c.Reason == "" {
		return r.refuse(policy.Malformed, "暂不标注须写明原因")
	}
	if !r.monitored() {
		return nil
	}
	r.entitled("暂不标注", code.County, code.CountyOfficer, code.CountyDecider)
	if !r.s.NoLabour() {
		r.fails(policy.WithheldAble, "该户有劳动力，暂不标注适用于无劳动能力或丧失劳动能力的监测对象")
	}
	if !r.s.inSafetyNet(r.act.Happened) {
		r.fails(policy.WithheldUnsecured, "尚未落实社会保障措施")
	}
	return []Event{MarkWithheld(c)}
}

// inSafetyNet says whether a safety-net measure had arrived by the day.
func (s *State) inSafetyNet(on calendar.Day) bool {
	return slices.ContainsFunc(s.Episodes, func(e Episode) bool {
		return slices.ContainsFunc(e.Measures, func(m Measure) bool { return m.Class == "safety_net" && m.Delivered != 0 && m.Delivered <= on })
	})
}

func (s *State) markWithheld(f Fact, _ MarkWithheld) {
	if ep := s.episodeOn(f.Happened()); ep != nil {
		ep.Withheld = max(ep.Withheld, f.Happened())
	}
}
