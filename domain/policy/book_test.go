package policy

import (
	"errors"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

var day = calendar.MustDay

// named reads a pack that says nothing but its name.
func named(text []byte) (Pack, error) {
	if len(text) == 0 {
		return Pack{}, errors.New("empty")
	}
	return Pack{Name: string(text), IncomeLines: []Line{{Year: 2021, Yuan: 6000}, {Year: 2022, Undetermined: true, Cite: "S2.9"}}}, nil
}

func book(t *testing.T, events ...Event) *Book {
	t.Helper()
	b := NewBook(named)
	for _, e := range events {
		if err := b.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func TestWhichPackIsInForce(t *testing.T) {
	t.Parallel()
	b := book(t,
		Adopted{Region: "62", Text: "province", From: day("2020-01-01")},
		Adopted{Region: "629900", Text: "county-2023", From: day("2023-01-01")},
		Adopted{Region: "629900", Text: "county-2021", From: day("2021-01-01")}, // adopted earlier, typed later
		Adopted{Region: "629900101", Text: "township", From: day("2022-06-01")},
	)
	village := []string{"629900101201", "629900101", "629900", "62"}
	for _, c := range []struct {
		regions []string
		on      string
		want    string
	}{
		{village, "2019-12-31", ""}, {village, "2020-01-01", "province"}, {village, "2021-01-01", "county-2021"}, {village, "2022-06-01", "township"},
		{village, "2023-06-30", "township"}, {village[2:], "2022-12-31", "county-2021"}, {village[2:], "2023-01-01", "county-2023"}, {nil, "2023-01-01", ""},
	} {
		p, ok := b.InForce(c.regions, day(c.on))
		if p.Name != c.want || ok != (c.want != "") {
			t.Errorf("%v on %s: %q, want %q", c.regions, c.on, p.Name, c.want)
		}
	}
	b = book(t, Adopted{Region: "1", Text: "first", From: day("2021-01-01")}, Adopted{Region: "1", Text: "second", From: day("2021-01-01")})
	if p, _ := b.InForce([]string{"1"}, day("2021-01-01")); p.Name != "second" {
		t.Errorf("of two from the same day the later adopted holds, not %s", p.Name)
	}
	if err := NewBook(named).Apply(Adopted{Region: "1"}); err == nil {
		t.Error("a pack that cannot be read was adopted")
	}
}

func TestALineIsUndeterminedUntilItIsSet(t *testing.T) {
	t.Parallel()
	adopted := Adopted{Region: "220281", Text: "jiaohe", From: day("2021-01-01")}
	on, regions := day("2023-01-01"), []string{"220281", "2202", "22"}
	line := func(b *Book, year int) int64 {
		p, _ := b.InForce(regions, on)
		fen, ok := p.LineOf(year)
		if !ok {
			return -1
		}
		return int64(fen) / 100
	}
	b := book(t, adopted)
	for year, want := range map[int]int64{2021: 6000, 2022: -1, 2023: -1} {
		if got := line(b, year); got != want {
			t.Errorf("%d: %d, want %d", year, got, want)
		}
	}
	b = book(t, adopted, LineSet{Region: "22", Year: 2022, Yuan: 6500, Document: "省文"}, LineSet{Region: "220281", Year: 2023, Yuan: 7000, Document: "市文"},
		LineSet{Region: "22", Year: 2023, Yuan: 6900, Document: "省文"}, LineSet{Region: "220281", Year: 2021, Yuan: 1, Document: "x"}, LineSet{Region: "629900", Year: 2022, Yuan: 9, Document: "x"})
	for year, want := range map[int]int64{2021: 6000, 2022: 6500, 2023: 7000, 2024: -1} {
		if got := line(b, year); got != want {
			t.Errorf("once set, %d: %d, want %d", year, got, want)
		}
	}
	p, _ := b.InForce(regions, on)
	for _, l := range p.IncomeLines {
		if l.Year == 2022 && l.Cite != "省文" {
			t.Errorf("the line cites %q, not who set it", l.Cite)
		}
	}
	// Asking changes nothing: the pack as adopted stays as it was.
	if p, _ := b.InForce([]string{"220281"}, on); func() bool { _, ok := p.LineOf(2022); return ok }() {
		t.Error("a line set by the province stuck to the pack")
	}
}

func TestARedLineIsSetLikeAnIncomeLine(t *testing.T) {
	t.Parallel()
	b := book(t, Adopted{Region: "500000", Text: "p", From: day("2020-01-01")},
		LineSet{Region: "500000", Year: 2022, Yuan: 4800, Document: "d1", Red: true}, LineSet{Region: "500000", Year: 2022, Yuan: 6500, Document: "d2"})
	p, _ := b.InForce([]string{"500000"}, day("2022-05-01"))
	red, ok := p.RedLineOf(2022)
	line, too := p.LineOf(2022)
	if !ok || !too || red != 480000 || line != 650000 {
		t.Errorf("%d, %d", red, line)
	}
	if _, ok := p.RedLineOf(2023); ok {
		t.Error("a year without a line is 未定")
	}
}

func TestOnlyTheLevelNamedSetsTheLine(t *testing.T) {
	t.Parallel()
	p := Pack{IncomeLines: []Line{{Year: 2021, Yuan: 6000, Cite: "S2.9"}, {Year: 2022, Undetermined: true, By: code.Province, Cite: "S2.9"}, {Year: 2023, Undetermined: true, Cite: "x"}}}
	for _, c := range []struct {
		set  LineSet
		want Rule
	}{
		{LineSet{Year: 2021, Level: code.Province}, LineStated}, {LineSet{Year: 2022}, LineOfOtherLevel}, {LineSet{Year: 2022, Level: code.County}, LineOfOtherLevel},
		{LineSet{Year: 2022, Level: code.Province}, ""}, {LineSet{Year: 2023}, ""}, {LineSet{Year: 2024, Level: code.County}, ""},
		{LineSet{Year: 2022, Red: true}, ""}, // the pack says nothing of a red line
	} {
		var refusal *Refusal
		err := p.Settable(c.set)
		if errors.As(err, &refusal); (refusal == nil) != (c.want == "") || refusal != nil && refusal.Rule != c.want {
			t.Errorf("%+v: %v, want %q", c.set, err, c.want)
		}
	}
	// What is left to a level from a year on is left to it in every later year.
	onward := Pack{IncomeLines: []Line{{Year: 2022, Undetermined: true, By: code.Province, Onward: true, Cite: "S2.9"}, {Year: 2025, Yuan: 9000, By: code.Province, SetIn: "22"}}}
	for year, want := range map[int]Rule{2021: "", 2022: LineOfOtherLevel, 2023: LineOfOtherLevel, 2025: LineOfOtherLevel, 2030: LineOfOtherLevel} {
		var refusal *Refusal
		err := onward.Settable(LineSet{Year: year, Level: code.County})
		if errors.As(err, &refusal); (refusal == nil) != (want == "") || refusal != nil && refusal.Rule != want {
			t.Errorf("%d by the county: %v, want %q", year, err, want)
		}
		if err := onward.Settable(LineSet{Year: year, Level: code.Province}); err != nil {
			t.Errorf("%d by the province: %v", year, err)
		}
	}
	// Once the province has set it, the county still may not set it otherwise.
	b := NewBook(func([]byte) (Pack, error) { return onward, nil })
	for _, e := range []Event{Adopted{Region: "220281", From: day("2021-01-01")}, LineSet{Region: "22", Year: 2022, Yuan: 6400, Document: "省文"}, LineSet{Region: "22", Year: 2024, Yuan: 7000, Document: "省文"}} {
		if err := b.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	set, _ := b.InForce([]string{"220281", "22"}, day("2024-06-01"))
	for _, year := range []int{2022, 2023, 2024, 2026} {
		if err := set.Settable(LineSet{Year: year, Yuan: 1, Level: code.County}); err == nil {
			t.Errorf("the county may set %d once the province has", year)
		}
		if err := set.Settable(LineSet{Year: year, Yuan: 1, Level: code.Province}); err != nil {
			t.Errorf("the province may not correct %d: %v", year, err)
		}
	}
	// What was set may be set right, by the same region; the last counts.
	b = book(t, Adopted{Region: "220281", Text: "jiaohe", From: day("2021-01-01")}, LineSet{Region: "22", Year: 2022, Yuan: 6400, Document: "错"}, LineSet{Region: "22", Year: 2022, Yuan: 6500, Document: "对"},
		LineSet{Region: "22", Year: 2022, Yuan: 5200, Document: "红", Red: true})
	pack, _ := b.InForce([]string{"220281", "22"}, day("2023-01-01"))
	if line, ok := pack.LineOf(2022); !ok || line != code.Yuan(6500) {
		t.Errorf("set right, and still %d", line)
	}
	if red, ok := pack.RedLineOf(2022); !ok || red != code.Yuan(5200) {
		t.Errorf("the red line is %d", red)
	}
}

func TestAnExpiredPackGivesWayToOneAbove(t *testing.T) {
	t.Parallel()
	parse := func(text []byte) (Pack, error) {
		p := Pack{Name: string(text)}
		if p.Name == "old" {
			p.ValidTo = day("2021-05-13")
		}
		return p, nil
	}
	b := NewBook(parse)
	for _, e := range []Event{Adopted{Region: "1", Text: "old", From: day("2020-01-01")}, Adopted{Region: "2", Text: "old", From: day("2020-01-01")}, Adopted{Region: "0", Text: "above", From: day("2021-01-01")}} {
		if err := b.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		regions []string
		on      string
		want    string
	}{{[]string{"1", "0"}, "2021-05-13", "old"}, {[]string{"1", "0"}, "2021-05-14", "above"}, {[]string{"2"}, "2022-01-01", "old"}} {
		if p, ok := b.InForce(c.regions, day(c.on)); !ok || p.Name != c.want {
			t.Errorf("%v on %s: %s, want %s", c.regions, c.on, p.Name, c.want)
		}
	}
}
