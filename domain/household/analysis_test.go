package household

import (
	"testing"

	"shouwang/domain/policy"
)

// S1.11: the analysis comes first. Only one that proposes to apply begins a case.
func TestAPovertyAnalysisBeginsACaseOrNone(t *testing.T) {
	t.Parallel()
	p := real(t, "mile-2020")
	f := deeds{life[0]}.play(t, p)
	for _, conclusion := range []string{"watch", "no_risk"} {
		d := deed{"2022-02-25", by(townCadre), AnalysePoverty{Analysis: "pa1", Situation: "收入平稳", Conclusion: conclusion}}
		g := given(t, p, f).when(d).done()
		if s := g.state(); s.Stage() != StageNone || s.Episode() != nil {
			t.Errorf("%s opened a case", conclusion)
		}
		cited(t, given(t, p, g).when(life.the(FileApplication{}, 1)), policy.OrderMissingStep, "S1.11")
	}
	d := mile().the(AnalysePoverty{}, 1)
	never(t, f, d.doing(AnalysePoverty{Analysis: "pa1", Conclusion: "propose"}), policy.Malformed)
	never(t, f, d.doing(AnalysePoverty{Analysis: "pa1", Situation: "x", Conclusion: "perhaps"}), policy.Malformed)
	never(t, monitored(t), d.on("2022-05-01"), policy.CaseDecided)
	g := given(t, p, f).when(d).done()
	if s := g.state(); s.Stage() != StageInclusion || s.Episode().Inclusion.Find(policy.PovertyAnalysis) == nil {
		t.Errorf("%+v", s.Episode())
	}
	// Returned to it, it is done again.
	g = mile().before(ReviewByTownship{}, 1).play(t, p)
	g = given(t, p, g).when(deed{"2022-03-19", by(reviewer), ReturnCase{Procedure: policy.Inclusion, By: "township", To: policy.PovertyAnalysis, Reason: "情况不清"}}).stands()
	if s := g.state(); s.Episode().ReturnedTo != policy.PovertyAnalysis {
		t.Errorf("%+v", s.Episode())
	}
}

// S0.15 and S0.18: two systems, two days.
func TestTwoSystemsHaveTwoDays(t *testing.T) {
	t.Parallel()
	s := whatever(t, real(t, "chongqing-2020"), chongqing()).state()
	in := s.Episode().Inclusion
	if first, second := in.Find(policy.PlatformEntry), in.Find(policy.SystemEntry); first == nil || second == nil || first.On >= second.On || first.Result != "provincial" {
		t.Errorf("%+v, %+v", first, second)
	}
	f := life.through(SurveyHome{}, 1).play(t, strict())
	never(t, f, deed{"2022-03-05", by(cadre), EnterPlatform{System: "national_poverty"}}, policy.Malformed)
	never(t, f, deed{"2022-03-05", by(cadre), EnterPlatform{System: "moon"}}, policy.Malformed)
}
