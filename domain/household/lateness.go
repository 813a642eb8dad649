package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// Time limits: of a step, of the whole chain from its first act to the county's
// decision, of the plan, and of looking into what came in certain ways. Whatever
// came after its last day is told beside the fact; nothing is refused for being
// late, or it would never come.

// inTime holds a step to its limit and, if it is the decision on an inclusion,
// the chain to its own. Entries in a system are left to the worklist: a system
// that was shut gives time back (S1.28), which this file does not know.
func (r *ruling) inTime(of policy.Procedure, e *Episode, ch *Chain, rule policy.StepRule) {
	if of == policy.Inclusion && rule.Step == policy.CountyDecision && e != nil {
		r.within(policy.ChainLate, r.pack.Chain, e.OpenedOn, "全程自%s起")
	}
	switch {
	case rule.Step == policy.SystemEntry || rule.Step == policy.SystemMark || r.doneBefore(ch, rule.Step):
		return
	case rule.Step == policy.Plan && e != nil && e.Included != 0:
		r.within(policy.StepLate, r.pack.PlanDue, e.Included, "一户一策自%s审定起")
	case rule.Step == policy.HomeSurvey && of == policy.Inclusion:
		if applied := ch.Find(policy.Application); applied != nil {
			answer, _ := r.pack.Response(applied.Result)
			r.within(policy.ClueLate, answer.Limit, applied.On, "农户%s申请")
		}
	}
	if rule.Limit != nil {
		r.within(policy.StepLate, *rule.Limit, r.turn(of, e, ch, rule.Step), r.pack.Named(string(rule.Step), r.act.Happened)+"自%s起")
	}
}

// within tells that the act came after a limit that ran from a day. since has a
// place for that day.
func (r *ruling) within(rule policy.Rule, limit policy.Limit, from calendar.Day, since string) {
	if limit.Days <= 0 || from == 0 || r.act.Generated() {
		return
	}
	if end, known := limit.Period().End(from); known && r.act.Happened > end {
		r.failsAs(r.grounded(rule, limit.Basis, limit.Cite), since+"应在%s以内（至%s），实为%s",
			from.Chinese(), limit.Period().Chinese(), end.Chinese(), r.act.Happened.Chinese())
	}
}

// doneBefore says whether the step had been done by the day: what is done once
// more has no limit of its own.
func (r *ruling) doneBefore(ch *Chain, step policy.Step) bool {
	for _, d := range ch.Done {
		if d.Step == step && d.On <= r.act.Happened {
			return true
		}
	}
	return false
}

// turn is the day from which a step's time runs: that of its return, of the
// decision that it carries out, or of the last step before it; after a notice not
// before that may come down.
func (r *ruling) turn(of policy.Procedure, e *Episode, ch *Chain, step policy.Step) calendar.Day {
	on := r.act.Happened
	if e != nil && e.ReturnedTo == step && e.returnedOn <= on {
		return e.returnedOn
	}
	var from calendar.Day
	for _, other := range r.pack.Steps(of) {
		if other.Step == step {
			break
		}
		if done := r.doneIn(e, ch, of, other.Step); done <= on {
			from = max(from, done)
		}
		if other.Step == policy.Notice && ch.Notice != nil {
			if full, known := ch.Notice.Full(); known && full <= on {
				from = max(from, full)
			}
		}
	}
	return from
}

// answerTo is the time that was set when a clue came in, with the grounds that the
// pack of today gives; where it gives none the time is an assumed one.
func (r *ruling) answerTo(c Clue) policy.Limit {
	limit := policy.Limit{Basis: policy.Assumed}
	if stated, ok := r.pack.Response(c.Via); ok {
		limit = stated.Limit
	}
	limit.Days, limit.Count = c.Within.Days, c.Within.Count
	return limit
}
