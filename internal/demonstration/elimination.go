package demonstration

import (
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// recovers takes a household through what comes before the appraisal of its
// elimination (一看、二算、三核): a sheet above the line half a year earlier, the
// risks gone, survey, sheet, comparison, proposal.
func (b *builder) recovers(h *home, r *round) {
	w := r.times(h.village.town)
	stable := b.stableDay(h, w.proposal)
	clerk := h.village.writes(stable)
	b.typed(h, work(stable+calendar.Day(h.random.IntN(4))), stable, clerk, h.sheet("", stable, h.better()))

	for i, c := range h.risks {
		gone := work(w.survey - 8 - calendar.Day(3*i+h.random.IntN(5)))
		b.does(h, gone, h.village.writes(gone), household.EndRisk{Risk: c, Way: "by_assistance", Note: riskOf(c).ended})
	}
	clerk, team := h.village.writes(w.survey), h.village.seat(w.survey).team
	survey := h.survey(policy.Elimination, "s9", "三保障和饮水安全均有保障，收入稳定", "")
	b.does(h, w.survey, clerk, survey, team)
	b.does(h, w.survey, clerk, h.sheet(policy.Elimination, w.survey, h.better()))
	b.compares(h, w.comparison, policy.Elimination, "v9")
	b.does(h, w.proposal, h.village.leads(w.proposal), household.ProposeElimination{Way: "by_assistance", Summary: "经一看二算三核，收入稳定超过监测范围，风险已消除"})
}

// stableDay is when the sheet was made from which half a year of stable income
// is counted: before the proposal by six months and some days.
func (b *builder) stableDay(h *home, proposal calendar.Day) calendar.Day {
	on := proposal.AddMonths(-6) - 2 - calendar.Day(h.random.IntN(9))
	for !working(on) {
		on--
	}
	return on
}
