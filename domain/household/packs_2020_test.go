package household

import (
	"errors"
	"testing"

	"shouwang/domain/policy"
)

// The packs of 2020: only what their documents state is refused, and what they
// leave unsaid never stops anybody.

// chongqing is the inclusion as S0.13–S0.18 order it.
func chongqing() deeds {
	enter := life.the(EnterSystem{}, 1)
	platform := deed{"2022-03-03", by(team), EnterPlatform{System: "provincial", Number: "渝0117"}}
	return deeds{life[0], life.the(FileApplication{}, 1), life.the(SurveyHome{}, 1).from(cadre, townCadre), platform, life.the(SignLetter{}, 1),
		life.the(ReturnComparison{}, 1), life.the(ExplainHit{}, 1), life.the(DecideInclusion{}, 1), life.the(HandDownList{}, 1), enter}
}

// mile is the inclusion as S1.11 orders it.
func mile() deeds {
	meeting := appraisal(policy.Inclusion, "meeting-1", "pass")
	meeting.Seats = []string{"group_head", "village_committee", "resident_team", "township_cadre"}
	analysis := deed{"2022-02-25", by(townCadre), AnalysePoverty{Analysis: "pa1", Situation: "户主住院，收入减少", Conclusion: "propose"}}
	return deeds{life[0], analysis, life.the(FileApplication{}, 1), life.the(SurveyHome{}, 1), life.the(RecordAppraisal{}, 1).doing(meeting),
		life.the(ReviewByTownship{}, 1), life.the(DecideInclusion{}, 1), life.the(EnterSystem{}, 1)}
}

// unending is a pack of 2020 as if it still held: the lives of these tests are
// told in 2022.
func unending(t *testing.T, name string) policy.Pack {
	t.Helper()
	p := real(t, name)
	p.ValidTo = 0
	return p
}

// whatever plays the deeds, flagged or not.
func whatever(t *testing.T, p policy.Pack, ds deeds) file {
	t.Helper()
	var f file
	for _, d := range ds {
		f = given(t, p, f).when(d).stands()
	}
	return f
}

// cited expects that the deed is refused with this article.
func cited(t *testing.T, s spec, rule policy.Rule, article string) {
	t.Helper()
	s.refused(rule)
	var refusal *Refusal
	if errors.As(s.err, &refusal) && refusal.Cite != article {
		t.Errorf("%s cites %q, want %q", rule, refusal.Cite, article)
	}
}

func TestChongqingInItsOrder(t *testing.T) {
	t.Parallel()
	p := unending(t, "chongqing-2020")
	if s := chongqing().play(t, p).state(); s.Stage() != StageMonitored {
		t.Errorf("stage %s", s.Stage())
	}
	for _, c := range []struct {
		skip, next Command
		article    string
	}{
		{FileApplication{}, SurveyHome{}, "S0.14"}, {SurveyHome{}, EnterPlatform{}, "S0.15"}, {EnterPlatform{}, ReturnComparison{}, "S0.16"}, {HandDownList{}, EnterSystem{}, "S0.18"},
	} {
		ds := chongqing()
		f := whatever(t, p, ds.before(c.next, 1).without(c.skip, 1))
		cited(t, given(t, p, f).when(ds.the(c.next, 1)), policy.OrderMissingStep, c.article)
	}
	f := chongqing().before(ReturnComparison{}, 1).play(t, p)
	cited(t, given(t, p, f).when(life.the(DecideInclusion{}, 1)), policy.OrderMissingStep, "S0.17")
	// S0.12: the district or county organises; no township decides.
	f = chongqing().before(DecideInclusion{}, 1).play(t, p)
	given(t, p, f).when(life.the(DecideInclusion{}, 1).from(reviewer)).refused(policy.WrongCapacity)
	given(t, p, f).when(life.the(HandDownList{}, 1).from(townCadre)).refused(policy.WrongCapacity)
}

func TestMileInItsOrder(t *testing.T) {
	t.Parallel()
	p := unending(t, "mile-2020")
	if s := mile().play(t, p).state(); s.Stage() != StageMonitored {
		t.Errorf("stage %s", s.Stage())
	}
	for _, c := range []struct {
		skip, next Command
		article    string
	}{
		{AnalysePoverty{}, FileApplication{}, "S1.11"}, {FileApplication{}, SurveyHome{}, "S1.11"}, {SurveyHome{}, RecordAppraisal{}, "S1.11、S1.12"},
		{RecordAppraisal{}, ReviewByTownship{}, "S1.11"}, {ReviewByTownship{}, DecideInclusion{}, "S1.11"},
	} {
		ds := mile()
		f := ds.before(c.next, 1).without(c.skip, 1).play(t, p)
		cited(t, given(t, p, f).when(ds.the(c.next, 1)), policy.OrderMissingStep, c.article)
	}
	t.Run("what it leaves unsaid stops nobody", func(t *testing.T) {
		// The letter has an assumed place after the application, which has a stated one.
		f := whatever(t, p, deeds{life[0], mile()[1].on("2022-02-20"), life.the(SignLetter{}, 1).on("2022-02-21")})
		given(t, p, f).when(mile().the(FileApplication{}, 1)).flagged(policy.OrderDates)
	})
	t.Run("the income line never blocks an inclusion", func(t *testing.T) {
		f := mile().before(RecordAppraisal{}, 1).play(t, p)
		rich := given(t, p, f).when(life.the(RecordIncome{}, 1).doing(income("i1", policy.Inclusion, "2021-03-01", "2022-02-28", 50000))).stands()
		mile()[4:].on(t, p, rich)
	})
	t.Run("who must appraise an inclusion", func(t *testing.T) {
		f := mile().before(RecordAppraisal{}, 1).play(t, p)
		cited(t, given(t, p, f).when(life.the(RecordAppraisal{}, 1)), policy.AppraisalComposition, "S1.12")
		given(t, p, f).whenTyped("2022-06-01", life.the(RecordAppraisal{}, 1)).flagged(policy.AppraisalComposition, policy.AppraisalComposition)
		again := life.the(RecordAppraisal{}, 1).doing(appraisal(policy.Elimination, "meeting-2", "pass"))
		for _, e := range given(t, p, mile().play(t, p)).when(again).events {
			if flag, ok := e.(FlagRaised); ok && flag.Rule == policy.AppraisalComposition {
				t.Error("S1.12 speaks of the inclusion only")
			}
		}
	})
	t.Run("the annexed form belongs to the application", func(t *testing.T) {
		d := mile().the(FileApplication{}, 1)
		c := d.do.(FileApplication)
		c.Paper = ""
		given(t, p, mile().before(FileApplication{}, 1).play(t, p)).when(d.doing(c)).flagged(policy.EvidenceMissing)
	})
	t.Run("two classes", func(t *testing.T) {
		f := mile().before(DecideInclusion{}, 1).play(t, p)
		d := mile().the(DecideInclusion{}, 1)
		c := d.do.(DecideInclusion)
		c.Class = "sudden"
		cited(t, given(t, p, f).when(d.doing(c)), policy.ClassUnknown, "S1.2")
	})
}

func TestXinyuComparesOnlyAfterTheLetter(t *testing.T) {
	t.Parallel()
	p := unending(t, "xinyu-2020")
	f := deeds{life[0], life.the(FileApplication{}, 1), life.the(SurveyHome{}, 1)}.play(t, p)
	compare := life.the(ReturnComparison{}, 1)
	cited(t, given(t, p, f).when(compare), policy.LetterMissing, "S3.4")
	f = given(t, p, f).when(life.the(SignLetter{}, 1)).done()
	given(t, p, f).when(compare).done()
}

// A pack whose validity has ended goes on until another is adopted; whoever
// decides under it is told.
func TestADecisionUnderAnExpiredPackIsFlagged(t *testing.T) {
	t.Parallel()
	f := mile().before(DecideInclusion{}, 1).play(t, unending(t, "mile-2020"))
	given(t, real(t, "mile-2020"), f).when(mile().the(DecideInclusion{}, 1)).flagged(policy.PackExpired)
}

// The reports state no chain: a bare decision is welcome.
func TestWhatTheReportsLeaveOpenStopsNobody(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"national-2020", "jiangkou-2020"} {
		p := unending(t, name)
		f := deeds{life[0], life.the(FileApplication{}, 1), life.the(DecideInclusion{}, 1), life.the(EnterSystem{}, 1)}.play(t, p)
		if s := f.state(); s.Stage() != StageMonitored {
			t.Errorf("%s: stage %s", name, s.Stage())
		}
	}
}
