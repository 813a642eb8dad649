package commands_test

import (
	"errors"
	"testing"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

func splitOff(to string) household.SplitHousehold {
	return household.SplitHousehold{Household: to, Members: []string{"m3"}, Reason: "另立门户", Relations: []household.Related{{Member: "m3", Relation: "head"}}}
}

// withSon registers a household of three, the third with an ID number.
func (p *place) withSon(name string) string {
	p.t.Helper()
	id, birth := p.register(name), calendar.MustDay("1998-03-02")
	son := household.Member{ID: "m3", Name: name + "子", Sex: "1", Relation: "son", Labour: "ordinary", Registered: true, Living: true, Counted: true,
		IDNumber: code.Personal(code.MakeIDNumber("990101", birth, 11)), Birth: birth, Phone: "13900000001"}
	p.must(p.Household(p.t.Context(), p.by("cadre"), id, household.AddMember{Member: son, Reason: "omitted"}))
	return id
}

// opened is the registration of a household, its personal fields open.
func (p *place) opened(id string) (household.Fact, household.HouseholdRegistered) {
	p.t.Helper()
	sealer, err := p.Keys.Existing(p.t.Context(), commands.HouseholdStream(id))
	if err != nil {
		p.t.Fatal(err)
	}
	for rec, err := range p.Log.ReadStream(p.t.Context(), commands.HouseholdStream(id), eventlog.NoStream) {
		if err != nil {
			p.t.Fatal(err)
		}
		f, err := commands.Fact(rec, sealer)
		if err != nil {
			p.t.Fatal(err)
		}
		return f, f.Event.(household.HouseholdRegistered)
	}
	p.t.Fatal(id, "has no file")
	return household.Fact{}, household.HouseholdRegistered{}
}

func TestASplitIsWrittenIntoBothFiles(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	id, r := p.withSon("柳一"), p.by("cadre")
	moved, err := p.Move(t.Context(), r, id, splitOff("new"))
	if err != nil || moved.Other != "new" || moved.Repeated || len(moved.Follows.Events) == 0 {
		t.Fatalf("%+v %v", moved, err)
	}
	f, e := p.opened("new")
	if m := e.Members[0]; m.IDNumber != code.Personal(code.MakeIDNumber("990101", m.Birth, 11)) || m.Phone != "13900000001" || m.Relation != "head" || e.SplitFrom != id {
		t.Errorf("%+v", e)
	}
	if f.Act.Correlation != moved.Events[0] || f.Act.Causation != moved.Events[0] {
		t.Errorf("not joined to the split: %+v", f.Act)
	}
	again, err := p.Move(t.Context(), r, id, splitOff("new"))
	if err != nil || !again.Repeated || !again.Follows.Repeated {
		t.Errorf("%+v %v", again, err)
	}
	_, err = p.Move(t.Context(), r, id, splitOff("other"))
	wantRule(t, err, policy.KeyReused)
}

func TestNothingIsWrittenWhereTheOtherFileRefuses(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a, b := p.withSon("柳一"), p.register("柳二")
	_, err := p.Move(t.Context(), p.by("cadre"), a, splitOff(b)) // which has a file
	wantRule(t, err, policy.HouseholdExists)
	facts, err := p.Facts(t.Context(), a)
	for _, f := range facts {
		if _, split := f.Event.(household.HouseholdSplit); split || err != nil {
			t.Errorf("%+v %v", f, err)
		}
	}
}

func TestAnInterruptedMoveIsFinished(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"by repeating", "by resuming"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			id, r := p.withSon("柳一"), p.by("cadre")
			down := &broken{p.Log, commands.HouseholdStream("new")}
			p.Log = down
			p.Handler = commands.New(p.Config)
			moved, err := p.Move(t.Context(), r, id, splitOff("new"))
			if !errors.Is(err, errDown) || len(moved.Events) == 0 {
				t.Fatalf("%+v %v", moved, err)
			}
			down.stream = ""
			p.days(1) // another day
			var finished commands.Moved
			if how == "by repeating" {
				finished, err = p.Move(t.Context(), r, id, splitOff("new"))
			} else {
				finished, err = p.ResumeMove(t.Context(), id, moved.Events[0])
			}
			if err != nil || finished.Other != "new" {
				t.Fatalf("%+v %v", finished, err)
			}
			f, e := p.opened("new")
			if f.Happened() != calendar.MustDay("2023-04-03") || f.Act.Causation != moved.Events[0] || e.Members[0].IDNumber == "" {
				t.Errorf("%+v %+v", f.Act, e)
			}
			// Finished once more it is the first result, whichever way.
			if again, err := p.ResumeMove(t.Context(), id, moved.Events[0]); err != nil || !again.Follows.Repeated {
				t.Errorf("%+v %v", again, err)
			}
			if again, err := p.Move(t.Context(), r, id, splitOff("new")); err != nil || !again.Follows.Repeated {
				t.Errorf("%+v %v", again, err)
			}
		})
	}
}

func TestOnlyAMoveIsResumed(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	id := p.withSon("柳一")
	facts, err := p.Facts(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, event := range []string{facts[0].ID, "nothing"} {
		_, err := p.ResumeMove(t.Context(), id, event)
		wantRule(t, err, policy.EventUnknown)
	}
}

// Kin of a member is kin of the household he splits off into, and marries into.
func TestKinDeclarationsFollowAMember(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	a := p.withSon("柳一")
	p.must(p.Office(t.Context(), p.by("officer"), office.KinshipDeclared{Declaration: "k1", Person: "reviewer", Household: a, Member: "m3", Relation: "collateral", From: calendar.MustDay("2023-04-01")}))
	moved, err := p.Move(t.Context(), p.by("cadre"), a, splitOff("new"))
	if err != nil {
		t.Fatal(err)
	}
	review := household.ReviewByTownship{Procedure: policy.Inclusion, Result: code.Reject, Opinion: "不符合"}
	_, err = p.Household(t.Context(), p.by("reviewer"), moved.Other, review)
	wantRule(t, err, policy.KinDecides)

	// From there he marries into a third household.
	p.must(p.Household(t.Context(), p.by("cadre"), "new", household.AddMember{Member: household.Member{ID: "m4", Name: "柳媳", Sex: "2", NoDocument: "lost", Relation: "spouse", Labour: "ordinary", Registered: true, Living: true, Counted: true}, Reason: "marriage"}))
	third := p.register("柳三")
	if _, err := p.Move(t.Context(), p.by("cadre"), "new", household.MergeHousehold{Into: third, Reason: "并入岳父户", Relations: []household.Related{{Member: "m3", Relation: "other"}, {Member: "m4", Relation: "daughter"}}}); err != nil {
		t.Fatal(err)
	}
	_, err = p.Household(t.Context(), p.by("reviewer"), third, review)
	wantRule(t, err, policy.KinDecides)
	other := p.register("柳四")
	p.must(p.Household(t.Context(), p.transcribed("reviewer", "2023-04-02"), other, review))
}
