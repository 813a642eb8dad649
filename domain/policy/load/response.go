package load

import (
	"slices"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// responses checks how soon what came in certain ways is looked into.
func (c *checker) responses(rules []policy.ResponseRule) {
	for i, r := range rules {
		place := at{"responses", i}
		c.listed(place, code.Vias, r.Via, "response: way")
		if slices.ContainsFunc(rules[:i], func(other policy.ResponseRule) bool { return other.Via == r.Via }) {
			c.bad(place, "response to %s stands twice", r.Via)
		}
		c.limit(place, "response to "+r.Via, r.Limit)
	}
}
