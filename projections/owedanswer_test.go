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

// S1.29: who fell (back) into poverty and is not monitored is to be included; the
// county's next word on it answers that.
func TestWhoFellIsOwedAnInclusion(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	pack, find := countyPack(t)
	book := newCasebook(t, newLog(t))
	add := func(id, on string, events ...any) {
		book.act("household-"+id, act.Act{Happened: day(on), Pack: pack.Ref()}, events...)
	}
	in := household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1}
	out := household.EliminationDecided{Result: code.Pass, Way: "natural"}
	fell := household.FallRecorded{Cause: "illness", Reason: "收入低于脱贫线"}
	for _, id := range []string{"poor", "back", "kept", "again", "later", "refused", "void"} {
		add(id, "2022-01-01", registered("629900101201", "户"+id, 2))
		if id != "poor" && id != "refused" {
			add(id, "2022-02-01", in)
		}
	}
	add("poor", "2023-05-01", fell)
	add("back", "2023-03-01", out)
	add("back", "2023-05-02", fell)
	add("kept", "2023-05-01", fell)
	add("again", "2023-03-01", out)
	add("again", "2023-05-01", fell)
	again := in
	again.Episode = 2
	add("again", "2023-06-01", again)
	add("later", "2023-05-01", fell)
	add("later", "2023-06-01", out)
	add("refused", "2023-05-01", fell)
	add("refused", "2023-06-01", household.InclusionDecided{Result: code.Reject, Reason: "不符合"})
	add("void", "2023-03-01", out)
	_, mistaken := book.act("household-void", act.Act{Happened: day("2023-05-01"), Pack: pack.Ref()}, fell)
	at, _ := book.act("household-void", act.Act{Happened: day("2023-05-02"), Pack: pack.Ref()}, household.FactVoided{Event: mistaken, Reason: "误录"})
	f, stop := modeltest.Follow(t, pool, book.log, projections.Owed(find))
	defer stop()
	await(t, f, "owed", at)
	items, _, err := projections.NewOwedList(pool).List(t.Context(), projections.OwedFilter{Kind: projections.OwedFallen, Today: day("2023-06-30")}, projections.Page{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]calendar.Day{}
	for _, o := range items {
		if got[o.Household] = o.Since; o.Level != code.Township {
			t.Errorf("%+v", o)
		}
	}
	if len(got) != 2 || got["poor"] != day("2023-05-01") || got["back"] != day("2023-05-02") {
		t.Errorf("owed an inclusion: %v", got)
	}
}
