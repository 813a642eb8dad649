package household

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// What was true at the end of a day, as known at an instant: Fold against an
// implementation that looks every answer up from the definition, one by one.

var dayZero = calendar.MustDay("2022-01-01")

const registeredOn = 10 // days after day zero

// history draws a file: facts of sixty days, typed in any order, some voided.
func history(t *rapid.T) file {
	var f file
	at := dayZero.Start().Add(registeredOn * 24 * time.Hour)
	enter := func(on calendar.Day, e Event) {
		at = at.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "hours")) * time.Hour)
		v := int64(len(f) + 1)
		f = append(f, Fact{ID: fmt.Sprintf("e%d", v), Version: v, Act: act.Act{Happened: on, DoneBy: by(cadre)}, Recorded: at, Event: e})
	}
	c := life[0].do.(RegisterHousehold)
	enter(dayZero+registeredOn, HouseholdRegistered{Region: c.Region, Kind: c.Kind, Members: c.Members[:2]})
	// One decision at the most: what several do to each other is told elsewhere.
	if rapid.Bool().Draw(t, "decided") {
		enter(dayZero+registeredOn+calendar.Day(rapid.IntRange(0, 40).Draw(t, "decided on")), InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1})
	}
	for i := range rapid.IntRange(0, 25).Draw(t, "facts") {
		on := dayZero + calendar.Day(rapid.IntRange(0, 60).Draw(t, "day"))
		who := rapid.SampledFrom([]string{"m1", "m2"}).Draw(t, "member")
		counted := rapid.Bool().Draw(t, "counted")
		id := fmt.Sprintf("x%d", i)
		enter(on, rapid.SampledFrom([]Event{
			Visited{Visit: id}, LabourAssessed{Member: who, Labour: rapid.SampledFrom([]code.Labour{"ordinary", "lost", "none"}).Draw(t, "labour")},
			ResidenceFound{Member: who, Registered: true, Living: counted, Counted: counted}, HeadChanged{Member: who},
			MemberAdded{Member: Member{ID: id, Counted: counted}}, MemberLeft{Member: who},
			IncomeRecorded{Sheet: id, To: dayZero - 1, PerCapita: code.Fen(i)}, OfficerAssigned{Role: code.AssistanceOfficer, Officer: Responsible{Person: id}},
			FallRecorded{}, FactVoided{Event: f[rapid.IntRange(0, len(f)-1).Draw(t, "voided")].ID},
			FlagRaised{Back: 1},
			HomeSurveyed{Survey: id, Findings: []Finding{{Guarantee: "water", OK: counted}}}, LetterSigned{Letter: id, Signer: who},
		}).Draw(t, "event"))
	}
	return f
}

// answers are what is asked of the file.
type answers struct {
	Exists     bool
	Visits     int
	LastVisit  calendar.Day
	Labour     code.Labour // of m1
	Head       string
	Persons    int
	Income     code.Fen
	Officer    string
	Fell       calendar.Day
	Flags      int
	KnownVoids int
	Water      string // of the last survey that looked at it
	Letters    int
	Included   calendar.Day
	AtDecision int // counted members at the end of that day
}

func folded(f file, times Times, day calendar.Day) answers {
	s := Fold("h1", f, times)
	a := answers{Exists: s.Exists, Visits: s.Visits, LastVisit: s.LastVisit, Head: s.Head, Persons: s.CountedOn(day), Fell: s.Fell}
	if m := s.find("m1"); m != nil {
		a.Labour = m.Labour
	}
	a.Income, _ = s.IncomeOf(2021)
	for _, o := range s.Officers {
		a.Officer = o.Person
	}
	for _, g := range s.Guarantees {
		a.Water = fmt.Sprint(g.OK)
	}
	a.Letters = len(s.Letters)
	if c, ok := s.Count(day); ok {
		a.Included, a.AtDecision = c.Included, c.AtInclusion
	}
	for _, fact := range Standing(f, times) {
		switch fact.Event.(type) {
		case FlagRaised:
			a.Flags++
		case FactVoided:
			a.KnownVoids++
		}
	}
	return a
}

// lookedUp answers from the definitions: every fact is asked whether it stands
// by searching the whole file, and of those that last the latest day holds, of
// the same day the later typed.
func lookedUp(f file, times Times, day calendar.Day) answers {
	known := func(x Fact) bool { return times.KnownAt.IsZero() || !x.Recorded.After(times.KnownAt) }
	isVoid := func(id string) bool {
		for _, x := range f {
			if v, ok := x.Event.(FactVoided); ok && known(x) && v.Event == id {
				return true
			}
		}
		return false
	}
	stands := func(x Fact) bool {
		if flag, ok := x.Event.(FlagRaised); ok {
			for _, y := range f {
				if y.Version == x.Version-int64(flag.Back) && isVoid(y.ID) {
					return false
				}
			}
		}
		return known(x) && !isVoid(x.ID) && (times.AsOf == 0 || x.Act.Happened <= times.AsOf)
	}
	latest := func(is func(Event) bool) (found Fact, ok bool) {
		for _, x := range f {
			if stands(x) && is(x.Event) && (!ok || x.Act.Happened >= found.Act.Happened) {
				found, ok = x, true
			}
		}
		return found, ok
	}
	var a answers
	for _, x := range f {
		if _, void := x.Event.(FactVoided); void {
			if known(x) && !isVoid(x.ID) {
				a.KnownVoids++
			}
		} else if stands(x) {
			switch x.Event.(type) {
			case Visited:
				a.Visits++
				a.LastVisit = max(a.LastVisit, x.Act.Happened)
			case FlagRaised:
				a.Flags++
			case FallRecorded:
				a.Fell = max(a.Fell, x.Act.Happened)
			}
		}
	}
	registered := stands(f[0])
	a.Exists = registered
	if x, ok := latest(func(e Event) bool {
		_, reg := e.(HouseholdRegistered)
		l, labour := e.(LabourAssessed)
		return reg || labour && l.Member == "m1" && registered
	}); ok {
		if l, is := x.Event.(LabourAssessed); is {
			a.Labour = l.Labour
		} else {
			a.Labour = f[0].Event.(HouseholdRegistered).Members[0].Labour
		}
	}
	if x, ok := latest(func(e Event) bool {
		_, reg := e.(HouseholdRegistered)
		_, head := e.(HeadChanged)
		return reg || head
	}); ok {
		a.Head = "m1"
		if h, is := x.Event.(HeadChanged); is {
			a.Head = h.Member
		}
	}
	if x, ok := latest(func(e Event) bool { _, is := e.(IncomeRecorded); return is }); ok {
		a.Income = x.Event.(IncomeRecorded).PerCapita
	}
	if x, ok := latest(func(e Event) bool { _, is := e.(HomeSurveyed); return is }); ok {
		a.Water = fmt.Sprint(x.Event.(HomeSurveyed).Findings[0].OK)
	}
	for _, x := range f {
		if _, is := x.Event.(LetterSigned); is && stands(x) {
			a.Letters++
		}
	}
	if x, ok := latest(func(e Event) bool { _, is := e.(OfficerAssigned); return is }); ok {
		a.Officer = x.Event.(OfficerAssigned).Officer.Person
	}
	counts := func(id string, counted bool, joined, day calendar.Day, persons *int) {
		last := calendar.Day(0)
		for _, x := range f {
			if !stands(x) {
				continue
			}
			switch e := x.Event.(type) {
			case MemberLeft:
				if e.Member == id && x.Act.Happened <= day {
					return
				}
			case ResidenceFound:
				if e.Member == id && x.Act.Happened <= day && x.Act.Happened >= max(last, joined) {
					counted, last = e.Counted, x.Act.Happened
				}
			}
		}
		if counted {
			*persons++
		}
	}
	countOn := func(day calendar.Day) (persons int) {
		for _, x := range f {
			if !stands(x) {
				continue
			}
			switch e := x.Event.(type) {
			case HouseholdRegistered:
				for _, m := range e.Members {
					counts(m.ID, m.Counted, x.Act.Happened, day, &persons)
				}
			case MemberAdded:
				if x.Act.Happened <= day {
					counts(e.Member.ID, e.Member.Counted, x.Act.Happened, day, &persons)
				}
			}
		}
		return persons
	}
	a.Persons = countOn(day)
	if x, ok := latest(func(e Event) bool { _, is := e.(InclusionDecided); return is }); ok {
		a.Included, a.AtDecision = x.Act.Happened, countOn(x.Act.Happened)
	}
	return a
}

func TestTwoTimes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := history(t)
		for range 4 {
			var times Times
			day := dayZero + calendar.Day(rapid.IntRange(registeredOn, 61).Draw(t, "as of"))
			if rapid.Bool().Draw(t, "of a day") {
				times.AsOf = day
			}
			if rapid.Bool().Draw(t, "as known") {
				times.KnownAt = dayZero.Start().Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, "known at")) * time.Hour)
			}
			if diff := cmp.Diff(lookedUp(f, times, day), folded(f, times, day)); diff != "" {
				t.Fatalf("as of %s, known at %s (-looked up +folded)\n%s\n%+v", times.AsOf, times.KnownAt, diff, f)
			}
		}
	})
}
