package demonstration

import (
	"fmt"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// What stories have in common.

// hangs puts a sheet up and takes it down, each with its photograph.
func (b *builder) hangs(name string, up, down at, v *village, of policy.Procedure, lines []*line) {
	sheet := sheetOf(v, of, lines)
	sheet.Photo = b.photo(name+" up", v.board(), up.day())
	b.write(name, up, v.clerk, sheet)
	b.write(name, down, v.clerk, paper.RemoveSheet{Photo: b.photo(name+" down", v.board(), down.day())})
}

// decides includes the homes: decision, list handed down, announcement, entry.
func (b *builder) decides(name string, decision, down, announcement, entry at, homes ...*home) {
	v, lines := homes[0].village, linesOf(homes...)
	b.write(name+" decision", decision, b.county.decides(decision.day()), b.decisionOf(policy.Inclusion, decision.day(), lines))
	b.write(name+" list", down, b.county.officers[0], downOf(v.town, lines))
	b.write(name+" announcement", announcement, v.clerk, announcementOf(v, policy.Inclusion, lines))
	for _, h := range homes {
		h.included = decision.day()
		b.act(h, entry, v.town.cadre, household.EnterSystem{System: "national_monitoring", National: h.national()})
	}
}

// plans makes the household's plan against its first risk.
func (b *builder) plans(h *home, when at) {
	first := riskOf(h.risks[0])
	plan := household.MakePlan{Plan: "p1", Situation: code.Text(fmt.Sprintf("%d口之家", h.persons())), Problems: first.problem,
		Responsibility: code.Text("帮扶责任人" + h.village.town.paired.name + "，监测责任人" + h.village.clerk.name)}
	for _, m := range append([]measure{development[0]}, first.measures...) {
		plan.Measures = append(plan.Measures, household.PlannedMeasure{Class: m.class, Content: m.content, Department: m.department, Budget: code.Yuan(m.yuan), Due: when.day() + 90})
	}
	b.act(h, when, h.village.clerk, plan)
}

// starts starts the household's n-th measure.
func (b *builder) starts(h *home, n int, when at, m measure) {
	b.act(h, when, h.village.clerk, household.StartMeasure{Measure: fmt.Sprintf("z%d", n), Class: m.class, Content: m.content, Department: m.department, For: h.answered(n - 1), Budget: code.Yuan(m.yuan)})
}
