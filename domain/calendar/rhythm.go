package calendar

import (
	"slices"
	"time"
)

// Cadence is how often something recurs, by the weeks and months of the year.
type Cadence string

const (
	Weekly     Cadence = "week" // from Monday to Sunday
	Monthly    Cadence = "month"
	Quarterly  Cadence = "quarter"
	HalfYearly Cadence = "half_year"
	Yearly     Cadence = "year"
	Once       Cadence = "once" // by one day
)

// Rhythm says when something falls due, again and again or once.
type Rhythm struct {
	Every Cadence `json:"every" yaml:"every"`
	// Months, where given, are the only months of a monthly duty: [4, 10].
	Months []int `json:"months,omitzero" yaml:"months"`
	// Following: it is done after the period it is about, within the next one:
	// last month's report at the beginning of this month.
	Following bool `json:"following,omitzero" yaml:"following"`
	// FirstDay and LastDay bound the days in which it is to be done, counted
	// from 1 in the period in which it is done; none is that period's first and
	// last day.
	FirstDay int `json:"first_day,omitzero" yaml:"first_day"`
	LastDay  int `json:"last_day,omitzero" yaml:"last_day"`
	// On is the last day of what is due once.
	On Day `json:"by_day,omitzero" yaml:"by_day"`
}

// Turn is one time at which a rhythm falls due.
type Turn struct {
	// From and To are the period that it is about. What is due once has no
	// beginning.
	From Day `json:"from,omitzero"`
	To   Day `json:"to"`
	// Opens and Due are the first and the last day on which it is done in time.
	Opens Day `json:"opens,omitzero"`
	Due   Day `json:"due"`
}

// begin returns the first day of the period in which a day lies.
func (c Cadence) begin(d Day) Day {
	year, month := d.YearMonth()
	switch c {
	case Weekly:
		return d - Day((int(d.Weekday())+6)%7)
	case Quarterly:
		month -= (month - 1) % 3
	case HalfYearly:
		month -= (month - 1) % 6
	case Yearly:
		month = time.January
	case Monthly, Once:
	}
	return Date(year, month, 1)
}

// next returns the first day of the period after the one that begins on a day.
func (c Cadence) next(begin Day) Day {
	switch c {
	case Weekly:
		return begin + 7
	case Quarterly:
		return begin.AddMonths(3)
	case HalfYearly:
		return begin.AddMonths(6)
	case Yearly:
		return begin.AddMonths(12)
	case Monthly, Once:
	}
	return begin.AddMonths(1)
}

// turn is the turn about the period that begins on a day.
func (r Rhythm) turn(begin Day) Turn {
	doing := begin
	next := r.Every.next(begin)
	t := Turn{From: begin, To: next - 1}
	if r.Following {
		doing, next = next, r.Every.next(next)
	}
	t.Opens, t.Due = doing, next-1
	if r.FirstDay > 0 {
		t.Opens = doing + Day(r.FirstDay) - 1
	}
	if r.LastDay > 0 {
		t.Due = min(t.Due, doing+Day(r.LastDay)-1)
	}
	return t
}

// falls says whether the period that begins on a day counts.
func (r Rhythm) falls(begin Day) bool {
	_, month := begin.YearMonth()
	return len(r.Months) == 0 || slices.Contains(r.Months, int(month))
}

// TurnAbout returns the turn whose period holds the day; ok is false where there is
// none, as in May for what is due about April and October. What is due once has
// one turn, whatever the day.
func (r Rhythm) TurnAbout(d Day) (t Turn, ok bool) {
	if r.Every == Once {
		return Turn{To: r.On, Due: r.On}, true
	}
	begin := r.Every.begin(d)
	return r.turn(begin), r.falls(begin)
}

// Turns returns the turns that open after one day and by another, in order.
func (r Rhythm) Turns(after, by Day) []Turn {
	if r.Every == Once {
		t, _ := r.TurnAbout(r.On)
		return []Turn{t}
	}
	var turns []Turn
	// A turn opens at most two periods after its own began.
	begin := r.Every.begin(r.Every.begin(after) - 1)
	for begin = r.Every.begin(begin - 1); begin <= by; begin = r.Every.next(begin) {
		if t := r.turn(begin); r.falls(begin) && t.Opens > after && t.Opens <= by {
			turns = append(turns, t)
		}
	}
	return turns
}
