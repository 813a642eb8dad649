package tell

import "shouwang/domain/policy"

// funds says who takes which step with a fund's money.
func (w *writer) funds() {
	for _, r := range w.pack.Funds {
		w.add("资金·"+policy.FundActs.ZH(r.Act)+" "+r.Act, "由%s办理。%s", capacities(r.Capacities), basis(r.Basis, r.Cite, r.Reason))
	}
}
