package household

import (
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// kinOf is the person as somebody who declared to be near kin of a member.
func kinOf(p act.Person) act.Person {
	p.Kin = "collateral"
	return p
}

// A house rule blocks a performed act unless the pack relaxes it; what was done
// on paper is recorded and flagged.
func TestADeciderWhoIsKinRecuses(t *testing.T) {
	t.Parallel()
	for _, d := range []struct {
		of Command
		n  int
		by act.Person
	}{{ReviewByTownship{}, 1, reviewer}, {DecideInclusion{}, 1, decider}, {ReviewByTownship{}, 2, reviewer}, {DecideElimination{}, 1, decider}} {
		breaks(t, life.before(d.of, d.n).play(t, strict()), life.the(d.of, d.n).from(kinOf(d.by)), policy.KinDecides)
	}
	breaks(t, eliminated(t), rollBack("2023-02-10").from(kinOf(decider)), policy.KinDecides)
	breaks(t, monitored(t), deed{"2022-06-01", by(kinOf(decider)), RevokeInclusion{Reason: "隐瞒收入"}}, policy.KinDecides)
	// A pack that says nothing of it does not relax it.
	silent := strict()
	silent.Guards = nil
	given(t, silent, life.before(DecideInclusion{}, 1).play(t, strict())).when(life.the(DecideInclusion{}, 1).from(kinOf(decider))).refused(policy.KinDecides)
	// Refusing kin is deciding too.
	no := life.the(ReviewByTownship{}, 1).doing(ReviewByTownship{Procedure: policy.Inclusion, Result: code.Reject, Opinion: "不符合"}).from(kinOf(reviewer))
	breaks(t, life.before(ReviewByTownship{}, 1).play(t, strict()), no, policy.KinDecides)
	// Surveying one's kin is not deciding.
	given(t, strict(), life.before(SurveyHome{}, 1).play(t, strict())).when(life.the(SurveyHome{}, 1).from(kinOf(cadre), team)).done()
}

func TestADeciderWhoAnswersForTheHouseholdRecuses(t *testing.T) {
	t.Parallel()
	assign := func(day string, p act.Person) deed {
		return deed{day, by(officer), AssignOfficer{Role: code.AssistanceOfficer, Officer: Responsible{Person: p.ID, Name: p.Name}}}
	}
	f := life.before(ReviewByTownship{}, 1).play(t, strict())
	f = given(t, strict(), f).when(assign("2022-03-17", reviewer)).done()
	breaks(t, f, life.the(ReviewByTownship{}, 1), policy.OfficerDecides)

	t.Run("from the day another follows he may", func(t *testing.T) {
		f := given(t, strict(), f).when(assign("2022-03-19", townCadre)).done()
		given(t, strict(), f).when(life.the(ReviewByTownship{}, 1)).done()
		given(t, strict(), f).whenTyped("2022-04-01", life.the(ReviewByTownship{}, 1).on("2022-03-18")).flagged(policy.OfficerDecides)
	})
	t.Run("nor does he name himself", func(t *testing.T) {
		d := life.the(DecideInclusion{}, 1)
		c := d.do.(DecideInclusion)
		c.Assistance = Responsible{Person: decider.ID, Name: decider.Name}
		breaks(t, life.before(DecideInclusion{}, 1).play(t, strict()), d.doing(c), policy.OfficerDecides)
	})
}

// A reviewer whose review was returned and taken again by somebody else has
// reviewed the case all the same.
func TestWhoReviewedOnceDoesNotDecide(t *testing.T) {
	t.Parallel()
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	other := person("p15", "王复核", code.TownshipReviewer, code.Township)
	f = given(t, strict(), f).when(life.the(ReviewByTownship{}, 1).on("2022-03-22").from(other)).done()
	promoted := decider
	promoted.ID = reviewer.ID
	breaks(t, f, life.the(DecideInclusion{}, 1).from(promoted), policy.SamePerson)
}

func TestKinLeaveTheRoomWhileTheHouseholdIsAppraised(t *testing.T) {
	t.Parallel()
	f := life.before(RecordAppraisal{}, 1).play(t, strict())
	d := life.the(RecordAppraisal{}, 1)
	c := d.do.(RecordAppraisal)
	c.Stayed = []string{secretary.ID, "p20"}
	appraise := func(p policy.Pack, mode act.Mode, today string) spec {
		a := actOn(mode, d.day, today, p, d.by)
		a.Named = []act.Person{secretary, kinOf(person("p20", "柳长贵", code.VillageCadre, code.Village))}
		return given(t, p, f).whenAct(a, c)
	}
	appraise(strict(), act.Performed, d.day).refused(policy.KinAppraises)
	appraise(lenient(), act.Performed, d.day).flagged(policy.KinAppraises)
	appraise(strict(), act.Transcribed, "2022-06-01").flagged(policy.KinAppraises)
	c.Stayed = []string{secretary.ID} // he left
	appraise(strict(), act.Performed, d.day).done()
}

// S0.10, S0.11: the paired cadre answers for a 脱贫不稳定户, a village cadre for a
// 边缘易致贫户.
func TestWhoMayBeTheMonitoringOfficer(t *testing.T) {
	t.Parallel()
	p := lenient()
	p.MonitoringOfficers = real(t, "chongqing-2020").MonitoringOfficers
	paired := person("p21", "成结对", code.PairedCadre, code.County)
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	for _, c := range []struct {
		class   code.Class
		officer act.Person
		fit     bool
	}{
		{code.Unstable, paired, true}, {code.Unstable, cadre, false}, {code.Marginal, cadre, true}, {code.Marginal, secretary, true},
		{code.Marginal, paired, false}, {code.Sudden, paired, true}, // of this class the document does not speak
		{code.Unstable, person("p30", "", "", ""), false}, // somebody who was never appointed
	} {
		d := life.the(DecideInclusion{}, 1)
		decide := d.do.(DecideInclusion)
		decide.Class, decide.Monitoring = c.class, Responsible{Person: c.officer.ID, Name: c.officer.Name}
		a := actOn(act.Performed, d.day, d.day, p, d.by)
		a.Named = []act.Person{c.officer}
		s := given(t, p, f).whenAct(a, decide)
		if c.fit {
			s.done()
			continue
		}
		s.flagged(policy.OfficerUnfit)
		if flag := s.events[1].(FlagRaised); flag.Cite == "" || flag.Basis != policy.Stated {
			t.Errorf("%+v cites nothing", flag)
		}
	}
	t.Run("nor afterwards", func(t *testing.T) {
		f := life.through(DecideInclusion{}, 1).play(t, strict()) // 边缘易致贫户
		change := deed{"2022-06-01", by(officer), AssignOfficer{Role: code.MonitoringOfficer, Officer: Responsible{Person: decider.ID}}}
		given(t, p, f).when(change).flagged(policy.OfficerUnfit)
		given(t, p, f).when(change.doing(AssignOfficer{Role: code.AssistanceOfficer, Officer: Responsible{Person: decider.ID}})).done()
		given(t, p, f).when(change.doing(HandOver{Role: code.MonitoringOfficer, From: Responsible{Person: "p1"}, To: Responsible{Person: decider.ID}, Reason: "调离"})).flagged(policy.OfficerUnfit)
	})
}
