package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func TestAnIncomeSheetIsComputed(t *testing.T) {
	t.Parallel()
	f := life.before(RecordIncome{}, 1).play(t, strict())
	day := calendar.MustDay
	sheet := RecordIncome{Sheet: "i1", Procedure: policy.Inclusion, From: day("2021-03-01"), To: day("2022-02-28"), Persons: 3, Items: []IncomeItem{
		{Kind: "wage", Fen: code.Yuan(12000)}, {Kind: "business", Note: "卖菜", Fen: code.Yuan(3000)}, {Kind: "property", Fen: 5}, {Kind: "transfer", Fen: code.Yuan(600)},
		{Kind: "business_cost", Fen: code.Yuan(1500)}}}
	d := deed{"2022-03-03", by(cadre), sheet}
	given(t, strict(), f).when(d).then(IncomeRecorded{Sheet: "i1", Procedure: policy.Inclusion, From: sheet.From, To: sheet.To, Persons: 3,
		Items: sheet.Items, Net: 1410005, PerCapita: 470001})

	for name, change := range map[string]func(*RecordIncome){
		"no id":             func(c *RecordIncome) { c.Sheet = "" },
		"no period":         func(c *RecordIncome) { c.From = 0 },
		"backwards":         func(c *RecordIncome) { c.From, c.To = c.To, c.From },
		"future":            func(c *RecordIncome) { c.To = day("2022-03-04") },
		"over a year":       func(c *RecordIncome) { c.From = day("2021-02-26") },
		"nobody":            func(c *RecordIncome) { c.Persons = 0 },
		"a crowd":           func(c *RecordIncome) { c.Persons = MaxMembers + 1 },
		"nothing":           func(c *RecordIncome) { c.Items = nil },
		"too many items":    func(c *RecordIncome) { c.Items = make([]IncomeItem, MaxIncomeItems+1) },
		"unknown kind":      func(c *RecordIncome) { c.Items = []IncomeItem{{Kind: "gift", Fen: 1}} },
		"negative":          func(c *RecordIncome) { c.Items = []IncomeItem{{Kind: "wage", Fen: -1}} },
		"a digit slipped":   func(c *RecordIncome) { c.Items = []IncomeItem{{Kind: "wage", Fen: MaxIncome + 1}} },
		"unknown procedure": func(c *RecordIncome) { c.Procedure = "adoption" },
	} {
		wrong := sheet
		change(&wrong)
		t.Run(name, func(t *testing.T) { never(t, f, d.doing(wrong), policy.Malformed) })
	}
	never(t, f, d.doing(RecordIncome{Sheet: "i", From: sheet.From, To: day("2024-07-01"), Persons: 1, Items: sheet.Items}), policy.Malformed)
}

func TestALossIsRoundedDownToo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ net, want code.Fen }{{10, 3}, {-10, -4}, {-9, -3}, {0, 0}} {
		if got := perHead(c.net, 3); got != c.want {
			t.Errorf("%d over 3 = %d, want %d", c.net, got, c.want)
		}
	}
}

func TestTheIncomeOfAYearIsThatOfItsLastSheet(t *testing.T) {
	t.Parallel()
	f := registered(t)
	for _, x := range []struct {
		on, from, to string
		yuan         int64
	}{
		{"2023-03-01", "2022-01-01", "2022-12-31", 8100}, {"2023-01-10", "2022-01-01", "2022-12-31", 7900}, // typed later, older
		{"2023-04-01", "2022-04-01", "2023-03-31", 5000},
	} {
		f = given(t, strict(), f).whenTyped("2023-06-01", deed{x.on, by(cadre), income("i"+x.on, "", x.from, x.to, x.yuan)}).done()
	}
	s := f.state()
	for year, want := range map[int]code.Fen{2022: code.Yuan(8100), 2023: code.Yuan(5000), 2021: 0} {
		if got, ok := s.IncomeOf(year); got != want || ok != (want != 0) {
			t.Errorf("%d: %d, %v", year, got, ok)
		}
	}
}

func TestASheetBeforeTheSurveyIsMissingIt(t *testing.T) {
	t.Parallel()
	f := life.before(SurveyHome{}, 1).play(t, strict())
	breaks(t, f, life.the(RecordIncome{}, 1), policy.OrderMissingStep)
}
