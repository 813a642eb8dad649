package demonstration

import (
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
)

// outside invents the households that were never included.
func (b *builder) outside() {
	sizes := chance(b.seed, "outside")
	for i := range formerPoorLow + formerPoorHigh {
		h := b.next(code.FormerPoor, 1+sizes.IntN(6), true)
		perHead := h.better()
		if i < formerPoorLow {
			perHead = 7200 + int64(h.random.IntN(800))
		}
		b.formerPoor(h, perHead)
	}
	for i := range ordinary {
		h := b.next(code.Ordinary, 1+sizes.IntN(6), true)
		h.risks = h.dealRisks()
		b.registers(h)
		switch {
		case i < refusedAtHome:
			b.notConfirmed(h, i)
		case i < refusedAtHome+refusedByRound:
			b.refused(h, verdict(1+i%2))
		case i%3 == 0:
			b.visited(h, date(2021, 4, 1), date(2023, 5, 1), 1)
		}
	}
	for i := range 6 {
		b.unmatched(i)
	}
}

// formerPoor enters a former-poor household's income of 2022.
func (b *builder) formerPoor(h *home, perHead int64) {
	b.registers(h)
	on := workdays(date(2023, 1, 28), 1+h.random.IntN(38))
	b.does(h, on, h.village.writes(on), h.yearSheet(2022, perHead))
}

// notConfirmed: a clue came in and verification found no risk.
func (b *builder) notConfirmed(h *home, i int) {
	on := work(date(2021, 3, 10) + 13*calendar.Day(i))
	clerk := h.village.writes(on)
	warning := pick(h.random, warnings)
	officer := b.county.officers[i%3]
	b.does(h, on, officer, household.RecordClue{Clue: "c1", Channel: code.DepartmentWarning, Department: warning.department, Content: warning.content})
	b.does(h, on, officer, household.DispatchClue{Clue: "c1", Office: h.village.town.code, Due: on + 5})
	seen := workdays(on, 2)
	b.does(h, seen, clerk, household.VerifyClue{Clue: "c1", Result: "no_risk", Reason: pick(h.random, noRiskReasons)})
	b.does(h, workdays(seen, 2), officer, household.FeedBackClue{Clue: "c1", To: code.Text(warning.department), Text: "经核实无返贫致贫风险"})
}

// refused: the household went through a round and was not included.
func (b *builder) refused(h *home, v verdict) {
	in := in2021
	if h.random.IntN(2) == 0 {
		in = in2022
	}
	r := b.inclusions[in][0]
	h.class, h.in, h.round = code.Marginal, in, r
	r.add(h, v)
	b.applies(h, r.times(h.village.town), 1)
}

// unmatched: a clue that matched no household opened a file of its own.
func (b *builder) unmatched(i int) {
	v := b.all[(17*i+5)%len(b.all)]
	on := work(date(2021, 5, 11) + 97*calendar.Day(i))
	h := b.unmatchedIn(v, fmt.Sprintf("u%d", i+1), on)
	seen := workdays(on, 3)
	switch {
	case i%3 == 0:
		known := fmt.Sprintf("m%05d", v.index+1)
		b.does(h, seen, v.writes(seen), household.LinkUnconfirmed{Household: HouseholdID(b.seed, known), Reason: "经核实为该户已出嫁女儿"})
	case i < 6:
		b.does(h, seen, v.writes(seen), household.VerifyClue{Clue: "c1", Result: "not_found", Reason: "村内查无此人"})
		b.does(h, seen, v.writes(seen), household.CloseUnconfirmed{Reason: "村内查无此人，已向来电人说明"})
	}
}

func (b *builder) unmatchedIn(v *village, name string, on calendar.Day) *home {
	h := &home{code: name, id: HouseholdID(b.seed, name), village: v, random: chance(b.seed, name)}
	b.does(h, on, b.county.officers[1], household.RecordClue{Clue: "c1", Channel: code.PublicSupervision, Content: "群众来电反映该户有困难", Name: personName(h.random), Region: v.seat(on).code})
	return h
}

// scaled adds so many households of the same kinds, for measuring: then the
// figures of the report no longer hold.
func (b *builder) scaled(more int) {
	sizes := chance(b.seed, "scaled")
	ways := cells()
	for i := range max(0, more) {
		switch {
		case i%8 == 0:
			c := ways[(i/8)%len(ways)]
			h := b.next(kindOf(c, i), 1+sizes.IntN(4), c.out != openUnable)
			h.class, h.in, h.out, h.measures = c.class, c.in, c.out, 3
			h.risks = h.dealRisks()
			b.registers(h)
			b.lives(h, i/8)
		case i%4 == 1:
			b.formerPoor(b.next(code.FormerPoor, 1+sizes.IntN(6), true), 8000+int64(sizes.IntN(6000)))
		default:
			b.registers(b.next(code.Ordinary, 1+sizes.IntN(6), true))
		}
	}
}
