package household

import (
	"slices"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
)

// strict is a pack in which everything is stated and everything blocks.
func strict() policy.Pack { return testPack(policy.Block) }

// lenient is the same pack with nothing but flags.
func lenient() policy.Pack { return testPack(policy.Flag) }

func testPack(mode policy.Mode) policy.Pack {
	village := []code.Capacity{code.VillageCadre, code.VillageSecretary, code.ResidentTeam}
	step := func(s policy.Step, l code.Level, who ...code.Capacity) policy.StepRule {
		return policy.StepRule{Step: s, Level: l, Capacities: who, Basis: policy.Stated, Order: mode, Cite: "T." + string(s)}
	}
	maybe := func(r policy.StepRule) policy.StepRule { r.Optional = true; return r }
	v, tw, c := code.Village, code.Township, code.County
	review := step(policy.TownshipReview, tw, code.TownshipReviewer)
	decision := step(policy.CountyDecision, c, code.CountyDecider)
	p := policy.Pack{
		Name: "test-" + string(mode), Version: "1", ValidFrom: calendar.MustDay("2021-01-01"), SHA256: string(mode),
		Classes:     []code.Class{code.Unstable, code.Marginal, code.Sudden},
		IncomeLines: []policy.Line{{Year: 2021, Yuan: 6000}, {Year: 2022, Yuan: 6500}, {Year: 2023, Yuan: 7200}, {Year: 2024, Undetermined: true}},
		Inclusion: []policy.StepRule{
			step(policy.Clue, v, village...), maybe(step(policy.Application, v, village...)), step(policy.HomeSurvey, v, village...),
			step(policy.IncomeSheet, v, village...), step(policy.Authorisation, v, village...), step(policy.Comparison, c, code.CountyOfficer),
			maybe(step(policy.CommitteeStudy, v, village...)), step(policy.Appraisal, v, village...), step(policy.Notice, v, village...),
			step(policy.VillageReport, v, village...), maybe(step(policy.TownshipVerification, tw, code.TownshipCadre)), review, decision,
			maybe(step(policy.ListHandedDown, c, code.CountyOfficer)), step(policy.Announcement, v, village...), step(policy.SystemEntry, tw, code.TownshipCadre),
		},
		Assistance: []policy.StepRule{
			step(policy.Plan, v, village...), step(policy.MeasureStarted, v, village...), step(policy.MeasureDelivered, v, village...),
		},
		Elimination: []policy.StepRule{
			step(policy.HomeSurvey, v, village...), step(policy.IncomeSheet, v, village...), step(policy.Comparison, c, code.CountyOfficer),
			step(policy.Proposal, v, village...), step(policy.Appraisal, v, village...), step(policy.Notice, v, village...), step(policy.VillageReport, v, village...),
			review, decision, step(policy.Announcement, v, village...), step(policy.SystemMark, tw, code.TownshipCadre),
		},
		Notice:        policy.NoticeRule{Days: 5, Count: "calendar", Basis: policy.Stated, Cite: "T.notice", Procedures: []policy.Procedure{policy.Inclusion, policy.Assistance, policy.Elimination}},
		Appraisal:     policy.AppraisalRule{QuorumNumerator: 2, QuorumDenominator: 3, Composition: []string{"village_committee", "representative"}, Basis: policy.Stated, Cite: "T.appraisal"},
		EliminationIf: policy.EliminationRule{IncomeMonths: 6, SingleRiskFast: true, NoLabourWithheld: true, RisksAnswered: true},
	}
	for rule := range policy.Rules {
		// The numbers of these tests have the area prefix 99, which is nobody's.
		if rule != policy.IDAreaUnknown {
			p.Guards = append(p.Guards, policy.Guard{Rule: rule, Mode: mode, Basis: policy.Stated, Cite: "T." + string(rule)})
		}
	}
	slices.SortFunc(p.Guards, func(a, b policy.Guard) int { return compare(a.Rule, b.Rule) })
	return p
}

func compare(a, b policy.Rule) int {
	if a < b {
		return -1
	}
	return 1
}

// real reads a pack that comes with the program.
func real(t *testing.T, name string) policy.Pack {
	t.Helper()
	text, err := packs.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := load.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
