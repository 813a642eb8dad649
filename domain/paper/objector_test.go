package paper

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Who objected is sealed: a discipline inspector of a level above the offices
// concerned reads it, and none of these offices does.
func TestWhoMayReadWhoObjected(t *testing.T) {
	t.Parallel()
	from := func(office string, level code.Level) act.Person {
		return act.Person{ID: "of-" + office, Office: office, Level: level, Covers: true}
	}
	village, township, county := from("v", code.Village), from("t", code.Township), from("c", code.County)
	public := act.Person{ID: act.Public, Name: "群众（公示异议）", Covers: true}
	objected := SheetObjected{Objection: "o1", Household: "h2", Content: "有车", Objector: "k1.sealed", Contact: "k1.sealed"}
	did := func(e Event, typed act.Person, done ...act.Person) Fact {
		return Fact{Event: e, Act: act.Act{DoneBy: done, RecordedBy: typed}}
	}
	// Given: the village posted it, the public objected, the township answered.
	posted := did(SheetPosted(sheet()), village, village)
	facts := []Fact{posted, did(objected, public, public), did(SheetObjectionAnswered{Objection: "o1", Household: "h2", Findings: "x"}, township, township)}
	byVillage := facts[:2]
	byCounty := append(facts[:2:2], did(SheetObjectionInvestigated{Objection: "o1", Household: "h2", Findings: "x"}, township, county))
	typedByCounty := []Fact{did(SheetPosted(sheet()), county, village), facts[1]}
	unnamed := []Fact{posted, did(SheetObjected{Objection: "o1", Household: "h2", Content: "有车"}, public, public)}

	reader := func(capacity code.Capacity, office string, level code.Level) act.Person {
		return act.Person{ID: "r", Capacity: capacity, Office: office, Level: level, Covers: true}
	}
	inspector := reader(code.Inspector, "ccdi", code.County)
	elsewhere := inspector
	elsewhere.Covers = false
	for name, c := range map[string]struct {
		facts  []Fact
		reader act.Person
		rule   policy.Rule // "": he reads it
	}{
		"the county's, of a township's answer":         {facts, inspector, ""},
		"the prefecture's, of a county's inquiry":      {byCounty, reader(code.Inspector, "pcdi", code.Prefecture), ""},
		"the township's, of a village's sheet":         {byVillage, reader(code.Inspector, "tcdi", code.Township), ""},
		"the county's, of a county's inquiry":          {byCounty, inspector, policy.ObjectorSealed},
		"the county's, of what the county typed":       {typedByCounty, inspector, policy.ObjectorSealed},
		"the township's, of the township's answer":     {facts, reader(code.Inspector, "tcdi", code.Township), policy.ObjectorSealed},
		"the village's, of nobody's sheet":             {facts[1:2], reader(code.Inspector, "v", code.Village), policy.ObjectorSealed},
		"another county's inspector":                   {facts, elsewhere, policy.ObjectorSealed},
		"an inspector of no level":                     {facts, reader(code.Inspector, "x", ""), policy.ObjectorSealed},
		"the village, which posted it":                 {facts, reader(code.VillageCadre, "v", code.Village), policy.ObjectorSealed},
		"the township, which answered":                 {facts, reader(code.TownshipReviewer, "t", code.Township), policy.ObjectorSealed},
		"the county, which decides":                    {facts, reader(code.CountyDecider, "c", code.County), policy.ObjectorSealed},
		"the county's notice inspector":                {facts, reader(code.NoticeInspector, "c", code.County), policy.ObjectorSealed},
		"an auditor of the prefecture":                 {facts, reader(code.Auditor, "p", code.Prefecture), policy.ObjectorSealed},
		"whoever has no post":                          {facts, act.Person{ID: "r"}, policy.ObjectorSealed},
		"an objection that nobody raised":              {facts[:1], inspector, policy.ObjectionUnknown},
		"an objection by somebody who gave no name":    {unnamed, inspector, policy.ObjectorUnnamed},
		"whether he gave a name is not told to anyone": {unnamed, reader(code.VillageCadre, "v", code.Village), policy.ObjectorSealed},
	} {
		got, appointment, err := Objector(c.facts, "o1", Reader{Person: c.reader, Posts: []act.Person{c.reader}})
		var refusal *policy.Refusal
		switch {
		case c.rule != "" && (!errors.As(err, &refusal) || refusal.Rule != c.rule || refusal.Reason == "" || got != SheetObjected{}):
			t.Errorf("%s: %+v, %v, want refused by %s", name, got, err, c.rule)
		case c.rule == "" && (err != nil || got != objected || appointment != ""):
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if diff := cmp.Diff(Concerned{Offices: []string{"v", "c", "t"}, Level: code.County}, Fold("", byCounty).Concerned()); diff != "" {
		t.Error(diff)
	}
}
