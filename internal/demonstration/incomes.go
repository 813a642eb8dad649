package demonstration

import (
	"fmt"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// sheet composes an income sheet whose net income per head is exactly so many
// yuan, over the twelve months up to the end of the month before the day.
func (h *home) sheet(of policy.Procedure, on calendar.Day, perHead int64) household.RecordIncome {
	year, month := on.YearMonth()
	to := calendar.Date(year, month, 1) - 1
	return h.sheetFor(of, (to + 1).AddMonths(-12), to, perHead)
}

// yearSheet is the sheet of a calendar year.
func (h *home) yearSheet(year int, perHead int64) household.RecordIncome {
	return h.sheetFor("", calendar.Date(year, time.January, 1), calendar.Date(year, time.December, 31), perHead)
}

func (h *home) sheetFor(of policy.Procedure, from, to calendar.Day, perHead int64) household.RecordIncome {
	h.sheets++
	persons := int64(h.persons())
	net := code.Yuan(perHead * persons)
	wage := net / 100 * code.Fen(35+h.random.IntN(25))
	transfer := net / 100 * code.Fen(10+h.random.IntN(10))
	if !h.able {
		wage, transfer = 0, net/100*code.Fen(80+h.random.IntN(15))
	}
	wage, transfer = wage/100_00*100_00, transfer/100_00*100_00
	cost := code.Yuan(int64(200 + 100*h.random.IntN(12)))
	items := []household.IncomeItem{{Kind: "transfer", Note: "养老金、低保、补贴等", Fen: transfer}, {Kind: "business", Note: "种植养殖", Fen: net - wage - transfer + cost}, {Kind: "business_cost", Note: "种子化肥饲料", Fen: cost}}
	if wage > 0 {
		items = append([]household.IncomeItem{{Kind: "wage", Note: "务工", Fen: wage}}, items...)
	}
	return household.RecordIncome{Sheet: fmt.Sprintf("i%d", h.sheets), Procedure: of, From: from, To: to, Persons: int(persons), Items: items}
}

// What households earn per head and year, in yuan. A household that the county
// calls eliminated has more than the year's line, and 8,000 or more for 2022;
// so has every former-poor household that was never included, except the 1,251
// of the industry programme.

// poorly is what a household earns when it is included: under the year's line.
func (h *home) poorly(on calendar.Day) int64 {
	line := int64(6000)
	switch on.Year() {
	case 2022:
		line = 6500
	case 2023:
		line = 7200
	}
	if h.class == code.Sudden && h.random.IntN(2) == 0 {
		return line + 1500 + int64(h.random.IntN(4000)) // earns enough, and was struck
	}
	return line - 200 - int64(h.random.IntN(2300))
}

// better is what it earns when the risk is gone.
func (h *home) better() int64 { return 8000 + int64(h.random.IntN(7000)) }
