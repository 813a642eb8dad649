package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func registered(t *testing.T) file { t.Helper(); return life[:1].play(t, strict()) }

func born(id, day string) Member {
	m := member(id, "柳小小", "grandchild", day, "none")
	m.IDNumber, m.NoDocument = "", "newborn"
	return m
}

func TestMembersComeAndGo(t *testing.T) {
	t.Parallel()
	f := registered(t)
	day := calendar.MustDay
	f = given(t, strict(), f).when(deed{"2022-04-01", by(cadre), AddMember{Member: born("m5", "2022-03-20"), Reason: "birth"}}).done()
	f = given(t, strict(), f).when(deed{"2022-05-01", by(cadre), RecordLeaving{Member: "m4", Reason: "death"}}).done()
	s := f.state()
	for on, want := range map[string]int{"2022-02-20": 4, "2022-03-31": 4, "2022-04-01": 5, "2022-04-30": 5, "2022-05-01": 4} {
		if got := s.CountedOn(day(on)); got != want {
			t.Errorf("%s: %d counted, want %d", on, got, want)
		}
	}
	never(t, f, deed{"2022-05-02", by(cadre), RecordLeaving{Member: "m4", Reason: "moved"}}, policy.MemberGone)
	never(t, f, deed{"2022-05-02", by(cadre), ChangeHead{Member: "m4"}}, policy.MemberGone)
	never(t, f, deed{"2022-05-02", by(cadre), RecordLeaving{Member: "m9", Reason: "moved"}}, policy.MemberUnknown)
	never(t, f, deed{"2022-05-02", by(cadre), RecordLeaving{Member: "m3", Reason: "vanished"}}, policy.Malformed)
	never(t, f, deed{"2022-05-02", by(cadre), AddMember{Member: born("m5", "2022-04-20"), Reason: "birth"}}, policy.MemberExists)
	never(t, f, deed{"2022-05-02", by(cadre), AddMember{Member: born("m6", "2022-04-20"), Reason: "miracle"}}, policy.Malformed)
}

func TestWhoIsAMemberWhenTheFileIsOpenedWasOneBefore(t *testing.T) {
	t.Parallel()
	d, c := registration()
	c.Members = append(c.Members, born("m5", "2022-02-01"))
	s := given(t, strict(), nil).when(d.doing(c)).done().state()
	for on, want := range map[string]int{"2022-01-31": 4, "2022-02-01": 5, "2022-02-20": 5} {
		if got := s.CountedOn(calendar.MustDay(on)); got != want {
			t.Errorf("%s: %d counted, want %d", on, got, want)
		}
	}
}

func TestWhatIsTypedLateDoesNotOverwriteWhatIsNewer(t *testing.T) {
	t.Parallel()
	f := registered(t)
	day := calendar.MustDay
	late := func(f file, on string, c Command) file {
		return given(t, strict(), f).whenTyped("2022-09-01", deed{on, by(cadre), c}).done()
	}
	f = late(f, "2022-06-01", RecordResidence{Member: "m3", Registered: true, Living: false, Counted: false, Reason: "外出就读"})
	f = late(f, "2022-05-01", RecordResidence{Member: "m3", Registered: false, Living: true, Counted: true, Reason: "户口尚在外婆家"})
	f = late(f, "2022-06-01", AssessLabour{Member: "m1", Labour: "lost", Reason: "住院后丧失"})
	f = late(f, "2022-05-01", AssessLabour{Member: "m1", Labour: "skilled"})
	f = late(f, "2022-01-01", AssessLabour{Member: "m2", Labour: "none"}) // before the registration
	f = late(f, "2022-06-01", ChangeHead{Member: "m2"})
	f = late(f, "2022-05-01", ChangeHead{Member: "m4"})
	f = late(f, "2022-06-01", RecordVisit{Visit: "b1", Kind: "routine", Note: "新近一次"})
	f = late(f, "2022-05-01", RecordVisit{Visit: "b2", Kind: "routine", Note: "早先一次"})
	f = late(f, "2022-06-01", AssignOfficer{Role: code.AssistanceOfficer, Officer: Responsible{Person: "p9", Name: "新"}})
	f = late(f, "2022-05-01", AssignOfficer{Role: code.AssistanceOfficer, Officer: Responsible{Person: "p8", Name: "旧"}})
	s := f.state()
	m1, m2, m3 := s.find("m1"), s.find("m2"), s.find("m3")
	if m3.Living || m3.Counted || !m3.Registered || m1.Labour != "lost" || m2.Labour != "weak" {
		t.Errorf("m1 %s, m2 %s, m3 %+v", m1.Labour, m2.Labour, m3)
	}
	if s.Head != "m2" || s.Visits != 2 || s.LastVisit != day("2022-06-01") || s.Officers[0].Person != "p9" {
		t.Errorf("head %s, last visit %s, officers %+v", s.Head, s.LastVisit, s.Officers)
	}
	for on, want := range map[string]int{"2022-02-20": 4, "2022-05-31": 4, "2022-06-01": 3} {
		if got := s.CountedOn(day(on)); got != want {
			t.Errorf("%s: %d counted, want %d", on, got, want)
		}
	}
}

func TestResidenceAndLabourAreChecked(t *testing.T) {
	t.Parallel()
	f := registered(t)
	d := deed{"2022-05-01", by(cadre), nil}
	never(t, f, d.doing(RecordResidence{Member: "m3", Registered: true}), policy.Malformed)
	never(t, f, d.doing(RecordResidence{Member: "m9", Registered: true, Living: true}), policy.MemberUnknown)
	never(t, f, d.doing(AssessLabour{Member: "m3", Labour: "superhuman"}), policy.Malformed)
	never(t, f, d.doing(AssessLabour{Member: "m9", Labour: "weak"}), policy.MemberUnknown)
}

func TestAHouseholdSplitsAtMarriage(t *testing.T) {
	t.Parallel()
	f := registered(t)
	d := deed{"2022-05-01", by(cadre), SplitHousehold{Household: "h2", Members: []string{"m3"}, Reason: "结婚"}}
	never(t, f, d.doing(SplitHousehold{Household: "h1", Members: []string{"m3"}}), policy.Malformed)
	never(t, f, d.doing(SplitHousehold{Household: "h2"}), policy.Malformed)
	never(t, f, d.doing(SplitHousehold{Household: "h2", Members: []string{"m1"}}), policy.Malformed) // the head stays
	never(t, f, d.doing(SplitHousehold{Household: "h2", Members: []string{"m9"}}), policy.MemberUnknown)
	f = given(t, strict(), f).when(d).then(HouseholdSplit{Household: "h2", Members: []string{"m3"}, Reason: "结婚"})
	s := f.state()
	if m := s.find("m3"); m.Left != calendar.MustDay("2022-05-01") || m.Why != "split" || s.CountedOn(m.Left) != 3 {
		t.Errorf("%+v", m)
	}
	if s.CountedOn(calendar.MustDay("2022-04-30")) != 4 {
		t.Error("the day before, all four were still members")
	}
}

func TestAHouseholdWhollyWithoutLabour(t *testing.T) {
	t.Parallel()
	f := registered(t)
	for _, m := range []string{"m1", "m2"} {
		s := f.state()
		if s.NoLabour() {
			t.Errorf("before %s lost it there was labour", m)
		}
		f = given(t, strict(), f).when(deed{"2022-05-01", by(cadre), AssessLabour{Member: m, Labour: "lost"}}).done()
	}
	if s := f.state(); !s.NoLabour() {
		t.Error("nobody can work")
	}
	f = given(t, strict(), f).when(deed{"2022-05-02", by(cadre), AssessLabour{Member: "m3", Labour: "weak"}}).done()
	f = given(t, strict(), f).when(deed{"2022-05-03", by(cadre), RecordLeaving{Member: "m3", Reason: "marriage"}}).done()
	if s := f.state(); !s.NoLabour() {
		t.Error("who left does not count as labour")
	}
}
