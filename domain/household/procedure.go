package household

import (
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// chain returns the chain to which a fact of the procedure that happened on the
// day belongs, opening an episode where the fact is the first of one. It
// returns nil where there is no case to belong to.
func (s *State) chain(of policy.Procedure, f Fact) *Chain {
	switch of {
	case policy.Inclusion:
		if s.opensEpisode(f.Happened()) {
			s.Episodes = append(s.Episodes, Episode{OpenedOn: f.Happened(), Pack: f.Act.Pack})
		}
		return &s.Episode().Inclusion
	case policy.Assistance:
		if e := s.Episode(); e != nil {
			return &e.Help
		}
	case policy.Elimination:
		if e := s.Episode(); e != nil {
			if e.nextAttempt(f.Happened()) {
				e.Attempts = append(e.Attempts, Chain{})
			}
			return &e.Attempts[len(e.Attempts)-1]
		}
	}
	return nil
}

// nextAttempt says whether an elimination step of that day begins an attempt:
// there is none yet, or the county had refused the last one.
func (e *Episode) nextAttempt(on calendar.Day) bool {
	if len(e.Attempts) == 0 {
		return true
	}
	d := e.Attempts[len(e.Attempts)-1].Find(policy.CountyDecision)
	return d != nil && d.Result == string(code.Reject) && on > d.On
}

// opensEpisode says whether an inclusion step of that day opens a new episode:
// there is none, or the last one had ended before that day.
func (s *State) opensEpisode(on calendar.Day) bool {
	e := s.Episode()
	if e == nil {
		return true
	}
	for _, ended := range []calendar.Day{e.Eliminated, e.Rejected, e.Revoked} {
		if ended != 0 && on > ended {
			return true
		}
	}
	return false
}

// chainDone notes that a step was done.
func (s *State) chainDone(of policy.Procedure, step policy.Step, f Fact, paper string) {
	s.chainResult(of, step, f, paper, "")
}

func (s *State) chainResult(of policy.Procedure, step policy.Step, f Fact, paper, result string) {
	ch := s.chain(of, f)
	if ch == nil {
		return
	}
	by := make([]string, len(f.Act.DoneBy))
	for i, p := range f.Act.DoneBy {
		by[i] = p.ID
	}
	ch.Done = append(ch.Done, Done{Step: step, On: f.Happened(), By: by, Event: f.ID, Version: f.Version, Paper: paper, Result: result})
	if e := s.Episode(); e.ReturnedTo == step {
		e.ReturnedTo, e.ReturnedReason = "", ""
	}
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

// current returns the chain an act of the procedure would belong to, without
// opening anything: empty where the act would open it.
func (r *ruling) current(of policy.Procedure) *Chain {
	s := r.s
	e := s.Episode()
	switch {
	case of == policy.Inclusion && s.opensEpisode(r.act.Happened), e == nil:
		return &Chain{}
	case of == policy.Inclusion:
		return &e.Inclusion
	case of == policy.Assistance:
		return &e.Help
	case e.nextAttempt(r.act.Happened):
		return &Chain{}
	}
	return &e.Attempts[len(e.Attempts)-1]
}

// step holds what every step of a procedure must satisfy: who acts, and that
// the required steps before it are done, judged on the days things happened.
func (r *ruling) step(of policy.Procedure, step policy.Step) *Chain {
	if !r.known(policy.Procedures, string(of), "程序") {
		return &Chain{}
	}
	ch := r.current(of)
	r.caseFor(of)
	rule, ok := r.pack.StepRule(of, step)
	if !ok {
		return ch // the pack does not know the step; the fact is welcome
	}
	name := policy.Steps.ZH(string(step))
	r.entitled(name, rule.Level, rule.Capacities...)
	if r.brought(of) {
		return ch // 存量导入 claims no steps: unknown, not missing
	}
	before := true
	for _, other := range r.pack.Steps(of) {
		if other.Step == step {
			before = false
			continue
		}
		done := r.doneIn(ch, of, other.Step)
		otherName := policy.Steps.ZH(string(other.Step))
		switch {
		case before && !other.Optional && done == 0:
			g := policy.Guard{Rule: policy.OrderMissingStep, Mode: rule.Order, Basis: rule.Basis, Cite: rule.Cite}
			if r.act.Mode == act.Transcribed {
				g.Rule = policy.BeforeAsserted
			}
			r.failsAs(g, "%s之前应有%s", name, otherName)
		case before && done > r.act.Happened, !before && done != 0 && done < r.act.Happened && !r.repeats(step):
			r.failsAs(policy.Guard{Rule: policy.OrderDates, Mode: rule.Order, Basis: rule.Basis, Cite: rule.Cite},
				"%s在%s，%s在%s，先后颠倒", otherName, done.Chinese(), name, r.act.Happened.Chinese())
		}
	}
	return ch
}

// repeats says whether a step may honestly be done again after later ones.
func (r *ruling) repeats(step policy.Step) bool {
	if e := r.s.Episode(); e != nil && e.ReturnedTo != "" {
		return true
	}
	switch step {
	case policy.HomeSurvey, policy.IncomeSheet, policy.Comparison, policy.SystemEntry, policy.Plan, policy.MeasureStarted, policy.MeasureDelivered:
		return true
	default:
		return false
	}
}

func (r *ruling) brought(of policy.Procedure) bool {
	e := r.s.Episode()
	return e != nil && e.Brought && of == policy.Inclusion
}

// doneIn returns the day on which a step was done. Clues and plans belong to
// the household: they stand in the file rather than in the chain.
func (r *ruling) doneIn(ch *Chain, of policy.Procedure, step policy.Step) calendar.Day {
	if d := ch.Find(step); d != nil {
		return d.On
	}
	switch step {
	case policy.Clue:
		if d := ch.Find(policy.Application); d != nil {
			return d.On
		}
		return r.clueSince()
	case policy.Application:
		// A clue found by others stands where the household's own application
		// would (S4.8: the five channels are equal).
		if of == policy.Inclusion {
			return r.clueSince()
		}
	case policy.Plan:
		if e := r.s.Episode(); e != nil {
			return e.Plan
		}
	default:
	}
	return 0
}

// clueSince returns the day of the last clue that came after the episode before
// the one at hand had ended.
func (r *ruling) clueSince() calendar.Day {
	before := len(r.s.Episodes) - 2
	if r.s.opensEpisode(r.act.Happened) {
		before++
	}
	ended := calendar.Day(0)
	if before >= 0 {
		e := r.s.Episodes[before]
		ended = max(e.Eliminated, e.Rejected, e.Revoked)
	}
	for i := len(r.s.Clues) - 1; i >= 0; i-- {
		if on := r.s.Clues[i].On; on > ended {
			return on
		}
	}
	return 0
}

// caseFor refuses steps for which there is no case in the right state.
func (r *ruling) caseFor(of policy.Procedure) {
	e := r.s.Episode()
	switch of {
	case policy.Inclusion:
		return
	case policy.Assistance, policy.Elimination:
		if e == nil || (e.Included == 0 && r.s.Green == nil && of == policy.Assistance) || (e.Included == 0 && of == policy.Elimination) {
			if e != nil && e.Included == 0 && e.Rejected == 0 && of == policy.Assistance {
				r.fails(policy.HelpBeforeDecision, "县级审定之前实施帮扶，且未开绿色通道")
				return
			}
			r.refuse(policy.CaseNotMonitored, "该户不是监测对象")
			return
		}
		if e.Revoked != 0 && r.act.Happened > e.Revoked {
			r.refuse(policy.CaseNotMonitored, "该户的认定已于%s撤销", e.Revoked.Chinese())
		}
	}
}

// noticeDone holds what 公示 asks of the steps after it: it was up for its days
// and came down, objections are answered, the line still stands.
func (r *ruling) noticeDone(of policy.Procedure, ch *Chain) {
	n := ch.Notice
	if n == nil || !r.pack.NoticeDue(of) {
		return
	}
	if n.Open() {
		r.fails(policy.NoticeObjectionOpen, "该户公示期间有异议尚未答复")
	}
	if n.Struck != 0 {
		r.fails(policy.NoticeObjectionOpen, "该户已从公示名单中划去，须重新公示")
	}
	end := n.Removed
	if end == 0 || end > r.act.Happened {
		if r.act.Happened < n.Posted+calendar.Day(n.Days) {
			r.fails(policy.NoticeStanding, "公示自%s起须满%d天，尚未期满", n.Posted.Chinese(), n.Days)
		}
	} else if int(end-n.Posted) < n.Days {
		r.fails(policy.NoticeTooShort, "公示%s至%s共%d天，应不少于%d天", n.Posted.Chinese(), end.Chinese(), int(end-n.Posted), n.Days)
	}
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
