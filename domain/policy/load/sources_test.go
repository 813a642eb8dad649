package load_test

import (
	"slices"
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
)

func read(t *testing.T, name string) policy.Pack {
	t.Helper()
	p, err := load.Parse([]byte(text(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// stated returns the steps of the inclusion that the document itself states and
// that may not be left out, in order.
func stated(p policy.Pack) []policy.Step {
	var steps []policy.Step
	for _, s := range p.Inclusion {
		if s.Basis == policy.Stated && !s.Optional {
			steps = append(steps, s.Step)
		}
	}
	return steps
}

func TestTheStepsOf2020AreThoseOfTheirDocuments(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]policy.Step{
		"chongqing-2020": {policy.Application, policy.HomeSurvey, policy.PlatformEntry, policy.Comparison, policy.CountyDecision, policy.ListHandedDown, policy.SystemEntry},  // S0.13–S0.18
		"mile-2020":      {policy.PovertyAnalysis, policy.Application, policy.HomeSurvey, policy.Appraisal, policy.TownshipReview, policy.CountyDecision, policy.SystemEntry}, // S1.11, S1.14
		"national-2020":  nil,                                                                                                                                                 // the report states no chain
		"xinyu-2020":     {policy.Authorisation, policy.Comparison},                                                                                                           // S3.4
		"jiangkou-2020":  nil,                                                                                                                                                 // it states whose money comes first, no chain
	} {
		p := read(t, name)
		if got := stated(p); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		if !slices.Equal(p.Classes, []code.Class{code.Unstable, code.Marginal}) {
			t.Errorf("%s: two classes in 2020, not %v", name, p.Classes)
		}
		for _, of := range policy.Procedures.Codes() {
			if p.NoticeDue(policy.Procedure(of)) {
				t.Errorf("%s: no document of 2020 states a notice, %s asks for one", name, of)
			}
		}
	}
}

func TestTheLinesOf2020(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]code.Fen{"chongqing-2020": code.Yuan(6000), "mile-2020": code.Yuan(4428)} { // S0.6, S1.3
		if line, ok := read(t, name).LineOf(2020); !ok || line != want {
			t.Errorf("%s: %d, want %d", name, line, want)
		}
	}
	for _, name := range []string{"national-2020", "xinyu-2020", "jiangkou-2020"} {
		p := read(t, name)
		if line, ok := p.LineOf(2020); ok || len(p.IncomeLines) == 0 {
			t.Errorf("%s: 未定, not %d", name, line)
		}
	}
}

// Xinyu and Jiangkou state a part; of the rest they say what the national base says.
func TestPartialPacksStandOnTheNationalBase(t *testing.T) {
	t.Parallel()
	base := read(t, "national-2020")
	for name, own := range map[string][]policy.Step{
		"xinyu-2020":    {policy.Application, policy.Authorisation, policy.Comparison},
		"jiangkou-2020": {policy.MeasureStarted, policy.MeasureDelivered},
	} {
		p := read(t, name)
		for _, of := range []policy.Procedure{policy.Inclusion, policy.Assistance, policy.Elimination} {
			if len(p.Steps(of)) != len(base.Steps(of)) {
				t.Errorf("%s: %d steps of %s, the base has %d", name, len(p.Steps(of)), of, len(base.Steps(of)))
				continue
			}
			for i, s := range p.Steps(of) {
				b := base.Steps(of)[i]
				if s.Step != b.Step || !slices.Contains(own, s.Step) && (s.Basis != b.Basis || s.Cite != b.Cite || s.Order != b.Order || s.Optional != b.Optional) {
					t.Errorf("%s: %s of %s differs from the base", name, s.Step, of)
				}
			}
		}
	}
	if xinyu := read(t, "xinyu-2020").Guard(policy.LetterMissing); xinyu.Mode != policy.Block || xinyu.Cite != "S3.4" {
		t.Errorf("comparison runs only after the household's authorisation: %+v", xinyu)
	}
}

func TestMileNamesWhoAppraises(t *testing.T) {
	t.Parallel()
	mile := read(t, "mile-2020")
	for _, seat := range []string{"group_head", "village_committee", "resident_team", "township_cadre"} { // S1.12
		if !slices.Contains(mile.Appraisal.Composition, seat) {
			t.Errorf("no %s in %v", seat, mile.Appraisal.Composition)
		}
	}
}

func TestThreeClassesFrom2021(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"jiaohe-2022", "county-2023"} { // S2.4, S4.1
		if p := read(t, name); !slices.Equal(p.Classes, []code.Class{code.Unstable, code.Marginal, code.Sudden}) {
			t.Errorf("%s: %v", name, p.Classes)
		}
	}
}

// A pack that comes with the program says of every guard whether it blocks or
// flags, and why.
func TestEveryGuardIsStated(t *testing.T) {
	t.Parallel()
	for _, name := range packs.Names() {
		p := read(t, name)
		for rule := range policy.Rules {
			if !slices.ContainsFunc(p.Guards, func(g policy.Guard) bool { return g.Rule == rule }) {
				t.Errorf("%s does not say whether %s (%s) blocks", name, rule, policy.Rules[rule].ZH)
			}
		}
	}
}
