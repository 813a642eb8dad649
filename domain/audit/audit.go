// Package audit has what inspectors look for in a file (DOMAIN section 4): one family
// of rules per file, each pure. A finding undoes nothing; people look at it.
package audit

import (
	"cmp"
	"slices"

	"shouwang/domain/household"
)

// Rule is one thing to look for. Check says what is wrong with a fact, given what
// came before it; "" if nothing is.
type Rule struct {
	ID    string
	Cite  string
	Check func(before []household.Fact, f household.Fact) string
}

// Finding is what a rule found of an entry.
type Finding struct {
	Rule   string `json:"rule"`
	Cite   string `json:"cite,omitzero"`
	Event  string `json:"event"`
	Detail string `json:"detail"`
}

// File holds every fact of a file that stands at the two times against the rules, in
// the order in which things happened: papers may be typed in any.
func File(facts []household.Fact, t household.Times, rules []Rule) []Finding {
	var found []Finding
	standing := household.Standing(facts, t)
	slices.SortStableFunc(standing, func(a, b household.Fact) int { return cmp.Compare(a.Happened(), b.Happened()) })
	for i, f := range standing {
		before := slices.Clone(standing[:i])
		for _, other := range standing[i+1:] {
			if other.Happened() == f.Happened() { // of one day nobody knows which came first
				before = append(before, other)
			}
		}
		for _, r := range rules {
			if why := r.Check(before, f); why != "" {
				found = append(found, Finding{r.ID, r.Cite, f.ID, why})
			}
		}
	}
	return found
}
