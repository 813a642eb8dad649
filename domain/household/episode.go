package household

import (
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Which episode and which chain of steps a fact belongs to is judged by the day
// on which it happened, so that a paper typed years later lands in its own.

// begins says whether a step may begin a case or an attempt: what follows the
// county's decision never does.
func begins(step policy.Step) bool { return stepIndex(step) <= stepIndex(policy.CountyDecision) }

// endedBefore says whether the episode had ended before that day. It had not
// before the day on which it began, whatever day its end was given on paper.
func (e *Episode) endedBefore(on calendar.Day) bool {
	if on < e.OpenedOn {
		return false
	}
	for _, ended := range []calendar.Day{e.Eliminated, e.Rejected, e.Revoked} {
		if ended != 0 && on > ended {
			return true
		}
	}
	return false
}

// episodeAt finds the episode to which a step on a day belongs: the last that
// was open by then, or for a step that begins an inclusion the one after its
// end. It is len(s.Episodes) where the step opens one, -1 where there is none.
func (s *State) episodeAt(of policy.Procedure, step policy.Step, on calendar.Day) int {
	i := len(s.Episodes) - 1
	for i > 0 && s.Episodes[i].OpenedOn > on {
		i--
	}
	if of == policy.Inclusion && (i < 0 || begins(step) && s.Episodes[i].endedBefore(on)) {
		i++
	}
	return i
}

// episodeOn returns the episode that a fact of that day is about, or nil.
func (s *State) episodeOn(on calendar.Day) *Episode {
	if i := s.episodeAt("", "", on); i >= 0 {
		return &s.Episodes[i]
	}
	return nil
}

// includedOn returns the last episode in which the household had been included by
// the day, or nil: one that is under way, or was refused, is passed over.
func (s *State) includedOn(on calendar.Day) *Episode {
	for i := len(s.Episodes) - 1; i >= 0; i-- {
		if e := &s.Episodes[i]; e.Included != 0 && e.Included <= on {
			return e
		}
	}
	return nil
}

// OrderedBy returns the pack under whose step order an act on that day stands:
// that of the episode it is about. There is none where the act opens one.
func (s *State) OrderedBy(c Command, on calendar.Day) (act.Pack, bool) {
	of := policy.Procedure("")
	switch c := c.(type) {
	case AnalysePoverty, EnterPlatform, FileApplication, SignLetter, DecideInclusion, OpenGreenChannel:
		of = policy.Inclusion
	case SurveyHome:
		of = c.Procedure
	case RecordIncome:
		of = c.Procedure
	case ReturnComparison:
		of = c.Procedure
	case StudyByCommittees:
		of = c.Procedure
	case RecordAppraisal:
		of = c.Procedure
	case PostNotice:
		of = c.Procedure
	case ReportByVillage:
		of = c.Procedure
	case ReviewByTownship:
		of = c.Procedure
	default: // no other act opens an episode
	}
	i := s.episodeAt(of, policy.Clue, on)
	if i < 0 || i == len(s.Episodes) {
		return act.Pack{}, false
	}
	return s.Episodes[i].Pack, true
}

// chain returns the episode and chain to which a step belongs that happened on
// the fact's day, opening them where it is the first of one. The chain is nil
// where there is no case to belong to.
func (s *State) chain(of policy.Procedure, step policy.Step, f Fact) (*Episode, *Chain) {
	i := s.episodeAt(of, step, f.Happened())
	if i < 0 {
		return nil, nil
	}
	if i == len(s.Episodes) {
		s.Episodes = append(s.Episodes, Episode{OpenedOn: f.Happened(), Pack: f.Act.Pack})
	}
	e := &s.Episodes[i]
	switch of {
	case policy.Inclusion:
		e.OpenedOn = min(e.OpenedOn, f.Happened())
		return e, &e.Inclusion
	case policy.Assistance:
		return e, &e.Help
	case policy.Elimination:
		if from, next := e.nextAttempt(step, f.Happened()); next {
			e.Attempts = append(e.Attempts, Chain{from: from})
		}
		return e, e.attempt(f.Happened())
	}
	return e, nil
}

// nextAttempt says whether an elimination step of that day begins an attempt,
// and from which day it counts: there is none yet, or the county had refused
// the last one, or the township had and the village begins again.
func (e *Episode) nextAttempt(step policy.Step, on calendar.Day) (from calendar.Day, next bool) {
	if len(e.Attempts) == 0 {
		return 0, true
	}
	last := &e.Attempts[len(e.Attempts)-1]
	refused := func(by policy.Step) bool {
		d := last.Find(by)
		if d == nil || d.Result != string(code.Reject) || on <= d.On {
			return false
		}
		from = d.On + 1
		return true
	}
	switch {
	case refused(policy.CountyDecision):
		next = begins(step)
	case refused(policy.TownshipReview):
		next = stepIndex(step) < stepIndex(policy.TownshipReview)
	}
	return from, next
}

// attempt returns the attempt that was under way on the day.
func (e *Episode) attempt(on calendar.Day) *Chain {
	i := len(e.Attempts) - 1
	for i > 0 && e.Attempts[i].from > on {
		i--
	}
	return &e.Attempts[i]
}

// endBefore returns the day on which the episode before this one ended: what
// stood in the file by then does not serve again. Nil is the one to come.
func (s *State) endBefore(e *Episode) calendar.Day {
	var end calendar.Day
	for i := range s.Episodes {
		if &s.Episodes[i] == e {
			break
		}
		end = max(s.Episodes[i].Eliminated, s.Episodes[i].Rejected, s.Episodes[i].Revoked)
	}
	return end
}
