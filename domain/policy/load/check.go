package load

import (
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// pack checks a pack from top to bottom.
func (c *checker) pack(p policy.Pack) {
	c.head(p)
	if len(p.Classes) == 0 {
		c.bad(at{"classes"}, "a pack names its classes")
	}
	for i, class := range p.Classes {
		c.listed(at{"classes", i}, code.Classes, string(class), "class")
		if slices.Contains(p.Classes[:i], class) {
			c.bad(at{"classes", i}, "class %s stands twice", class)
		}
	}
	c.labels(p.Labels)
	c.lines("income_lines", "income line", p.IncomeLines)
	c.lines("red_lines", "red line", p.RedLines)
	c.income(p.Income)
	c.helpOrder(p)
	c.size(p.Size)
	for _, of := range policy.Procedures.Codes() {
		c.steps(policy.Procedure(of), p.Steps(policy.Procedure(of)))
	}
	c.officers(p.MonitoringOfficers)
	c.notice(p.Notice)
	c.appraisal(p.Appraisal)
	c.limit(at{"chain"}, "chain", p.Chain)
	c.limit(at{"green_channel"}, "green_channel", p.GreenChannel)
	c.limit(at{"plan_due"}, "plan_due", p.PlanDue)
	c.responses(p.Responses)
	c.elimination(p.EliminationIf)
	c.guards(p.Guards)
	c.instruments(p.Instruments)
	c.funds(p.Funds)
	c.indicators(p.Indicators)
	c.duties(p.Duties)
}

// head checks who issued the pack, on what, and for how long.
func (c *checker) head(p policy.Pack) {
	for _, needed := range []struct {
		key  string
		said bool
	}{
		{"name", p.Name != ""}, {"version", p.Version != ""}, {"title", p.Title != ""}, {"issuer", p.Issuer != ""},
		{"valid_from", p.ValidFrom != 0}, {"sources", len(p.Sources) > 0},
	} {
		if !needed.said {
			c.bad(at{needed.key}, "%s is required", needed.key)
		}
	}
	if p.ValidTo != 0 && p.ValidTo < p.ValidFrom {
		c.bad(at{"valid_to"}, "valid_to comes before valid_from")
	}
	c.grounds(at{"validity"}, "validity", p.Validity)
}

func (c *checker) labels(labels []policy.Label) {
	named := []code.List{code.Levels, policy.Authorities, code.Classes, policy.Steps}
	seen := map[policy.Label]bool{}
	for i, l := range labels {
		place := at{"labels", i}
		if l.Code == "" || l.ZH == "" || l.Cite == "" && l.Reason == "" {
			c.bad(place, "a label has a code, a Chinese name and where that is written, or the reason for it")
		}
		if !slices.ContainsFunc(named, func(list code.List) bool { _, ok := list.Find(l.Code); return ok }) {
			c.bad(place, "label %q is no level, authority, class or step", l.Code)
		}
		key := policy.Label{Code: l.Code, From: l.From}
		if seen[key] {
			c.bad(place, "label %q stands twice from the same day", l.Code)
		}
		seen[key] = true
	}
}

func (c *checker) lines(key, what string, lines []policy.Line) {
	years := map[int]bool{}
	for i, l := range lines {
		place := at{key, i}
		if l.Undetermined == (l.Yuan != 0) || l.Yuan < 0 || l.Yuan > maxLine || l.Year < 2000 || l.Year > 2100 || l.Cite == "" {
			c.bad(place, "%s of %d: either yuan or undetermined, and where it is written", what, l.Year)
		}
		if l.By != "" {
			c.listed(place, code.Levels, string(l.By), what+": level")
			if !l.Undetermined {
				c.bad(place, "%s of %d: what a level is still to set is undetermined", what, l.Year)
			}
		}
		if l.Onward && (!l.Undetermined || slices.ContainsFunc(lines, func(later policy.Line) bool { return later.Year > l.Year })) {
			c.bad(place, "%s of %d: only the last year, undetermined, holds onward", what, l.Year)
		}
		if years[l.Year] {
			c.bad(place, "%s of %d stands twice", what, l.Year)
		}
		years[l.Year] = true
	}
}

// maxLine bounds a line in yuan a year and head: a hundred times the lines of 2023.
const maxLine = 720_000

func (c *checker) listed(place at, list code.List, value, what string) {
	if _, ok := list.Find(value); !ok {
		c.bad(place, "%s %q is not known", what, value)
	}
}

func (c *checker) officers(rules []policy.OfficerRule) {
	for i, r := range rules {
		place := at{"monitoring_officers", i}
		c.listed(append(slices.Clone(place), "class"), code.Classes, string(r.Class), "monitoring officer: class")
		if len(r.Capacities) == 0 || slices.ContainsFunc(rules[:i], func(other policy.OfficerRule) bool { return other.Class == r.Class }) {
			c.bad(place, "monitoring officer of %s: one rule, with the capacities", r.Class)
		}
		for j, who := range r.Capacities {
			c.listed(append(slices.Clone(place), "capacities", j), code.Capacities, string(who), "monitoring officer: capacity")
		}
		c.grounds(place, "monitoring officer of "+string(r.Class), r.Grounds)
	}
}

func (c *checker) notice(n policy.NoticeRule) {
	c.count(at{"notice", "count"}, "notice", n.Count)
	if n.ExtendDays < 0 || n.ExtendDays > 60 {
		c.bad(at{"notice", "extend_days"}, "notice: extend_days from 0 to 60")
	}
	if n.Days < 1 || n.Days > 60 {
		c.bad(at{"notice", "days"}, "notice: days from 1 to 60")
	}
	for i, of := range n.Procedures {
		c.listed(at{"notice", "procedures", i}, policy.Procedures, string(of), "notice: procedure")
	}
	c.basis(at{"notice"}, "notice", n.Basis, n.Cite, n.Reason)
}

func (c *checker) appraisal(a policy.AppraisalRule) {
	if a.QuorumNumerator < 0 || a.QuorumDenominator < 1 || a.QuorumNumerator > a.QuorumDenominator {
		c.bad(at{"appraisal", "quorum_denominator"}, "appraisal: a quorum is a fraction of those entitled")
	}
	for i, seat := range a.Composition {
		c.listed(at{"appraisal", "composition", i}, code.AttendeeCapacities, seat, "appraisal: seat")
	}
	for i, of := range a.SeatsIn {
		c.listed(at{"appraisal", "seats_in", i}, policy.Procedures, string(of), "appraisal: procedure")
	}
	c.basis(at{"appraisal"}, "appraisal", a.Basis, a.Cite, a.Reason)
	if a.Seats != nil {
		c.grounds(at{"appraisal", "seats"}, "appraisal: seats", *a.Seats)
	}
}

// maxLimit is ten years of days: no step of a case is waited for longer.
const maxLimit = 3660

func (c *checker) limit(place at, what string, l policy.Limit) {
	if l.Days < 1 || l.Days > maxLimit {
		c.bad(place, "%s: days from 1 to %d", what, maxLimit)
	}
	c.count(place, what, l.Count)
	c.basis(place, what, l.Basis, l.Cite, l.Reason)
}

func (c *checker) count(place at, what, count string) {
	if count != "calendar" && count != calendar.Working {
		c.bad(place, "%s: days count as calendar or working", what)
	}
}

func (c *checker) elimination(e policy.EliminationRule) {
	if e.IncomeMonths < 0 || e.IncomeMonths > 60 {
		c.bad(at{"elimination_if", "income_months"}, "elimination_if: income_months from 0 to 60")
	}
	for _, condition := range []struct {
		holds     bool
		key, cite string
	}{{e.IncomeMonths > 0, "income_cite", e.IncomeCite}, {e.SingleRiskFast, "single_risk_cite", e.SingleRiskCite}, {e.NoLabourWithheld, "no_labour_cite", e.NoLabourCite}, {e.RisksAnswered, "risks_answered_cite", e.RisksAnsweredCite}} {
		if condition.holds && condition.cite == "" {
			c.bad(at{"elimination_if", condition.key}, "elimination_if: %s says where the condition is written", condition.key)
		}
	}
}

func (c *checker) guards(guards []policy.Guard) {
	seen := map[policy.Rule]bool{}
	for i, g := range guards {
		place := at{"guards", i}
		if _, ok := policy.Rules[g.Rule]; !ok || seen[g.Rule] {
			c.bad(place, "guard %q is not known or stands twice", g.Rule)
		}
		seen[g.Rule] = true
		c.mode(place, "guard "+string(g.Rule), g.Mode, g.Basis)
		if policy.Rules[g.Rule].Tells && g.Mode == policy.Block {
			c.bad(place, "guard %s may flag, never block: what comes late must be able to come", g.Rule)
		}
		if g.Basis != policy.House || !policy.Rules[g.Rule].House {
			c.basis(place, "guard "+string(g.Rule), g.Basis, g.Cite, g.Reason)
		}
	}
}

func (c *checker) mode(place at, what string, mode policy.Mode, basis policy.Basis) {
	switch {
	case mode != policy.Block && mode != policy.Flag:
		c.bad(place, "%s: block or flag", what)
	case basis == policy.Assumed && mode == policy.Block:
		c.bad(place, "%s: what is assumed may flag, never block", what)
	}
}

// basis checks the grounds of what a pack says. A rule of this system (house) is
// only a guard about duties and places: anything else a county could call so, to
// have what its document does not state block.
func (c *checker) basis(place at, what string, b policy.Basis, cite, reason string) {
	in := func(key string) at { return append(slices.Clone(place), key) }
	switch {
	case b == policy.House:
		c.bad(in("basis"), "%s: only the rules of the system itself have the basis house", what)
	case b != policy.Stated && b != policy.Assumed:
		c.bad(in("basis"), "%s: basis is stated or assumed", what)
	case b == policy.Stated && cite == "":
		c.bad(in("cite"), "%s: what is stated cites its article", what)
	case b == policy.Assumed && reason == "":
		c.bad(in("reason"), "%s: what is assumed gives its reason", what)
	}
}

func (c *checker) grounds(place at, what string, g policy.Grounds) {
	c.basis(place, what, g.Basis, g.Cite, g.Reason)
}
