package load

import (
	"slices"

	"shouwang/domain/policy"
)

// size checks the indicator of size: percentages with their article, and each
// area once with its base number.
func (c *checker) size(s policy.SizeIndicator) {
	stated := s.Percent != 0 || s.FlaggedPercent != 0 || s.BaseYear != 0 || len(s.Areas) > 0
	if stated && (s.Percent < 1 || s.Percent > 100 || s.FlaggedPercent < s.Percent || s.FlaggedPercent > 100 || s.BaseYear < 2000 || s.BaseYear > 2100 || s.Cite == "") {
		c.bad(at{"size"}, "size: percent, flagged_percent (no less), base_year, and where it is written")
	}
	if s.Unlimited && (stated || s.Cite == "") {
		c.bad(at{"size"}, "size: unlimited goes with no number, and says where it is written")
	}
	for i, a := range s.Areas {
		again := slices.ContainsFunc(s.Areas[:i], func(other policy.SizeArea) bool { return other.Region == a.Region })
		if a.Region == "" || a.Persons < 1 || a.Source == "" || again {
			c.bad(at{"size", "areas", i}, "size: an area has its region once, its persons, and the source of the number")
		}
	}
}
