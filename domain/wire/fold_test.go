package wire

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// anyOf draws an event of a stream's kind: a sample, or one with nothing in it.
func anyOf[E any](t *rapid.T) E {
	var events []E
	for _, name := range Names() {
		if e, ok := samples[name].(E); ok {
			events = append(events, e)
		}
	}
	for _, void := range []any{duty.FactVoided{Event: "e1", Reason: "录错"}, fund.FactVoided{Event: "e1", Reason: "录错"}, paper.FactVoided{Event: "e1", Reason: "录错"}} {
		if e, ok := void.(E); ok {
			events = append(events, e)
		}
	}
	e := rapid.SampledFrom(events).Draw(t, "event")
	if rapid.Bool().Draw(t, "empty") {
		e = reflect.Zero(reflect.TypeOf(e)).Interface().(E)
	}
	return e
}

func anyAct(t *rapid.T) act.Act {
	if rapid.IntRange(0, 9).Draw(t, "no act") == 0 {
		return act.Act{}
	}
	a := metadata
	a.Happened = day("2023-01-01") + calendar.Day(rapid.IntRange(0, 200).Draw(t, "days"))
	return a
}

// Facts are facts: whatever stands in a stream, in whatever order and with
// nothing in it, folds.
func TestEveryEventFoldsInAnyState(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var facts []household.Fact
		var step household.State
		for i := range rapid.IntRange(1, 60).Draw(t, "facts") {
			f := household.Fact{ID: fmt.Sprint("e", i), Version: int64(i + 1), Act: anyAct(t), Recorded: time.Unix(int64(i)*3600, 0), Event: anyOf[household.Event](t)}
			facts = append(facts, f)
			step = household.Evolve(step, f)
		}
		for _, times := range []household.Times{{}, {AsOf: day("2023-03-01")}, {KnownAt: time.Unix(20*3600, 0)}} {
			s := household.Fold("h", facts, times)
			s.Count(day("2023-06-30"))
			s.Stage()
			s.NoLabour()
			s.IncomeOf(2023)
			s.CountedOn(0)
		}
		if s := household.Fold("h", facts, household.Times{}); s.Version != int64(len(facts)) || step.Version != s.Version {
			t.Fatalf("version %d after %d facts", s.Version, len(facts))
		}
		household.Impact(facts, facts[0].ID)
	})
}

func TestEveryPaperFoldsInAnyState(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var facts []paper.Fact
		var step paper.State
		for i := range rapid.IntRange(1, 20).Draw(t, "facts") {
			f := paper.Fact{ID: fmt.Sprint("e", i), Version: int64(i + 1), Act: anyAct(t), Event: anyOf[paper.Event](t)}
			facts = append(facts, f)
			step = paper.Evolve(step, f)
			s := paper.Fold("p", facts)
			paper.Lines(s, f)
			step.ID = s.ID
			if !reflect.DeepEqual(lists(s), lists(step)) {
				t.Fatalf("one by one %+v, at once %+v", step, s)
			}
		}
	})
}

func TestEveryFundFoldsInAnyState(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var step fund.State
		for i := range rapid.IntRange(1, 20).Draw(t, "facts") {
			f := fund.Fact{ID: fmt.Sprint("e", i), Version: int64(i + 1), Act: anyAct(t), Event: anyOf[fund.Event](t)}
			step = fund.Evolve(step, f)
			fund.Lines(step, f)
			p := policy.Pack{}
			for _, c := range []fund.Command{fund.Pay{List: fmt.Sprint("l", i), Lines: fundLines}, fund.Approve{List: fmt.Sprint("l", i), Lines: fundLines}} {
				_, _ = fund.Decide(step, c, act.Act{Happened: day("2023-06-01"), Today: day("2023-06-01"), Mode: act.Performed, DoneBy: []act.Person{{}}, RecordedBy: act.Person{Covers: true}}, p) // any answer will do
			}
		}
		if step.Version == 0 {
			t.Fatal("nothing was taken in")
		}
	})
}

// lists are the parts of a paper's state, apart from whether a map is empty or
// not there.
func lists(s paper.State) []any {
	return []any{s.Version, s.Kind, s.Region, s.Removed, s.Lines, len(s.Struck), len(s.Open), len(s.Known)}
}

func TestOfficesAndPacksFoldInAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := office.NewDirectory()
		b := policy.NewBook(func([]byte) (policy.Pack, error) { return policy.Pack{Name: "p"}, nil })
		for range rapid.IntRange(1, 30).Draw(t, "facts") {
			e := anyOf[office.Event](t)
			d.Apply(e)
			if err := b.Apply(anyOf[policy.Event](t)); err != nil {
				t.Fatal(err)
			}
			on := day("2022-12-01")
			for _, code := range []string{"", "629900", "629900101201", "629900101202"} {
				d.Region(code, on)
				d.Current(code, on)
				d.Ancestor(code, "county", on)
				d.Children(code, on)
				if all := d.Regions(code, on); !slices.IsSorted(all) {
					t.Fatalf("%v", all)
				}
				b.InForce([]string{code, "220281"}, on)
			}
			d.Office("o-county", on)
			d.Appointments("p-village-07", on)
		}
	})
}

func TestDutiesFoldInAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var facts []duty.Fact
		for i := range rapid.IntRange(1, 20).Draw(t, "facts") {
			facts = append(facts, duty.Fact{ID: fmt.Sprint("e", i), Version: int64(i + 1), Act: anyAct(t), Event: anyOf[duty.Event](t)})
		}
		if s := duty.Fold("d", facts); s.Version != int64(len(facts)) {
			t.Fatalf("version %d after %d facts", s.Version, len(facts))
		}
	})
}
