package web

import (
	"context"
	"errors"
	"net/http"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// pursuit is how far something is that somebody sent: what a code shows, and
// nothing else.
type pursuit struct {
	told  string
	typed string
	found bool
	steps []pursued
}

// pursued is one thing that became of it, in plain words.
type pursued struct {
	on     calendar.Day
	zh, en string
	reason string // in the words of whoever decided
}

func (s *site) trackForm(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	return s.showPublic(w, r, http.StatusOK, trackPage(pursuit{}))
}

// track shows what a code leads to. The code is sent as a form, so that it stands
// in no address and no log.
func (s *site) track(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	page, status := pursuit{typed: r.PostFormValue("code")}, http.StatusOK
	err := s.gates.track.pass(s.whence(r), "", s.now())
	if err == nil {
		page.steps, err = s.pursue(r.Context(), typedCode(page.typed))
	} else {
		status = http.StatusTooManyRequests
	}
	if told, refused := s.told(r, err); refused {
		if page.told = told; status == http.StatusOK {
			status = http.StatusNotFound
		}
	} else if err != nil {
		return err
	}
	page.found = len(page.steps) > 0
	return s.showPublic(w, r, status, trackPage(page))
}

var errNoCode = policy.Refuse("code.unknown", "没有这个查询码，请核对后再输")

// pursue finds what a code leads to.
func (s *site) pursue(ctx context.Context, code string) ([]pursued, error) {
	if code == "" {
		return nil, errNoCode
	}
	id := applicationOf(code)
	facts, err := s.Handler.Facts(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(facts) > 0 {
		return s.pursueCase(ctx, id, facts)
	}
	if s.Reads.Notices == nil {
		return nil, errNoCode
	}
	_, o, err := s.Reads.Notices.Objection(ctx, objectionOf(code))
	if errors.Is(err, projections.ErrNotFound) {
		return nil, errNoCode
	}
	if err != nil {
		return nil, err
	}
	return pursueObjection(o), nil
}

func pursueObjection(o projections.NoticeObjection) []pursued {
	steps := []pursued{{on: o.Raised, zh: "已收到异议", en: "objection received"}}
	if o.Inquired != 0 {
		steps = append(steps, pursued{on: o.Inquired, zh: "已调查", en: "looked into"})
	}
	switch {
	case o.Answered == 0:
	case o.Upheld:
		steps = append(steps, pursued{on: o.Answered, zh: "答复：异议成立", en: "answered: upheld", reason: sayable(o.Findings)})
	default:
		steps = append(steps, pursued{on: o.Answered, zh: "答复：异议不成立", en: "answered: not upheld", reason: sayable(o.Findings)})
	}
	return steps
}

// pursueCase follows an application through the file it opened and the one it
// was found to belong to, until the county decided.
func (s *site) pursueCase(ctx context.Context, id string, facts []household.Fact) ([]pursued, error) {
	var steps []pursued
	since, own := facts[0].Happened(), ""
	for _, f := range household.Standing(facts, household.Times{}) {
		if e, linked := f.Event.(household.UnconfirmedLinked); linked {
			own = e.Household
		}
		if p, tells := pursuedClue(f, "c1"); tells {
			steps = append(steps, p)
		}
	}
	if own != "" {
		var err error
		if facts, err = s.Handler.Facts(ctx, own); err != nil {
			return nil, err
		}
		for _, f := range household.Standing(facts, household.Times{}) {
			if p, tells := pursuedClue(f, household.JoinedID(id, "c1")); tells {
				steps = append(steps, p)
			}
		}
	}
	for _, f := range household.Standing(facts, household.Times{}) {
		if f.Happened() < since {
			continue
		}
		p, tells, last := pursuedStep(f)
		if tells {
			steps = append(steps, p)
		}
		if last {
			break
		}
	}
	return steps, nil
}

// pursuedClue is what became of the clue as such.
func pursuedClue(f household.Fact, clue string) (p pursued, tells bool) {
	p.on = f.Happened()
	switch e := f.Event.(type) {
	case household.ClueRecorded:
		p.zh, p.en = "已收到申报", "application received"
		return p, e.Clue == clue
	case household.ClueDispatched:
		p.zh, p.en = "已安排核实", "somebody was told to look into it"
		return p, e.Clue == clue
	case household.ClueVerified:
		p.zh, p.en = "已核实："+code.ClueResults.ZH(e.Result), "looked into: "+code.ClueResults.EN(e.Result)
		if e.Result != "risk" {
			p.reason = sayable(string(e.Reason))
		}
		return p, e.Clue == clue
	case household.ClueFedBack:
		p.zh, p.en, p.reason = "已反馈", "answered", sayable(string(e.Text))
		return p, e.Clue == clue
	case household.UnconfirmedClosed:
		p.zh, p.en, p.reason = "已办结", "closed", sayable(string(e.Reason))
		return p, true
	case household.UnconfirmedLinked:
		p.zh, p.en = "已确认是哪一户", "it is known which household it is"
		return p, true
	default: // the others are not about a clue
	}
	return p, false
}

// pursuedStep is a step of the inclusion; last says that the case is decided.
func pursuedStep(f household.Fact) (p pursued, tells, last bool) {
	p.on = f.Happened()
	is := func(of policy.Procedure, zh, en string) (pursued, bool, bool) {
		p.zh, p.en = zh, en
		return p, of == policy.Inclusion, false
	}
	switch e := f.Event.(type) {
	case household.HouseholdRegistered:
		return is(policy.Inclusion, "已登记建档", "a file was opened")
	case household.HomeSurveyed:
		return is(e.Procedure, "入户核查", "somebody came to see")
	case household.ComparisonReturned:
		return is(e.Procedure, "信息比对", "compared with other records")
	case household.Appraised:
		if e.Result == code.Pass {
			return is(e.Procedure, "民主评议通过", "the villagers' meeting agreed")
		}
		return is(e.Procedure, "民主评议未通过", "the villagers' meeting did not agree")
	case household.NoticePosted:
		return is(e.Procedure, "村内公示", "posted in the village")
	case household.VillageReported:
		return is(e.Procedure, "已报乡镇", "sent to the township")
	case household.TownshipReviewed:
		p.reason = refusedReason(e.Result, e.Opinion)
		return is(e.Procedure, "乡镇审核："+code.ReviewResults.ZH(string(e.Result)), "township: "+code.ReviewResults.EN(string(e.Result)))
	case household.CaseReturned:
		return is(e.Procedure, "退回重新办理", "sent back to be done again")
	case household.InclusionEnded:
		p.zh, p.en, p.reason = "未纳入："+code.InclusionEndings.ZH(e.Why), "not included: "+code.InclusionEndings.EN(e.Why), sayable(string(e.Reason))
		return p, true, true
	case household.InclusionDecided:
		if e.Result == code.Pass {
			p.zh, p.en = "县级审定：纳入监测，安排帮扶", "county: included, help follows"
		} else {
			p.zh, p.en, p.reason = "县级审定：未纳入", "county: not included", sayable(string(e.Reason))
		}
		return p, true, true
	default: // nothing that an applicant is told by his code
	}
	return p, false, false
}

func refusedReason(result code.ReviewResult, opinion code.Text) string {
	if result == code.Pass {
		return ""
	}
	return sayable(string(opinion))
}

// sayable is a reason that may be told to whoever holds a code: one with a
// personal number in it is not.
func sayable(reason string) string {
	if code.PersonalNumber(reason) != "" {
		return ""
	}
	return reason
}
