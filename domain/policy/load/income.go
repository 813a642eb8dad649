package load

import "shouwang/domain/policy"

// income checks how sheets are judged: the percentages are assumed everywhere,
// so they give their reason.
func (c *checker) income(r policy.IncomeRule) {
	if r.Months < 0 || r.Months > 12 || r.Months > 0 && r.MonthsReason == "" {
		c.bad(at{"income", "months"}, "income: months from 0 to 12, and months_reason")
	}
	if r.RigidPercent < 0 || r.RigidPercent > 1000 || r.FallPercent < 0 || r.FallPercent > 100 {
		c.bad(at{"income"}, "income: rigid_percent from 0 to 1000, fall_percent from 0 to 100")
	}
	if (r.RigidPercent > 0 || r.FallPercent > 0) && (r.Cite == "" || r.Reason == "") {
		c.bad(at{"income"}, "income: the condition cites its article, its percentages give their reason")
	}
}
