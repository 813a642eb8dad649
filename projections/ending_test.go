package projections_test

import (
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// An inclusion whose appraisal did not pass owes its end, until it has one.
func TestARejectedAppraisalOwesItsEnd(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	pack, find := countyPack(t)
	log := newLog(t)
	book := newCasebook(t, log)
	at := func(on string) act.Act { return act.Act{Happened: day(on), Pack: pack.Ref()} }
	book.act("household-a", at("2021-01-01"), registered("629900101201", "柳一", 2))
	seen, _ := book.act("household-a", at("2023-06-20"), household.Appraised{Procedure: policy.Inclusion, Meeting: "m", Result: code.Reject})
	f, stop := modeltest.Follow(t, pool, log, projections.Owed(find))
	defer stop()
	endings := func() (found []projections.OwedItem) {
		t.Helper()
		await(t, f, "owed", seen)
		items, _, err := projections.NewOwedList(pool).List(t.Context(), projections.OwedFilter{Today: day("2023-07-03"), Household: "a"}, projections.Page{})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range items {
			if o.Kind == projections.OwedEnding {
				found = append(found, o)
			}
		}
		return found
	}
	if found := endings(); len(found) != 1 || found[0].Since != day("2023-06-20") || found[0].Level != code.Village {
		t.Errorf("owed %+v", found)
	}
	seen, _ = book.act("household-a", at("2023-06-22"), household.InclusionEnded{Why: "appraisal_rejected", Reason: "已告知农户"})
	if found := endings(); len(found) != 0 {
		t.Errorf("still owed %+v", found)
	}
}
