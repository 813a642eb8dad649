package projections_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/household"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// S1.9: last month's new households and those whose risk was removed, and what was
// taken back or happened since; as known on a day.
func TestTheMonthlyReport(t *testing.T) {
	t.Parallel()
	pool, log := pgtest.Pool(t), newLog(t)
	book := newCasebook(t, log)
	include := func(stream, on string, episode int) {
		book.add(stream, on, household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Risks: []code.Risk{"illness"}, Episode: episode})
	}
	for _, id := range []string{"household-1", "household-2", "household-3", "household-4"} {
		book.add(id, "2023-01-05", registered("629900101201", "柳一", 3))
	}
	include("household-1", "2023-05-31", 1)
	include("household-2", "2023-06-01", 1)
	book.add("household-1", "2023-06-30", household.EliminationDecided{Result: code.Pass, Way: "natural"})
	include("household-3", "2023-02-01", 1)
	book.add("household-3", "2023-03-01", household.EliminationDecided{Result: code.Pass, Way: "by_assistance"})
	book.add("household-3", "2023-06-12", household.EliminationRolledBack{Reason: "反弹"})
	book.add("household-3", "2023-06-15", household.FallRecorded{Cause: "illness", Reason: "大病"})
	include("household-4", "2023-06-25", 1)
	book.add("household-4", "2023-06-28", household.InclusionRevoked{Reason: "错评"})
	at, _ := book.add("household-2", "2023-07-01", household.EliminationDecided{Result: code.Pass, Way: "natural"})
	f, stop := modeltest.Follow(t, pool, log, projections.Report())
	defer stop()
	await(t, f, "report", at)
	got, err := projections.NewReports(pool).Month(t.Context(), projections.MonthQuery{Region: "629900101", Regions: []string{"629900101201"}, Month: day("2023-06-01")})
	if err != nil {
		t.Fatal(err)
	}
	line := func(id, on, way string) []projections.MonthLine {
		return []projections.MonthLine{{Household: id, Region: "629900101201", Class: code.Marginal, Risks: []code.Risk{"illness"}, Persons: 3, On: calendar.MustDay(on), Way: way}}
	}
	want := projections.Month{Region: "629900101", From: day("2023-06-01"), To: day("2023-06-30"), Due: day("2023-07-02"),
		New: line("2", "2023-06-01", ""), Eliminated: line("1", "2023-06-30", "natural"), RolledBack: line("3", "2023-06-12", ""), Fallen: line("3", "2023-06-15", ""),
		Monitored: projections.Sum{Households: 2, Persons: 6}}
	for _, list := range []*[]projections.MonthLine{&got.New, &got.Eliminated, &got.RolledBack, &got.Fallen} {
		for i := range *list {
			(*list)[i].FileNo = ""
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	// What a report is compared with is the same, counted once all is shown.
	at, _ = book.add("household-2", "2023-06-29", household.MemberLeft{Member: "m2", Reason: "death"})
	figures, err := projections.NewReports(pool).Counting(f)(t.Context(), at, []string{"629900101201"}, want.From, want.To)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(duty.Figures{Counted: true, New: duty.Sum{Households: 1, Persons: 2}, Eliminated: duty.Sum{Households: 1, Persons: 3}, RolledBack: duty.Sum{Households: 1, Persons: 3},
		Fallen: duty.Sum{Households: 1, Persons: 3}, Monitored: duty.Sum{Households: 2, Persons: 5}}, figures); diff != "" {
		t.Error(diff)
	}
}
