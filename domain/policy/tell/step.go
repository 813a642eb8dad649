package tell

import (
	"strings"

	"shouwang/domain/policy"
)

// concerns are the rules that speak of a step, by the beginnings of their names.
var concerns = map[policy.Step][]string{
	policy.Clue:             {"clue."},
	policy.Application:      {"clue.late"},
	policy.HomeSurvey:       {"survey.fewer"},
	policy.IncomeSheet:      {"income."},
	policy.Authorisation:    {"authorisation."},
	policy.Comparison:       {"comparison."},
	policy.Proposal:         {"elimination."},
	policy.Appraisal:        {"appraisal."},
	policy.Notice:           {"notice."},
	policy.VillageReport:    {"notice.too-short", "notice.still-standing", "notice.objection-open", "appraisal.rejected"},
	policy.TownshipReview:   {"notice.too-short", "notice.still-standing", "notice.objection-open", "duty."},
	policy.CountyDecision:   {"decision.", "duty.", "policy.pack-expired", "chain.late"},
	policy.Plan:             {"assistance.plan", "assistance.no-development", "assistance.lead-unit"},
	policy.MeasureStarted:   {"assistance."},
	policy.MeasureDelivered: {"assistance.help-order"},
	policy.SystemMark:       {"elimination.no-labour", "elimination.security", "elimination.labour"},

	policy.TownshipVerification: {"survey.not-own-people"},
}

// everyStep are the rules that every step has to satisfy.
var everyStep = []string{"order.", "evidence.missing", "step.late", "capacity.", "appointment.", "place."}

// provisions are what else the pack says of a step, by the beginnings of keys.
var provisions = map[policy.Step][]string{
	policy.Clue:           {"快速响应 "},
	policy.Application:    {"快速响应 "},
	policy.IncomeSheet:    {"监测范围(收入线)", "收支测算期间", "刚性支出", "收入大幅缩减"},
	policy.Proposal:       {"风险消除·收入稳定", "风险消除·单一风险", "风险消除·整户无劳动力", "风险消除·逐项措施"},
	policy.Appraisal:      {"民主评议·"},
	policy.Notice:         {"公示"},
	policy.CountyDecision: {"监测责任人 ", "全程时限"},
	policy.Plan:           {"一户一策制定"},
	policy.MeasureStarted: {"救助次序"},
	policy.SystemMark:     {"风险消除·整户无劳动力"},
}

// Step says what a pack lays down for a step: first the step with its numbers and
// conditions, then the rules to which it is held. A step that the pack does not
// have is held to rules all the same; without a procedure or a step nothing is said.
func Step(p policy.Pack, of policy.Procedure, step policy.Step) (laid, rules []Line) {
	if step == "" {
		return nil, nil
	}
	place := policy.Procedures.ZH(string(of)) + "·" + policy.Steps.ZH(string(step))
	held := append(append([]string{}, concerns[step]...), everyStep...)
	var further []Line
	for _, line := range Lines(p) {
		rule, isRule := strings.CutPrefix(line.Key, "规则·")
		switch {
		case isRule && begins(rule, held):
			rules = append(rules, line)
		case isRule || of == "":
		case line.Key == place, line.Key == place+"·时限":
			laid = append(laid, line)
		case begins(line.Key, provisions[step]):
			further = append(further, line)
		}
	}
	return append(laid, further...), rules
}

// Duties says which duties are fulfilled by an act (policy.DutyActs).
func Duties(p policy.Pack, act string) (lines []Line) {
	for _, d := range p.Duties {
		if string(d.DoneBy) == act {
			one := &writer{pack: policy.Pack{Duties: []policy.Duty{d}}}
			one.duties()
			lines = append(lines, one.lines...)
		}
	}
	return lines
}

func begins(text string, all []string) bool {
	for _, start := range all {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return false
}
