package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Count is how a household stands in the official counts at the times its
// state was folded for. A household counts once, by its first inclusion.
type Count struct {
	Class    code.Class   // as first decided
	Included calendar.Day // first county decision that is not revoked
	// AtInclusion are its counted members at the end of that day.
	AtInclusion int
	Current     int // counted members now
	Closed      calendar.Day

	Eliminated calendar.Day // county decision that counts; no day: not eliminated, or fallen since
	Announced  calendar.Day // of that elimination
	Marked     calendar.Day
	NoLabour   bool
	Measures   int // started, in all episodes
	Fell       calendar.Day
}

// Open says whether the household is not eliminated and still exists.
func (c Count) Open() bool { return c.Eliminated == 0 && c.Closed == 0 }

// Count returns how the household counts; ok is false while it was never
// included, or no inclusion of it stands.
//
// Rolled back or included anew, it stays once in the cumulative, is open and is
// not new. Naturally closed, it stays in the cumulative and is neither open nor
// eliminated. Revoked, it counts no more from the revoking day. Fallen (back) into
// poverty after its elimination, it is open again and listed apart; the county's
// decision stands until another one, so its Stage stays what was decided, and a new
// inclusion is owed (S1.29).
//
// A file that a clue opened counts in no total while it is 待确认.
func (s *State) Count(asOf calendar.Day) (c Count, ok bool) {
	if s.Unconfirmed {
		return Count{}, false
	}
	var first, last *Episode
	for i := range s.Episodes {
		e := &s.Episodes[i]
		c.Measures += len(e.Measures)
		if e.Included == 0 || e.Revoked != 0 {
			continue
		}
		if first == nil {
			first = e
		}
		last = e
	}
	if first == nil {
		return Count{}, false
	}
	c.Class, c.Included = first.Class, first.Included
	c.AtInclusion, c.Current = s.CountedOn(first.Included), s.CountedOn(asOf)
	c.Closed, c.NoLabour, c.Fell = s.Closed, s.NoLabour(), s.Fell
	if last.Eliminated != 0 && s.Fell <= last.Eliminated {
		c.Eliminated, c.Announced, c.Marked = last.Eliminated, last.ElimAnnounced, last.Marked
	}
	return c, true
}
