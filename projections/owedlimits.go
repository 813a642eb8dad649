package projections

import (
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// arranged counts up the version of a model whose rows hold days reckoned in
// working days: with every year whose holidays come to be known they change.
func arranged(version int) int { return version*100 + len(calendar.Announced().Years()) }

// within sets the last day on which the item is in time, of several limits the
// earliest. A limit whose end nobody can say counts only where there is no other.
func (o *owedItem) within(p calendar.Period, from calendar.Day) {
	if p.Days <= 0 {
		return
	}
	end, known := p.End(from)
	switch {
	case known && (o.due == 0 || end < o.due), !known && o.due == 0:
		o.due, o.limit = end, p
	}
}

// stepLimit is the time the pack gives a step.
func stepLimit(pack policy.Pack, of policy.Procedure, step policy.Step) calendar.Period {
	if r, ok := pack.StepAt(of, step); ok && r.Limit != nil {
		return r.Limit.Period()
	}
	return calendar.Period{}
}

// noticeEnd is the first day on which the sheet may be over: where its working
// days are not known, as early as if every day were one.
func noticeEnd(n *household.NoticeLine) calendar.Day {
	if end, known := n.Full(); known {
		return end
	}
	return n.Posted + calendar.Day(n.Days)
}
