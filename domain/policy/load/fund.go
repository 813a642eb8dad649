package load

import (
	"slices"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// funds checks who takes which step with a fund's money.
func (c *checker) funds(rules []policy.FundRule) {
	for i, r := range rules {
		place, what := at{"funds", i}, "fund: "+r.Act
		c.listed(append(slices.Clone(place), "act"), policy.FundActs, r.Act, "fund: act")
		if len(r.Capacities) == 0 || slices.ContainsFunc(rules[:i], func(other policy.FundRule) bool { return other.Act == r.Act }) {
			c.bad(place, "%s: one rule, with the capacities", what)
		}
		for j, who := range r.Capacities {
			c.listed(append(slices.Clone(place), "capacities", j), code.Capacities, string(who), what+": capacity")
		}
		c.grounds(place, what, r.Grounds)
	}
}
