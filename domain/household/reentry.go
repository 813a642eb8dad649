package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// RollBackElimination withdraws an elimination that was wrong or too weak (风险消除
// 回退): the same episode goes on.
type RollBackElimination struct {
	Document string    `json:"document,omitzero"`
	Item     int       `json:"item,omitzero"`
	Reason   code.Text `json:"reason"`
}

// EliminationRolledBack: the household is monitored again.
type EliminationRolledBack RollBackElimination

// RevokeInclusion withdraws an inclusion that should not have been (撤销认定).
type RevokeInclusion struct {
	Document string    `json:"document,omitzero"`
	Item     int       `json:"item,omitzero"`
	Reason   code.Text `json:"reason"`
}

// InclusionRevoked: from this day the household no longer counts; earlier days
// keep it.
type InclusionRevoked RevokeInclusion

// CloseNaturally closes a household that exists no more (自然减少): not an
// elimination.
type CloseNaturally struct {
	Reason string    `json:"reason"` // code.NaturalClosings
	Note   code.Text `json:"note,omitzero"`
}

// NaturallyClosed: the household exists no more.
type NaturallyClosed CloseNaturally

// RecordFall records that a household actually fell (back) into poverty (实际返贫/
// 致贫), with the cause.
type RecordFall struct {
	Cause  code.Risk `json:"cause"`
	Reason code.Text `json:"reason"`
	// Shortfalls are causes in the work itself (S2.11: 工作、责任、政策落实不到位).
	Shortfalls []string `json:"shortfalls,omitzero"` // code.Shortfalls
}

// FallRecorded: it fell back, or fell, into poverty.
type FallRecorded RecordFall

func (RollBackElimination) isCommand() {}
func (RevokeInclusion) isCommand()     {}
func (CloseNaturally) isCommand()      {}
func (RecordFall) isCommand()          {}
func (EliminationRolledBack) isEvent() {}
func (InclusionRevoked) isEvent()      {}
func (NaturallyClosed) isEvent()       {}
func (FallRecorded) isEvent()          {}

func (r *ruling) rollBackElimination(c RollBackElimination) []Event {
	e := r.s.includedOn(r.act.Happened)
	switch {
	case c.Reason == "":
		return r.refuse(policy.Malformed, "回退须写明原因")
	case e == nil || e.Eliminated == 0 || r.act.Happened < e.Eliminated:
		return r.refuse(policy.CaseNotEliminated, "该户风险尚未消除")
	}
	r.entitled("风险消除回退", code.County, code.CountyDecider)
	r.recuses("风险消除回退")
	return []Event{EliminationRolledBack(c)}
}

// eliminationRolledBack: the same episode goes on, so a re-inclusion that was
// under way falls away.
func (s *State) eliminationRolledBack(f Fact, _ EliminationRolledBack) {
	if ep := s.includedOn(f.Happened()); ep != nil {
		for s.Episode() != ep && s.Episode().Included == 0 {
			s.Episodes = s.Episodes[:len(s.Episodes)-1]
		}
		ep.RolledBack = f.Happened()
		ep.Eliminated, ep.ElimAnnounced, ep.Marked, ep.Way = 0, 0, 0, ""
		ep.Attempts = append(ep.Attempts, Chain{from: ep.RolledBack})
	}
}

func (r *ruling) revokeInclusion(c RevokeInclusion) []Event {
	e := r.s.episodeOn(r.act.Happened)
	switch {
	case c.Reason == "":
		return r.refuse(policy.Malformed, "撤销认定须写明原因")
	case e == nil || e.Included == 0 || e.Revoked != 0:
		return r.refuse(policy.CaseNotMonitored, "该户没有可撤销的认定")
	}
	r.entitled("撤销认定", code.County, code.CountyDecider)
	r.recuses("撤销认定")
	return []Event{InclusionRevoked(c)}
}

func (s *State) inclusionRevoked(f Fact, _ InclusionRevoked) {
	if ep := s.episodeOn(f.Happened()); ep != nil {
		ep.Revoked = f.Happened()
	}
}

func (r *ruling) closeNaturally(c CloseNaturally) []Event {
	r.known(code.NaturalClosings, c.Reason, "自然减少原因")
	if c.Reason == "death" && r.s.CountedOn(r.act.Happened) > 0 {
		return r.refuse(policy.Malformed, "该户仍有家庭成员，请先登记成员死亡")
	}
	return []Event{NaturallyClosed(c)}
}

func (s *State) naturallyClosed(f Fact, e NaturallyClosed) {
	s.Closed, s.ClosedWhy = f.Happened(), e.Reason
}

func (r *ruling) recordFall(c RecordFall) []Event {
	r.known(code.Risks, string(c.Cause), "返贫致贫原因")
	for _, cause := range c.Shortfalls {
		r.known(code.Shortfalls, cause, "落实不到位的方面")
	}
	if c.Reason == "" {
		return r.refuse(policy.Malformed, "须写明返贫致贫情况")
	}
	return []Event{FallRecorded(c)}
}

func (s *State) fallRecorded(f Fact, e FallRecorded) {
	s.Fell = max(s.Fell, f.Happened())
	s.fellShort("", e.Shortfalls, f.Happened())
}
