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
}

// TownshipReviewed: the township reviewed the household.
type TownshipReviewed ReviewByTownship

// ReturnCase sends a case back to a named step, with the reason (退回).
type ReturnCase struct {
	Procedure policy.Procedure `json:"procedure"`
	By        code.Level       `json:"by"` // township or county
	To        policy.Step      `json:"to"`
	Reason    code.Text        `json:"reason"`
	Document  string           `json:"document,omitzero"`
}

// CaseReturned: the case was sent back; the steps from there on are due again.
type CaseReturned ReturnCase

func (ReportByVillage) isCommand()  {}
func (ReviewByTownship) isCommand() {}
func (ReturnCase) isCommand()       {}
func (VillageReported) isEvent()    {}
func (TownshipReviewed) isEvent()   {}
func (CaseReturned) isEvent()       {}

// reportByVillage: after appraisal and notice the village reports (S2.20).
func (r *ruling) reportByVillage(c ReportByVillage) []Event {
	ch := r.step(c.Procedure, policy.VillageReport)
	r.appraisalPassed(ch)
	r.noticeDone(c.Procedure, ch)
	return []Event{VillageReported(c)}
}

// reviewByTownship: S2.21, and the notice must have run its days (S2.19).
func (r *ruling) reviewByTownship(c ReviewByTownship) []Event {
	r.known(code.ReviewResults, string(c.Result), "审核结果")
	if c.Opinion == "" {
		return r.refuse(policy.Malformed, "乡镇审核须写明意见")
	}
	ch := r.step(c.Procedure, policy.TownshipReview)
	r.notReturned(policy.TownshipReview)
	r.separate(ch, policy.CountyDecision)
	r.recuses(policy.Steps.ZH(string(policy.TownshipReview)))
	if c.Result == code.Pass {
		r.appraisalPassed(ch)
		r.noticeDone(c.Procedure, ch)
	}
	return []Event{TownshipReviewed(c)}
}

// notReturned: what was sent back must be done again before it goes up.
func (r *ruling) notReturned(step policy.Step) {
	if e := r.s.episodeOn(r.act.Happened); e != nil && e.ReturnedTo != "" && e.ReturnedTo != step && r.act.Happened >= e.returnedOn {
		r.fails(policy.OrderMissingStep, "该户已退回到%s，尚未重新办理", policy.Steps.ZH(string(e.ReturnedTo)))
	}
}

func (s *State) townshipReviewed(f Fact, e TownshipReviewed) {
	ep, _ := s.chainResult(e.Procedure, policy.TownshipReview, f, e.Document, string(e.Result))
	if ep != nil && e.Procedure == policy.Inclusion && e.Result == code.Reject && ep.Included == 0 {
		ep.Rejected = f.Happened()
	}
}

func (r *ruling) returnCase(c ReturnCase) []Event {
	r.known(policy.Procedures, string(c.Procedure), "程序")
	r.known(policy.Steps, string(c.To), "退回环节")
	if c.Reason == "" {
		return r.refuse(policy.Malformed, "退回须写明原因")
	}
	e := r.s.episodeOn(r.act.Happened)
	if e == nil {
		return r.refuse(policy.CaseNotOpen, "该户没有在办的程序")
	}
	switch c.By {
	case code.Township:
		r.entitled("乡镇退回", code.Township, code.TownshipReviewer, code.TownshipCadre)
	case code.County:
		r.entitled("县级退回", code.County, code.CountyDecider, code.CountyOfficer)
	default:
		return r.refuse(policy.Malformed, "只有乡镇或县级可以退回")
	}
	r.caseFor(c.Procedure, e)
	return []Event{CaseReturned(c)}
}

// caseReturned: the step returned to and all after it in the chain are due
// again, unless they were done since; what was done stays in the file.
func (s *State) caseReturned(f Fact, e CaseReturned) {
	on := f.Happened()
	// A return belongs to the case that stands, so it never opens one.
	ep, ch := s.chain(e.Procedure, policy.ListHandedDown, f)
	if ch == nil {
		return
	}
	ch.returns = append(ch.returns, returned{on, e.To})
	var kept []Done
	from, again := stepIndex(e.To), false
	for _, d := range ch.Done {
		if stepIndex(d.Step) < from || d.On > on {
			kept = append(kept, d)
		}
		again = again || d.Step == e.To && d.On > on
	}
	ch.Done = kept
	if from <= stepIndex(policy.Notice) && ch.Notice != nil && ch.Notice.Posted <= on {
		ch.retireNotice()
	}
	if from <= stepIndex(policy.Appraisal) && ch.Appraisal != nil && ch.Appraisal.On <= on {
		ch.Appraisal = nil
	}
	if !again && on >= ep.returnedOn {
		ep.ReturnedTo, ep.ReturnedReason, ep.returnedOn = e.To, e.Reason, on
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
