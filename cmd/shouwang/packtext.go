package main

import (
	"fmt"
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// packLine is one statement of a pack. Key says what it is about, so that two
// packs can be laid beside each other.
type packLine struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

var bases = map[policy.Basis]string{policy.Stated: "文件写明", policy.Assumed: "推定", policy.House: "系统规则"}
var modes = map[policy.Mode]string{policy.Block: "阻止", policy.Flag: "提示"}

// packLines says a pack in sentences, in a fixed order.
func packLines(p policy.Pack) []packLine {
	var lines []packLine
	add := func(key, format string, args ...any) {
		lines = append(lines, packLine{key, fmt.Sprintf(format, args...)})
	}
	add("标题", "%s(%s 第%s版)", p.Title, p.Name, p.Version)
	add("发文机关", "%s", p.Issuer)
	add("依据", "%s", strings.Join(p.Sources, "；"))
	until := ""
	if p.ValidTo != 0 {
		until = "，至" + p.ValidTo.Chinese()
	}
	add("有效期", "自%s起%s", p.ValidFrom.Chinese(), until)
	var classes []string
	for _, c := range p.Classes {
		classes = append(classes, code.Classes.ZH(string(c)))
	}
	add("监测对象", "%s", strings.Join(classes, "、"))
	for _, l := range p.Labels {
		from := ""
		if l.From != 0 {
			from = "，自" + l.From.Chinese() + "起"
		}
		add("称谓 "+l.Code+" "+l.From.String(), "%s%s", l.ZH, from)
	}
	for _, l := range p.IncomeLines {
		line := fmt.Sprintf("%d元", l.Yuan)
		if l.Undetermined {
			line = "未定"
		}
		add(fmt.Sprintf("监测范围(收入线) %d年", l.Year), "%s(%s)", line, l.Cite)
	}
	for _, proc := range policy.Procedures {
		for i, s := range p.Steps(policy.Procedure(proc.Code)) {
			add(proc.ZH+"·"+policy.Steps.ZH(string(s.Step)), "第%d步，%s，由%s办理%s；缺前序环节时%s。%s",
				i+1, code.Levels.ZH(string(s.Level)), capacities(s.Capacities), optional(s.Optional), modes[s.Order], basis(s.Basis, s.Cite, s.Reason))
			if s.Limit != nil {
				add(proc.ZH+"·"+policy.Steps.ZH(string(s.Step))+"·时限", "%s以内。%s", s.Limit.Period().Chinese(), basis(s.Limit.Basis, s.Limit.Cite, s.Limit.Reason))
			}
		}
	}
	add("公示", "不少于%s。%s", calendar.Period{Days: p.Notice.Days, Count: p.Notice.Count}.Chinese(), basis(p.Notice.Basis, p.Notice.Cite, p.Notice.Reason))
	var seats []string
	for _, c := range p.Appraisal.Composition {
		seats = append(seats, code.AttendeeCapacities.ZH(c))
	}
	add("民主评议", "应到人数的%d/%d到会；须有%s。%s", p.Appraisal.QuorumNumerator, p.Appraisal.QuorumDenominator,
		strings.Join(seats, "、"), basis(p.Appraisal.Basis, p.Appraisal.Cite, p.Appraisal.Reason))
	for _, limit := range []struct {
		name string
		policy.Limit
	}{{"全程时限", p.Chain}, {"绿色通道补办", p.GreenChannel}, {"一户一策制定", p.PlanDue}} {
		if limit.Days > 0 {
			add(limit.name, "%s以内。%s", limit.Period().Chinese(), basis(limit.Basis, limit.Cite, limit.Reason))
		}
	}
	e := p.EliminationIf
	if e.IncomeMonths > 0 {
		add("风险消除·收入稳定", "收入超过监测范围满%d个月(%s)", e.IncomeMonths, e.IncomeCite)
	}
	if e.SingleRiskFast {
		add("风险消除·单一风险", "义务教育、住房、饮水单一风险解决后即可消除(%s)", e.SingleRiskCite)
	}
	if e.NoLabourWithheld {
		add("风险消除·整户无劳动力", "暂不标注(%s)", e.NoLabourCite)
	}
	for _, g := range p.Guards {
		add("规则·"+string(g.Rule), "%s：%s。%s", policy.Rules[g.Rule].ZH, modes[g.Mode], basis(g.Basis, g.Cite, g.Reason))
	}
	return lines
}

func basis(b policy.Basis, cite, reason string) string {
	text := bases[b]
	for _, more := range []string{cite, reason} {
		if more != "" {
			text += "：" + more
		}
	}
	return text
}

func optional(yes bool) string {
	if yes {
		return "(可不办)"
	}
	return ""
}

func capacities(all []code.Capacity) string {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = code.Capacities.ZH(string(c))
	}
	return strings.Join(names, "、")
}
