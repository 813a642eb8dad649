package household

import (
	"testing"

	"shouwang/domain/policy"
)

func TestAComparisonBringsPointsToExplain(t *testing.T) {
	t.Parallel()
	f := life.before(ReturnComparison{}, 1).play(t, strict())
	d := life.the(ReturnComparison{}, 1)
	compared := given(t, strict(), f).when(d).then(ComparisonReturned(d.do.(ReturnComparison)))
	if s := compared.state(); len(s.Comparisons[0].Open) != 1 {
		t.Errorf("%+v", s.Comparisons)
	}
	explain := life.the(ExplainHit{}, 1)
	never(t, f, explain, policy.ComparisonUnknown)
	never(t, compared, explain.doing(ExplainHit{Hit: "t9", Explanation: "x"}), policy.ComparisonUnknown)
	never(t, compared, explain.doing(ExplainHit{Hit: "t1"}), policy.Malformed)
	if s := given(t, strict(), compared).when(explain).done().state(); len(s.Comparisons[0].Open) != 0 {
		t.Errorf("%+v", s.Comparisons)
	}

	for name, c := range map[string]struct {
		rule   policy.Rule
		change func(*ReturnComparison)
	}{
		"no id":             {policy.Malformed, func(c *ReturnComparison) { c.Comparison = "" }},
		"no source":         {policy.Malformed, func(c *ReturnComparison) { c.Sources = nil }},
		"unknown source":    {policy.Malformed, func(c *ReturnComparison) { c.Sources = []string{"gossip"} }},
		"hit twice":         {policy.Malformed, func(c *ReturnComparison) { c.Hits = append(c.Hits, c.Hits[0]) }},
		"hit without id":    {policy.Malformed, func(c *ReturnComparison) { c.Hits = []Hit{{Member: "m1", Source: "market", Kind: "car"}} }},
		"hit of a stranger": {policy.MemberUnknown, func(c *ReturnComparison) { c.Hits = []Hit{{ID: "x", Member: "m9", Source: "market", Kind: "car"}} }},
		"unknown kind":      {policy.Malformed, func(c *ReturnComparison) { c.Hits = []Hit{{ID: "x", Member: "m1", Source: "market", Kind: "yacht"}} }},
		"unknown procedure": {policy.Malformed, func(c *ReturnComparison) { c.Procedure = "" }},
	} {
		wrong := d.do.(ReturnComparison)
		c.change(&wrong)
		t.Run(name, func(t *testing.T) { never(t, f, d.doing(wrong), c.rule) })
	}
}

func TestComparingWithoutALetter(t *testing.T) {
	t.Parallel()
	f := life.before(SignLetter{}, 1).play(t, strict())
	d := life.the(ReturnComparison{}, 1)
	given(t, strict(), f).when(d).refused(policy.LetterMissing)
	given(t, lenient(), f).when(d).flagged(policy.LetterMissing, policy.OrderMissingStep)
	given(t, strict(), f).whenTyped("2022-04-01", d).flagged(policy.LetterMissing, policy.BeforeAsserted)

	t.Run("a letter dated after it", func(t *testing.T) {
		f := given(t, lenient(), f).when(life.the(SignLetter{}, 1).on("2022-03-09")).done()
		given(t, strict(), f).whenTyped("2022-04-01", d).flagged(policy.LetterMissing, policy.OrderDates)
	})
	t.Run("in Jiaohe it is stated", func(t *testing.T) {
		p := real(t, "jiaohe-2022")
		given(t, p, f).when(d).refused(policy.LetterMissing)
	})
	t.Run("in the county of 2023 it is assumed", func(t *testing.T) {
		p := real(t, "county-2023")
		given(t, p, f).when(d).flagged(policy.LetterMissing, policy.OrderMissingStep)
	})
}

func TestEachHitIsExplainedOrItBlocksTheDecision(t *testing.T) {
	t.Parallel()
	decide, explain := life.the(DecideInclusion{}, 1), life.the(ExplainHit{}, 1)
	unexplained := life.before(DecideInclusion{}, 1).without(ExplainHit{}, 1).play(t, strict())
	breaks(t, unexplained, decide, policy.HitUnexplained)
	// Explained only after the decision, it was open on that day.
	late := given(t, strict(), unexplained).when(explain.on("2022-03-28")).done()
	given(t, strict(), late).whenTyped("2022-04-01", decide).flagged(policy.HitUnexplained)
	// Typed after it, but explained before: the day counts.
	typed := given(t, strict(), unexplained).whenTyped("2022-03-23", explain).done()
	given(t, strict(), typed).when(decide).done()
	// Looked into and not accepted, it stands against the inclusion.
	refused := given(t, strict(), unexplained).when(explain.on("2022-03-21").doing(ExplainHit{Hit: "t1", Explanation: "新购小轿车"})).done()
	breaks(t, refused, decide, policy.HitUnexplained)
	cleared := given(t, strict(), refused).when(explain.on("2022-03-22")).done()
	given(t, strict(), cleared).when(decide).done()
	for _, name := range []string{"xinyu-2020", "jiaohe-2022"} {
		if g := real(t, name).Guard(policy.HitUnexplained); g.Mode != policy.Block || g.Basis != policy.Stated || g.Cite == "" {
			t.Errorf("%s: %+v", name, g)
		}
	}
}
