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

// Left returns the appointments to an office that had ended by the day, the last
// to end first.
func (d *Directory) Left(office string, on calendar.Day) []Appointed {
	var left []Appointed
	for _, a := range d.appointments {
		if a.Office == office && a.To != 0 && a.To < on {
			left = append(left, *a)
		}
	}
	slices.SortFunc(left, func(a, b Appointed) int {
		return cmp.Or(cmp.Compare(b.To, a.To), cmp.Compare(a.Appointment, b.Appointment))
	})
	return left
}

// Ended returns the regions that had stood directly within parent and were merged
// into others by the day, sorted.
func (d *Directory) Ended(parent string, on calendar.Day) []Region {
	var ended []Region
	for _, child := range d.children[parent] {
		if r := d.regions[child]; r.until != 0 && r.until <= on {
			region, _ := d.Region(child, on) // it was there before it ended
			ended = append(ended, region)
		}
	}
	slices.SortFunc(ended, func(a, b Region) int { return cmp.Compare(a.Code, b.Code) })
	return ended
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
