package projections_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"shouwang/domain/act"
	"shouwang/domain/household"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// The pages of what was recorded in some files are, put together, the entries that
// the files themselves tell at the two times, in the order in which they were
// recorded: whoever did them, even if nobody is named.
func TestPagesOfFilesAreTheirEntries(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	first := day("2023-04-01")
	now := first.Start()
	log := memlog.New(func() time.Time { return now })
	defer log.Close()
	book := newCasebook(t, log)
	people := [][]act.Person{nil, {{ID: "p1"}}, {{ID: "p1"}, {ID: "p2"}}}
	visits := map[string]string{} // the last entry of each stream
	var at eventlog.Position
	for i := range 60 {
		if i%5 != 4 { // some are recorded in the same instant
			now = now.Add(7 * time.Hour)
		}
		stream := fmt.Sprintf("household-%d", i*7%4)
		a := act.Act{Happened: first - 3, DoneBy: people[i%3]}
		if i%2 == 0 {
			a.Happened = first + 5
		}
		if i%4 != 0 {
			a.RecordedBy = act.Person{ID: "p3"}
		}
		var e household.Event = household.Visited{Visit: fmt.Sprint("w", i), Kind: "routine"}
		if i%9 == 8 && visits[stream] != "" {
			a.Happened, e = first+20, household.FactVoided{Event: visits[stream], Reason: "记错了户"}
		}
		var id string
		at, id = book.act(stream, a, e)
		visits[stream] = id
	}
	f, stop := modeltest.Follow(t, pool, log, projections.Doers())
	defer stop()
	await(t, f, projections.DoersName, at)
	doings, historian := projections.NewDoings(pool), projections.NewHistorian(log, nil)
	for name, times := range map[string]household.Times{
		"today": {}, "as known then": {KnownAt: (first + 9).Start()}, "true on a day": {AsOf: first}, "both": {AsOf: first, KnownAt: (first + 12).Start()},
	} {
		var want []projections.Doing
		for _, id := range []string{"0", "1", "3"} {
			h, err := historian.History(t.Context(), id, times)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range h.Entries {
				want = append(want, projections.Doing{Stream: "household-" + id, Version: e.Version, Happened: e.Happened, Recorded: e.Recorded})
			}
		}
		slices.SortFunc(want, func(a, b projections.Doing) int {
			return cmp.Or(a.Recorded.Compare(b.Recorded), cmp.Compare(a.Stream, b.Stream), cmp.Compare(a.Version, b.Version))
		})
		filter := projections.InFiles{Households: []string{"0", "1", "3", "none"}, Times: times}
		for _, back := range []bool{false, true} {
			var got []projections.Doing
			for cursor := ""; ; {
				page, before, after, err := doings.ListFiles(t.Context(), filter, projections.Page{After: cursor, Limit: 7}, back)
				if err != nil || len(page) == 0 {
					t.Fatalf("%s: %d entries, %v", name, len(page), err)
				}
				stand, all, err := doings.CountFiles(t.Context(), filter, page[0])
				if i := slices.Index(want, page[0]); err != nil || int(all) != len(want) || int(stand) != i {
					t.Errorf("%s: %d of %d before the page, want %d of %d; %v", name, stand, all, i, len(want), err)
				}
				if cursor = after; back {
					got, cursor = append(slices.Clone(page), got...), before
				} else {
					got = append(got, page...)
				}
				if cursor == "" {
					break
				}
			}
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Errorf("%s, back %v (-want +got):\n%s", name, back, diff)
			}
		}
	}
	if _, _, _, err := doings.ListFiles(t.Context(), projections.InFiles{Households: []string{"0"}}, projections.Page{After: "x"}, false); err == nil {
		t.Error("a made-up cursor was taken")
	}
}
