package tell

import (
	"strings"

	"shouwang/domain/policy"
)

// income says how income sheets are judged.
func (w *writer) income() {
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

// help says in which order help comes, and how many are expected to be monitored.
func (w *writer) help() {
	if len(w.pack.HelpOrder) > 0 {
		var order []string
		for _, source := range w.pack.HelpOrder {
			order = append(order, policy.HelpSources.ZH(source))
		}
		w.add("救助次序", "%s", strings.Join(order, "，再"))
	}
	s := w.pack.Size
	if s.Unlimited {
		w.add("监测规模参考", "不设置规模，应纳尽纳(%s)", s.Cite)
	}
	if s.Percent == 0 {
		return
	}
	w.add("监测规模参考", "一般为%d年建档立卡人口的%d%%左右，深度贫困地区原则上不超过%d%%(%s)；只供参考，不阻止纳入", s.BaseYear, s.Percent, s.FlaggedPercent, s.Cite)
	for _, a := range s.Areas {
		flagged := ""
		if a.Flagged {
			flagged = "，深度贫困地区"
		}
		w.add("监测规模基数 "+a.Region, "%s：%d人%s(%s)", a.Region, a.Persons, flagged, a.Source)
	}
}
