package api

import (
	"strings"
	"testing"

	"shouwang/domain/policy"
)

// S0.9: shown, never blocking; S4.13 wants no cap at all.
func TestTheSizeIsShownBesideItsBase(t *testing.T) {
	t.Parallel()
	rule := policy.SizeIndicator{Percent: 5, FlaggedPercent: 10, BaseYear: 2014, Cite: "S0.9",
		Areas: []policy.SizeArea{{Region: "500101", Persons: 10_000}, {Region: "500102", Persons: 10_000, Flagged: true}}}
	for name, c := range map[string]struct {
		size   Size
		rule   policy.SizeIndicator
		beyond bool
		points int64
		says   string
	}{
		"within":                  {Size{Region: "500101", Included: 500}, rule, false, 500, "5.00%"},
		"beyond":                  {Size{Region: "500101", Included: 501}, rule, true, 501, "不因规模阻止纳入"},
		"beyond, but flagged":     {Size{Region: "500102", Included: 501}, rule, false, 501, "参考10%"},
		"no base number":          {Size{Region: "500103", Included: 501}, rule, false, 0, "2014年建档立卡人口未定"},
		"a pack without a cap":    {Size{Region: "500101", Included: 501}, policy.SizeIndicator{Unlimited: true, Cite: "S4.13"}, false, 0, "不设置规模（S4.13）"},
		"a pack that states none": {Size{Region: "500101", Included: 501}, policy.SizeIndicator{}, false, 0, "未规定"},
	} {
		c.size.beside(c.rule)
		if c.size.Beyond != c.beyond || c.size.BasisPoints != c.points || !strings.Contains(c.size.State, c.says) {
			t.Errorf("%s: %+v", name, c.size)
		}
	}
}
