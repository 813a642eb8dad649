package demonstration

import (
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// helped makes a household's plan and gives it its measures, from the day its
// case is in order up to the last.
func (b *builder) helped(h *home, from, to calendar.Day) {
	if h.measures == 0 {
		return
	}
	list := h.helps()
	plan := household.MakePlan{Plan: "p1", Situation: code.Text(fmt.Sprintf("%d口之家", h.persons())), Problems: riskOf(h.risks[0]).problem,
		Responsibility: code.Text("帮扶责任人" + h.village.town.paired.name + "，监测责任人" + h.village.writes(from).name)}
	for i, m := range list {
		plan.Measures = append(plan.Measures, household.PlannedMeasure{Class: m.class, Content: m.content, Department: m.department, Budget: code.Yuan(m.yuan), Due: from + 60 + calendar.Day(30*i)})
	}
	b.does(h, from, h.village.writes(from), plan)

	step := max(1, (to-from-2)/calendar.Day(len(list)))
	for i, m := range list {
		started := from + 2 + step*calendar.Day(i) + calendar.Day(h.random.IntN(max(1, int(step)-1)))
		id := fmt.Sprintf("z%d", i+1)
		start := household.StartMeasure{Measure: id, Class: m.class, Content: m.content, Department: m.department, For: h.answered(i), Budget: code.Yuan(m.yuan)}
		on := b.startsMeasure(h, started, to, start)
		delivered := on + 10 + calendar.Day(h.random.IntN(50))
		if delivered < to && h.random.IntN(4) > 0 {
			b.delivers(h, delivered, household.DeliverMeasure{Measure: id, Fen: code.Yuan(m.yuan), Confirmed: true})
		}
	}
}

// startsMeasure enters the start on its day, or some days later.
func (b *builder) startsMeasure(h *home, started, to calendar.Day, c household.StartMeasure) calendar.Day {
	if on := work(started); on <= to && h.random.IntN(3) > 0 {
		by := h.village.writes(on)
		if h.random.IntN(2) == 0 {
			by = h.village.town.cadre
		}
		b.does(h, on, by, c)
		return on
	}
	started = min(started, to)
	on := min(work(started+1+calendar.Day(h.random.IntN(6))), asOf)
	b.typed(h, on, started, h.village.writes(on), c, h.village.town.paired)
	return on
}

func (b *builder) delivers(h *home, delivered calendar.Day, c household.DeliverMeasure) {
	on := work(delivered + calendar.Day(h.random.IntN(3)))
	if on == delivered {
		b.does(h, on, h.village.writes(on), c)
		return
	}
	b.typed(h, on, delivered, h.village.writes(on), c, h.village.town.cadre)
}

// helps deals out as many measures as the household has: against its risks, one
// by which it earns if anybody can work, then what suits everybody.
func (h *home) helps() []measure {
	var list []measure
	if h.able {
		list = append(list, pick(h.random, development))
	}
	for _, c := range h.risks {
		list = append(list, riskOf(c).measures...)
	}
	for i := h.random.IntN(len(further)); len(list) < h.measures; i++ {
		list = append(list, further[i%len(further)])
	}
	return list[:h.measures]
}

// answered is the risk that the i-th measure is against.
func (h *home) answered(i int) code.Risk {
	if i < len(h.risks) {
		return h.risks[i]
	}
	return ""
}

// visited enters visits between two days; half of them are typed later.
func (b *builder) visited(h *home, from, to calendar.Day, n int) {
	for range n {
		day := from + calendar.Day(h.random.IntN(max(1, int(to-from))))
		h.visits++
		c := household.RecordVisit{Visit: fmt.Sprintf("w%d", h.visits), Kind: pick(h.random, []string{"routine", "routine", "must_visit", "concentrated"}), Place: code.Text(h.group), Note: pick(h.random, visitNotes)}
		if on := work(day); on == day && h.random.IntN(2) == 0 {
			b.does(h, on, h.village.writes(on), c)
		} else {
			on = work(day + 1 + calendar.Day(h.random.IntN(9)))
			b.typed(h, on, day, h.village.writes(on), c, h.village.town.paired)
		}
	}
}
