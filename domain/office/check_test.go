package office

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func TestFactsThatReferToNothingAreRefused(t *testing.T) {
	t.Parallel()
	on := day("2023-01-01")
	village := func(change func(*RegionEstablished)) Event {
		e := RegionEstablished{Code: "629900101203", Name: "新村", Level: code.Village, Parent: "629900101", From: on}
		change(&e)
		return e
	}
	post := func(change func(*Appointed)) Event {
		e := Appointed{Appointment: "a9", Office: "county", Person: "p9", Name: "李某", Post: "科员", Capacity: code.CountyOfficer, From: on}
		change(&e)
		return e
	}
	for name, c := range map[string]struct {
		e    Event
		want policy.Rule
	}{
		"a village":              {village(func(*RegionEstablished) {}), ""},
		"a code of letters":      {village(func(e *RegionEstablished) { e.Code = "62990010120X" }), policy.Malformed},
		"a code of one digit":    {village(func(e *RegionEstablished) { e.Code = "6" }), policy.Malformed},
		"an endless code":        {village(func(e *RegionEstablished) { e.Code = strings.Repeat("6", 16) }), policy.Malformed},
		"a code used before":     {village(func(e *RegionEstablished) { e.Code = "629900101202" }), policy.Malformed}, // merged, and never reused
		"an unknown parent":      {village(func(e *RegionEstablished) { e.Parent = "639900101" }), policy.RegionUnknown},
		"an unknown level":       {village(func(e *RegionEstablished) { e.Level = "hamlet" }), policy.Malformed},
		"a region without name":  {village(func(e *RegionEstablished) { e.Name = "" }), policy.Malformed},
		"a region without day":   {village(func(e *RegionEstablished) { e.From = 0 }), policy.Malformed},
		"renaming":               {RegionRenamed{Code: "629900101201", Name: "柳湾新村", From: on}, ""},
		"renaming nothing":       {RegionRenamed{Code: "629900101299", Name: "x", From: on}, policy.RegionUnknown},
		"merging":                {RegionMerged{Code: "629900101201", Successor: "629900101", From: on}, ""},
		"merging into itself":    {RegionMerged{Code: "629900101201", Successor: "629900101201", From: on}, policy.RegionUnknown},
		"merging into nothing":   {RegionMerged{Code: "629900101201", Successor: "1", From: on}, policy.RegionUnknown},
		"merging upside down":    {RegionMerged{Code: "629900101", Successor: "629900101201", From: on}, policy.RegionUnknown},
		"merging in a circle":    {RegionMerged{Code: "629900101201", Successor: "629900101202", From: on}, policy.RegionUnknown},
		"merging twice":          {RegionMerged{Code: "629900101202", Successor: "629900101", From: on}, policy.Malformed},
		"an office":              {Established{Office: "town", Region: "629900101", Level: code.Township, Name: "镇政府", From: on}, ""},
		"an office nowhere":      {Established{Office: "town", Region: "1", Level: code.Township, Name: "x", From: on}, policy.RegionUnknown},
		"an office twice":        {Established{Office: "county", Region: "629900", Level: code.County, Name: "x", From: on}, policy.Malformed},
		"an office of no level":  {Established{Office: "town", Region: "629900101", Level: "x", Name: "x", From: on}, policy.Malformed},
		"renaming an office":     {Renamed{Office: "county", Name: "县农业农村局", From: on}, ""},
		"renaming no office":     {Renamed{Office: "x", Name: "x", From: on}, policy.Malformed},
		"an appointment":         {post(func(*Appointed) {}), ""},
		"an appointment twice":   {post(func(e *Appointed) { e.Appointment = "a1" }), policy.Malformed},
		"of nobody":              {post(func(e *Appointed) { e.Person = "" }), policy.Malformed},
		"to no office":           {post(func(e *Appointed) { e.Office = "x" }), policy.Malformed},
		"backwards":              {post(func(e *Appointed) { e.To = on - 1 }), policy.Malformed},
		"in no capacity":         {post(func(e *Appointed) { e.Capacity = "friend" }), policy.Malformed},
		"ending it":              {AppointmentEnded{Appointment: "a1", Office: "county", To: on}, ""},
		"ending another's":       {AppointmentEnded{Appointment: "a1", Office: "town", To: on}, policy.Malformed},
		"ending before it began": {AppointmentEnded{Appointment: "a1", Office: "county", To: day("2020-12-31")}, policy.Malformed},
		"ending nothing":         {AppointmentEnded{Appointment: "x", Office: "county", To: on}, policy.Malformed},
	} {
		err := directory().Check(c.e)
		var refusal *policy.Refusal
		if errors.As(err, &refusal) != (c.want != "") || refusal != nil && refusal.Rule != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestWhoHoldsWhatAndWhere(t *testing.T) {
	t.Parallel()
	d := directory()
	if NewDirectory().Empty() != true || d.Empty() || d.NameOf("p1") != "周某" || d.NameOf("p9") != "" || !d.Known("p1") || d.Known("p9") {
		t.Error("who is known")
	}
	on := day("2022-01-01")
	if got := d.Holders("county", on); len(got) != 1 || got[0].Person != "p1" {
		t.Errorf("%+v", got)
	}
	if got := d.Holders("county", day("2022-07-01")); len(got) != 0 {
		t.Errorf("after the last day: %+v", got)
	}
	d.Apply(Established{Office: "elsewhere", Region: "639900", Level: code.County, Name: "外县", From: on})
	for ancestor, want := range map[string]int{"": 2, "629900": 1, "629900101": 0} {
		if got := d.Offices(ancestor, on); len(got) != want {
			t.Errorf("%q: %+v", ancestor, got)
		}
	}
	foreign := d.Person(Appointed{Appointment: "a8", Office: "elsewhere", Person: "p8"}, "629900101201", on)
	nowhere := d.Person(Appointed{Appointment: "a7", Office: "closed", Person: "p7"}, "629900101201", on)
	if foreign.Covers || nowhere.Covers || nowhere.Level != "" {
		t.Errorf("%+v, %+v", foreign, nowhere)
	}
	// Regions are called as they were called.
	d.Apply(RegionRenamed{Code: "629900101201", Name: "柳湾新村", From: day("2022-06-01")})
	for on, want := range map[string]string{"2022-05-31": "柳湾村", "2022-06-01": "柳湾新村"} {
		if r, _ := d.Region("629900101201", day(on)); r.Name != want {
			t.Errorf("%s: %s", on, r.Name)
		}
	}
	if r, ok := d.Region("629900101202", day("2023-01-01")); !ok || r.Successor != "629900101201" || r.To != day("2022-11-30") {
		t.Errorf("a merged code is still found: %+v", r)
	}
	if _, ok := d.Region("629900101202", day("2018-01-01")); ok {
		t.Error("a region exists before it was established")
	}
	d.Apply(RegionRenamed{Code: "unknown"})
	d.Apply(Renamed{Office: "unknown"})
	d.Apply(RegionMerged{Code: "unknown"})
	d.Apply(AppointmentEnded{Appointment: "unknown"})
	if diff := cmp.Diff([]string{"629900101201", "629900101202"}, d.Regions("629900101202", day("2022-12-01"))); diff != "" {
		t.Errorf("asked by the old code: %s", diff)
	}
}

// Whatever merges with whatever, an ancestor contains exactly the codes whose
// chain of successors and parents leads to it, and nothing goes round for ever.
func TestTheTreeOfTheDay(t *testing.T) {
	t.Parallel()
	codes := []string{"10", "11", "111", "12", "13", "14"}
	rapid.Check(t, func(t *rapid.T) {
		d := NewDirectory()
		parent, successor, until := map[string]string{}, map[string]string{}, map[string]calendar.Day{}
		first := day("2022-01-01")
		for i, c := range codes {
			e := RegionEstablished{Code: c, Name: c, Level: code.Village, From: first}
			if i > 0 {
				e.Parent = rapid.SampledFrom(codes[:i]).Draw(t, "parent")
			}
			if err := d.Check(e); err != nil {
				t.Fatal(err)
			}
			d.Apply(e)
			parent[c] = e.Parent
		}
		for range rapid.IntRange(0, 6).Draw(t, "mergers") {
			e := RegionMerged{Code: rapid.SampledFrom(codes).Draw(t, "old"), Successor: rapid.SampledFrom(codes).Draw(t, "new"), From: first + calendar.Day(rapid.IntRange(1, 9).Draw(t, "from"))}
			if d.Check(e) == nil {
				d.Apply(e)
				successor[e.Code], until[e.Code] = e.Successor, e.From
			}
		}
		on := first + calendar.Day(rapid.IntRange(0, 10).Draw(t, "on"))
		current := func(c string) string {
			for range 10 {
				if until[c] == 0 || on < until[c] {
					break
				}
				c = successor[c]
			}
			return c
		}
		for _, ancestor := range codes {
			var want []string
			for _, c := range codes {
				at := current(c)
				for range 20 {
					if at == "" || at == current(ancestor) {
						break
					}
					at = current(parent[at])
				}
				if at != "" && at == current(ancestor) {
					want = append(want, c)
				}
			}
			within := slices.DeleteFunc(slices.Clone(codes), func(c string) bool {
				return len(want) == 0 || c < want[0] || c > want[len(want)-1]+"9"
			})
			if whole := len(want) > 0 && slices.Equal(within, want); d.Whole(want) != whole {
				t.Fatalf("%v whole: %v", want, !whole)
			}
			if diff := cmp.Diff(want, d.Regions(ancestor, on)); diff != "" {
				t.Fatalf("in %s on %s\n%s", ancestor, on, diff)
			}
		}
	})
}
