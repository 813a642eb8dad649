package office

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/policy"
)

func declared(id, household, relation, from string) KinshipDeclared {
	return KinshipDeclared{Declaration: id, Person: "p1", Household: household, Member: "m1", Relation: relation, From: day(from)}
}

func TestKinIsDeclaredFromDayToDay(t *testing.T) {
	t.Parallel()
	d := directory()
	d.Apply(declared("k1", "h1", "lineal", "2022-03-01"))
	d.Apply(declared("k2", "h2", "in_law", "2022-03-01"))
	d.Apply(KinshipEnded{Declaration: "k2", Person: "p1", To: day("2022-12-31"), Reason: "离异"})
	for _, c := range []struct{ person, household, on, want string }{
		{"p1", "h1", "2022-02-28", ""}, {"p1", "h1", "2022-03-01", "lineal"}, {"p1", "h2", "2022-12-31", "in_law"},
		{"p1", "h2", "2023-01-01", ""}, {"p1", "h3", "2022-06-01", ""}, {"p2", "h1", "2022-06-01", ""},
	} {
		if got := d.Kin(c.person, c.household, day(c.on)); got != c.want {
			t.Errorf("%s and %s on %s: %q, want %q", c.person, c.household, c.on, got, c.want)
		}
	}
	if held := d.Kinships("p1", day("2023-01-01")); len(held) != 1 || held[0].Declaration != "k1" {
		t.Errorf("%+v", held)
	}
	d.Apply(KinshipEnded{Declaration: "k9", Person: "p9", To: day("2022-12-31")}) // a fold takes anything
}

func TestWhatADeclarationMustHave(t *testing.T) {
	t.Parallel()
	d := directory()
	d.Apply(declared("k1", "h1", "lineal", "2022-03-01"))
	for name, c := range map[string]struct {
		event Event
		rule  policy.Rule
	}{
		"nobody":           {KinshipDeclared{Declaration: "k2", Person: "p9", Household: "h1", Member: "m1", Relation: "lineal", From: 1}, policy.RecorderUnknown},
		"twice":            {declared("k1", "h1", "lineal", "2022-03-01"), policy.Malformed},
		"no household":     {declared("k2", "", "lineal", "2022-03-01"), policy.Malformed},
		"a friend":         {declared("k2", "h1", "friend", "2022-03-01"), policy.Malformed},
		"end of nothing":   {KinshipEnded{Declaration: "k2", Person: "p1", To: day("2022-12-31"), Reason: "x"}, policy.Malformed},
		"end long before":  {KinshipEnded{Declaration: "k1", Person: "p1", To: day("2022-02-27"), Reason: "x"}, policy.Malformed},
		"end unexplained":  {KinshipEnded{Declaration: "k1", Person: "p1", To: day("2022-12-31")}, policy.Malformed},
		"a whole township": {VillageAssigned{Assignment: "b2", Office: "county", Village: "629900101", From: 1}, policy.RegionUnknown},
		"no office":        {VillageAssigned{Assignment: "b2", Office: "o9", Village: "629900101201", From: 1}, policy.Malformed},
		"no such help":     {VillageAssignmentEnded{Assignment: "b2", Office: "county", To: 1}, policy.Malformed},
	} {
		t.Run(name, func(t *testing.T) {
			var refusal *policy.Refusal
			if err := d.Check(c.event); !errors.As(err, &refusal) || refusal.Rule != c.rule {
				t.Errorf("%v, want %s", err, c.rule)
			}
		})
	}
	// Declared by mistake, it ends the day before it began: it never held.
	mistake := KinshipEnded{Declaration: "k1", Person: "p1", To: day("2022-02-28"), Reason: "误报"}
	if err := d.Check(mistake); err != nil {
		t.Fatal(err)
	}
	d.Apply(mistake)
	if got := d.Kin("p1", "h1", day("2022-03-01")); got != "" {
		t.Errorf("still %q", got)
	}
}

// S2.34: which office helps which village on a day; a merged village is found
// where its successor lies.
func TestOfficesAnswerForVillages(t *testing.T) {
	t.Parallel()
	d := directory()
	for _, e := range []Event{
		VillageAssigned{Assignment: "b1", Office: "county", Village: "629900101201", From: day("2022-01-01")},
		VillageAssigned{Assignment: "b2", Office: "county", Village: "629900101202", From: day("2022-01-01")},
		VillageAssignmentEnded{Assignment: "b1", Office: "county", To: day("2022-12-31")},
		VillageAssignmentEnded{Assignment: "b9", Office: "county", To: day("2022-12-31")},
	} {
		d.Apply(e)
	}
	for _, c := range []struct {
		region, on string
		want       []string
	}{
		{"", "2021-12-31", nil}, {"629900101", "2022-06-01", []string{"b1", "b2"}}, {"629900101201", "2022-06-01", []string{"b1"}},
		{"629900101201", "2022-12-31", []string{"b1", "b2"}}, {"", "2023-01-01", []string{"b2"}},
	} {
		var got []string
		for _, a := range d.Assignments(c.region, day(c.on)) {
			got = append(got, a.Assignment)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s on %s\n%s", c.region, c.on, diff)
		}
	}
}
