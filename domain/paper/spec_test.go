package paper

import (
	"errors"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// given a paper, when an act, then an event or a refusal.
type spec struct {
	t     *testing.T
	facts []Fact
	act   act.Act
	event []Event
	err   error
}

func given(t *testing.T, facts ...Fact) spec { t.Helper(); return spec{t: t, facts: facts} }

func actOn(mode act.Mode, day, today string) act.Act {
	return act.Act{Happened: calendar.MustDay(day), Today: calendar.MustDay(today), Mode: mode,
		DoneBy: []act.Person{{ID: "p1", Name: "罗根生", Covers: true}}, RecordedBy: act.Person{ID: "p1", Covers: true}}
}

func (s spec) when(day string, c Command) spec {
	return s.whenAct(actOn(act.Performed, day, day), c)
}

func (s spec) whenAct(a act.Act, c Command) spec {
	s.act = a
	s.event, s.err = Decide(Fold("paper-1", s.facts), c, a)
	return s
}

// then expects the event and returns the paper with it.
func (s spec) then(want Event) []Fact {
	s.t.Helper()
	if s.err != nil {
		s.t.Fatalf("%s: refused: %v", s.act.Happened, s.err)
	}
	if diff := cmp.Diff([]Event{want}, s.event); diff != "" {
		s.t.Errorf("%s (-want +got)\n%s", s.act.Happened, diff)
	}
	v := len(s.facts) + 1
	return append(append([]Fact{}, s.facts...), Fact{ID: "e" + strconv.Itoa(v), Version: int64(v), Act: s.act, Hash: "hash-" + strconv.Itoa(v), Event: s.event[0]})
}

func (s spec) refused(rule policy.Rule) {
	s.t.Helper()
	var refusal *household.Refusal
	if !errors.As(s.err, &refusal) || refusal.Rule != rule || refusal.Reason == "" {
		s.t.Errorf("%s: %v, %+v; want refused by %s", s.act.Happened, s.err, s.event, rule)
	}
}

// lines are what the last event means for each household; asked twice, the
// answer is the same.
func lines(t *testing.T, facts []Fact) []Line {
	t.Helper()
	s := Fold("paper-1", facts)
	first, again := Lines(s, facts[len(facts)-1]), Lines(Fold("paper-1", facts), facts[len(facts)-1])
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("asked again, the lines differ\n%s", diff)
	}
	return first
}
