package policy

import (
	"testing"

	"shouwang/domain/code"
)

func TestWhatAPackSaysOfARule(t *testing.T) {
	t.Parallel()
	p := Pack{Guards: []Guard{{Rule: NoticeTooShort, Mode: Block, Basis: Stated, Cite: "S1"}, {Rule: SamePerson, Mode: Flag, Basis: House}}}
	for rule, want := range map[Rule]Guard{
		NoticeTooShort: {Rule: NoticeTooShort, Mode: Block, Basis: Stated, Cite: "S1"},
		SamePerson:     {Rule: SamePerson, Mode: Flag, Basis: House},     // relaxed by the pack
		OutsideRegion:  {Rule: OutsideRegion, Mode: Block, Basis: House}, // a house rule it says nothing of
		OrderDates:     {Rule: OrderDates, Mode: Flag, Basis: Assumed},   // nothing said: flagged, as assumed
		"unheard.of":   {Rule: "unheard.of", Mode: Flag, Basis: Assumed},
	} {
		if got := p.Guard(rule); got != want {
			t.Errorf("%s: %+v", rule, got)
		}
	}
}

func TestEveryRuleHasANameAndOneIdentity(t *testing.T) {
	t.Parallel()
	names := map[string]Rule{}
	for rule, text := range Rules {
		if text.ZH == "" || names[text.ZH] != "" {
			t.Errorf("%s is called %q, as is %s", rule, text.ZH, names[text.ZH])
		}
		names[text.ZH] = rule
	}
	for _, house := range []Rule{SamePerson, OutsideRegion, WrongCapacity, NotAppointed} {
		if !Rules[house].House {
			t.Errorf("%s is a house rule", house)
		}
	}
}

func TestStepsOfAProcedure(t *testing.T) {
	t.Parallel()
	p := Pack{Inclusion: []StepRule{{Step: Clue}, {Step: Appraisal, Level: code.Village}}, Assistance: []StepRule{{Step: Plan}}, Elimination: []StepRule{{Step: Proposal}},
		Classes: []code.Class{code.Marginal}, Notice: NoticeRule{Procedures: []Procedure{Elimination}}}
	if len(p.Steps(Inclusion)) != 2 || len(p.Steps(Assistance)) != 1 || len(p.Steps(Elimination)) != 1 || p.Steps("adoption") != nil {
		t.Error("steps are mixed up")
	}
	if r, ok := p.StepRule(Inclusion, Appraisal); !ok || r.Level != code.Village {
		t.Errorf("%+v", r)
	}
	if _, ok := p.StepRule(Elimination, Appraisal); ok {
		t.Error("a step of one procedure is found in another")
	}
	if !p.HasClass(code.Marginal) || p.HasClass(code.Sudden) || !p.NoticeDue(Elimination) || p.NoticeDue(Inclusion) {
		t.Error("classes or notices are mixed up")
	}
	later := Pack{Name: "later", Notice: NoticeRule{Days: 7}, Inclusion: []StepRule{{Step: Plan}}}
	if got := later.WithSteps(p); got.Name != "later" || got.Notice.Days != 7 || len(got.Inclusion) != 2 || len(later.Inclusion) != 1 {
		t.Errorf("%+v", got)
	}
	if ref := (Pack{Name: "n", Version: "2", SHA256: "s"}).Ref(); ref.Name != "n" || ref.Version != "2" || ref.SHA256 != "s" {
		t.Errorf("%+v", ref)
	}
}

func TestWhatThingsAreCalledOnADay(t *testing.T) {
	t.Parallel()
	p := Pack{Labels: []Label{{Code: "county", ZH: "市级"}, {Code: "county_authority", ZH: "县乡村振兴局", From: day("2021-06-01")}, {Code: "county_authority", ZH: "县扶贫办", From: day("2019-01-01")}}}
	for _, c := range []struct{ what, on, want string }{
		{"county", "2020-01-01", "市级"}, {"county_authority", "2018-12-31", "县级主管部门"}, {"county_authority", "2021-05-31", "县扶贫办"},
		{"county_authority", "2021-06-01", "县乡村振兴局"}, {"appraisal", "2021-06-01", "民主评议"}, {"unstable", "2021-06-01", "脱贫不稳定户"}, {"unheard", "2021-06-01", "unheard"},
	} {
		if got := p.Named(c.what, day(c.on)); got != c.want {
			t.Errorf("%s on %s is called %s, want %s", c.what, c.on, got, c.want)
		}
	}
}
