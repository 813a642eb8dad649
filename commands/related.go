package commands

import (
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/office"
)

// relate completes an act on a household with what offices know of the persons
// in it: who declared to be kin of a member, and as what those are appointed whom
// the act only names.
func (h *Handler) relate(a *act.Act, s *household.State, region string, c household.Command) error {
	return h.Directory.View(func(d *office.Directory) error {
		for i := range a.DoneBy {
			a.DoneBy[i].Kin = kin(d, a.DoneBy[i].ID, s, a.Happened)
		}
		for _, person := range named(c) {
			p := onDay(d, DoneBy{Person: person}, region, a.Happened)
			p.Kin = kin(d, person, s, a.Happened)
			a.Named = append(a.Named, p)
		}
		return nil
	})
}

// kin returns how a person is related to a member of the household, as declared
// for the day: of the household, or of somebody in it while he belonged to another.
func kin(d *office.Directory, person string, s *household.State, on calendar.Day) string {
	if relation := d.Kin(person, s.ID, on); relation != "" {
		return relation
	}
	for _, m := range s.Members {
		for _, was := range m.Was {
			if relation := d.KinOf(person, was.Household, was.Member, on); relation != "" && (m.Left == 0 || m.Left > on) {
				return relation
			}
		}
	}
	return ""
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
