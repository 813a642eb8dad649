package office

import (
	"cmp"
	"slices"

	"shouwang/domain/calendar"
)

// Offices returns the offices that exist on the day, of every region within (or
// the same as) the ancestor, sorted by id. An empty ancestor is everywhere.
func (d *Directory) Offices(ancestor string, on calendar.Day) []Office {
	var out []Office
	for id := range d.offices {
		if o, ok := d.Office(id, on); ok && (ancestor == "" || d.Contains(ancestor, o.Region, on)) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b Office) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Holders returns the appointments to an office that were held on the day,
// sorted by appointment.
func (d *Directory) Holders(office string, on calendar.Day) []Appointed {
	var held []Appointed
	for _, a := range d.appointments {
		if a.Office == office && a.From <= on && (a.To == 0 || on <= a.To) {
			held = append(held, *a)
		}
	}
	slices.SortFunc(held, func(a, b Appointed) int { return cmp.Compare(a.Appointment, b.Appointment) })
	return held
}
