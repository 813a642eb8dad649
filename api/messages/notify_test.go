package messages

import (
	"slices"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
	"shouwang/projections/outbox"
)

// happen writes events of one household into a log that the outbox follows.
func happen(t *testing.T, pool *pgxpool.Pool, events ...[2]string) {
	t.Helper()
	log := memlog.New(time.Now)
	t.Cleanup(func() { _ = log.Close() })
	_, stop := modeltest.Follow(t, pool, log, outbox.NewFollower("test", true))
	t.Cleanup(stop)
	for i, e := range events {
		_, err := log.Append(t.Context(), "household-1", eventlog.Version(i), []eventlog.Event{{ID: eventlog.DeriveID("household-1", "test", i),
			Type: e[0], Data: []byte(e[1]), Meta: []byte(`{"happened":"2023-04-10"}`)}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func levels(t *testing.T, pool *pgxpool.Pool, w Wanted) (all []string) {
	t.Helper()
	w.Limit = 100
	found, err := NewNotifications(pool, nil).List(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range found {
		all = append(all, n.Kind+" "+string(n.Level)+" "+n.Office+" "+n.Household+" "+n.Happened.String())
	}
	slices.Sort(all)
	return all
}

// countyPack is the pack of 2023 everywhere.
func countyPack(t *testing.T) Packs {
	t.Helper()
	text, err := packs.Text("county-2023")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := load.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return func(string, calendar.Day) (policy.Pack, bool) { return pack, true }
}

// The office concerned is told of each thing once, however often a message comes.
func TestTheOfficeConcernedIsTold(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	n := NewNotifications(pool, countyPack(t))
	local := Destination{Name: Local, Topic: Topic, Publisher: InProcess(n.Notify)}
	served(t, pool, Local)
	stop := deliver(t, pool, local)
	happen(t, pool, [2]string{"household.registered.v1", `{"region":"629900101201"}`},
		[2]string{"clue.recorded.v1", `{"clue":"c-1","channel":"villager"}`}, [2]string{"clue.dispatched.v1", `{"clue":"c-1","office":"t"}`},
		[2]string{"notice.removed.v1", `{"notice":"n-1","posted":"2023-04-01","days":5}`},
		[2]string{"case.returned.v1", `{"procedure":"inclusion","by":"county","to":"township_review"}`},
		[2]string{"case.returned.v1", `{"procedure":"inclusion","by":"township","to":"appraisal"}`})
	until(t, "everything is told", func() bool { return through(t, pool, Local) == 6 })
	stop()
	if _, err := pool.Exec(t.Context(), "update model.outbox_destinations set through = 0"); err != nil {
		t.Fatal(err)
	}
	deliver(t, pool, local)
	until(t, "everything is told again", func() bool { return through(t, pool, Local) == 6 })
	want := []string{"case.returned.v1 township  1 2023-04-10", "case.returned.v1 village  1 2023-04-10", "clue.dispatched.v1 township t 1 2023-04-10",
		"clue.recorded.v1 county  1 2023-04-10", "notice.removed.v1 village  1 2023-04-10"}
	if got := levels(t, pool, Wanted{Regions: []string{"629900101201"}}); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := levels(t, pool, Wanted{Regions: []string{"629900102"}}); len(got) != 0 {
		t.Errorf("another place is told %q", got)
	}
	if got := levels(t, pool, Wanted{Level: code.County}); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

// A passed day is told once, however often is looked.
func TestAPassedDayIsToldOnce(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	box := outbox.NewBox(pool)
	due := calendar.MustDay("2023-04-01")
	items := []projections.OwedItem{
		{Household: "h-1", Region: "629900101201", Kind: projections.OwedNextStep, Level: code.Township, Step: "township_review", Since: due - 9, Due: due, Overdue: true},
		{Paper: "notice-1", Region: "629900101201", Kind: projections.OwedNoticeDown, Level: code.Village, Since: due - 9, Due: due, Overdue: true},
		{Household: "h-2", Region: "629900101201", Kind: projections.OwedPlan, Level: code.Village, Since: due - 9, Due: due}, // not yet
	}
	for range 3 {
		if err := box.AddOverdue(t.Context(), outbox.Source("test"), time.Now(), items); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := box.After(t.Context(), 0, 10)
	if err != nil || len(rows) != 2 || rows[0].Subject != "household-h-1" || rows[1].Subject != "notice-1" {
		t.Fatalf("%+v %v", rows, err)
	}
	var e outbox.Envelope
	if err := json.Unmarshal(rows[0].Body, &e); err != nil || e.Type != outbox.TypePrefix+outbox.StepOverdue {
		t.Errorf("%s %v", rows[0].Body, err)
	}
	served(t, pool, Local)
	deliver(t, pool, Destination{Name: Local, Topic: Topic, Publisher: InProcess(NewNotifications(pool, countyPack(t)).Notify)})
	until(t, "it is told", func() bool { return through(t, pool, Local) == rows[1].Seq })
	if got := levels(t, pool, Wanted{}); len(got) != 2 {
		t.Errorf("%q", got)
	}
}
