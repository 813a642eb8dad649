package household

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Every act there is stands among those that are drawn: a new one that no
// property tries is noticed.
func TestEveryActIsDrawn(t *testing.T) {
	t.Parallel()
	drawn := map[string]bool{}
	for _, d := range append(append(deeds{}, life...), undoing...) {
		if d.do != nil {
			drawn[reflect.TypeOf(d.do).Name()] = true
		}
	}
	for _, c := range corrections("") {
		drawn[reflect.TypeOf(c).Name()] = true
	}
	acts := declared(t, "isCommand")
	for _, name := range acts {
		if !drawn[name] {
			t.Errorf("%s is never drawn", name)
		}
	}
	if len(acts) < 50 {
		t.Errorf("only %d acts found: does this test still look in the right place?", len(acts))
	}
}

// declared lists the types of this package that have the marker method.
func declared(t *testing.T, marker string) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if ok && fn.Recv != nil && fn.Name.Name == marker {
				names = append(names, fn.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	return names
}

// NothingImpossibleUnderGuardsThatBlock: what is done in the system under guards that
// all block never comes out as something that cannot have been: decided before it was reviewed, announced
// before it was decided, delivered before it began, by one person twice. What cannot
// have been, domain/audit says, which knows this package: the property is run from
// outside of it.
func NothingImpossibleUnderGuardsThatBlock(t *testing.T, impossible func(before []Fact, f Fact) string) {
	t.Helper()
	p := strict()
	included, eliminated := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var f file
		today := calendar.MustDay("2022-02-20")
		next := 0
		for range rapid.IntRange(10, 90).Draw(t, "acts") {
			d := anything(t, f)
			if rapid.IntRange(0, 9).Draw(t, "as it should be") < 8 && next < len(life) {
				d, next = life[next], next+1
				today = max(today, calendar.MustDay(d.day))
			} else {
				today += calendar.Day(rapid.IntRange(0, 2).Draw(t, "days"))
			}
			a := act.Act{Happened: today, Today: today, DoneBy: d.by, Mode: act.Performed, Pack: p.Ref(), RecordedBy: act.Person{Covers: true}}
			events, err := Decide(f.state(), d.do, a, p)
			if err != nil {
				continue
			}
			for _, e := range events {
				if flag, ok := e.(FlagRaised); ok && flag.Rule != policy.IDAreaUnknown {
					t.Fatalf("%T was flagged by %s though its guard blocks", d.do, flag.Rule)
				}
			}
			before := Standing(f, Times{})
			f = f.record(a, events...)
			fact := f[len(f)-len(events)]
			if why := impossible(before, fact); why != "" {
				t.Fatalf("%T on %s: %s", fact.Event, fact.Happened(), why)
			}
			switch e := fact.Event.(type) {
			case InclusionDecided:
				included += oneIf(e.Result == code.Pass)
			case EliminationDecided:
				eliminated += oneIf(e.Result == code.Pass)
			}
		}
	})
	if included == 0 || eliminated == 0 {
		t.Errorf("%d households were included and %d eliminated: the property says nothing", included, eliminated)
	}
	t.Logf("%d inclusions, %d eliminations", included, eliminated)
}

// TheImpossibleIsNoticed: the property must notice what it looks for.
func TheImpossibleIsNoticed(t *testing.T, impossible func(before []Fact, f Fact) string) {
	t.Helper()
	both := decider
	both.ID = reviewer.ID
	fact := func(day string, who act.Person, e Event) Fact {
		return Fact{ID: "x", Act: act.Act{Happened: calendar.MustDay(day), DoneBy: by(who)}, Event: e}
	}
	undecided, included := life.before(DecideInclusion{}, 1).play(t, strict()), monitored(t)
	pass := InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1}
	for want, c := range map[string]struct {
		before file
		f      Fact
	}{
		"impossible.decision":               {life.before(ReviewByTownship{}, 1).play(t, strict()), fact("2022-03-24", decider, pass)},
		"impossible.same-person":            {undecided, fact("2022-03-24", both, pass)},
		"impossible.notice":                 {given(t, strict(), life.before(RemoveNotice{}, 1).play(t, strict())).whenTyped("2022-03-12", life.the(ReviewByTownship{}, 1).on("2022-03-11")).stands(), fact("2022-03-12", decider, pass)},
		"impossible.follow-up: announced":   {undecided, fact("2022-03-24", cadre, Announced{Procedure: policy.Inclusion})},
		"impossible.follow-up: handed down": {included, fact("2022-04-24", officer, ListHandedDown{Procedure: policy.Elimination})},
		"impossible.follow-up: entered":     {undecided, fact("2022-03-24", townCadre, SystemEntered{System: "national_monitoring"})},
		"impossible.mark":                   {included, fact("2022-04-24", townCadre, SystemMarked{System: "national_monitoring"})},
		"impossible.elimination":            {undecided, fact("2022-03-24", decider, EliminationDecided{Result: code.Pass})},
		"impossible.roll-back":              {included, fact("2022-04-24", decider, EliminationRolledBack{Reason: "x"})},
		"impossible.comparison":             {life.before(SignLetter{}, 1).play(t, strict()), fact("2022-03-06", officer, ComparisonReturned{Comparison: "v1"})},
		"impossible.delivery":               {included, fact("2022-04-24", cadre, MeasureDelivered{Measure: "z1"})},
		"impossible.removal":                {included, fact("2022-04-24", cadre, NoticeRemoved{Notice: "notice-9"})},
	} {
		rule, _, _ := strings.Cut(want, ": ")
		if got := impossible(Standing(c.before, Times{}), c.f); got != rule {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if why := impossible(Standing(undecided, Times{}), fact("2022-03-24", decider, pass)); why != "" {
		t.Errorf("a decision as it should be: %s", why)
	}
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
