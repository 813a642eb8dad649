package household

import (
	"slices"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// chainDone notes that a step was done.
func (s *State) chainDone(of policy.Procedure, step policy.Step, f Fact, paper string) {
	s.chainResult(of, step, f, paper, "")
}

func (s *State) chainResult(of policy.Procedure, step policy.Step, f Fact, paper, result string) (*Episode, *Chain) {
	e, ch := s.chain(of, step, f)
	if ch == nil || ch.superseded(step, f.Happened()) {
		return e, ch
	}
	by := make([]string, len(f.Act.DoneBy))
	for i, p := range f.Act.DoneBy {
		by[i] = p.ID
	}
	ch.Done = append(ch.Done, Done{Step: step, On: f.Happened(), By: by, Event: f.ID, Version: f.Version, Paper: paper, Result: result})
	if e.ReturnedTo == step && f.Happened() >= e.returnedOn {
		e.ReturnedTo, e.ReturnedReason = "", ""
	}
	return e, ch
}

// superseded says whether the case was returned, after that day, to this step or
// an earlier one: typed late, what was done before stays in the file and is due
// again all the same.
func (c *Chain) superseded(step policy.Step, on calendar.Day) bool {
	for _, r := range c.returns {
		if on < r.on && r.covers(step) {
			return true
		}
	}
	return false
}

// Find returns the last time a step was done, or nil.
func (c *Chain) Find(step policy.Step) *Done {
	var last *Done
	for i := range c.Done {
		if c.Done[i].Step == step {
			last = &c.Done[i]
		}
	}
	return last
}

// current returns the episode and chain an act of the procedure would belong to,
// without opening anything: no episode or an empty chain where it would.
func (r *ruling) current(of policy.Procedure, step policy.Step) (*Episode, *Chain) {
	i := r.s.episodeAt(of, step, r.act.Happened)
	if i < 0 || i == len(r.s.Episodes) {
		return nil, &Chain{}
	}
	e := &r.s.Episodes[i]
	switch of {
	case policy.Inclusion:
		return e, &e.Inclusion
	case policy.Assistance:
		return e, &e.Help
	}
	if _, next := e.nextAttempt(step, r.act.Happened); next {
		return e, &Chain{}
	}
	return e, e.attempt(r.act.Happened)
}

// step holds what every step of a procedure must satisfy: who acts, and that
// the required steps before it are done, judged on the days things happened.
func (r *ruling) step(of policy.Procedure, step policy.Step) *Chain {
	if !r.known(policy.Procedures, string(of), "程序") {
		return &Chain{}
	}
	e, ch := r.current(of, step)
	r.caseFor(of, e)
	rule, ok := r.pack.StepRule(of, step)
	if !ok {
		return ch // the pack does not know the step; the fact is welcome
	}
	name := r.pack.Named(string(step), r.act.Happened)
	// Whose task it is does not keep others from it whom the pack lists.
	r.entitled(name, "", rule.Capacities...)
	if brought(of, e) || of == policy.Assistance && r.green(e) {
		return ch // steps unknown, not missing; or owed by a day
	}
	before := true
	for _, other := range r.pack.Steps(of) {
		if other.Step == step {
			before = false
			continue
		}
		if step == policy.Application && other.Step == policy.Clue {
			continue // it is one of the channels itself (S4.8)
		}
		done := r.doneIn(e, ch, of, other.Step)
		otherName := r.pack.Named(string(other.Step), r.act.Happened)
		g := policy.Guard{Rule: policy.OrderMissingStep, Mode: rule.Order, Basis: rule.Basis, Cite: rule.Cite}
		if other.Basis == policy.Assumed {
			// The step's own place is stated, its place after the other one is not.
			g.Mode, g.Basis, g.Cite = policy.Flag, policy.Assumed, ""
		}
		switch {
		case before && !other.Optional && done == 0:
			if r.act.Mode == act.Transcribed {
				g.Rule = policy.BeforeAsserted
			}
			r.failsAs(g, "%s之前应有%s", name, otherName)
		case before && done > r.act.Happened, !before && done != 0 && done < r.act.Happened && !repeats(e, step):
			g.Rule = policy.OrderDates
			r.failsAs(g, "%s在%s，%s在%s，先后颠倒", otherName, done.Chinese(), name, r.act.Happened.Chinese())
		}
	}
	r.inTime(of, e, ch, rule)
	return ch
}

// inForce flags a decision under a pack whose validity had ended.
func (r *ruling) inForce() {
	if r.pack.Expired(r.act.Happened) {
		r.fails(policy.PackExpired, "《%s》有效期至%s", r.pack.Title, r.pack.ValidTo.Chinese())
	}
}

// repeats says whether a step may honestly be done again after later ones.
func repeats(e *Episode, step policy.Step) bool {
	if e != nil && e.ReturnedTo != "" {
		return true
	}
	switch step {
	case policy.HomeSurvey, policy.IncomeSheet, policy.Comparison, policy.SystemEntry, policy.Plan, policy.MeasureStarted, policy.MeasureDelivered:
		return true
	}
	return false
}

// brought says whether the episode was brought forward (存量导入) and so claims no
// steps of the procedure.
func brought(of policy.Procedure, e *Episode) bool {
	return e != nil && e.Brought && (of != policy.Elimination || e.Eliminated != 0 && len(e.Attempts) == 0)
}

// green says whether help comes first on the day, under a green channel of the
// episode: one that was opened years ago for another does not serve it.
func (r *ruling) green(e *Episode) bool {
	g, on := r.s.GreenOf(e), r.act.Happened
	return g != nil && g.Opened <= on && (e.Included == 0 || on < e.Included)
}

// doneIn returns the day on which a step was done: of several the last by the
// day of the act, or else the first after it. It counts what stands in the file
// rather than in the chain: clues and letters belong to the household.
func (r *ruling) doneIn(e *Episode, ch *Chain, of policy.Procedure, step policy.Step) calendar.Day {
	var days []calendar.Day
	find := func(step policy.Step) {
		for _, d := range ch.Done {
			if d.Step == step {
				days = append(days, d.On)
			}
		}
	}
	if find(step); len(days) > 0 {
		return nearest(days, r.act.Happened)
	}
	since := r.s.endBefore(e)
	switch step {
	case policy.Clue, policy.Application:
		// A clue found by others stands where the household's own application
		// would, and the other way round (S4.8: five channels are equal).
		if of != policy.Inclusion {
			break
		}
		for _, c := range r.s.Clues {
			if c.On > since {
				days = append(days, c.On)
			}
		}
		find(policy.Application)
	case policy.Authorisation:
		for _, l := range r.s.Letters {
			if l.On > since {
				days = append(days, l.On)
			}
		}
	}
	return nearest(days, r.act.Happened)
}

// StepStands says whether a step of the procedure is done in the chain of the
// episode, counting what stands in the file rather than in the chain: clues and
// applications stand for each other (S4.8), and letters and plans belong to the
// household. What served an episode that has ended does not serve the next.
func (s *State) StepStands(e *Episode, of policy.Procedure, c *Chain, step policy.Step) bool {
	if c.Find(step) != nil {
		return true
	}
	since := s.endBefore(e)
	switch step {
	case policy.Clue, policy.Application:
		clue := slices.ContainsFunc(s.Clues, func(c Clue) bool { return c.On > since })
		return of == policy.Inclusion && (clue || c.Find(policy.Application) != nil)
	case policy.Authorisation:
		return slices.ContainsFunc(s.Letters, func(l Letter) bool { return l.On > since })
	case policy.Plan:
		return e.Plan != 0
	default:
		return false
	}
}

func nearest(days []calendar.Day, on calendar.Day) calendar.Day {
	var best calendar.Day
	for _, d := range days {
		if best == 0 || d <= on && (d > best || best > on) || d > on && best > on && d < best {
			best = d
		}
	}
	return best
}

// caseFor refuses steps for which there is no case in the right state.
func (r *ruling) caseFor(of policy.Procedure, e *Episode) {
	on := r.act.Happened
	switch {
	case of == policy.Inclusion:
	case e == nil, e.Included == 0 && (of == policy.Elimination || e.Rejected != 0 && on > e.Rejected):
		r.refuse(policy.CaseNotMonitored, "该户不是监测对象")
	case e.Revoked != 0 && on > e.Revoked:
		r.refuse(policy.CaseNotMonitored, "该户的认定已于%s撤销", e.Revoked.Chinese())
	case of == policy.Elimination && on < e.Included:
		r.fails(policy.OrderDates, "早于%s的审定纳入", e.Included.Chinese())
	case of == policy.Assistance && (e.Included == 0 || on < e.Included) && !r.green(e):
		r.fails(policy.HelpBeforeDecision, "县级审定之前实施帮扶，且未开绿色通道")
	}
}

// noticeDone holds what 公示 asks of the steps after it: it was up for its days
// and came down, objections are answered, the line still stands.
func (r *ruling) noticeDone(of policy.Procedure, ch *Chain) {
	n := ch.Notice
	if n == nil || !r.pack.NoticeDue(of) {
		return
	}
	if n.openOn(r.act.Happened) {
		r.fails(policy.NoticeObjectionOpen, "该户公示期间有异议尚未答复")
	}
	if n.Struck == 0 && n.upheldBy(r.act.Happened) {
		r.fails(policy.NoticeObjectionOpen, "异议成立，该户应从公示名单划去，重新公示")
	}
	if n.Struck != 0 && n.Struck <= r.act.Happened {
		r.fails(policy.NoticeObjectionOpen, "该户已从公示名单中划去，须重新公示")
	}
	end := n.Removed
	if end == 0 || end > r.act.Happened {
		r.noticePeriod(n, r.act.Happened, policy.NoticeStanding)
	} else {
		r.noticePeriod(n, end, policy.NoticeTooShort)
	}
}

// asPosted holds the class decided to the one that hung on the wall: a line that
// was altered since needs a sheet of its own, the others on it do not.
func (r *ruling) asPosted(ch *Chain, class code.Class) {
	n := ch.Notice
	if n == nil || n.Class == "" || n.Class == class || n.Posted > r.act.Happened || !r.pack.NoticeDue(policy.Inclusion) {
		return
	}
	r.fails(policy.NoticeListDiffers, "公示的类别为“%s”，现为“%s”；变更的一户须单独重新公示",
		code.Classes.ZH(string(n.Class)), code.Classes.ZH(string(class)))
}

// levelRank orders levels: a higher level has the higher rank.
func levelRank(l code.Level) int {
	for i, e := range code.Levels {
		if e.Code == string(l) {
			return len(code.Levels) - i
		}
	}
	return 0
}
