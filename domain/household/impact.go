package household

import (
	"slices"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Reliance is a later fact that relied on an earlier one.
type Reliance struct {
	Fact
	// Direct: on the fact itself, not on another that relied on it.
	Direct bool
}

// Impact lists every later fact that relied on the named one, directly or by way
// of others, in the order of the record: what must be looked at when it is
// voided. Later is judged on the days things happened, so a paper typed long
// after counts for what came after the day on it. What is void itself is left
// out, and so is what belongs to an episode after the one in question ended. An
// entry voided already is answered as if it still stood.
func Impact(facts []Fact, id string) []Reliance { return NewReach(unvoided(facts, id)).Of(id) }

// Reach answers what relied on each of a file's facts that stand (Impact), and
// goes through the file only once for all of them.
type Reach struct {
	standing []Fact
	s        State
}

// NewReach reads a file.
func NewReach(facts []Fact) *Reach {
	r := &Reach{standing: Standing(facts, Times{})}
	for _, f := range r.standing {
		r.s = Evolve(r.s, f)
	}
	return r
}

// Of lists what relied on the named fact; nothing if it does not stand.
func (r *Reach) Of(id string) []Reliance {
	source := slices.IndexFunc(r.standing, func(f Fact) bool { return f.ID == id })
	if source < 0 {
		return nil
	}
	reached := make([]bool, len(r.standing))
	reached[source] = true
	// What is reached may be recorded before what reaches it.
	for front := []int{source}; len(front) > 0; front = front[1:] {
		for i, f := range r.standing {
			if !reached[i] && rests(r.standing[front[0]], f) && !r.s.otherEpisode(r.standing[source], f) {
				reached[i], front = true, append(front, i)
			}
		}
	}
	var hit []Reliance
	for i, f := range r.standing {
		if reached[i] && i != source {
			hit = append(hit, Reliance{f, rests(r.standing[source], f)})
		}
	}
	return hit
}

// unvoided leaves out what made the named fact void.
func unvoided(facts []Fact, id string) []Fact {
	rest := make([]Fact, 0, len(facts))
	for _, f := range facts {
		if v, ok := f.Event.(FactVoided); !ok || v.Event != id {
			rest = append(rest, f)
		}
	}
	return rest
}

// BothWays returns the facts as if the named one stood, and as if it were void.
func BothWays(facts []Fact, id string) (stands, void []Fact) {
	stands = unvoided(facts, id)
	flagged := map[int64]bool{}
	for _, f := range stands {
		if f.ID == id {
			flagged[f.Version] = true
			continue
		}
		if flag, ok := f.Event.(FlagRaised); ok && flagged[f.Version-int64(flag.Back)] {
			continue
		}
		void = append(void, f)
	}
	return stands, void
}

// rests says whether one fact relied directly on another.
func rests(earlier, later Fact) bool {
	if letter, ok := earlier.Event.(LetterSigned); ok && letter.Until != 0 && later.Happened() > letter.Until {
		return false // it authorised no longer
	}
	return follows(earlier, later) && relies(earlier.Event, later.Event)
}

// follows says whether one fact came after another. On one and the same day the
// record decides, unless one of them was typed from paper: then it may have been
// either way, and is looked at.
func follows(earlier, later Fact) bool {
	if earlier.Happened() != later.Happened() {
		return earlier.Happened() < later.Happened()
	}
	return earlier.Version < later.Version || earlier.Act.Mode == act.Transcribed || later.Act.Mode == act.Transcribed
}

// otherEpisode says whether the later fact belongs to an episode that opened
// after the one that the earlier could serve had ended. Who lives in the
// household, and what is said of a member, serves them all.
func (s *State) otherEpisode(earlier, later Fact) bool {
	if lasts(earlier.Event) {
		return false
	}
	for i := range s.Episodes {
		e := &s.Episodes[i]
		end := s.endBefore(e)
		if end != 0 && earlier.Happened() <= end && later.Happened() > end && later.Happened() >= e.OpenedOn {
			return true
		}
	}
	return false
}

// procedureOf returns the procedure an event is a step of; none: of any.
func procedureOf(e Event) policy.Procedure {
	switch e := e.(type) {
	case CommitteesStudied:
		return e.Procedure
	case Appraised:
		return e.Procedure
	case NoticePosted:
		return e.Procedure
	case VillageReported:
		return e.Procedure
	case TownshipReviewed:
		return e.Procedure
	case CaseReturned:
		return e.Procedure
	case ListHandedDown:
		return e.Procedure
	case Announced:
		return e.Procedure
	case InclusionDecided, SystemEntered:
		return policy.Inclusion
	case EliminationProposed, EliminationDecided, SystemMarked:
		return policy.Elimination
	}
	return ""
}

// Kinds of what relied on an entry (依据其办理的各项).
const (
	ReliedDecision = "decision"
	ReliedNotice   = "notice"
	ReliedPayment  = "payment"
	ReliedStep     = "step"
)

// RelianceKinds with their terms, in the order in which they are looked at.
var RelianceKinds = code.List{
	{Code: ReliedDecision, ZH: "审核审定", EN: "decisions"},
	{Code: ReliedNotice, ZH: "公示公告", EN: "notices"},
	{Code: ReliedPayment, ZH: "资金", EN: "payments"},
	{Code: ReliedStep, ZH: "其他环节", EN: "other steps"},
}

// Kind sorts what relied: decisions, notices, payments, other steps.
func (r Reliance) Kind() string {
	switch e := r.Event.(type) {
	case TownshipReviewed, InclusionDecided, InclusionEnded, EliminationDecided, EliminationRolledBack, InclusionRevoked, EliminationDeferred, MarkWithheld:
		return ReliedDecision
	case NoticePosted, NoticeLineStruck, NoticeRemoved, Announced:
		return ReliedNotice
	case PaymentApproved, PaymentMade, PaymentReversed:
		return ReliedPayment
	case MeasureDelivered:
		if e.Fen > 0 {
			return ReliedPayment
		}
	}
	return ReliedStep
}
