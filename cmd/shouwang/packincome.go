package main

// income says how income sheets are judged.
func (w *packWriter) income() {
	r := w.pack.Income
	if r.Months > 0 {
		w.add("收支测算期间", "连续%d个月。推定：%s", r.Months, r.MonthsReason)
	}
	if r.RigidPercent > 0 {
		w.add("刚性支出明显超过上年度收入", "超过上年度纯收入的%d%%(%s)；比例推定：%s", r.RigidPercent, r.Cite, r.Reason)
	}
	if r.FallPercent > 0 {
		w.add("收入大幅缩减", "比上年度减少%d%%以上(%s)；比例推定：%s", r.FallPercent, r.Cite, r.Reason)
	}
}
