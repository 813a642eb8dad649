package household

import (
	"slices"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// secured are the guarantees that must have been looked at and found to hold
// before a risk is called eliminated: 三保障 and 饮水安全 (S4.18, S2.25).
var secured = []code.Guarantee{"education", "medical", "housing", "water"}

// eliminationConditions: S4.18, S2.25 – what the pack asks before a risk may be
// called eliminated. It is asked when this is proposed, and again when it is
// decided; months and line are those of the proposal. It says whether the reason
// given stood in for months that were not reached.
func (r *ruling) eliminationConditions(proposed calendar.Day, reason bool) (excepted bool) {
	rule, on := r.pack.EliminationIf, r.act.Happened
	line, ok := r.pack.LineOf(proposed.Year())
	sheet := r.s.currentSheet(on)
	switch {
	case !ok:
		r.fails(policy.LineUndetermined, "%d年监测范围（收入线）未定", proposed.Year())
	case sheet == nil || sheet.PerCapita <= line:
		r.fails(policy.EliminationIncome, "人均纯收入未超过当年监测范围%d元", line/100)
	case r.singleRisk() || r.s.stableAbove(line, proposed, on, rule.IncomeMonths):
	case reason: // 「原则上」
		excepted = true
	default:
		r.fails(policy.EliminationStable, "收入稳定超过监测范围原则上不少于%d个月，其间和现时的收支测算均须超过", rule.IncomeMonths)
	}
	r.guaranteesHeld()
	for _, risk := range r.s.episodeOn(on).Risks {
		if risk.Gone != 0 && risk.Gone <= on || risk.Since > on {
			continue
		}
		if risk.Original {
			r.fails(policy.EliminationRisk, "识别时的风险“%s”尚未消除", code.Risks.ZH(string(risk.Risk)))
		} else {
			r.fails(policy.EliminationNewRisk, "存在新增风险“%s”", code.Risks.ZH(string(risk.Risk)))
		}
	}
	if rule.NoLabourWithheld && r.s.NoLabour() {
		r.fails(policy.EliminationNoLabour, "整户无劳动力，落实社会保障后暂不标注风险消除")
	}
	return excepted
}

// guaranteesHeld: 三保障 and 饮水安全 are consolidated, which nobody knows who has
// not looked.
func (r *ruling) guaranteesHeld() {
	seen := map[code.Guarantee]bool{}
	for _, g := range r.s.Guarantees {
		seen[g.Guarantee] = true
		if !g.OK && g.On <= r.act.Happened {
			r.fails(policy.EliminationGuarantee, "%s尚未巩固", code.Guarantees.ZH(string(g.Guarantee)))
		}
	}
	for _, g := range secured {
		if !seen[g] {
			r.fails(policy.EliminationGuarantee, "%s尚未查看", code.Guarantees.ZH(string(g)))
		}
	}
}

// helped: who is eliminated by assistance (帮扶消除) was helped, and where the pack
// asks for it each risk that help ended was answered by a measure. A case brought
// forward has its measures elsewhere.
func (r *ruling) helped(way string) {
	e := r.s.episodeOn(r.act.Happened)
	if way != "by_assistance" || e.Brought {
		return
	}
	if !slices.ContainsFunc(e.Measures, func(m Measure) bool { return m.Started <= r.act.Happened }) {
		r.fails(policy.EliminationUnhelped, "帮扶消除而没有实施过帮扶措施")
		return
	}
	if !r.pack.EliminationIf.RisksAnswered {
		return
	}
	for _, risk := range e.Risks {
		if risk.Original && risk.Gone != 0 && risk.Way == "by_assistance" && (risk.Answered == 0 || risk.Answered > risk.Gone) {
			r.fails(policy.EliminationUnhelped, "风险“%s”经帮扶消除而没有针对它的措施", code.Risks.ZH(string(risk.Risk)))
		}
	}
}

// singleRisk says whether the fast path of S4.16 is open: one risk only, of
// compulsory education, housing or water, with the income above the line.
func (r *ruling) singleRisk() bool {
	risks := r.s.episodeOn(r.act.Happened).Risks
	if !r.pack.EliminationIf.SingleRiskFast || len(risks) != 1 {
		return false
	}
	switch risks[0].Risk {
	case "housing", "water", "schooling":
		return true
	}
	return false
}

// currentSheet is the last income sheet by the day.
func (s *State) currentSheet(on calendar.Day) *Sheet {
	var last *Sheet
	for i := range s.Sheets {
		if sh := &s.Sheets[i]; sh.On <= on && (last == nil || sh.On >= last.On) {
			last = sh
		}
	}
	return last
}

// stableAbove says whether the income was above the line so many months before
// the proposal, is so now by a sheet made since, and no sheet in between says
// otherwise. Of several sheets of one day the last counts.
func (s *State) stableAbove(line code.Fen, proposed, on calendar.Day, months int) bool {
	if months == 0 {
		return true
	}
	since := proposed.AddMonths(-months)
	start, now := s.currentSheet(since), s.currentSheet(on)
	if start == nil || start.PerCapita <= line || now.On <= since {
		return false
	}
	for i := range s.Sheets {
		sh := &s.Sheets[i]
		if sh.On > since && sh.On <= on && s.currentSheet(sh.On).PerCapita <= line {
			return false
		}
	}
	return true
}
