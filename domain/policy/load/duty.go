package load

import (
	"regexp"
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// dutyID keeps a duty's id fit for addresses and records.
var dutyID = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)

// duties checks what falls due again and again, and what is due once.
func (c *checker) duties(duties []policy.Duty) {
	seen := map[string]bool{}
	for i, d := range duties {
		place, what := at{"duties", i}, "duty "+d.ID
		if !dutyID.MatchString(d.ID) || d.Name == "" || seen[d.ID] {
			c.bad(place, "%s: a duty has an id of its own, in small letters, and a name", what)
		}
		seen[d.ID] = true
		c.owner(place, what, d)
		c.rhythm(place, what, d.Rhythm)
		if d.Until != 0 && d.Until < d.From {
			c.bad(place, "%s: until comes before from", what)
		}
		c.fulfilled(place, what, d)
		c.basis(place, what, d.Basis, d.Cite, d.Reason)
	}
}

// owner checks who owes a duty.
func (c *checker) owner(place at, what string, d policy.Duty) {
	c.listed(place, policy.Pers, string(d.Per), what+": per")
	c.listed(place, code.Levels, string(d.Level), what+": level")
	if len(d.Capacities) == 0 {
		c.bad(place, "%s: who owes it, in which capacity?", what)
	}
	for j, who := range d.Capacities {
		c.listed(append(slices.Clone(place), "capacities", j), code.Capacities, string(who), what+": capacity")
	}
	for j, department := range d.Departments {
		c.listed(append(slices.Clone(place), "departments", j), code.Departments, department, what+": department")
	}
	if (d.Per == policy.PerDepartment) != (len(d.Departments) > 0) {
		c.bad(place, "%s: a duty of departments, and no other, names them", what)
	}
	switch {
	case d.Per == policy.PerHousehold:
		c.listed(place, policy.Abouts, string(d.About), what+": about")
	case d.About != "" || d.Officer != "":
		c.bad(place, "%s: only a duty of each household is about some of them, or their officer's", what)
	}
	if d.Officer != "" {
		c.listed(place, code.OfficerRoles, string(d.Officer), what+": officer")
	}
}

// maxTurnDay is the last day that any period has.
const maxTurnDay = 366

func (c *checker) rhythm(place at, what string, r calendar.Rhythm) {
	c.listed(place, policy.Cadences, string(r.Every), what+": every")
	if (r.Every == calendar.Once) != (r.On != 0) {
		c.bad(place, "%s: what is due once, and nothing else, says on which day", what)
	}
	if r.Every == calendar.Once && (r.Following || r.FirstDay != 0 || r.LastDay != 0) {
		c.bad(place, "%s: what is due once has no other days", what)
	}
	for _, m := range r.Months {
		if r.Every != calendar.Monthly || m < 1 || m > 12 {
			c.bad(place, "%s: months from 1 to 12, of what is due every month", what)
		}
	}
	if r.FirstDay < 0 || r.FirstDay > maxTurnDay || r.LastDay < 0 || r.LastDay > maxTurnDay || r.LastDay != 0 && r.LastDay < r.FirstDay {
		c.bad(place, "%s: first_day and last_day count from 1, in this order", what)
	}
}

// fulfilled checks that what fulfils a duty can be done to whom it is owed.
func (c *checker) fulfilled(place at, what string, d policy.Duty) {
	c.listed(place, policy.DutyActs, string(d.DoneBy), what+": done_by")
	if d.Figures && (d.DoneBy != policy.ByReport || d.Per != policy.PerRegion || d.Every == calendar.Once) {
		c.bad(place, "%s: only a region's report of a period states figures", what)
	}
	household := slices.Contains([]policy.DutyAct{policy.ByVisit, policy.ByComparison, policy.ByMeasure}, d.DoneBy)
	office := slices.Contains([]policy.DutyAct{policy.ByReport, policy.ByCheck}, d.DoneBy)
	if household && d.Per != policy.PerHousehold || office && d.Per == policy.PerHousehold {
		c.bad(place, "%s: %s does not fulfil a duty of each %s", what, d.DoneBy, d.Per)
	}
}
