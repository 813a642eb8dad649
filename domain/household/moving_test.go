package household

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// follow enters what an act on the household h9 means for another file.
func follow(t *testing.T, first file, d deed, other file) (id string, file file) {
	t.Helper()
	id, c, ok := Counterpart("h9", first, d.do)
	if !ok {
		t.Fatalf("%T reaches no other file", d.do)
	}
	return id, given(t, strict(), other).when(d.doing(c)).done()
}

func TestASplitOpensTheNewHouseholdsFile(t *testing.T) {
	t.Parallel()
	f := registered(t)
	f = given(t, strict(), f).when(deed{"2022-04-01", by(cadre), AssessLabour{Member: "m3", Labour: "weak"}}).done()
	d := deed{"2022-05-01", by(cadre), SplitHousehold{Household: "h2", Members: []string{"m3", "m4"}, Reason: "另立门户",
		Relations: []Related{{"m3", "head"}, {"m4", "grandparent"}}, Group: "二组"}}
	id, two := follow(t, f, d, nil)
	f = given(t, strict(), f).when(d).done()
	s, n := f.state(), two.state()
	if id != "h2" || n.Kind != code.Ordinary || n.Region != "629900101201" || n.Group != "二组" || n.Head != "m3" || n.find("m3").Labour != "weak" {
		t.Errorf("%s: %+v", id, n)
	}
	if e := two[0].Event.(HouseholdRegistered); e.SplitFrom != "h9" || e.Members[0].IDNumber != idOf("2008-09-09", len("柳三")) {
		t.Errorf("%+v", e)
	}
	if on := calendar.MustDay("2022-05-01"); s.CountedOn(on) != 2 || n.CountedOn(on) != 2 || s.CountedOn(on-1) != 4 {
		t.Error("everybody counts in one household")
	}
	never(t, registered(t), d.doing(SplitHousehold{Household: "h2", Members: []string{"m3", "m4"}, Relations: []Related{{"m3", "head"}}}), policy.Malformed)
	never(t, registered(t), d.doing(SplitHousehold{Household: "h2", Members: []string{"m3"}, Relations: []Related{{"m3", "head"}, {"m2", "other"}}}), policy.MemberUnknown)
	if _, _, ok := Counterpart("h1", f, SplitHousehold{Household: "h2", Members: []string{"m3"}}); ok {
		t.Error("without relations the other file is somebody else's to open")
	}
}

func TestAMergeEndsOneFileAndFillsTheOther(t *testing.T) {
	t.Parallel()
	f := assisted(t)
	f = given(t, strict(), f).when(deed{"2022-06-20", by(cadre), RecordLeaving{Member: "m4", Reason: "death"}}).done()
	merge := MergeHousehold{Into: "h2", Reason: "并入长女户", Relations: []Related{{"m1", "parent"}, {"m2", "parent"}, {"m3", "sibling"}}}
	d := deed{"2022-07-01", by(cadre), merge}
	other := given(t, strict(), nil).when(life[0]).done()
	_, c, _ := Counterpart("h9", f, merge)
	other = given(t, strict(), other).when(d.doing(c)).flagged(policy.MonitoringEnds)
	f = given(t, strict(), f).when(d).done()
	s, n := f.state(), other.state()
	on := calendar.MustDay("2022-07-01")
	if s.Closed != on || s.ClosedWhy != "merged" || s.CountedOn(on) != 0 || s.CountedOn(on-1) != 3 || n.CountedOn(on) != 7 || n.Head != "m1" {
		t.Errorf("%s %s, %d and %d counted", s.Closed, s.ClosedWhy, s.CountedOn(on), n.CountedOn(on))
	}
	if c, ok := s.Count(on); !ok || c.Open() || c.Eliminated != 0 || c.Included == 0 {
		t.Errorf("自然减少: cumulative, neither open nor eliminated: %+v", c)
	}
	if m := n.find("m3@h9"); m == nil || m.Relation != "sibling" || m.From != on {
		t.Errorf("%+v", m)
	}
	never(t, assisted(t), d, policy.Malformed) // the fourth is still there and goes nowhere
	for rule, bad := range map[policy.Rule]MergeHousehold{
		policy.HouseholdUnknown: {Into: "h1", Reason: "x", Relations: merge.Relations},
		policy.Malformed:        {Into: "h2", Relations: merge.Relations},
	} {
		never(t, registered(t), d.doing(bad), rule)
	}
}

func TestWhoMarriesIntoAnotherHouseholdIsCountedOnce(t *testing.T) {
	t.Parallel()
	f := registered(t)
	d := deed{"2022-05-01", by(cadre), RecordLeaving{Member: "m3", Reason: "marriage", To: "h2", Relation: "daughter_in_law"}}
	_, other := follow(t, f, d, registered(t))
	f = given(t, strict(), f).when(d).done()
	on := calendar.MustDay("2022-05-01")
	if s, n := f.state(), other.state(); s.CountedOn(on) != 3 || n.CountedOn(on) != 5 || n.find("m3@h9").Relation != "daughter_in_law" {
		t.Error("counted twice or never")
	}
	never(t, registered(t), d.doing(RecordLeaving{Member: "m3", Reason: "marriage", Relation: "daughter_in_law"}), policy.Malformed)
	never(t, registered(t), d.doing(RecordLeaving{Member: "m3", Reason: "death", To: "h2", Relation: "other"}), policy.Malformed)
	never(t, registered(t), d.doing(RecordLeaving{Member: "m3", Reason: "marriage", To: "h2", Relation: "friend"}), policy.Malformed)

	come := member("m3@h2", "柳三", "daughter_in_law", "2000-09-09", "ordinary")
	receive := deed{"2022-05-01", by(cadre), ReceiveMembers{From: "h2", Reason: "marriage", Members: []Member{come}}}
	asHead := come
	asHead.Relation = "head"
	for rule, bad := range map[policy.Rule]ReceiveMembers{
		policy.HouseholdUnknown: {From: "h1", Reason: "marriage", Members: []Member{come}},
		policy.MemberExists:     {From: "h2", Reason: "marriage", Members: []Member{come, come}},
		policy.Malformed:        {From: "h2", Reason: "marriage", Members: []Member{asHead}},
	} {
		never(t, registered(t), receive.doing(bad), rule)
	}
	never(t, registered(t), receive.doing(ReceiveMembers{From: "h2", Reason: "marriage"}), policy.Malformed)
	never(t, given(t, strict(), registered(t)).when(receive).done(), receive, policy.MemberExists)
}

func TestAnotherHeadIsNamed(t *testing.T) {
	t.Parallel()
	f := registered(t)
	f = given(t, strict(), f).when(deed{"2022-05-01", by(cadre), RecordLeaving{Member: "m1", Reason: "death"}}).done()
	if s := f.state(); !s.HeadMissing() {
		t.Error("the head died and nobody is missed")
	}
	change := deed{"2022-05-02", by(cadre), ChangeHead{Member: "m2", Reason: "原户主病故", Relations: []Related{{"m2", "head"}, {"m3", "daughter"}, {"m4", "parent"}}}}
	s := given(t, strict(), f).when(change).done().state()
	if s.HeadMissing() || s.find("m2").Relation != "head" || s.find("m3").Relation != "daughter" {
		t.Errorf("%+v", s.Members)
	}
	never(t, f, change.doing(ChangeHead{Member: "m2", Relations: []Related{{"m3", "head"}}}), policy.Malformed)
	never(t, f, change.doing(ChangeHead{Member: "m2", Relations: []Related{{"m9", "son"}}}), policy.MemberUnknown)
	if s := given(t, strict(), registered(t)).when(deed{"2022-05-02", by(cadre), ChangeHead{Member: "m2"}}).done().state(); s.Head != "m2" || s.HeadMissing() {
		t.Error("relations may be said later")
	}
}

// A clue that belonged to a known household is answered there, and both files
// tell its history.
func TestALinkedClueIsTheOtherHouseholdsToAnswer(t *testing.T) {
	t.Parallel()
	f := unconfirmed(t)
	d := deed{"2022-04-03", by(cadre), LinkUnconfirmed{Household: "h2", Reason: "同一户", Clues: 1}}
	other := given(t, strict(), registered(t)).when(deed{"2022-04-02", by(cadre), RecordClue{Clue: "c1", Channel: code.CadreCheck, Content: "走访发现"}}).done()
	id, other := follow(t, f, d, other)
	f = given(t, strict(), f).when(d).done()
	s, n := f.state(), other.state()
	if id != "h2" || s.Clues[0].JoinedTo != "h2" || s.Closed == 0 {
		t.Errorf("%+v", s.Clues)
	}
	want := Clue{ID: "c1@h9", On: calendar.MustDay("2022-04-01"), Channel: code.PublicSupervision, From: "h9"}
	if diff := cmp.Diff(want, n.Clues[1]); diff != "" {
		t.Error(diff)
	}
	// There it is verified, also as a repetition of what was known.
	other = given(t, strict(), other).when(deed{"2022-04-04", by(cadre), VerifyClue{Clue: "c1@h9", Result: "duplicate", Reason: "同一件事", DuplicateOf: "c1"}}).done()
	if n = other.state(); !n.FeedbackDue(n.Clues[1]) {
		t.Error("who wrote the letter is still owed an answer")
	}
	again := CluesOf("h9", f[:1])
	never(t, other, d.doing(again), policy.Malformed) // twice
	again.From = "h2"
	for rule, bad := range map[policy.Rule]JoinClues{policy.HouseholdUnknown: {Clues: again.Clues}, policy.Malformed: {From: "h2"}} {
		never(t, registered(t), d.doing(bad), rule)
	}
	early := JoinClues{From: "h2", Clues: []JoinedClue{{Clue: "c1", On: calendar.MustDay("2022-12-01"), Channel: code.CadreCheck}}}
	never(t, registered(t), d.doing(early), policy.Malformed)
}

// Every first event of a move leads back to its command.
func TestAMoveIsFoundByItsFirstEvent(t *testing.T) {
	t.Parallel()
	for _, e := range []Event{
		HouseholdSplit{Household: "h2", Relations: []Related{{"m3", "head"}}}, HouseholdMerged{Into: "h2"},
		MemberLeft{To: "h2", Relation: "other"}, UnconfirmedLinked{Household: "h2", Clues: 1},
	} {
		if c, other, ok := Began(e); !ok || other != "h2" || c == nil {
			t.Errorf("%T: %T, %s, %v", e, c, other, ok)
		}
	}
	for _, e := range []Event{HouseholdSplit{Household: "h2"}, MemberLeft{To: "h2"}, UnconfirmedLinked{Household: "h2"}, Visited{}} {
		if _, _, ok := Began(e); ok {
			t.Errorf("%+v reaches no other file", e)
		}
	}
}

// What the file that ends left open goes over with its members; where nobody goes
// on with it, that is told. A household monitored itself goes on.
func TestAMergeLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	f := given(t, strict(), assisted(t)).when(deed{"2022-06-20", by(cadre), RecordLeaving{Member: "m4", Reason: "death"}}).done()
	f = append(f, Fact{ID: "w", Version: int64(len(f) + 1), Act: f[len(f)-1].Act, Event: RedWarningRaised{Ground: "housing"}})
	f = append(f, Fact{ID: "w2", Version: int64(len(f) + 1), Act: f[len(f)-1].Act, Event: HomeSurveyed{Survey: "s9", Findings: []Finding{{Guarantee: "housing"}}}})
	merge := MergeHousehold{Into: "h2", Reason: "并入长女户", Relations: []Related{{"m1", "parent"}, {"m2", "parent"}, {"m3", "sibling"}}}
	d := deed{"2022-07-01", by(cadre), merge}
	_, c, _ := Counterpart("h9", f, merge)
	receive := c.(ReceiveMembers)
	b, e := receive.Behind, f.state()
	open := 0
	for _, m := range e.Episode().Measures {
		if m.Delivered == 0 {
			open++
		}
	}
	if !b.Monitored || b.Class != e.Episode().Class || len(b.Risks) == 0 || len(b.Measures) != open || !cmp.Equal(b.RedWarnings, []string{"housing"}) || !cmp.Equal(b.Guarantees, []code.Guarantee{"housing"}) {
		t.Errorf("%+v", b)
	}
	for _, word := range []string{"监测对象", "未消除", "红色预警：住房", "住房安全未达标"} {
		if !strings.Contains(b.String(), word) {
			t.Errorf("%q is not in %s", word, b)
		}
	}
	given(t, strict(), registered(t)).when(d.doing(receive)).flagged(policy.MonitoringEnds)
	given(t, strict(), assisted(t)).when(d.doing(receive)).done()
	// Nothing was open in the file of a household that nobody monitored.
	_, c, _ = Counterpart("h9", registered(t), MergeHousehold{Into: "h2", Reason: "并户", Relations: append(merge.Relations, Related{"m4", "parent"})})
	if receive = c.(ReceiveMembers); receive.Behind.String() != "" {
		t.Errorf("%+v", receive.Behind)
	}
	given(t, strict(), registered(t)).when(d.doing(receive)).done()
}

// Who came from another household is on the letter of this one before anything is
// compared about him, and remains who he was.
func TestWhoMovedInIsNotOnTheLetterYet(t *testing.T) {
	t.Parallel()
	f := life.before(ReturnComparison{}, 1).play(t, strict())
	compare := life.the(ReturnComparison{}, 1)
	in := given(t, strict(), f).when(deed{compare.day, by(cadre), ReceiveMembers{From: "h2", Reason: "marriage",
		Members: []Member{{ID: "m3@h2", Name: "柳新", Sex: "2", NoDocument: "lost", Relation: "daughter_in_law", Labour: "ordinary", Registered: true, Living: true, Counted: true, Was: []Origin{{"h2", "m3"}}}}}}).done()
	breaks(t, in, compare, policy.BeyondLetter)
	_, c, _ := Counterpart("h9", in, SplitHousehold{Household: "h3", Members: []string{"m3@h2"}, Relations: []Related{{"m3@h2", "head"}}})
	if diff := cmp.Diff([]Origin{{"h2", "m3"}, {"h9", "m3@h2"}}, c.(RegisterHousehold).Members[0].Was); diff != "" {
		t.Error(diff)
	}
}
