package projections_test

import (
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// S4.9: what came by 一键报贫 is to be looked into by the day that the pack's period
// gives, on the worklist of whose turn it is; a nearer day set by hand counts.
func TestAClueByQuickReportIsOwedByItsDay(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	pack, find := countyPack(t)
	book := newCasebook(t, newLog(t))
	within := calendar.Period{Days: 5, Count: calendar.Working}
	add := func(id, on string, events ...any) {
		book.act("household-"+id, act.Act{Happened: day(on), Pack: pack.Ref()}, events...)
	}
	for _, id := range []string{"clue", "sent", "asks"} {
		add(id, "2023-06-01", registered("629900101201", "户"+id, 2))
	}
	quick := household.ClueRecorded{Clue: "c", Channel: code.SelfApplication, Via: "quick_report", Content: "住院自付较高", Within: within}
	add("clue", "2023-06-21", quick) // 22 and 23 June are the festival, 25 June a make-up day
	add("sent", "2023-06-21", quick, household.ClueDispatched{Clue: "c", Office: "t", Due: day("2023-06-26")})
	add("asks", "2023-06-21", household.ApplicationFiled{Application: "a", Form: "quick_report"})
	at, _ := book.add("household-last", "2023-06-21", registered("629900101201", "户末", 1))
	f, stop := modeltest.Follow(t, pool, book.log, projections.Owed(find))
	defer stop()
	await(t, f, "owed", at)
	for id, want := range map[string]string{"clue": "2023-06-29", "sent": "2023-06-26", "asks": "2023-06-29"} {
		items, _, err := projections.NewOwedList(pool).List(t.Context(), projections.OwedFilter{Household: id, Today: day("2023-06-30")}, projections.Page{})
		if err != nil || len(items) != 1 {
			t.Fatalf("%s: %v %+v", id, err, items)
		}
		if items[0].Due != day(want) || !items[0].Overdue {
			t.Errorf("%s is due on %s, want %s: %+v", id, items[0].Due, want, items[0])
		}
	}
}
