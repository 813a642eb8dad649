package fund

import (
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// entitled holds a step with the fund's money to who takes it, as the pack says:
// assumed, it flags and refuses nobody.
func (r *ruling) entitled(act, list string) {
	rule, stated := r.pack.FundRule(act)
	if !stated || r.act.Generated() || r.act.HasCapacity("", rule.Capacities) {
		return
	}
	g := r.pack.Guard(policy.WrongCapacity)
	if g.Basis, g.Cite = rule.Basis, rule.Cite; rule.Basis == policy.Assumed {
		g.Mode = policy.Flag
	}
	names := make([]string, len(rule.Capacities))
	for i, c := range rule.Capacities {
		names[i] = code.Capacities.ZH(string(c))
	}
	r.failsAs(g, list, "", "资金%s应由%s办理", policy.FundActs.ZH(act), strings.Join(names, "、"))
}
