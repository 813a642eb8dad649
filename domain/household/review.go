package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// ReportByVillage reports the household to the township (村级上报, S2.20).
type ReportByVillage struct {
	Procedure policy.Procedure `json:"procedure"`
	Document  string           `json:"document,omitzero"`
	Item      int              `json:"item,omitzero"`
}

// VillageReported: the village reported the household.
type VillageReported ReportByVillage

// ReviewByTownship is the township's review (乡镇审核, S2.21): a deciding step.
type ReviewByTownship struct {
	Procedure policy.Procedure  `json:"procedure"`
	Document  string            `json:"document,omitzero"`
	Item      int               `json:"item,omitzero"`
	Result    code.ReviewResult `json:"result"`
	Opinion   code.Text         `json:"opinion"`
	// Class that the township proposes; the county decides.
	Class code.Class `json:"class,omitzero"`
}

// TownshipReviewed: the township reviewed the household.
type TownshipReviewed ReviewByTownship

func (ReportByVillage) isCommand()  {}
func (ReviewByTownship) isCommand() {}
func (VillageReported) isEvent()    {}
func (TownshipReviewed) isEvent()   {}

// reportByVillage: after appraisal and notice the village reports (S2.20).
func (r *ruling) reportByVillage(c ReportByVillage) []Event {
	ch := r.step(c.Procedure, policy.VillageReport)
	e, _ := r.current(c.Procedure, policy.VillageReport)
	r.evidence(c.Procedure, policy.VillageReport, append(when(c.Document != "", "list"), when(r.lettered(e), "letter")...)...)
	r.appraisalPassed(ch)
	r.noticeDone(c.Procedure, ch)
	return []Event{VillageReported(c)}
}

// reviewByTownship: S2.21, and the notice must have run its days (S2.19).
func (r *ruling) reviewByTownship(c ReviewByTownship) []Event {
	r.known(code.ReviewResults, string(c.Result), "审核结果")
	switch {
	case c.Opinion == "":
		return r.refuse(policy.Malformed, "乡镇审核须写明意见")
	case c.Class != "" && (c.Procedure != policy.Inclusion || c.Result != code.Pass):
		return r.refuse(policy.Malformed, "只有同意纳入的审核才建议监测对象类别")
	case c.Class != "":
		r.known(code.Classes, string(c.Class), "监测对象类别")
	}
	ch := r.step(c.Procedure, policy.TownshipReview)
	r.evidence(c.Procedure, policy.TownshipReview, when(c.Document != "", "review_opinion", "list")...)
	r.notReturned(policy.TownshipReview)
	r.separate(ch, policy.CountyDecision)
	r.recuses(policy.Steps.ZH(string(policy.TownshipReview)))
	if c.Result == code.Pass {
		r.appraisalPassed(ch)
		r.noticeDone(c.Procedure, ch)
		if c.Class != "" {
			r.asPosted(ch, c.Class)
		}
	}
	return []Event{TownshipReviewed(c)}
}

func (s *State) townshipReviewed(f Fact, e TownshipReviewed) {
	ep, _ := s.chainResult(e.Procedure, policy.TownshipReview, f, e.Document, string(e.Result))
	if ep != nil && e.Procedure == policy.Inclusion && e.Result == code.Reject && ep.Included == 0 {
		ep.Rejected = f.Happened()
	}
}

func stepIndex(step policy.Step) int {
	for i, e := range policy.Steps {
		if e.Code == string(step) {
			return i
		}
	}
	return -1
}
