// Package tell says a pack in plain Chinese sentences, and what changes from one
// pack to another.
package tell

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Line is one statement of a pack. Key says what it is about, so that two
// packs can be laid beside each other.
type Line struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// Heading is a key for people to read, without the identity by which programs know
// the statement: "职责·weekly_collection" is headed 职责.
func Heading(key string) string {
	at := strings.LastIndexAny(key, "· ")
	if at < 0 || strings.TrimLeft(key[at:], "· abcdefghijklmnopqrstuvwxyz0123456789_.-") != "" {
		return key
	}
	return strings.TrimRight(key[:at], "· ")
}

var bases = map[policy.Basis]string{policy.Stated: "文件写明", policy.Assumed: "推定", policy.House: "系统规则"}
var modes = map[policy.Mode]string{policy.Block: "阻止", policy.Flag: "提示"}

// Lines says a pack in sentences, in a fixed order.
func Lines(p policy.Pack) []Line {
	w := &writer{pack: p}
	w.head()
	w.amounts("监测范围(收入线)", p.IncomeLines)
	w.amounts("红色预警线", p.RedLines)
	w.income()
	w.help()
	for _, proc := range policy.Procedures {
		w.steps(proc)
	}
	w.officers()
	w.meetings()
	w.limits()
	w.elimination()
	w.instruments()
	w.funds()
	w.indicators()
	w.duties()
	w.guards()
	return w.lines
}

// writer puts a pack into sentences.
type writer struct {
	pack  policy.Pack
	lines []Line
}

func (w *writer) add(key, format string, args ...any) {
	w.lines = append(w.lines, Line{key, fmt.Sprintf(format, args...)})
}

func (w *writer) head() {
	p := w.pack
	w.add("标题", "%s(%s 第%s版)", p.Title, p.Name, p.Version)
	w.add("发文机关", "%s", p.Issuer)
	w.add("依据", "%s", strings.Join(p.Sources, "；"))
	until := "，未写期限"
	if p.ValidTo != 0 {
		until = "，至" + p.ValidTo.Chinese()
	}
	w.add("有效期", "自%s起%s。%s", p.ValidFrom.Chinese(), until, basis(p.Validity.Basis, p.Validity.Cite, p.Validity.Reason))
	var classes []string
	for _, c := range p.Classes {
		classes = append(classes, code.Classes.ZH(string(c)))
	}
	w.add("监测对象", "%s", strings.Join(classes, "、"))
	for _, l := range p.Labels {
		from := ""
		if l.From != 0 {
			from = "，自" + l.From.Chinese() + "起"
		}
		w.add("称谓 "+policy.Pack{}.Named(l.Code, 0)+" "+l.From.String(), "称“%s”%s(%s)", l.ZH, from, l.Cite+l.Reason)
	}
}

func (w *writer) amounts(what string, lines []policy.Line) {
	for _, l := range lines {
		text := fmt.Sprintf("人均纯收入%d元", l.Yuan)
		if l.Undetermined {
			text = "未定"
		}
		if l.By != "" {
			text += "，由" + code.Levels.ZH(string(l.By)) + "确定"
		}
		if l.Onward && l.Undetermined {
			text = "自该年起" + text
		}
		w.add(fmt.Sprintf("%s %d年", what, l.Year), "%s(%s)", text, l.Cite)
	}
}

func (w *writer) steps(proc code.Entry) {
	for i, s := range w.pack.Steps(policy.Procedure(proc.Code)) {
		text := fmt.Sprintf("第%d步，%s，由%s办理%s；缺前序环节时%s。%s", i+1, code.Levels.ZH(string(s.Level)), capacities(s.Capacities),
			optional(s.Optional), modes[s.Order], basis(s.Basis, s.Cite, s.Reason))
		if s.System != "" {
			text += "；系统：" + code.Systems.ZH(s.System)
		}
		if s.Says != "" {
			text += "；" + s.Says
		}
		for _, e := range s.Evidence {
			text += fmt.Sprintf("；须有%s(%s)", policy.EvidenceKinds.ZH(e.Kind), basis(e.Basis, e.Cite, e.Reason))
		}
		w.add(proc.ZH+"·"+policy.Steps.ZH(string(s.Step)), "%s", text)
		if s.Limit != nil {
			w.add(proc.ZH+"·"+policy.Steps.ZH(string(s.Step))+"·时限", "%s以内。%s", s.Limit.Period().Chinese(), basis(s.Limit.Basis, s.Limit.Cite, s.Limit.Reason))
		}
	}
}

func (w *writer) officers() {
	for _, r := range w.pack.MonitoringOfficers {
		w.add("监测责任人 "+code.Classes.ZH(string(r.Class)), "由%s担任。%s", capacities(r.Capacities), basis(r.Basis, r.Cite, r.Reason))
	}
}

func (w *writer) meetings() {
	p := w.pack
	in := "各程序均不要求公示"
	if len(p.Notice.Procedures) > 0 {
		in = procedures(p.Notice.Procedures) + "须公示"
	}
	w.add("公示", "%s，不少于%s。%s", in, calendar.Period{Days: p.Notice.Days, Count: p.Notice.Count}.Chinese(), basis(p.Notice.Basis, p.Notice.Cite, p.Notice.Reason))
	a := p.Appraisal
	w.add("民主评议·到会", "应到人数的%d/%d到会。%s", a.QuorumNumerator, a.QuorumDenominator, basis(a.Basis, a.Cite, a.Reason))
	var seats []string
	for _, c := range a.Composition {
		seats = append(seats, code.AttendeeCapacities.ZH(c))
	}
	from := policy.Grounds{Basis: a.Basis, Cite: a.Cite, Reason: a.Reason}
	if a.Seats != nil {
		from = *a.Seats
	}
	of := "各程序"
	if len(a.SeatsIn) > 0 {
		of = procedures(a.SeatsIn)
	}
	w.add("民主评议·参会", "%s须有%s参加。%s", of, strings.Join(seats, "、"), basis(from.Basis, from.Cite, from.Reason))
}

func (w *writer) limits() {
	p := w.pack
	for _, limit := range []struct {
		name string
		policy.Limit
	}{{"全程时限", p.Chain}, {"绿色通道补办", p.GreenChannel}, {"一户一策制定", p.PlanDue}} {
		if limit.Days > 0 {
			w.add(limit.name, "%s以内。%s", limit.Period().Chinese(), basis(limit.Basis, limit.Cite, limit.Reason))
		}
	}
	for _, r := range p.Responses {
		w.add("快速响应 "+code.Vias.ZH(r.Via), "%s以内核实。%s", r.Period().Chinese(), basis(r.Basis, r.Cite, r.Reason))
	}
}

func (w *writer) elimination() {
	e := w.pack.EliminationIf
	if e.IncomeMonths > 0 {
		w.add("风险消除·收入稳定", "收入超过监测范围原则上满%d个月(%s)", e.IncomeMonths, e.IncomeCite)
	} else if e.IncomeCite != "" {
		w.add("风险消除·收入稳定", "收入持续稳定，未写月数(%s)", e.IncomeCite)
	}
	if e.SingleRiskFast {
		w.add("风险消除·单一风险", "义务教育、住房、饮水单一风险解决后即可消除(%s)", e.SingleRiskCite)
	}
	if e.NoLabourWithheld {
		w.add("风险消除·整户无劳动力", "暂不标注(%s)", e.NoLabourCite)
	}
	if e.RisksAnswered {
		w.add("风险消除·逐项措施", "经帮扶消除的每项风险须有针对它的措施(%s)", e.RisksAnsweredCite)
	}
}

// guards says every rule a pack can speak of; what it says nothing of is said too.
func (w *writer) guards() {
	stated := map[policy.Rule]bool{}
	for _, g := range w.pack.Guards {
		stated[g.Rule] = true
		w.guard(g)
	}
	for _, rule := range slices.Sorted(maps.Keys(policy.Rules)) {
		if !stated[rule] {
			w.guard(w.pack.Guard(rule))
		}
	}
}

func (w *writer) guard(g policy.Guard) {
	from := basis(g.Basis, g.Cite, g.Reason)
	if g.Basis == policy.Assumed && g.Reason == "" {
		from = "办法未写"
	}
	w.add("规则·"+string(g.Rule), "%s：%s。%s", policy.Rules[g.Rule].ZH, modes[g.Mode], from)
}

func procedures(all []policy.Procedure) string {
	names := make([]string, len(all))
	for i, of := range all {
		names[i] = policy.Procedures.ZH(string(of))
	}
	return strings.Join(names, "、")
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
