package load

import "shouwang/domain/policy"

// maxIndicators bounds the list: the source documents name some ten signs.
const maxIndicators = 100

// indicators checks the warning indicators (预警指标).
func (c *checker) indicators(list []policy.Indicator) {
	if len(list) > maxIndicators {
		c.bad(at{"indicators"}, "indicators: at most %d", maxIndicators)
	}
	seen := map[string]bool{}
	for i, one := range list {
		place, what := at{"indicators", i}, "indicator "+one.Code
		if !dutyID.MatchString(one.Code) || one.ZH == "" {
			c.bad(place, "%s: a code of small letters, digits and _, and a Chinese name", what)
		}
		if seen[one.Code] {
			c.bad(place, "%s stands twice", what)
		}
		seen[one.Code] = true
		c.grounds(place, what, one.Grounds)
	}
}
