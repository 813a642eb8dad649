package household

import (
	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// EndInclusion ends an inclusion under way without a decision (识别终止): the
// appraisal did not pass, the household withdrew, or there is no risk after all.
// What the township or the county refuses needs no such act.
type EndInclusion struct {
	Why    string    `json:"why"` // code.InclusionEndings
	Reason code.Text `json:"reason"`
}

// InclusionEnded: the inclusion ended; what comes later is another case.
type InclusionEnded EndInclusion

func (EndInclusion) isCommand() {}
func (InclusionEnded) isEvent() {}

func (r *ruling) endInclusion(c EndInclusion) []Event {
	r.known(code.InclusionEndings, c.Why, "识别终止原因")
	e := r.s.episodeOn(r.act.Happened)
	switch {
	case c.Reason == "":
		return r.refuse(policy.Malformed, "识别终止须写明情况")
	case e == nil || e.Included != 0 || e.Rejected != 0:
		return r.refuse(policy.CaseNotOpen, "该户没有在办的识别")
	}
	r.entitled("识别终止", "", code.VillageCadre, code.VillageSecretary, code.TownshipCadre, code.TownshipReviewer, code.CountyOfficer)
	if line := e.Inclusion.Appraisal; c.Why == "appraisal_rejected" && (line == nil || line.Result != code.Reject || line.On > r.act.Happened) {
		rule := policy.OrderMissingStep
		if r.act.Mode == act.Transcribed {
			rule = policy.BeforeAsserted
		}
		r.fails(rule, "没有未通过的民主评议记录")
	}
	return []Event{InclusionEnded(c)}
}

func (s *State) inclusionEnded(f Fact) {
	if e := s.episodeOn(f.Happened()); e != nil && e.Included == 0 {
		e.OpenedOn = min(e.OpenedOn, f.Happened()) // what ended had begun
		e.Rejected = f.Happened()
	}
}
