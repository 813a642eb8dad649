package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func TestAHomeIsSurveyedByTwo(t *testing.T) {
	t.Parallel()
	f := life.before(SurveyHome{}, 1).play(t, strict())
	survey := life.the(SurveyHome{}, 1)
	given(t, strict(), f).when(survey).then(HomeSurveyed(survey.do.(SurveyHome)))
	breaks(t, f, survey.from(cadre), policy.SurveyAlone)

	never(t, f, survey.doing(SurveyHome{Procedure: policy.Inclusion, Level: code.Village}), policy.Malformed)
	never(t, f, survey.doing(SurveyHome{Survey: "s", Procedure: "adoption", Level: code.Village}), policy.Malformed)
	never(t, f, survey.doing(SurveyHome{Survey: "s", Level: code.County}), policy.Malformed)
	never(t, f, survey.doing(SurveyHome{Survey: "s", Level: code.Village, Findings: []Finding{{Guarantee: "luxury", OK: true}}}), policy.Malformed)
}

func TestASurveyWithoutAClueIsMissingAPaper(t *testing.T) {
	t.Parallel()
	breaks(t, registered(t), life.the(SurveyHome{}, 1), policy.OrderMissingStep)
}

func TestTheTownshipVerifiesByItsOwnPeople(t *testing.T) {
	t.Parallel()
	f := life.before(ReviewByTownship{}, 1).play(t, strict())
	d := deed{"2022-03-18", by(townCadre, reviewer), SurveyHome{Survey: "s9", Procedure: policy.Inclusion, Level: code.Township}}
	f = given(t, strict(), f).when(d).done()
	s := f.state()
	if s.Episode().Inclusion.Find(policy.TownshipVerification) == nil || s.Surveys[1].Level != code.Township {
		t.Errorf("%+v", s.Surveys)
	}
	breaks(t, f, d.from(townCadre, team), policy.NotOwnPeople)
	given(t, lenient(), f).when(d.from(cadre, team)).flagged(policy.NotOwnPeople, policy.NotOwnPeople, policy.WrongCapacity)
}

func TestARoutineSurveyBelongsToNoProcedure(t *testing.T) {
	t.Parallel()
	s := given(t, strict(), registered(t)).when(deed{"2022-04-01", by(cadre, team), SurveyHome{Survey: "s1", Level: code.Village,
		Findings: []Finding{{Guarantee: "housing", Note: "屋顶漏雨"}}}}).done().state()
	if len(s.Episodes) != 0 || s.Guarantees[0].OK {
		t.Errorf("%+v", s)
	}
}

func TestFindingsKeepTheLaterDay(t *testing.T) {
	t.Parallel()
	f := registered(t)
	for _, x := range []struct {
		on string
		ok bool
	}{{"2022-06-01", true}, {"2022-05-01", false}} {
		f = given(t, strict(), f).whenTyped("2022-07-01", deed{x.on, by(cadre, team), SurveyHome{Survey: "s" + x.on, Level: code.Village, Findings: []Finding{{Guarantee: "water", OK: x.ok}}}}).done()
	}
	if s := f.state(); !s.Guarantees[0].OK || s.Guarantees[0].On != calendar.MustDay("2022-06-01") {
		t.Errorf("%+v", s.Guarantees)
	}
}

func TestRisksAreFoundAnsweredAndEnded(t *testing.T) {
	t.Parallel()
	found := deed{"2022-03-03", by(cadre), RecordRisk{Risk: "illness", Detail: "慢性病"}}
	never(t, registered(t), found, policy.CaseNotOpen)
	f := life.through(SurveyHome{}, 1).play(t, strict())
	never(t, f, found.doing(RecordRisk{Risk: "boredom"}), policy.Malformed)
	never(t, f, found.doing(EndRisk{Risk: "illness", Way: "natural"}), policy.CaseNotOpen)
	f = given(t, strict(), f).when(found).done()
	f = life[life.find(SurveyHome{}, 1)+1:life.find(DeliverMeasure{}, 1)].on(t, strict(), f)
	s := f.state()
	risks := s.Episode().Risks
	if len(risks) != 1 || !risks[0].Original || risks[0].Since != calendar.MustDay("2022-03-03") || risks[0].Answered != calendar.MustDay("2022-04-05") {
		t.Errorf("the risk found and the risk named are one: %+v", risks)
	}
	end := deed{"2022-06-10", by(cadre), EndRisk{Risk: "illness", Way: "by_assistance"}}
	never(t, f, end.doing(EndRisk{Risk: "illness", Way: "by_magic"}), policy.Malformed)
	f = given(t, strict(), f).when(end).done()
	never(t, f, end.on("2022-06-11"), policy.CaseNotOpen) // it is gone
	again := given(t, strict(), f).when(found.on("2022-07-01")).done().state()
	if got := again.Episode().Risks; len(got) != 2 || got[1].Original {
		t.Errorf("a risk that came back is a new one: %+v", got)
	}
}
