package household

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// red is the strict pack with a red line and the conditions of S0.8.
func red() policy.Pack {
	p := strict()
	p.RedLines = []policy.Line{{Year: 2022, Yuan: 4800, Cite: "T.red"}, {Year: 2023, Undetermined: true, Cite: "T.red"}}
	p.Income = policy.IncomeRule{Months: 12, RigidPercent: 100, FallPercent: 30, Cite: "T.rigid"}
	return p
}

func struck(sheet string, perHead int64, causes ...RigidItem) RecordIncome {
	c := income(sheet, "", "2021-06-01", "2022-05-31", perHead)
	c.Rigid = causes
	return c
}

func TestARedWarningByIncomeHasItsCause(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	d := deed{"2022-06-10", by(cadre), struck("i5", 4799, RigidItem{Cause: "accident", Fen: 100}, RigidItem{Cause: "illness", Fen: 900})}
	warned := given(t, red(), f).when(d)
	if len(warned.events) != 2 {
		t.Fatalf("%+v", warned.events)
	}
	want := RedWarningRaised{Ground: LowIncome, Causes: []code.Risk{"illness", "accident"}, PerCapita: code.Yuan(4799), Line: code.Yuan(4800), Cite: "T.red"}
	if diff := cmp.Diff(want, warned.events[1]); diff != "" {
		t.Error(diff)
	}
	f = warned.stands()
	if w := f.state().RedWarnings; len(w) != 1 || w[0].Since != calendar.MustDay("2022-06-10") || w[0].Ended != 0 {
		t.Errorf("%+v", w)
	}

	// It stands: a second sheet under the line raises no second warning.
	given(t, red(), f).when(deed{"2022-07-10", by(cadre), struck("i6", 4000)}).done()
	// The sheet may be voided, the warning stays until somebody ends it.
	voided := given(t, red(), f).when(deed{"2022-06-11", by(decider), VoidFact{Event: f.id(IncomeRecorded{}), Reason: "误录"}}).done()
	if w := voided.state().RedWarnings; len(w) != 1 || w[0].Ended != 0 {
		t.Errorf("%+v", w)
	}
	if hit := Impact(voided, f.id(IncomeRecorded{})); len(hit) != 1 || hit[0].ID != f.id(RedWarningRaised{}) {
		t.Errorf("relied on the sheet: %+v", hit)
	}
	never(t, f, deed{"2022-06-12", by(cadre), VoidFact{Event: f.id(RedWarningRaised{}), Reason: "误报"}}, policy.EventNotVoidable)
}

func TestWithoutRigidExpenditureTheOpenRisksAreTheCause(t *testing.T) {
	t.Parallel()
	got := given(t, red(), monitored(t)).when(deed{"2022-06-10", by(cadre), struck("i5", 100)}).events
	if w, ok := got[len(got)-1].(RedWarningRaised); !ok || !cmp.Equal(w.Causes, []code.Risk{"illness"}) {
		t.Errorf("%+v", got)
	}
}

func TestWhenNoRedWarningIsRaised(t *testing.T) {
	t.Parallel()
	undetermined := red()
	undetermined.RedLines = []policy.Line{{Year: 2022, Undetermined: true, Cite: "T.red"}}
	for name, c := range map[string]struct {
		pack policy.Pack
		file file
		do   deed
	}{
		"at the line":                {red(), monitored(t), deed{"2022-06-10", by(cadre), struck("i5", 4800)}},
		"not monitored yet":          {red(), life.through(SurveyHome{}, 1).play(t, strict()), deed{"2022-06-10", by(cadre), struck("i5", 100)}},
		"eliminated":                 {red(), eliminated(t), deed{"2022-12-20", by(cadre), struck("i5", 100)}},
		"no red line in the pack":    {strict(), monitored(t), deed{"2022-06-10", by(cadre), struck("i5", 100)}},
		"the line is undetermined":   {undetermined, monitored(t), deed{"2022-06-10", by(cadre), struck("i5", 100)}},
		"a failing item, no risk":    {red(), monitored(t), deed{"2022-06-10", by(cadre, team), SurveyHome{Survey: "s5", Level: code.Village, Findings: []Finding{{Guarantee: "water"}}}}},
		"a risk, but nothing failed": {red(), monitored(t), deed{"2022-06-10", by(cadre, team), SurveyHome{Survey: "s5", Level: code.Village, Findings: []Finding{{Guarantee: "water", OK: true, LargeRisk: true}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			if f := given(t, c.pack, c.file).when(c.do).done(); len(f.state().RedWarnings) != 0 {
				t.Errorf("%+v", f.state().RedWarnings)
			}
		})
	}
}

func TestAnItemFailingWithALargeRiskRaisesARedWarning(t *testing.T) {
	t.Parallel()
	d := deed{"2022-06-10", by(cadre, team), SurveyHome{Survey: "s5", Level: code.Village, Findings: []Finding{{Guarantee: "housing", LargeRisk: true}, {Guarantee: "water", LargeRisk: true}}}}
	f := given(t, red(), monitored(t)).when(d).stands()
	s := f.state()
	if len(s.RedWarnings) != 2 || s.RedWarnings[0].Ground != "housing" || s.RedWarnings[1].Ground != "water" {
		t.Fatalf("%+v", s.RedWarnings)
	}
	// Typed late, an older survey says nothing of today.
	older := given(t, red(), f).whenTyped("2022-08-01", deed{"2022-05-10", by(cadre, team), SurveyHome{Survey: "s4", Level: code.Village, Findings: []Finding{{Guarantee: "water", LargeRisk: true}}}}).done()
	if len(older.state().RedWarnings) != 2 {
		t.Errorf("%+v", older.state().RedWarnings)
	}
}

func TestWhatHoldsAlreadyIsWarnedOfAtTheInclusion(t *testing.T) {
	t.Parallel()
	f := life.before(DecideInclusion{}, 1).play(t, red())
	got := given(t, red(), f).when(life.the(DecideInclusion{}, 1))
	if got.err != nil || len(got.events) != 2 {
		t.Fatalf("%v %+v", got.err, got.events)
	}
	if w, ok := got.events[1].(RedWarningRaised); !ok || w.Ground != LowIncome || !cmp.Equal(w.Causes, []code.Risk{"illness"}) {
		t.Errorf("%+v", got.events[1])
	}
}

func TestARedWarningIsEndedByAnActOnly(t *testing.T) {
	t.Parallel()
	f := given(t, red(), monitored(t)).when(deed{"2022-06-10", by(cadre), struck("i5", 100)}).stands()
	end := deed{"2022-07-01", by(townCadre), EndRedWarning{Ground: LowIncome, Result: "eased", Note: "临时救助已到账，已介绍就近务工"}}
	// A better income alone ends nothing.
	better := given(t, red(), f).when(deed{"2022-06-20", by(cadre), struck("i6", 9000)}).done()
	if w := better.state().RedWarnings; w[0].Ended != 0 {
		t.Errorf("%+v", w)
	}
	never(t, f, end.on("2022-06-09"), policy.RedWarningUnknown)
	never(t, f, end.doing(EndRedWarning{Ground: "water", Result: "eased", Note: "x"}), policy.RedWarningUnknown)
	never(t, f, end.doing(EndRedWarning{Ground: LowIncome, Result: "eased"}), policy.Malformed)
	never(t, f, end.doing(EndRedWarning{Ground: LowIncome, Result: "forgotten", Note: "x"}), policy.Malformed)
	f = given(t, red(), f).when(end).then(RedWarningEnded(end.do.(EndRedWarning)))
	if w := f.state().RedWarnings; w[0].Ended != calendar.MustDay("2022-07-01") {
		t.Errorf("%+v", w)
	}
	// What happens again is warned of again.
	again := given(t, red(), f).when(deed{"2022-08-01", by(cadre), struck("i7", 100)}).stands()
	if w := again.state().RedWarnings; len(w) != 2 || w[1].Ended != 0 {
		t.Errorf("%+v", w)
	}
}

func TestWaterHasFourStandards(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	four := func(ok ...bool) []Standard {
		var all []Standard
		for i, standard := range code.WaterStandards.Codes() {
			all = append(all, Standard{standard, ok[i]})
		}
		return all
	}
	survey := func(findings ...Finding) deed {
		return deed{"2022-06-10", by(cadre, team), SurveyHome{Survey: "s5", Level: code.Village, Findings: findings}}
	}
	s := given(t, strict(), f).when(survey(Finding{Guarantee: "water", Standards: four(true, true, true, false)})).done().state()
	for _, g := range s.Guarantees {
		if g.Guarantee == "water" && (g.OK || len(g.Standards) != 4 || g.Standards[3].OK || g.On != calendar.MustDay("2022-06-10")) {
			t.Errorf("%+v", g)
		}
	}
	for name, wrong := range map[string][]Finding{
		"met, though one is not":  {{Guarantee: "water", OK: true, Standards: four(true, true, true, false)}},
		"not met, though all are": {{Guarantee: "water", Standards: four(true, true, true, true)}},
		"three of four":           {{Guarantee: "water", Standards: four(true, true, true, false)[:3]}},
		"one twice":               {{Guarantee: "water", Standards: append(four(true, true, true, false)[:3], Standard{"quality", false})}},
		"unknown":                 {{Guarantee: "water", Standards: append(four(true, true, true, false)[:3], Standard{"taste", false})}},
		"of a house":              {{Guarantee: "housing", Standards: four(true, true, true, false)}},
		"an item twice":           {{Guarantee: "water"}, {Guarantee: "water", OK: true}},
	} {
		t.Run(name, func(t *testing.T) { never(t, f, survey(wrong...), policy.Malformed) })
	}
}
