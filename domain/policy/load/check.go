package load

import (
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// pack checks a pack from top to bottom.
func (c *checker) pack(p policy.Pack) {
	if p.Name == "" || p.Version == "" || p.ValidFrom == 0 || len(p.Sources) == 0 {
		c.bad(nil, "name, version, valid_from and sources are required")
	}
	if p.ValidTo != 0 && p.ValidTo < p.ValidFrom {
		c.bad(at{"valid_to"}, "valid_to comes before valid_from")
	}
	if len(p.Classes) == 0 {
		c.bad(nil, "a pack names its classes")
	}
	for i, class := range p.Classes {
		c.listed(at{"classes", i}, code.Classes, string(class), "class")
	}
	for i, l := range p.Labels {
		if l.Code == "" || l.ZH == "" {
			c.bad(at{"labels", i}, "a label has a code and a Chinese name")
		}
	}
	years := map[int]bool{}
	for i, l := range p.IncomeLines {
		if l.Undetermined == (l.Yuan != 0) || l.Yuan < 0 || l.Year < 2000 || l.Year > 2100 || l.Cite == "" {
			c.bad(at{"income_lines", i}, "income line of %d: either yuan or undetermined, and where it is written", l.Year)
		}
		if years[l.Year] {
			c.bad(at{"income_lines", i}, "income line of %d stands twice", l.Year)
		}
		years[l.Year] = true
	}
	for _, of := range policy.Procedures.Codes() {
		c.steps(policy.Procedure(of), p.Steps(policy.Procedure(of)))
	}
	c.notice(p.Notice)
	c.appraisal(p.Appraisal)
	c.limit(at{"chain"}, "chain", p.Chain)
	c.limit(at{"green_channel"}, "green_channel", p.GreenChannel)
	c.limit(at{"plan_due"}, "plan_due", p.PlanDue)
	c.elimination(p.EliminationIf)
	c.guards(p.Guards)
}

func (c *checker) listed(place at, list code.List, value, what string) {
	if _, ok := list.Find(value); !ok {
		c.bad(place, "%s %q is not known", what, value)
	}
}

func (c *checker) notice(n policy.NoticeRule) {
	c.count(at{"notice", "count"}, "notice", n.Count)
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
	c.basis(at{"appraisal"}, "appraisal", a.Basis, a.Cite, a.Reason)
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
	}{{e.IncomeMonths > 0, "income_cite", e.IncomeCite}, {e.SingleRiskFast, "single_risk_cite", e.SingleRiskCite}, {e.NoLabourWithheld, "no_labour_cite", e.NoLabourCite}} {
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
		c.basis(place, "guard "+string(g.Rule), g.Basis, g.Cite, g.Reason)
	}
}

func (c *checker) steps(of policy.Procedure, steps []policy.StepRule) {
	seen := map[policy.Step]int{}
	for i, s := range steps {
		place, what := at{string(of), i}, string(of)+" step "+string(s.Step)
		c.listed(place, policy.Steps, string(s.Step), string(of)+": step")
		if _, twice := seen[s.Step]; twice {
			c.bad(place, "%s stands twice", what)
		}
		seen[s.Step] = i
		if len(s.Capacities) == 0 || s.Level == "" {
			c.bad(place, "%s: who acts, at which level?", what)
		} else {
			c.listed(append(slices.Clone(place), "level"), code.Levels, string(s.Level), what+": level")
		}
		for j, who := range s.Capacities {
			c.listed(append(slices.Clone(place), "capacities", j), code.Capacities, string(who), what+": capacity")
		}
		c.mode(place, what, s.Order, s.Basis)
		c.basis(place, what, s.Basis, s.Cite, s.Reason)
		if s.Limit != nil {
			c.limit(append(slices.Clone(place), "limit"), what+": limit", *s.Limit)
		}
	}
	for _, needed := range needs[of] {
		if _, ok := seen[needed]; !ok {
			c.bad(at{string(of)}, "%s: a pack says who takes the step %s", of, needed)
		}
	}
	for _, pair := range cannotPrecede {
		first, has := seen[pair[0]]
		second, hasToo := seen[pair[1]]
		if has && hasToo && first > second {
			c.bad(at{string(of), first}, "%s: %s cannot come after %s", of, pair[0], pair[1])
		}
	}
}

// needs are the steps without which a procedure decides nothing.
var needs = map[policy.Procedure][]policy.Step{
	policy.Inclusion:   {policy.CountyDecision},
	policy.Assistance:  {policy.MeasureStarted},
	policy.Elimination: {policy.CountyDecision},
}

// cannotPrecede are pairs of which the second rests on the first anywhere.
var cannotPrecede = [][2]policy.Step{
	{policy.VillageReport, policy.TownshipReview},
	{policy.TownshipReview, policy.CountyDecision},
	{policy.Appraisal, policy.Notice},
	{policy.Notice, policy.CountyDecision},
	{policy.CountyDecision, policy.ListHandedDown},
	{policy.CountyDecision, policy.Announcement},
	{policy.CountyDecision, policy.SystemEntry},
	{policy.CountyDecision, policy.SystemMark},
	{policy.Announcement, policy.SystemMark},
	{policy.MeasureStarted, policy.MeasureDelivered},
}

func (c *checker) mode(place at, what string, mode policy.Mode, basis policy.Basis) {
	switch {
	case mode != policy.Block && mode != policy.Flag:
		c.bad(place, "%s: block or flag", what)
	case basis == policy.Assumed && mode == policy.Block:
		c.bad(place, "%s: what is assumed may flag, never block", what)
	}
}

func (c *checker) basis(place at, what string, b policy.Basis, cite, reason string) {
	switch {
	case !slices.Contains([]policy.Basis{policy.Stated, policy.Assumed, policy.House}, b):
		c.bad(place, "%s: basis is stated, assumed or house", what)
	case b == policy.Stated && cite == "":
		c.bad(place, "%s: what is stated cites its article", what)
	case b == policy.Assumed && reason == "":
		c.bad(place, "%s: what is assumed gives its reason", what)
	}
}
