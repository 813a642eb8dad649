package projections_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// opening opens what brackets sealed.
func opening(_ context.Context, subjects []string) (map[string]wire.Sealer, error) {
	sealers := map[string]wire.Sealer{}
	for _, s := range subjects {
		sealers[s] = brackets{}
	}
	return sealers, nil
}

func TestDiscoveryRebuiltEqualsFollowed(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	rapid.Check(t, func(rt *rapid.T) {
		log := memlog.New(time.Now)
		defer log.Close()
		book := newCasebook(rt, log)
		for range rapid.IntRange(0, 60).Draw(rt, "events") {
			stream := fmt.Sprintf("household-%d", rapid.IntRange(1, 4).Draw(rt, "household"))
			e := anyEvent(rt, book, stream)
			if rapid.Bool().Draw(rt, "of discovery") {
				e = anyMove(rt, func(label string, upTo int) int { return rapid.IntRange(0, upTo).Draw(rt, label) },
					func(label string, values ...string) string { return rapid.SampledFrom(values).Draw(rt, label) })
			}
			book.add(stream, anyDay(rt), e)
		}
		modeltest.RebuiltEqualsFollowed(rt, pool, log, projections.Discovery(opening), randomSteps(rt))
	})
}

// A clue that was linked is counted once, in the file that answers it; what was
// void never came.
func TestFiguresCountEveryClueOnce(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	log := newLog(t)
	book := newCasebook(t, log)
	typed := act.Act{Happened: day("2023-04-03"), RecordedBy: act.Person{Office: "o-county"}}
	letter := household.ClueRecorded{Clue: "p1", Channel: code.PublicSupervision, Via: "petition", Content: "来信", Name: "柳某", Region: "629900101201"}
	book.act("household-u", typed, letter, household.UnconfirmedLinked{Household: "a", Clues: 1})
	book.add("household-a", "2021-01-01", registered("629900101201", "甲", 2))
	book.act("household-a", typed, household.CluesJoined{From: "u", Clues: []household.JoinedClue{{Clue: "p1", On: day("2023-04-03"), Channel: code.PublicSupervision,
		Via: "petition", Content: "来信"}}})
	_, wrong := book.act("household-a", typed, household.ApplicationFiled{Application: "x", Form: "scan"})
	book.act("household-a", typed, household.FactVoided{Event: wrong, Reason: "误录"}, household.ApplicationFiled{Application: "y", Form: "hotline_12317"})
	at, _ := book.act("household-a", typed, household.ClueVerified{Clue: "p1@u", Result: "no_risk", Reason: "属实"})
	f, stop := modeltest.Follow(t, pool, log, projections.Discovery(opening))
	defer stop()
	await(t, f, "discovery", at)
	desk := projections.NewDiscoveries(pool)
	got, err := desk.Figures(t.Context(), []string{"629900101201"}, day("2023-01-01"), day("2023-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	want := []projections.Figure{
		{Kind: "application", Channel: code.SelfApplication, Via: "hotline_12317", Office: "o-county", Received: 1},
		{Kind: "clue", Channel: code.PublicSupervision, Via: "petition", Office: "o-county", Received: 1, Verified: 1, Untold: 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
	clues, next, err := desk.Clues(t.Context(), projections.ClueFilter{Via: "petition"}, projections.Page{Limit: 1})
	if err != nil || len(clues) != 1 || next == "" {
		t.Fatalf("%+v %q %v", clues, next, err)
	}
	clues, next, err = desk.Clues(t.Context(), projections.ClueFilter{Via: "petition"}, projections.Page{Limit: 1, After: next})
	wantRow := projections.ClueRow{FoundHousehold: projections.FoundHousehold{Household: "u", Region: "629900101201", Head: "柳某"}, Kind: "clue", Clue: "p1",
		Channel: code.PublicSupervision, Via: "petition", Office: "o-county", Received: day("2023-04-03"), JoinedTo: "a"}
	if diff := cmp.Diff([]projections.ClueRow{wantRow}, clues, cmpopts.IgnoreUnexported(projections.FoundHousehold{})); diff != "" || next != "" || err != nil {
		t.Errorf("second page (-want +got):\n%s %q %v", diff, next, err)
	}
}

// Health that changes for the better takes the household from the list, and so
// does the death of whom it was about.
func TestSpecialGroupsFollowHealth(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	log := newLog(t)
	book := newCasebook(t, log)
	ill := func(stream, on, member, health string) {
		book.add(stream, on, household.HealthRecorded{Member: member, Health: code.Personal(health)})
	}
	for _, id := range []string{"a", "b", "c", "d"} {
		book.add("household-"+id, "2021-01-01", registered("629900101201", "户"+id, 2))
		ill("household-"+id, "2023-03-01", "m2", "serious")
	}
	ill("household-b", "2023-04-01", "m2", "healthy")
	ill("household-b", "2023-02-01", "m2", "serious") // typed late, no news
	book.add("household-c", "2023-04-01", household.MemberLeft{Member: "m2", Reason: "death"})
	at, _ := book.add("household-d", "2023-04-01", household.GroupFound{Group: "serious_illness", Reason: "已康复"})
	f, stop := modeltest.Follow(t, pool, log, projections.Discovery(opening))
	defer stop()
	await(t, f, "discovery", at)
	rows, _, err := projections.NewDiscoveries(pool).Groups(t.Context(), projections.GroupFilter{Groups: code.GroupsOf("must_visit")}, projections.Page{})
	if err != nil || len(rows) != 1 || rows[0].Household != "a" || rows[0].Since != day("2023-03-01") || rows[0].LastVisit != 0 {
		t.Errorf("%+v %v", rows, err)
	}
}
