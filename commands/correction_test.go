package commands_test

import (
	"errors"
	"slices"
	"testing"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
)

func ruleOf(err error) policy.Rule {
	var refusal *policy.Refusal
	if errors.As(err, &refusal) {
		return refusal.Rule
	}
	return ""
}

// A voided appointment authorises nobody; what was done under it stays done. A
// process that reads the record anew says the same.
func TestAVoidedAppointmentAuthorisesNobody(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	ctx := t.Context()
	id := p.register("柳一")
	made := p.must(p.Office(ctx, p.by("officer"), office.Appointed{Appointment: "a-new", Person: "new", Name: "新来", Office: "v", Capacity: code.VillageCadre, From: begin}))
	visit := func(by, n string) error {
		_, err := p.Household(ctx, p.by(by), id, household.RecordVisit{Visit: n, Kind: "routine", Note: "走访"})
		return err
	}
	if err := visit("new", "b1"); err != nil {
		t.Fatal(err)
	}
	void := office.EntryVoided{Event: made.Events[0], Reason: "任命文件所列为另一人"}
	for by, rule := range map[string]policy.Rule{"cadre": policy.WrongCapacity, "reviewer": policy.WrongCapacity, "new": policy.WrongCapacity} {
		if _, err := p.Office(ctx, p.by(by), void); ruleOf(err) != rule {
			t.Errorf("voided by %s: %v", by, err)
		}
	}
	p.must(p.Office(ctx, p.by("officer"), void))
	if _, err := p.Office(ctx, p.by("officer"), void); ruleOf(err) != policy.EventVoided {
		t.Errorf("twice: %v", err)
	}
	if err := visit("new", "b2"); ruleOf(err) != policy.RecorderUnknown {
		t.Errorf("he still acts: %v", err)
	}
	facts, err := p.Facts(ctx, id)
	if state := household.Fold(id, facts, household.Times{}); err != nil || state.Version != int64(len(facts)) || !slices.ContainsFunc(facts, func(f household.Fact) bool {
		v, ok := f.Event.(household.Visited)
		return ok && v.Visit == "b1"
	}) {
		t.Errorf("what was done is undone: %+v %v", facts, err)
	}
	again := commands.NewDirectory(p.Log)
	if err := again.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	for _, d := range []*commands.Directory{p.Directory, again} {
		_ = d.View(func(d *office.Directory) error { // never fails
			if !d.Struck("a-new") || d.Known("new") || d.Struck("a-cadre") {
				t.Errorf("struck %v, known %v", d.Struck("a-new"), d.Known("new"))
			}
			return nil
		})
	}
}

var begin = calendar.MustDay("2020-01-01")

// A region that anything was recorded of is merged, not voided; one that nobody
// used is struck.
func TestARegionInUseIsNotVoided(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	ctx := t.Context()
	establish := func(at string) string {
		return p.must(p.Office(ctx, p.by("officer"), office.RegionEstablished{Code: at, Name: "新村", Level: code.Village, Parent: township, From: begin})).Events[0]
	}
	used, unused := establish("629900101205"), establish("629900101206")
	r := p.by("officer")
	p.must(p.Household(ctx, r, commands.NewID(r.By, r.Key), household.RegisterHousehold{Region: "629900101205", Kind: code.Ordinary, Members: []household.Member{
		{ID: "m1", Name: "柳二", Sex: "1", Relation: "head", Labour: "ordinary", Registered: true, Living: true, Counted: true, NoDocument: "lost"}}}))
	if _, err := p.Office(ctx, p.by("officer"), office.EntryVoided{Event: used, Reason: "代码录错"}); ruleOf(err) != policy.EventNotVoidable {
		t.Errorf("a region with a household: %v", err)
	}
	p.must(p.Office(ctx, p.by("officer"), office.EntryVoided{Event: unused, Reason: "代码录错"}))
	// The code may be given to the region that bears it.
	establish("629900101206")
}

// A pack adopted by mistake was never in force: the one before it is again.
func TestAWrongAdoptionIsVoided(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	ctx := t.Context()
	slip := p.must(p.Policy(ctx, p.by("officer"), policy.Adopted{Region: county, Text: packText(t, "jiaohe-2022"), From: calendar.MustDay("2023-01-01")}))
	inForce := func(want string) {
		t.Helper()
		if pack, ok := p.Directory.Pack(village, calendar.MustDay("2023-04-03")); !ok || pack.Name != want {
			t.Errorf("%s is in force", pack.Name)
		}
	}
	inForce("jiaohe-2022")
	void := policy.AdoptionVoided{Event: slip.Events[0], Reason: "采用日期有误"}
	for by, rule := range map[string]policy.Rule{"cadre": policy.RecorderOutside, "reviewer": policy.RecorderOutside} {
		if _, err := p.Policy(ctx, p.by(by), void); ruleOf(err) != rule {
			t.Errorf("voided by %s: %v", by, err)
		}
	}
	p.must(p.Policy(ctx, p.by("officer"), void))
	inForce("county-2023")
	for event, rule := range map[string]policy.Rule{slip.Events[0]: policy.EventVoided, "e9": policy.EventUnknown} {
		if _, err := p.Policy(ctx, p.by("officer"), policy.AdoptionVoided{Event: event, Reason: "误"}); ruleOf(err) != rule {
			t.Errorf("%s: %v", event, err)
		}
	}
	// Its text stays readable: acts were recorded under it.
	adopted := p.Directory.Adoptions(county, calendar.MustDay("2023-04-03"))
	if len(adopted) != 1 {
		t.Errorf("%d adoptions stand", len(adopted))
	}
}
