package audit

import (
	"slices"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// Impossible is the family of what cannot have been (时序不可能): performed under guards
// that block, no act ever comes out so. What was transcribed may, in the order in which
// it was typed: whoever looks compares the papers.
var Impossible = []Rule{
	{"impossible.same-person", "S2.21", oneForBoth},
	{"impossible.notice", "S2.20", noticeCutShort},
	{"impossible.elimination", "S4.20", neverIncluded},
	{"impossible.follow-up", "S4.20", neverFollowed},
	{"impossible.mark", "S4.20", neverDecided},
	{"impossible.roll-back", "S4.20", neverEliminated},
	{"impossible.delivery", "S4.15", neverBegun},
	{"impossible.removal", "S2.20", neverPosted},
}

// Unprepared are the same where the pack in force asks for the steps; elsewhere they
// are as they should be, so that no file is held against them unasked.
var Unprepared = []Rule{
	{"impossible.decision", "S0.17", undecided},
	{"impossible.comparison", "S3.4", withoutLetter},
}

type facts = []household.Fact

// last returns the latest of the facts that is of the kind and satisfies is, or nil.
func last[E household.Event](before facts, is func(E) bool) *household.Fact {
	for i := len(before) - 1; i >= 0; i-- {
		if e, ok := before[i].Event.(E); ok && is(e) {
			return &before[i]
		}
	}
	return nil
}

func whatever[E household.Event](E) bool { return true }

// brought says whether the case was taken over, and so claims no earlier steps.
func brought(before facts) bool { return last(before, whatever[household.CaseBroughtForward]) != nil }

// decides names the procedure that a fact decides positively, "" if it does not.
func decides(f household.Fact) policy.Procedure {
	switch e := f.Event.(type) {
	case household.InclusionDecided:
		if e.Result == code.Pass {
			return policy.Inclusion
		}
	case household.EliminationDecided:
		if e.Result == code.Pass {
			return policy.Elimination
		}
	default: // decides nothing
	}
	return ""
}

func reviewed(before facts, of policy.Procedure) *household.Fact {
	return last(before, func(e household.TownshipReviewed) bool { return e.Procedure == of && e.Result == code.Pass })
}

func undecided(before facts, f household.Fact) string {
	of := decides(f)
	if of == "" {
		return ""
	}
	appraised := last(before, func(e household.Appraised) bool { return e.Procedure == of && !e.RollBack })
	posted := last(before, func(e household.NoticePosted) bool { return e.Procedure == of })
	switch {
	case reviewed(before, of) == nil:
		return "审定之前没有乡镇审核"
	case appraised == nil || posted == nil:
		return "审定之前没有民主评议或公示"
	case appraised.Event.(household.Appraised).Result == code.Reject:
		return "民主评议未通过而审定"
	}
	return ""
}

func oneForBoth(before facts, f household.Fact) string {
	of := decides(f)
	if of == "" {
		return ""
	}
	if slices.ContainsFunc(reviewers(before, of), func(r household.Fact) bool {
		return slices.ContainsFunc(r.Act.DoneBy, func(p act.Person) bool {
			return slices.ContainsFunc(f.Act.DoneBy, func(q act.Person) bool { return p.ID == q.ID })
		})
	}) {
		return "乡镇审核与县级审定由同一人办理"
	}
	return ""
}

// reviewers are all who reviewed the case at hand, whatever became of their review.
func reviewers(before facts, of policy.Procedure) (all facts) {
	for _, b := range before {
		switch e := b.Event.(type) {
		case household.TownshipReviewed:
			if e.Procedure == of {
				all = append(all, b)
			}
			if e.Result == code.Reject {
				all = nil
			}
		case household.InclusionDecided, household.InclusionEnded, household.EliminationDecided, household.EliminationRolledBack:
			all = nil
		default: // neither a review nor the end of a case
		}
	}
	return all
}

// neverFollowed: a list that is handed down, an announcement or an entry follows a
// decision.
func neverFollowed(before facts, f household.Fact) string {
	var of policy.Procedure
	switch e := f.Event.(type) {
	case household.ListHandedDown:
		of = e.Procedure
	case household.Announced:
		of = e.Procedure
	case household.SystemEntered:
		of = policy.Inclusion
	default: // follows nothing
	}
	none := of == policy.Inclusion && last(before, whatever[household.InclusionDecided]) == nil ||
		of == policy.Elimination && last(before, whatever[household.EliminationDecided]) == nil
	if none && !brought(before) {
		return "未审定而返回名单、公告或录入系统"
	}
	return ""
}

func noticeCutShort(before facts, f household.Fact) string {
	of := decides(f)
	if of == "" {
		return ""
	}
	posted := last(before, func(e household.NoticePosted) bool { return e.Procedure == of })
	if posted == nil {
		return ""
	}
	n := posted.Event.(household.NoticePosted)
	end := f.Happened() // its days may be over while it still hangs
	if removed := last(before, func(e household.NoticeRemoved) bool { return e.Notice == n.Notice }); removed != nil {
		end = removed.Happened()
	}
	if end-posted.Happened() < calendar.Day(n.Days) {
		return "公示未满即审定"
	}
	return ""
}

func neverIncluded(before facts, f household.Fact) string {
	_, decided := f.Event.(household.EliminationDecided)
	if decided && !brought(before) && last(before, func(e household.InclusionDecided) bool { return e.Result == code.Pass }) == nil {
		return "未曾纳入而审定消除"
	}
	return ""
}

func neverDecided(before facts, f household.Fact) string {
	_, marked := f.Event.(household.SystemMarked)
	if marked && !brought(before) && last(before, func(e household.EliminationDecided) bool { return e.Result == code.Pass }) == nil {
		return "未审定消除而标注"
	}
	return ""
}

func neverEliminated(before facts, f household.Fact) string {
	_, rolled := f.Event.(household.EliminationRolledBack)
	if rolled && !brought(before) && last(before, whatever[household.EliminationDecided]) == nil {
		return "未审定消除而回退"
	}
	return ""
}

func withoutLetter(before facts, f household.Fact) string {
	_, compared := f.Event.(household.ComparisonReturned)
	if compared && !brought(before) && last(before, whatever[household.LetterSigned]) == nil {
		return "没有承诺授权而比对"
	}
	return ""
}

func neverBegun(before facts, f household.Fact) string {
	e, delivered := f.Event.(household.MeasureDelivered)
	if delivered && last(before, func(s household.MeasureStarted) bool { return s.Measure == e.Measure }) == nil {
		return "措施未实施而落实"
	}
	return ""
}

func neverPosted(before facts, f household.Fact) string {
	e, removed := f.Event.(household.NoticeRemoved)
	if removed && last(before, func(p household.NoticePosted) bool { return p.Notice == e.Notice }) == nil {
		return "未曾公示而撤下"
	}
	return ""
}
