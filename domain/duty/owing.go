package duty

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Ground is a region on which duties lie.
type Ground struct {
	Region string
	Level  code.Level
	Top    bool // nothing is registered above it
	// Merged: its successor owes its duties now; its households are still found
	// under it.
	Merged bool
	Since  calendar.Day // first day of the pack and of the region
}

// Owing is a duty as it lies on one region: of one department, where departments
// owe it, or of each household there.
type Owing struct {
	policy.Duty
	Region     string
	Department string
	Since      calendar.Day // first day on which it is owed
}

// Owings are the duties that a pack lays on a region.
func Owings(pack policy.Pack, on Ground) []Owing {
	var all []Owing
	for _, d := range pack.Duties {
		o := Owing{Duty: d, Region: on.Region, Since: max(on.Since, d.From)}
		switch {
		case d.Per == policy.PerHousehold:
			if on.Level == code.Village || on.Level == code.Group {
				all = append(all, o)
			}
		case on.Merged || !StandsFor(on.Level, on.Top, d.Level):
		case d.Per == policy.PerDepartment:
			for _, department := range d.Departments {
				o.Department = department
				all = append(all, o)
			}
		default:
			all = append(all, o)
		}
	}
	return all
}

// LookBack is how far back a missed turn is still work: longer ago nobody can
// make it good, and it is a finding.
const LookBack = 365

// Turns are the turns of the duty that have opened by a day and are still work,
// done or not, in order.
func (o Owing) Turns(by calendar.Day) []calendar.Turn {
	var turns []calendar.Turn
	// A turn of a year may have opened long before its last day.
	for _, t := range o.Rhythm.Turns(max(o.Since-1, by-2*LookBack), by) {
		if (o.Until == 0 || t.Opens <= o.Until) && t.Due >= o.Since && t.Due > by-LookBack {
			turns = append(turns, t)
		}
	}
	return turns
}

// Current returns the turn under way on a day, or the last before it, and the
// one before that; ok is false where none has opened.
func (o Owing) Current(by calendar.Day) (now, before calendar.Turn, ok bool) {
	turns := o.Turns(by)
	if len(turns) == 0 {
		return now, before, false
	}
	if n := len(turns); n > 1 {
		before = turns[n-2]
	}
	return turns[len(turns)-1], before, true
}

// Missed returns the first turn that a household still owes on a day, which it
// came under on since and for which it was last done on last, and how many of
// its turns are over. A turn that had opened before is not yet its.
func (o Owing) Missed(since, last, by calendar.Day) (first calendar.Turn, over int) {
	for _, t := range o.Turns(by) {
		if !o.owes(t, since, last) {
			continue
		}
		if first == (calendar.Turn{}) {
			first = t
		}
		if t.Due < by {
			over++
		}
	}
	return first, over
}

func (o Owing) owes(t calendar.Turn, since, last calendar.Day) bool {
	if o.Every == calendar.Once {
		return last == 0 && since <= t.Due
	}
	return last < t.Opens && since <= t.Opens
}
