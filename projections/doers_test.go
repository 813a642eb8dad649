package projections_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/household"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

func TestDoersRebuiltEqualFollowed(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	rapid.Check(t, func(rt *rapid.T) {
		log := memlog.New(time.Now)
		defer log.Close()
		book := newCasebook(rt, log)
		somebody := rapid.Custom(func(rt *rapid.T) act.Person {
			return act.Person{ID: rapid.SampledFrom([]string{"", "p1", "p2", "p\x00", act.Public}).Draw(rt, "person")}
		})
		for range rapid.IntRange(0, 40).Draw(rt, "events") {
			stream := fmt.Sprintf("household-%d", rapid.IntRange(1, 4).Draw(rt, "household"))
			a := act.Act{Happened: day(anyDay(rt)), DoneBy: rapid.SliceOfN(somebody, 0, 3).Draw(rt, "done by"), RecordedBy: somebody.Draw(rt, "recorded by")}
			book.act(stream, a, anyEvent(rt, book, stream))
		}
		modeltest.RebuiltEqualsFollowed(rt, pool, log, projections.Doers(), randomSteps(rt))
	})
}

// What one person did and what he typed are told apart, in the order in which it
// was recorded, forwards and backwards, as known at a time and true on a day; what
// guards noted and what he did with his account are not his deeds.
func TestWhatOnePersonDid(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	now := day("2023-04-01").Start()
	log := memlog.New(func() time.Time { return now })
	defer log.Close()
	book := newCasebook(t, log)
	me, other := act.Person{ID: "p1"}, act.Person{ID: "p2"}
	visit := household.Visited{Visit: "w", Kind: "routine"}
	var want []projections.Doing
	for i := range 12 {
		now = now.Add(12 * time.Hour)
		if i%4 == 3 {
			now = now.Add(-12 * time.Hour) // recorded in the same instant as the one before
		}
		done := projections.Doing{Stream: fmt.Sprintf("household-%d", 9-i%3), Happened: day("2023-04-01"), Recorded: now, Version: int64(1 + i/3)}
		a := act.Act{Happened: done.Happened, RecordedBy: other}
		if i%2 == 0 {
			a.DoneBy, done.Done = []act.Person{other, me}, true
		}
		if i%3 == 0 {
			a.RecordedBy, done.Typed = me, true
		}
		book.act(done.Stream, a, visit)
		if done.Done || done.Typed {
			want = append(want, done)
		}
	}
	book.act("household-9", act.Act{Happened: day("2023-04-01"), RecordedBy: me}, household.FlagRaised{Rule: "order.dates", Back: 1})
	at, _ := book.act("account-1", act.Act{Happened: day("2023-04-01"), RecordedBy: me}, account.LoggedIn{Address: "x"})
	f, stop := modeltest.Follow(t, pool, log, projections.Doers())
	defer stop()
	await(t, f, projections.DoersName, at)
	slices.SortFunc(want, func(a, b projections.Doing) int {
		return cmp.Or(a.Recorded.Compare(b.Recorded), cmp.Compare(a.Stream, b.Stream), cmp.Compare(a.Version, b.Version))
	})
	doings := projections.NewDoings(pool)
	all := func(f projections.DoingFilter, back bool, limit int) (got []projections.Doing) {
		t.Helper()
		for cursor := ""; ; {
			page, before, after, err := doings.List(t.Context(), f, projections.Page{After: cursor, Limit: limit}, back)
			if err != nil {
				t.Fatal(err)
			}
			if cursor = after; back {
				got, cursor = append(slices.Clone(page), got...), before
			} else {
				got = append(got, page...)
			}
			if cursor == "" {
				return got
			}
		}
	}
	mine := projections.DoingFilter{Person: "p1"}
	for _, back := range []bool{false, true} {
		for _, limit := range []int{1, 3, 50} {
			if diff := gocmp.Diff(want, all(mine, back, limit)); diff != "" {
				t.Errorf("back %v, %d a page (-want +got):\n%s", back, limit, diff)
			}
		}
	}
	only := func(keep func(projections.Doing) bool) []projections.Doing {
		return slices.DeleteFunc(slices.Clone(want), func(e projections.Doing) bool { return !keep(e) })
	}
	middle := want[len(want)/2].Recorded
	for name, c := range map[string]struct {
		filter projections.DoingFilter
		want   []projections.Doing
	}{
		"done":        {projections.DoingFilter{Person: "p1", Which: "done"}, only(func(e projections.Doing) bool { return e.Done })},
		"typed":       {projections.DoingFilter{Person: "p1", Which: "typed"}, only(func(e projections.Doing) bool { return e.Typed })},
		"known then":  {projections.DoingFilter{Person: "p1", Times: household.Times{KnownAt: middle}}, only(func(e projections.Doing) bool { return !e.Recorded.After(middle) })},
		"before that": {projections.DoingFilter{Person: "p1", Times: household.Times{AsOf: day("2023-03-31")}}, nil},
		"a stranger":  {projections.DoingFilter{Person: "p3"}, nil},
	} {
		got := all(c.filter, false, 2)
		if diff := gocmp.Diff(c.want, got); diff != "" && len(c.want)+len(got) > 0 {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	counted, err := doings.Count(t.Context(), mine)
	if err != nil || counted.All != int64(len(want)) || counted.Done != int64(len(only(func(e projections.Doing) bool { return e.Done }))) || counted.Typed != 4 {
		t.Errorf("%+v, %v", counted, err)
	}
	for _, bad := range []string{"x", "!!", "MTIz"} {
		if _, _, _, err := doings.List(t.Context(), mine, projections.Page{After: bad}, false); err == nil {
			t.Errorf("the cursor %s was taken", bad)
		}
	}
}
