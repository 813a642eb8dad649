package household

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
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

// What is done in the system under guards that all block never comes out as
// something that cannot have been: decided before it was reviewed, announced
// before it was decided, delivered before it began, by one person twice.
func TestNothingImpossibleUnderGuardsThatBlock(t *testing.T) {
	t.Parallel()
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

// The property must notice what it looks for.
func TestTheImpossibleIsNoticed(t *testing.T) {
	t.Parallel()
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
		"decided and never reviewed":                   {life.before(ReviewByTownship{}, 1).play(t, strict()), fact("2022-03-24", decider, pass)},
		"reviewed and decided by one person":           {undecided, fact("2022-03-24", both, pass)},
		"decided before the notice had stood its days": {given(t, strict(), life.before(RemoveNotice{}, 1).play(t, strict())).whenTyped("2022-03-12", life.the(ReviewByTownship{}, 1).on("2022-03-11")).stands(), fact("2022-03-12", decider, pass)},
		"announced and never decided":                  {undecided, fact("2022-03-24", cadre, Announced{Procedure: policy.Inclusion})},
		"handed down and never decided":                {included, fact("2022-04-24", officer, ListHandedDown{Procedure: policy.Elimination})},
		"entered and never decided":                    {undecided, fact("2022-03-24", townCadre, SystemEntered{System: "national_monitoring"})},
		"marked and never decided":                     {included, fact("2022-04-24", townCadre, SystemMarked{System: "national_monitoring"})},
		"eliminated and never included":                {undecided, fact("2022-03-24", decider, EliminationDecided{Result: code.Pass})},
		"rolled back and never eliminated":             {included, fact("2022-04-24", decider, EliminationRolledBack{Reason: "x"})},
		"compared without a letter":                    {life.before(SignLetter{}, 1).play(t, strict()), fact("2022-03-06", officer, ComparisonReturned{Comparison: "v1"})},
		"delivered and never begun":                    {included, fact("2022-04-24", cadre, MeasureDelivered{Measure: "z1"})},
		"taken down and never posted":                  {included, fact("2022-04-24", cadre, NoticeRemoved{Notice: "notice-9"})},
	} {
		if got := impossible(Standing(c.before, Times{}), c.f); got != want {
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

// impossible says why a fact cannot have happened after what stands before it.
func impossible(before []Fact, f Fact) string {
	last := func(is func(Event) bool) *Fact {
		for i := len(before) - 1; i >= 0; i-- {
			if is(before[i].Event) {
				return &before[i]
			}
		}
		return nil
	}
	same := func(a, b Fact) bool {
		return slices.ContainsFunc(a.Act.DoneBy, func(p act.Person) bool {
			return slices.ContainsFunc(b.Act.DoneBy, func(q act.Person) bool { return p.ID == q.ID })
		})
	}
	// reviewers are all who reviewed the case at hand, whatever became of their review.
	reviewers := func(of policy.Procedure) (all []Fact) {
		for _, b := range before {
			switch e := b.Event.(type) {
			case TownshipReviewed:
				if e.Procedure == of {
					all = append(all, b)
				}
				if e.Result == code.Reject {
					all = nil
				}
			case InclusionDecided, InclusionEnded, EliminationDecided, EliminationRolledBack:
				all = nil
			}
		}
		return all
	}
	brought := last(func(e Event) bool { _, ok := e.(CaseBroughtForward); return ok }) != nil
	decided := func(of policy.Procedure) string {
		reviewed := last(func(e Event) bool {
			r, ok := e.(TownshipReviewed)
			return ok && r.Procedure == of && r.Result == code.Pass
		})
		appraised := last(func(e Event) bool { r, ok := e.(Appraised); return ok && r.Procedure == of && !r.RollBack })
		posted := last(func(e Event) bool { r, ok := e.(NoticePosted); return ok && r.Procedure == of })
		switch {
		case reviewed == nil:
			return "decided and never reviewed"
		case slices.ContainsFunc(reviewers(of), func(r Fact) bool { return same(r, f) }):
			return "reviewed and decided by one person"
		case appraised == nil || posted == nil:
			return "decided and never appraised or posted"
		case appraised.Event.(Appraised).Result == code.Reject:
			return "decided although the appraisal did not pass"
		}
		n := posted.Event.(NoticePosted)
		removed := last(func(e Event) bool { r, ok := e.(NoticeRemoved); return ok && r.Notice == n.Notice })
		end := f.Happened() // its days may be over while it still hangs
		if removed != nil {
			end = removed.Happened()
		}
		if end-posted.Happened() < calendar.Day(n.Days) {
			return "decided before the notice had stood its days"
		}
		return ""
	}
	followed := func(of policy.Procedure, what string) string {
		if last(func(e Event) bool {
			_, in := e.(InclusionDecided)
			_, out := e.(EliminationDecided)
			return of == policy.Inclusion && in || of == policy.Elimination && out
		}) == nil && !brought {
			return what + " and never decided"
		}
		return ""
	}
	switch e := f.Event.(type) {
	case InclusionDecided:
		if e.Result == code.Pass {
			return decided(policy.Inclusion)
		}
	case EliminationDecided:
		if last(func(e Event) bool { d, ok := e.(InclusionDecided); return ok && d.Result == code.Pass }) == nil && !brought {
			return "eliminated and never included"
		}
		if e.Result == code.Pass {
			return decided(policy.Elimination)
		}
	case ListHandedDown:
		return followed(e.Procedure, "handed down")
	case Announced:
		return followed(e.Procedure, "announced")
	case SystemEntered:
		return followed(policy.Inclusion, "entered")
	case SystemMarked:
		if last(func(e Event) bool { d, ok := e.(EliminationDecided); return ok && d.Result == code.Pass }) == nil && !brought {
			return "marked and never decided"
		}
	case ComparisonReturned:
		if last(func(e Event) bool { _, ok := e.(LetterSigned); return ok }) == nil && !brought {
			return "compared without a letter"
		}
	case MeasureDelivered:
		if last(func(d Event) bool { s, ok := d.(MeasureStarted); return ok && s.Measure == e.Measure }) == nil {
			return "delivered and never begun"
		}
	case NoticeRemoved:
		if last(func(d Event) bool { s, ok := d.(NoticePosted); return ok && s.Notice == e.Notice }) == nil {
			return "taken down and never posted"
		}
	case EliminationRolledBack:
		if last(func(e Event) bool { _, ok := e.(EliminationDecided); return ok }) == nil && !brought {
			return "rolled back and never eliminated"
		}
	}
	return ""
}
