package household

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// S2.7: health and disability of a member are recorded, and shown to nobody.
func TestHealthIsRecordedAndNotKept(t *testing.T) {
	t.Parallel()
	f := registered(t)
	d := deed{"2022-05-01", by(cadre), RecordHealth{Member: "m4", Health: "frail", Disability: "4", Level: "1", Detail: "卧床"}}
	s := given(t, strict(), f).when(d).done().state()
	if m := s.find("m4"); m.HealthOn != calendar.MustDay("2022-05-01") || m.Health != "" {
		t.Errorf("%+v", m)
	}
	for _, bad := range []RecordHealth{{Member: "m4", Health: "well"}, {Member: "m4", Health: "healthy", Disability: "4"}, {Member: "m4", Health: "healthy", Level: "1"},
		{Member: "m4", Health: "healthy", Disability: "8", Level: "1"}, {Member: "m4", Health: "healthy", Disability: "1", Level: "5"}} {
		never(t, f, d.doing(bad), policy.Malformed)
	}
	never(t, f, d.doing(RecordHealth{Member: "m9", Health: "healthy"}), policy.MemberUnknown)
}

func TestHealthBringsAHouseholdToItsGroups(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		health, level string
		want          []string
	}{
		{"healthy", "", nil}, {"chronic", "", nil}, {"serious", "", []string{"serious_illness"}}, {"chronic_burden", "4", []string{"chronic_burden", "disability"}},
		{"frail", "2", []string{"frail_elderly", "disability", "severe_disability"}}, {"healthy", "1", []string{"disability", "severe_disability"}},
	} {
		if got := code.GroupsByHealth(c.health, c.level); !slices.Equal(got, c.want) {
			t.Errorf("%s %s: %v, want %v", c.health, c.level, got, c.want)
		}
	}
}

// S4.11, S4.12: the six that must be visited and the six that must be checked.
func TestTheSixAndTheSix(t *testing.T) {
	t.Parallel()
	for list, n := range map[string]int{"attention": 4, "must_visit": 7, "must_check": 6, "other": 0} {
		groups := code.GroupsOf(list)
		if len(groups) != n {
			t.Errorf("%s has %d groups", list, len(groups))
		}
		for _, g := range groups {
			if _, ok := code.SpecialGroups.Find(g); !ok {
				t.Errorf("%s names %s", list, g)
			}
		}
	}
}

func TestAHouseholdBelongsToGroups(t *testing.T) {
	t.Parallel()
	f := registered(t)
	say := func(f file, on, group string, belongs bool) file {
		return given(t, strict(), f).whenTyped("2022-12-01", deed{on, by(cadre), RecordGroup{Group: group, Belongs: belongs, Reason: "入户了解"}}).done()
	}
	groups := func(f file) []GroupState { s := f.state(); return s.Belonging() }
	day := calendar.MustDay
	f = say(f, "2022-05-01", "left_behind", true)
	f = say(f, "2022-04-01", "left_behind", false) // typed late, no news
	if diff := cmp.Diff([]GroupState{{"left_behind", true, day("2022-05-01")}}, groups(f)); diff != "" {
		t.Error(diff)
	}
	f = say(f, "2022-06-01", "left_behind", false)
	if got := groups(f); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	// A complaint and a disaster are told by the file itself, until they are over.
	f = given(t, strict(), f).when(deed{"2022-07-01", by(cadre), RecordClue{Clue: "k", Channel: code.PublicSupervision, Via: "complaint", Content: "反映"}}).done()
	want := []GroupState{{"complaint", true, day("2022-07-01")}}
	if diff := cmp.Diff(want, groups(f)); diff != "" {
		t.Error(diff)
	}
	if got := groups(say(f, "2022-08-01", "complaint", false)); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	g := monitored(t)
	for _, risk := range []code.Risk{"accident", "natural_disaster"} {
		g = given(t, strict(), g).when(deed{"2022-05-01", by(cadre), RecordRisk{Risk: risk}}).done()
	}
	want = []GroupState{{"sudden_accident", true, day("2022-05-01")}, {"setback", true, day("2022-05-01")}}
	if diff := cmp.Diff(want, groups(g)); diff != "" {
		t.Error(diff)
	}
	g = given(t, strict(), g).when(deed{"2022-06-01", by(cadre), EndRisk{Risk: "accident", Way: "natural"}}).done()
	if diff := cmp.Diff(want[1:], groups(g)); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []RecordGroup{{Group: "rich", Belongs: true, Reason: "x"}, {Group: "students", Belongs: true}} {
		never(t, registered(t), deed{"2022-05-01", by(cadre), bad}, policy.Malformed)
	}
	visit := deed{"2022-05-01", by(cadre), RecordVisit{Visit: "v", Kind: "must_visit", Note: "x", Groups: []string{"students"}}}
	given(t, strict(), registered(t)).when(visit).done()
	never(t, registered(t), visit.doing(RecordVisit{Visit: "v", Kind: "must_visit", Note: "x", Groups: []string{"rich"}}), policy.Malformed)
}
