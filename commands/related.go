package commands

import (
	"shouwang/domain/act"
	"shouwang/domain/household"
	"shouwang/domain/office"
)

// relate completes an act on a household with what offices know of the persons
// in it: who declared to be kin of a member, and as what those are appointed whom
// the act only names.
func (h *Handler) relate(a *act.Act, id, region string, c household.Command) error {
	return h.Directory.View(func(d *office.Directory) error {
		for i := range a.DoneBy {
			a.DoneBy[i].Kin = d.Kin(a.DoneBy[i].ID, id, a.Happened)
		}
		for _, person := range named(c) {
			p := onDay(d, DoneBy{Person: person}, region, a.Happened)
			p.Kin = d.Kin(person, id, a.Happened)
			a.Named = append(a.Named, p)
		}
		return nil
	})
}

// named are the persons whom an act names without their having done it.
func named(c household.Command) []string {
	switch c := c.(type) {
	case household.DecideInclusion:
		return []string{c.Monitoring.Person}
	case household.AssignOfficer:
		return []string{c.Officer.Person}
	case household.HandOver:
		return []string{c.To.Person}
	case household.RecordAppraisal:
		return c.Stayed
	default: // the rules ask nothing of those whom other acts name
		return nil
	}
}
