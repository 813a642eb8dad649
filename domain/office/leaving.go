package office

import "shouwang/domain/calendar"

// Gone says whether somebody who once answered for a region in an appointment does
// so no more on a day, and since when: he was transferred, retired, or his office
// went. Whoever never held one there is not said to have left it.
func (d *Directory) Gone(person, region string, on calendar.Day) (since calendar.Day, left bool) {
	for _, id := range d.byPerson[person] {
		a := d.appointments[id]
		o, ok := d.Office(a.Office, max(a.From, min(on, lastDay(a))))
		if !ok || a.From > on || !d.Contains(o.Region, region, on) {
			continue
		}
		if a.To == 0 || on <= a.To {
			return 0, false
		}
		since, left = max(since, a.To+1), true
	}
	return since, left
}

// lastDay is the last day of an appointment, or a day later than all.
func lastDay(a *Appointed) calendar.Day {
	if a.To == 0 {
		return 1 << 30
	}
	return a.To
}
