package duty

import (
	"errors"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
)

var day = calendar.MustDay

func pack(t *testing.T, name string) policy.Pack {
	t.Helper()
	text, err := packs.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := load.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// given an office's or a check's stream under a pack, when an act, then an event
// or a refusal.
type spec struct {
	t     *testing.T
	facts []Fact
	pack  policy.Pack
	place Place
	by    code.Capacity

	act    act.Act
	events []Event
	err    error
}

func given(t *testing.T, p policy.Pack, place Place, by code.Capacity, facts ...Fact) spec {
	t.Helper()
	place.Covered = true
	return spec{t: t, facts: facts, pack: p, place: place, by: by}
}

// when is an act performed on a day, typed is one of that day transcribed later.
func (s spec) when(on string, c Command) spec { return s.acted(act.Performed, on, on, c) }

func (s spec) typed(on, today string, c Command) spec { return s.acted(act.Transcribed, on, today, c) }

func (s spec) acted(mode act.Mode, on, today string, c Command) spec {
	s.act = act.Act{Happened: day(on), Today: day(today), Mode: mode,
		DoneBy: []act.Person{{ID: "p1", Capacity: s.by, Covers: true}}, RecordedBy: act.Person{ID: "p1", Covers: true}}
	s.events, s.err = Decide(Fold("s", s.facts), c, s.act, s.pack, s.place)
	return s
}

func (s spec) then(want Event) []Fact {
	s.t.Helper()
	if diff := cmp.Diff([]Event{want}, s.stands()); diff != "" {
		s.t.Errorf("%s (-want +got)\n%s", s.act.Happened, diff)
	}
	return s.more()
}

func (s spec) stands() []Event {
	s.t.Helper()
	if s.err != nil {
		s.t.Fatalf("%s: refused: %v", s.act.Happened, s.err)
	}
	return s.events
}

func (s spec) more() []Fact {
	v := len(s.facts) + 1
	return append(append([]Fact{}, s.facts...), Fact{ID: "e" + strconv.Itoa(v), Version: int64(v), Act: s.act, Event: s.stands()[0]})
}

func (s spec) done() []Fact {
	s.t.Helper()
	return s.more()
}

func (s spec) refused(rule policy.Rule) {
	s.t.Helper()
	var refusal *policy.Refusal
	if !errors.As(s.err, &refusal) || refusal.Rule != rule || refusal.Reason == "" {
		s.t.Errorf("%s: %v, %+v; want refused by %s", s.act.Happened, s.err, s.events, rule)
	}
}
