package policy

import (
	"errors"
	"testing"
)

// A pack or a line that was entered by mistake was never in force, whatever was
// entered before or since.
func TestWrongEntriesOfPoliciesAreVoided(t *testing.T) {
	t.Parallel()
	entered := []Fact{
		{"e1", Adopted{Region: "1", Text: "first", From: day("2021-01-01")}},
		{"e2", LineSet{Region: "1", Year: 2022, Yuan: 6900, Document: "甲"}},
		{"e3", LineSet{Region: "1", Year: 2022, Yuan: 69000, Document: "乙"}},
		{"e4", Adopted{Region: "1", Text: "slip", From: day("2021-06-01")}},
	}
	take := func(facts ...Fact) *Book {
		b := NewBook(named)
		for _, f := range facts {
			if err := b.Take(f); err != nil {
				t.Fatal(err)
			}
		}
		return b
	}
	inForce := func(b *Book) (string, int64) {
		p, _ := b.InForce([]string{"1"}, day("2022-03-01"))
		return p.Name, p.IncomeLines[1].Yuan
	}
	b := take(entered...)
	if name, line := inForce(b); name != "slip" || line != 69000 {
		t.Fatalf("%s %d", name, line)
	}
	voids := []Fact{{"e5", AdoptionVoided{Event: "e4", Reason: "误采用"}}, {"e6", AdoptionVoided{Event: "e3", Reason: "多一个零"}}}
	for event, rule := range map[string]Rule{"e9": EventUnknown, "": EventUnknown, "e4": "", "e3": ""} {
		var refusal *Refusal
		if err := b.Correctable(AdoptionVoided{Event: event, Reason: "误"}); errors.As(err, &refusal) != (rule != "") || refusal != nil && refusal.Rule != rule {
			t.Errorf("%q: %v", event, err)
		}
	}
	for _, v := range voids {
		if err := b.Take(v); err != nil {
			t.Fatal(err)
		}
	}
	if name, line := inForce(b); name != "first" || line != 6900 {
		t.Errorf("%s %d after the voids", name, line)
	}
	if name, line := inForce(take(append(entered, voids...)...)); name != "first" || line != 6900 {
		t.Errorf("%s %d read anew", name, line)
	}
	if r := b.RegionOf("e4"); r != "1" || b.RegionOf("e5") != "1" || b.RegionOf("e9") != "" {
		t.Errorf("an entry's region: %q", r)
	}
	for void, rule := range map[AdoptionVoided]Rule{{Event: "e4", Reason: "误"}: EventVoided, {Event: "e5", Reason: "误"}: EventNotVoidable, {Event: "e1"}: Malformed} {
		var refusal *Refusal
		if err := b.Correctable(void); !errors.As(err, &refusal) || refusal.Rule != rule {
			t.Errorf("%+v: %v", void, err)
		}
	}
}
