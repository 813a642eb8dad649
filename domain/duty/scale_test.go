package duty

import (
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// S2.10, S2.11: a risk to many households is put on the watch list, followed with
// its emergency measures, and taken off by a recorded act.
func TestAScaleRiskIsWatchedFollowedAndEnded(t *testing.T) {
	t.Parallel()
	jiaohe, town := pack(t, "jiaohe-2022"), Place{Level: code.Township, CoveredLevel: code.Township}
	by := code.TownshipCadre
	watch := WatchScaleRisk{Risk: "r1", Region: "t", Kind: "hail", Since: day("2023-06-11"), Area: "沿河三村", Households: 86, Content: "冰雹砸毁玉米"}
	facts := given(t, jiaohe, town, by).when("2023-06-12", watch).then(ScaleRiskWatched(watch))
	given(t, jiaohe, town, by, facts...).when("2023-06-13", watch).refused(policy.ScaleRiskExists)

	follow := FollowScaleRisk{Risk: "r1", Region: "t", Households: 91, Measures: "保险查勘，改种"}
	end := EndScaleRisk{Risk: "r1", Region: "t", Reason: "理赔到位"}
	given(t, jiaohe, town, by).when("2023-06-20", follow).refused(policy.ScaleRiskUnknown)
	given(t, jiaohe, town, by).when("2023-06-20", end).refused(policy.ScaleRiskUnknown)
	given(t, jiaohe, town, by, facts...).when("2023-06-20", FollowScaleRisk{Risk: "r1", Region: "elsewhere", Measures: "改种"}).refused(policy.ScaleRiskUnknown)
	given(t, jiaohe, town, by, facts...).when("2023-06-20", FollowScaleRisk{Risk: "r1", Region: "t", Households: 91}).refused(policy.Malformed)
	given(t, jiaohe, town, by, facts...).when("2023-06-20", FollowScaleRisk{Risk: "r1", Region: "t", Households: -1, Measures: "改种"}).refused(policy.Malformed)
	given(t, jiaohe, town, by, facts...).when("2023-06-20", EndScaleRisk{Risk: "r1", Region: "t"}).refused(policy.Malformed)
	given(t, jiaohe, town, by, facts...).typed("2023-06-10", "2023-06-20", end).refused(policy.Malformed) // before it began

	followed := given(t, jiaohe, town, by, facts...).when("2023-06-20", follow).then(ScaleRiskFollowed(follow))
	ended := given(t, jiaohe, town, by, followed...).when("2023-09-30", end).then(ScaleRiskEnded(end))
	given(t, jiaohe, town, by, ended...).when("2023-10-08", follow).refused(policy.ScaleRiskOver)
	given(t, jiaohe, town, by, ended...).when("2023-10-08", end).refused(policy.ScaleRiskOver)
	given(t, jiaohe, town, by, ended...).when("2023-10-08", watch).refused(policy.ScaleRiskExists)
}

func TestAScaleRiskSaysWhatItIs(t *testing.T) {
	t.Parallel()
	jiaohe, town := pack(t, "jiaohe-2022"), Place{Level: code.Township, CoveredLevel: code.Township}
	for what, c := range map[string]struct {
		change func(*WatchScaleRisk)
		rule   policy.Rule
	}{
		"no id":           {func(c *WatchScaleRisk) { c.Risk = "" }, policy.Malformed},
		"unknown kind":    {func(c *WatchScaleRisk) { c.Kind = "bad_luck" }, policy.Malformed},
		"no day":          {func(c *WatchScaleRisk) { c.Since = 0 }, policy.Malformed},
		"to come":         {func(c *WatchScaleRisk) { c.Since = day("2023-06-13") }, policy.FutureDay},
		"nobody touched":  {func(c *WatchScaleRisk) { c.Households = 0 }, policy.Malformed},
		"too many":        {func(c *WatchScaleRisk) { c.Households = maxScale + 1 }, policy.Malformed},
		"nothing is said": {func(c *WatchScaleRisk) { c.Content = "" }, policy.Malformed},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			watch := WatchScaleRisk{Risk: "r1", Region: "t", Kind: "hail", Since: day("2023-06-11"), Households: 86, Content: "冰雹"}
			c.change(&watch)
			given(t, jiaohe, town, code.TownshipCadre).when("2023-06-12", watch).refused(c.rule)
		})
	}
}
