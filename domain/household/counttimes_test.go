package household

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// decisions draws the decisions of a household's life in the order in which they can
// be taken – included, eliminated, announced, marked, rolled back, eliminated again,
// and at the end perhaps revoked or closed – each typed some time after its day, with
// falls and their voids in between.
func decisions(t *rapid.T) file {
	var f file
	on, at := dayZero, dayZero.Start()
	enter := func(day calendar.Day, e Event) {
		at = at.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "hours")) * time.Hour)
		v := int64(len(f) + 1)
		f = append(f, Fact{ID: fmt.Sprintf("e%d", v), Version: v, Act: act.Act{Happened: day, DoneBy: by(decider)}, Recorded: at, Event: e})
	}
	later := func() calendar.Day {
		on += calendar.Day(rapid.IntRange(0, 9).Draw(t, "days"))
		return on
	}
	c := life[0].do.(RegisterHousehold)
	enter(later(), HouseholdRegistered{Region: c.Region, Kind: c.Kind, Members: c.Members})
	enter(later(), InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1})
	for range rapid.IntRange(0, 4).Draw(t, "turns") {
		if rapid.Bool().Draw(t, "refused first") {
			enter(later(), EliminationDecided{Result: code.Reject, Reason: "收入不稳"})
		}
		enter(later(), EliminationDecided{Result: code.Pass, Way: "natural"})
		if rapid.Bool().Draw(t, "announced") {
			enter(later(), Announced{Procedure: policy.Elimination, Issuer: "c", Executor: "v"})
		}
		if rapid.Bool().Draw(t, "marked") {
			enter(later(), SystemMarked{System: "national_monitoring"})
		}
		if rapid.IntRange(0, 2).Draw(t, "fell") == 0 {
			enter(later(), FallRecorded{Cause: "illness"})
			if rapid.Bool().Draw(t, "by mistake") {
				enter(later(), FactVoided{Event: f[len(f)-1].ID})
			}
		}
		on++ // a roll-back is of another day
		enter(later(), EliminationRolledBack{Reason: "复核"})
		on++
	}
	if rapid.Bool().Draw(t, "eliminated in the end") {
		enter(later(), EliminationDecided{Result: code.Pass, Way: "natural"})
	}
	switch rapid.IntRange(0, 3).Draw(t, "end") {
	case 0:
		enter(later(), InclusionRevoked{Reason: "不符合"})
	case 1:
		enter(later(), NaturallyClosed{Reason: "moved"})
	}
	return f
}

// standing is how a household counts.
type standing struct {
	Counts                                                bool
	Included, Eliminated, Announced, Marked, Closed, Fell calendar.Day
	Open                                                  bool
}

// countedSlowly answers from the rules (DESIGN §4): revoked it counts no more; the
// last word on its elimination, by those that had happened and were known, holds,
// with what was announced and marked of it; a fall after it opens it again.
func countedSlowly(f file, times Times) (n standing) {
	known := func(x Fact) bool { return times.KnownAt.IsZero() || !x.Recorded.After(times.KnownAt) }
	stands := func(x Fact) bool {
		for _, v := range f {
			if void, ok := v.Event.(FactVoided); ok && void.Event == x.ID && known(v) {
				return false
			}
		}
		return known(x) && (times.AsOf == 0 || x.Act.Happened <= times.AsOf)
	}
	for _, x := range f {
		if !stands(x) {
			continue
		}
		switch e := x.Event.(type) {
		case InclusionDecided:
			n.Counts, n.Included = true, x.Act.Happened
		case EliminationDecided:
			if e.Result == code.Pass {
				n.Eliminated = x.Act.Happened
				n.Announced, n.Marked = 0, 0
			}
		case EliminationRolledBack:
			n.Eliminated, n.Announced, n.Marked = 0, 0, 0
		case Announced:
			n.Announced = x.Act.Happened
		case SystemMarked:
			n.Marked = x.Act.Happened
		case FallRecorded:
			n.Fell = max(n.Fell, x.Act.Happened)
		case NaturallyClosed:
			n.Closed = x.Act.Happened
		case InclusionRevoked:
			return standing{}
		}
	}
	if !n.Counts {
		return standing{}
	}
	if n.Eliminated == 0 || n.Fell > n.Eliminated {
		n.Eliminated, n.Announced, n.Marked = 0, 0, 0
	}
	n.Open = n.Eliminated == 0 && n.Closed == 0
	return n
}

// How a household counts on any day as known at any time is what the rules say of the
// decisions that had happened and were known.
func TestCountsAtTwoTimes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := decisions(t)
		for range 4 {
			var times Times
			day := f[len(f)-1].Act.Happened + 1
			if rapid.Bool().Draw(t, "of a day") {
				day = dayZero + calendar.Day(rapid.IntRange(0, int(day-dayZero)).Draw(t, "as of"))
				times.AsOf = day
			}
			if rapid.Bool().Draw(t, "as known") {
				known := f[rapid.IntRange(0, len(f)-1).Draw(t, "known at")].Recorded
				times.KnownAt = known.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "and")) * time.Hour)
			}
			var got standing
			s := Fold("h1", f, times)
			if c, ok := s.Count(day); ok {
				got = standing{true, c.Included, c.Eliminated, c.Announced, c.Marked, c.Closed, c.Fell, c.Open()}
			}
			if diff := cmp.Diff(countedSlowly(f, times), got); diff != "" {
				t.Fatalf("as of %s, known at %s (-rules +counted)\n%s", times.AsOf, times.KnownAt, diff)
			}
		}
	})
}
