package household

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// The language of these tests: given a file, when a deed is entered, then
// events follow, or it is refused, or it is recorded and flagged.

// deed is an act as the procedure tells it: on a day, by somebody, something.
type deed struct {
	day string
	by  []act.Person
	do  Command
}

// file is a household's file as far as it goes.
type file []Fact

// record appends events that were entered by one act.
func (f file) record(a act.Act, events ...Event) file {
	f = slices.Clone(f)
	for _, e := range events {
		v := int64(len(f) + 1)
		f = append(f, Fact{ID: "e" + strconv.FormatInt(v, 10), Version: v, Act: a, Recorded: a.Today.Start().Add(12 * time.Hour), Event: e})
	}
	return f
}

// id returns the id of the last event of a kind.
func (f file) id(kind Event) string {
	for i := len(f) - 1; i >= 0; i-- {
		if reflect.TypeOf(f[i].Event) == reflect.TypeOf(kind) {
			return f[i].ID
		}
	}
	return "none"
}

func (f file) state() State { return Fold("h1", f, Times{}) }

func actOn(mode act.Mode, day, today string, p policy.Pack, by []act.Person) act.Act {
	a := act.Act{Happened: calendar.MustDay(day), Today: calendar.MustDay(today), DoneBy: by, Mode: mode, Pack: p.Ref(), Channel: "test"}
	if len(by) > 0 {
		a.RecordedBy = by[0]
	}
	a.RecordedBy.Covers = true
	a.Named = []act.Person{cadre, secretary, team, townCadre, reviewer, officer, decider}
	return a
}

// spec is one sentence under way.
type spec struct {
	t      *testing.T
	pack   policy.Pack
	file   file
	act    act.Act
	events []Event
	err    error
}

func given(t *testing.T, p policy.Pack, f file) spec {
	t.Helper()
	return spec{t: t, pack: p, file: f}
}

// when enters the deed in the system, on its day.
func (s spec) when(d deed) spec {
	return s.whenAct(actOn(act.Performed, d.day, d.day, s.pack, d.by), d.do)
}

// whenTyped enters, on a later day, what happened on paper.
func (s spec) whenTyped(today string, d deed) spec {
	return s.whenAct(actOn(act.Transcribed, d.day, today, s.pack, d.by), d.do)
}

func (s spec) whenAct(a act.Act, c Command) spec {
	s.act = a
	s.events, s.err = Decide(s.file.state(), c, a, s.pack)
	return s
}

// then expects these events and no flag, and returns the file with them.
func (s spec) then(want ...Event) file {
	s.t.Helper()
	if s.err != nil {
		s.t.Fatalf("%s: refused: %v", s.act.Happened, s.err)
	}
	if diff := cmp.Diff(want, s.events, cmp.AllowUnexported(Member{}, counts{})); diff != "" {
		s.t.Errorf("%s: events differ (-want +got)\n%s", s.act.Happened, diff)
	}
	return s.file.record(s.act, s.events...)
}

// done expects that the deed becomes fact without a flag.
func (s spec) done() file {
	s.t.Helper()
	return s.flagged()
}

// stands expects that the deed becomes fact, whatever is flagged.
func (s spec) stands() file {
	s.t.Helper()
	if s.err != nil {
		s.t.Fatalf("%s: refused: %v", s.act.Happened, s.err)
	}
	return s.file.record(s.act, s.events...)
}

// refused expects the refusal, with a citation where a document's guard blocks.
func (s spec) refused(rule policy.Rule) {
	s.t.Helper()
	var refusal *Refusal
	switch {
	case !errors.As(s.err, &refusal):
		s.t.Errorf("%s: %+v stands, want refused by %s", s.act.Happened, s.events, rule)
	case refusal.Rule != rule:
		s.t.Errorf("%s: refused by %v, want %s", s.act.Happened, refusal, rule)
	case refusal.Reason == "":
		s.t.Errorf("%s: no reason given", rule)
	}
	if text, guard := policy.Rules[rule]; refusal != nil && guard && !text.House && refusal.Cite == "" {
		s.t.Errorf("%s blocks and cites nothing", rule)
	}
}

// flagged expects that the fact stands, followed by exactly these flags.
func (s spec) flagged(rules ...policy.Rule) file {
	s.t.Helper()
	if s.err != nil {
		s.t.Fatalf("%s: refused: %v", s.act.Happened, s.err)
	}
	var got []policy.Rule
	for i, e := range s.events {
		flag, ok := e.(FlagRaised)
		if ok != (i > 0) {
			s.t.Errorf("%s: a fact and then its flags, got %+v", s.act.Happened, s.events)
		}
		if ok {
			// Numbers of nobody have an area that is nowhere, and these lives take their
			// time: not what a test is about unless it says so.
			if (flag.Rule != policy.IDAreaUnknown && flag.Rule != policy.ChainLate) || slices.Contains(rules, flag.Rule) {
				got = append(got, flag.Rule)
			}
			if flag.Back != i || flag.Detail == "" || flag.Basis == "" {
				s.t.Errorf("flag %d stands %d after its fact: %+v", i, flag.Back, flag)
			}
		}
	}
	if diff := cmp.Diff(rules, got); diff != "" {
		s.t.Errorf("%s: flags differ (-want +got)\n%s", s.act.Happened, diff)
	}
	return s.file.record(s.act, s.events...)
}

// breaks shows a guard three ways: performed under block it refuses; performed
// under flag, or transcribed under whatever pack, the fact stands and is flagged.
func breaks(t *testing.T, f file, d deed, rule policy.Rule) {
	t.Helper()
	onPaper := rule
	if rule == policy.OrderMissingStep {
		onPaper = policy.BeforeAsserted // 前置材料待补
	}
	given(t, strict(), f).when(d).refused(rule)
	given(t, lenient(), f).when(d).flagged(rule)
	given(t, strict(), f).whenTyped("2024-06-01", d).flagged(onPaper)
}

// never shows a refusal that no pack and no paper relaxes.
func never(t *testing.T, f file, d deed, rule policy.Rule) {
	t.Helper()
	for _, p := range []policy.Pack{strict(), lenient()} {
		given(t, p, f).when(d).refused(rule)
		given(t, p, f).whenTyped("2024-06-01", d).refused(rule)
	}
}
