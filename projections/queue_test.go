package projections_test

import (
	"fmt"
	"strings"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/household"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// How many wait for a step, how many of them are overdue and how long they wait is
// told for each household once, and is what the queue lists; the days on which the
// system was shut make nobody overdue.
func TestTheFunnelIsItsQueues(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	pack, find := limitedPack(t, "system_mark", 10)
	book := newCasebook(t, newLog(t))
	for id, decided := range map[string]string{"a": "2023-06-01", "b": "2023-06-03", "c": "2023-06-10"} {
		stream := "household-" + id
		book.act(stream, act.Act{Happened: day("2021-01-01"), Pack: pack.Ref()}, registered(testVillage, "户"+id, 1))
		book.act(stream, act.Act{Happened: day("2021-02-01"), Pack: pack.Ref()}, household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1})
		book.act(stream, act.Act{Happened: day(decided), Pack: pack.Ref()}, household.EliminationDecided{Result: code.Pass, Way: "natural"})
	}
	book.add("duty-c", "2023-06-06", duty.SystemShut{Shut: "s", Region: testCounty, System: "national_monitoring", From: day("2023-06-05"), Reason: "升级"})
	at, _ := book.add("duty-c", "2023-06-20", duty.SystemOpened{Shut: "s", Region: testCounty, On: day("2023-06-20")})
	f, stop := modeltest.Follow(t, pool, book.log, projections.Owed(find))
	defer stop()
	await(t, f, "owed", at)
	list := projections.NewOwedList(pool)
	for on, want := range map[string]string{"2023-06-24": "3 wait, 0 overdue, 21 of 23 days", "2023-06-27": "3 wait, 1 overdue, 24 of 26 days"} {
		filter := projections.OwedFilter{Today: day(on), Within: func(ancestor, _ string) bool { return ancestor == testCounty }}
		waiting, err := list.Funnel(t.Context(), filter)
		if err != nil || len(waiting) < 2 {
			t.Fatalf("%+v, %v", waiting, err)
		}
		for _, w := range waiting {
			if got := fmt.Sprintf("%d wait, %d overdue, %d of %d days", w.Households, w.Overdue, w.Median, w.Longest); w.Step == "system_mark" && got != want {
				t.Errorf("on %s: %s, want %s", on, got, want)
			}
			for _, overdue := range []bool{false, true} {
				filter.Procedure, filter.Step, filter.Level, filter.Overdue = w.Procedure, w.Step, w.Level, overdue
				number := w.Households
				if overdue {
					number = w.Overdue
				}
				var heads []string
				for page := (projections.Page{Limit: 1}); ; {
					items, households, next, err := list.Queue(t.Context(), filter, page)
					if err != nil || len(items) > 0 && households != number {
						t.Errorf("on %s, %s: %d in the queue of %d, %v", on, w.Step, households, number, err)
					}
					for _, o := range items {
						heads = append(heads, o.Head)
						if overdue && !o.Overdue {
							t.Errorf("on %s, %s: %s is not overdue", on, w.Step, o.Head)
						}
					}
					if page.After = next; next == "" {
						break
					}
				}
				if len(heads) != number {
					t.Errorf("on %s, %s, overdue %v: %s, want %d", on, w.Step, overdue, strings.Join(heads, " "), number)
				}
			}
		}
	}
}
