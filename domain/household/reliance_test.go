package household

import (
	"reflect"
	"slices"
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func TestWhatRestedOnAVoidedEntry(t *testing.T) {
	t.Parallel()
	f := eliminated(t)
	var sheet string
	for _, fact := range f {
		if e, ok := fact.Event.(IncomeRecorded); ok && e.Sheet == "i1" {
			sheet = fact.ID
		}
	}
	var got []string
	for _, fact := range Impact(f, sheet) {
		got = append(got, reflect.TypeOf(fact.Event).Name())
	}
	// Steps, decision and what followed from it: announcement, entry, help and its
	// deliveries, and the elimination.
	want := []string{"Appraised", "NoticePosted", "NoticeRemoved", "VillageReported", "TownshipReviewed", "InclusionDecided",
		"ListHandedDown", "Announced", "SystemEntered", "PlanMade", "MeasureStarted", "MeasureDelivered", "RiskEnded",
		"EliminationProposed", "Appraised", "NoticePosted", "NoticeRemoved", "VillageReported", "TownshipReviewed", "EliminationDecided", "Announced", "SystemMarked"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	for _, c := range []struct {
		kind Event
		want string
	}{{ComparisonReturned{}, "HitExplained"}, {MeasureStarted{}, "MeasureDelivered"}, {LetterSigned{}, "ComparisonReturned"}, {PlanMade{}, "MeasureStarted"}, {EliminationDecided{}, "SystemMarked"}, {ClueRecorded{}, "ClueVerified"}} {
		found := false
		for i, fact := range f {
			if reflect.TypeOf(fact.Event) != reflect.TypeOf(c.kind) {
				continue
			}
			for _, hit := range Impact(f, f[i].ID) {
				found = found || reflect.TypeOf(hit.Event).Name() == c.want
			}
			break
		}
		if !found {
			t.Errorf("%T: %s rests on it", c.kind, c.want)
		}
	}
	// A step of the inclusion serves the elimination only by way of the decision.
	for _, fact := range f {
		if e, ok := fact.Event.(VillageReported); ok && e.Procedure == policy.Inclusion {
			if direct, all := reliedOn(f, fact.ID, true), reliedOn(f, fact.ID, false); slices.Contains(direct, "EliminationDecided") || !slices.Contains(all, "EliminationDecided") {
				t.Errorf("the report of the inclusion: directly %v, in all %v", direct, all)
			}
		}
	}
	if n := len(Impact(f, "e99")); n != 0 {
		t.Errorf("%d facts rest on nothing", n)
	}
}

// names of what relied on the last event of a kind; direct alone, or all.
func reliedOn(f file, id string, direct bool) []string {
	var names []string
	for _, hit := range Impact(f, id) {
		if hit.Direct || !direct {
			names = append(names, reflect.TypeOf(hit.Event).Name())
		}
	}
	return names
}

func TestImpactGoesByTheDay(t *testing.T) {
	t.Parallel()
	// The survey is typed after the decision that it led to.
	f := whatever(t, lenient(), life.through(DecideInclusion{}, 1).without(SurveyHome{}, 1))
	f = given(t, lenient(), f).whenTyped("2022-06-01", life.the(SurveyHome{}, 1)).stands()
	if got := reliedOn(f, f.id(HomeSurveyed{}), true); !slices.Contains(got, "InclusionDecided") || !slices.Contains(got, "Appraised") {
		t.Errorf("typed late, it was not looked at: %v", got)
	}
	// What was typed later but happened before relied on nothing of the kind.
	f = life.through(SurveyHome{}, 1).on(t, lenient(), nil)
	survey := f.id(HomeSurveyed{})
	f = given(t, lenient(), f).whenTyped("2022-06-01", deed{"2022-03-01", by(secretary), StudyByCommittees{Procedure: policy.Inclusion}}).stands()
	if got := reliedOn(f, survey, false); len(got) != 0 {
		t.Errorf("studied before the survey, and still %v", got)
	}
	// On the same day, in the system, the record decides.
	f = given(t, lenient(), life.through(SurveyHome{}, 1).on(t, lenient(), nil)).when(life.the(RecordIncome{}, 1)).stands()
	f = given(t, lenient(), f).when(deed{"2022-03-03", by(cadre), RecordVisit{Visit: "b9", Kind: "routine", Note: "同日"}}).stands()
	f = given(t, lenient(), f).when(deed{"2022-03-03", by(secretary), StudyByCommittees{Procedure: policy.Inclusion}}).stands()
	f = given(t, lenient(), f).when(life.the(SignLetter{}, 1)).stands()
	if got := reliedOn(f, f.id(LetterSigned{}), false); len(got) != 0 {
		t.Errorf("an earlier entry of the day relied on a later one: %v", got)
	}
	if got := reliedOn(f, f.id(IncomeRecorded{}), false); !slices.Equal(got, []string{"CommitteesStudied"}) {
		t.Errorf("of the same day: %v", got)
	}
}

// A roll-back rests on what was found to be otherwise, as a revocation does: the
// sheet that showed it, and the meeting that spoke of it.
func TestWhatARollBackRestsOn(t *testing.T) {
	t.Parallel()
	f := eliminated(t).with(t, "2023-02-01", income("i9", "", "2022-02-01", "2023-01-31", 5000))
	sheet := f.id(IncomeRecorded{})
	f = given(t, strict(), f).when(deed{"2023-02-05", by(secretary), RecordAppraisal{Procedure: policy.Elimination, Meeting: "meeting-20", RollBack: true, Result: code.Pass,
		Present: 20, Entitled: 30, Seats: []string{"village_committee", "representative"}, Carries: []string{"minutes", "sign_in"}}}).done()
	f = given(t, strict(), f).when(rollBack("2023-02-10")).done()
	if got := reliedOn(f, sheet, true); !slices.Equal(got, []string{"Appraised", "EliminationRolledBack"}) {
		t.Errorf("relied on the sheet: %v", got)
	}
	for _, hit := range Impact(f, sheet) {
		if _, ok := hit.Event.(EliminationRolledBack); ok && hit.Kind() != ReliedDecision {
			t.Errorf("a roll-back is a %s", hit.Kind())
		}
	}
	if got := reliedOn(f, f.id(Appraised{}), true); !slices.Equal(got, []string{"EliminationRolledBack"}) {
		t.Errorf("relied on the meeting: %v", got)
	}
}

func TestImpactEndsWithTheEpisode(t *testing.T) {
	t.Parallel()
	f := eliminated(t)
	income, member := "", f[0].ID
	for _, fact := range f {
		if _, ok := fact.Event.(IncomeRecorded); ok && income == "" {
			income = fact.ID
		}
	}
	next := deed{"2023-06-24", by(decider), DecideInclusion{Result: "pass", Class: "sudden", Risks: []code.Risk{"accident"}, Monitoring: Responsible{Person: "p1"}, Assistance: Responsible{Person: "p2"}}}
	f = given(t, lenient(), f).when(deed{"2023-06-20", by(cadre), FileApplication{Application: "a2", Form: "oral", Content: "又住院"}}).stands()
	f = given(t, lenient(), f).when(next).stands()
	again := f.id(InclusionDecided{})
	names := func(id string) (all []string) {
		for _, hit := range Impact(f, id) {
			all = append(all, hit.ID)
		}
		return all
	}
	if slices.Contains(names(income), again) {
		t.Error("the sheet of the first episode serves the second")
	}
	if !slices.Contains(names(member), again) {
		t.Error("who lives there serves every episode")
	}
}

func TestImpactOfWhatIsVoidAlready(t *testing.T) {
	t.Parallel()
	f := life.through(VerifyClue{}, 1).play(t, strict())
	clue, verified := f.id(ClueRecorded{}), f.id(ClueVerified{})
	if got := reliedOn(f, clue, true); !slices.Contains(got, "ClueVerified") {
		t.Fatalf("%v", got)
	}
	void := given(t, strict(), f).when(void("2022-03-03", cadre, verified)).stands()
	if got := reliedOn(void, clue, false); slices.Contains(got, "ClueVerified") {
		t.Errorf("void itself: %v", got)
	}
	if got, want := reliedOn(void, verified, false), reliedOn(f, verified, false); !slices.Equal(got, want) {
		t.Errorf("once void %v, before %v", got, want)
	}
	stands, gone := BothWays(void, verified)
	if a, b := Fold("h1", stands, Times{}), Fold("h1", gone, Times{}); a.clue("c1").Result == "" || b.clue("c1").Result != "" {
		t.Errorf("%+v %+v", a.clue("c1"), b.clue("c1"))
	}
}
