package projections_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// anyMove draws what a household has to do with another, and what begins a case
// besides clues.
func anyMove(rt *rapid.T, small func(string, int) int, pick func(string, ...string) string) household.Event {
	other := pick("other", "1", "2", "3", "x")
	member := household.Member{ID: pick("comes", "m2@1", "m3@2"), Name: "来一", IDNumber: idNumber(small("number", 40)), Relation: "other", Labour: "weak", Counted: true}
	switch small("move", 10) {
	case 7:
		return household.HealthRecorded{Member: pick("ill", "m1", "m2", "m9"), Health: code.Personal(pick("health", "serious", "healthy", "frail")),
			Disability: "1", Level: code.Personal(pick("level", "1", "4"))}
	case 8:
		return household.GroupFound{Group: pick("group", "left_behind", "complaint", "serious_illness"), Belongs: small("belongs", 1) == 0, Reason: "入户"}
	case 9:
		return household.ClueRecorded{Clue: pick("complaint", "c1", "c3"), Channel: code.PublicSupervision, Via: "complaint", Content: "反映", Region: "629900101201"}
	case 0:
		return household.HouseholdSplit{Household: other, Members: []string{"m2"}, Relations: []household.Related{{Member: "m2", Relation: "head"}}}
	case 1:
		return household.HouseholdMerged{Into: other, Reason: "并入"}
	case 2:
		return household.MembersReceived{From: other, Reason: "marriage", Members: []household.Member{member}}
	case 3:
		return household.MemberLeft{Member: "m2", Reason: "marriage", To: other, Relation: "spouse"}
	case 4:
		return household.UnconfirmedLinked{Household: other, Clues: small("clues", 1)}
	case 5:
		return household.CluesJoined{From: other, Clues: []household.JoinedClue{{Clue: "c1", On: day("2022-03-01"), Channel: code.PublicSupervision, Result: pick("found", "", "no_risk")}}}
	case 6:
		return household.PovertyAnalysed{Analysis: "p", Situation: "歉收", Conclusion: pick("conclusion", "propose", "watch")}
	}
	return household.PlatformEntered{System: "provincial"}
}

// What began in one file and has not come to the other is listed until it has.
func TestAnInterruptedMoveIsListed(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	log := newLog(t)
	book := newCasebook(t, log)
	typed := act.Act{Happened: day("2023-05-01"), RecordedBy: act.Person{Region: "629900101201"}}
	book.add("household-a", "2021-01-01", registered("629900101201", "甲", 3))
	_, split := book.act("household-a", typed, household.HouseholdSplit{Household: "n", Members: []string{"m2"}, Relations: []household.Related{{Member: "m2", Relation: "head"}}})
	// Without relations the other file is somebody else's to open.
	at, _ := book.act("household-a", typed, household.HouseholdSplit{Household: "o", Members: []string{"m3"}})
	f, stop := modeltest.Follow(t, pool, log, projections.Papers())
	defer stop()
	await(t, f, "papers", at)
	desk := projections.NewPaperDesk(pool)
	missing, err := desk.Missing(t.Context(), []string{"629900101201"})
	if err != nil {
		t.Fatal(err)
	}
	want := []projections.MissingLine{{Paper: "household-a", Kind: "household", Region: "629900101201", Event: split, Version: 2,
		Type: "household.split.v1", Happened: day("2023-05-01"), Item: 1, Household: "n"}}
	if diff := cmp.Diff(want, missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	follows := typed
	follows.Causation = split
	at, _ = book.act("household-n", follows, registered("629900101201", "乙", 1))
	await(t, f, "papers", at)
	if missing, err = desk.Missing(t.Context(), nil); err != nil || len(missing) != 0 {
		t.Errorf("%+v %v", missing, err)
	}
}
