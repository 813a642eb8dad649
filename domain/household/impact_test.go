package household

import (
	"reflect"
	"slices"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

func kindsOf(facts []Reliance) []string {
	var kinds []string
	for _, f := range facts {
		kinds = append(kinds, reflect.TypeOf(f.Event).Name())
	}
	return kinds
}

// What relied on what is judged by the days of the paper, not by the typing.
func TestWhatReliedOnAnEntryIsJudgedByDay(t *testing.T) {
	t.Parallel()
	f := life.through(ReviewByTownship{}, 1).play(t, strict())
	sheet := func(day string) deed {
		return deed{day, by(cadre), income("late", "", "2021-03-01", "2022-02-28", 4600)}
	}

	// A sheet of 8 March typed in April was among the papers of the township.
	before := given(t, strict(), f).whenTyped("2022-04-20", sheet("2022-03-08")).stands()
	id := before.id(IncomeRecorded{})
	if got := kindsOf(Impact(before, id)); !slices.Equal(got, []string{"Appraised", "NoticePosted", "NoticeRemoved", "VillageReported", "TownshipReviewed"}) {
		t.Errorf("relied on it: %v", got)
	}
	never(t, before, void("2022-04-21", cadre, id), policy.ConsentMissing)

	// One of 22 March was not, though the decision of the 24th is typed after it.
	after := given(t, strict(), f).when(sheet("2022-03-22")).stands()
	id = after.id(IncomeRecorded{})
	if got := kindsOf(Impact(after, id)); len(got) != 0 {
		t.Errorf("relied on it: %v", got)
	}
	given(t, strict(), after).when(void("2022-03-23", cadre, id)).done()
	typed := given(t, strict(), after).whenTyped("2022-05-01", life.the(DecideInclusion{}, 1).on("2022-03-21")).stands()
	if got := kindsOf(Impact(typed, id)); len(got) != 0 {
		t.Errorf("a decision of the 21st relied on a sheet of the 22nd: %v", got)
	}
	given(t, strict(), typed).when(void("2022-05-02", cadre, id)).done()
}

func TestNoComparisonReliedOnALetterThatHadExpired(t *testing.T) {
	t.Parallel()
	f := life.before(SignLetter{}, 1).play(t, strict())
	letter := life.the(SignLetter{}, 1).do.(SignLetter)
	letter.Until = calendar.MustDay("2022-03-05")
	f = given(t, strict(), f).when(life.the(SignLetter{}, 1).doing(letter)).done()
	f = given(t, lenient(), f).when(life.the(ReturnComparison{}, 1)).stands()
	if got := kindsOf(Impact(f, f.id(LetterSigned{}))); slices.Contains(got, "ComparisonReturned") {
		t.Errorf("%v", got)
	}
}
