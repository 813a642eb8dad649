package household

import (
	"slices"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// ReturnCase sends a case back to a named step, with the reason (退回).
type ReturnCase struct {
	Procedure policy.Procedure `json:"procedure"`
	By        code.Level       `json:"by"` // township or county
	To        policy.Step      `json:"to"`
	Reason    code.Text        `json:"reason"`
	Document  string           `json:"document,omitzero"`
	Item      int              `json:"item,omitzero"`
}

// CaseReturned: the case was sent back; the steps from there on are due again.
type CaseReturned struct {
	Procedure policy.Procedure `json:"procedure"`
	By        code.Level       `json:"by"`
	To        policy.Step      `json:"to"`
	Reason    code.Text        `json:"reason"`
	Document  string           `json:"document,omitzero"`
	Item      int              `json:"item,omitzero"`
	// Again are the steps due again, where the pack takes them in another order
	// than most places do.
	Again []policy.Step `json:"again,omitzero"`
}

func (ReturnCase) isCommand() {}
func (CaseReturned) isEvent() {}

// notReturned: what was sent back must be done again before it goes up.
func (r *ruling) notReturned(step policy.Step) {
	if e := r.s.episodeOn(r.act.Happened); e != nil && e.ReturnedTo != "" && e.ReturnedTo != step && r.act.Happened >= e.returnedOn {
		r.fails(policy.OrderMissingStep, "该户已退回到%s，尚未重新办理", policy.Steps.ZH(string(e.ReturnedTo)))
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
	again, ok := r.dueAgain(c)
	if !ok {
		return r.refuse(policy.StepUnknown, "%s程序中，%s之前没有%s这个环节可以退回", policy.Procedures.ZH(string(c.Procedure)),
			code.Levels.ZH(string(c.By)), policy.Steps.ZH(string(c.To)))
	}
	return []Event{CaseReturned{Procedure: c.Procedure, By: c.By, To: c.To, Reason: c.Reason, Document: c.Document, Item: c.Item, Again: again}}
}

// dueAgain returns the steps that a return makes due again by the pack's order,
// none where that is the usual order. It is not ok to return to a step that the
// procedure does not have, or to one after the returning level's own.
func (r *ruling) dueAgain(c ReturnCase) (again []policy.Step, ok bool) {
	own := policy.TownshipReview
	if c.By == code.County {
		own = policy.CountyDecision
	}
	usual := true
	for _, s := range r.pack.Steps(c.Procedure) {
		after := stepIndex(s.Step) >= stepIndex(c.To)
		switch {
		case s.Step == own && len(again) == 0:
			return nil, false
		case s.Step == c.To || len(again) > 0:
			again = append(again, s.Step)
			usual = usual && after
		default:
			usual = usual && !after
		}
	}
	if usual {
		return nil, len(again) > 0
	}
	return again, true
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
	back := returned{on, e.To, e.Again}
	ch.returns = append(ch.returns, back)
	var kept []Done
	again := false
	for _, d := range ch.Done {
		if !back.covers(d.Step) || d.On > on {
			kept = append(kept, d)
		} else {
			ch.undone = append(ch.undone, d)
		}
		again = again || d.Step == e.To && d.On > on
	}
	ch.Done = kept
	if back.covers(policy.Notice) && ch.Notice != nil && ch.Notice.Posted <= on {
		ch.retireNotice()
	}
	if back.covers(policy.Appraisal) && ch.Appraisal != nil && ch.Appraisal.On <= on {
		ch.Appraisal = nil
	}
	if !again && on >= ep.returnedOn {
		ep.ReturnedTo, ep.ReturnedReason, ep.returnedOn = e.To, e.Reason, on
	}
}

// covers says whether the step is due again after the return.
func (r returned) covers(step policy.Step) bool {
	if len(r.again) > 0 {
		return slices.Contains(r.again, step)
	}
	return stepIndex(step) >= stepIndex(r.to)
}
