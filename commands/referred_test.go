package commands_test

import (
	"errors"
	"testing"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// transcribed is a request for something that the person did on paper.
func (p *place) transcribed(person, day string) commands.Request {
	r := p.by(person)
	r.Mode, r.Happened, r.DoneBy = act.Transcribed, calendar.MustDay(day), []commands.DoneBy{{Person: person}}
	return r
}

// What names a paper names one that is there and has the household on it.
func TestADecisionNamesNoPaperThatIsNotThere(t *testing.T) {
	p := newPlace(t)
	a, b := p.register("柳一"), p.register("柳二")
	p.mustPaper(p.Paper(t.Context(), p.transcribed("cadre", "2023-04-01"), "d1", paper.IssueDocument{Region: village, Kind: paper.VillageReport, Procedure: policy.Inclusion,
		Title: "上报名单", Lines: []paper.DocumentLine{{Household: b}}}))
	for _, c := range []household.Command{
		household.ReportByVillage{Procedure: policy.Inclusion, Document: "d9"},
		household.ReviewByTownship{Procedure: policy.Inclusion, Document: "d9", Result: code.Pass, Opinion: "属实"},
		household.ReturnCase{Procedure: policy.Inclusion, By: code.Township, To: policy.HomeSurvey, Reason: "重新入户", Document: "d9"},
		household.DecideInclusion{Document: "d9", Result: code.Reject, Reason: "不符合"},
		household.DecideElimination{Document: "d9", Result: code.Reject, Reason: "不稳定"},
		household.RollBackElimination{Document: "d9", Reason: "复核"},
		household.RevokeInclusion{Document: "d9", Reason: "不符合"},
		household.HandDownList{Procedure: policy.Inclusion, Document: "d9"},
		household.Announce{Procedure: policy.Inclusion, Document: "d9", Issuer: "c", Executor: "v"},
		household.StudyByCommittees{Procedure: policy.Inclusion, Meeting: "m9"},
	} {
		_, err := p.Household(t.Context(), p.transcribed("cadre", "2023-04-02"), a, c)
		wantRule(t, err, policy.PaperUnknown)
		_, err = p.Household(t.Context(), p.by("cadre"), a, c)
		wantRule(t, err, policy.PaperUnknown)
	}
	_, err := p.Household(t.Context(), p.transcribed("cadre", "2023-04-02"), a, household.ReportByVillage{Procedure: policy.Inclusion, Document: "d1"})
	wantRule(t, err, policy.PaperLineUnknown)
	p.must(p.Household(t.Context(), p.transcribed("cadre", "2023-04-02"), a, household.ReportByVillage{Procedure: policy.Inclusion}))
	p.must(p.Household(t.Context(), p.transcribed("cadre", "2023-04-02"), b, household.ReportByVillage{Procedure: policy.Inclusion, Document: "d1", Item: 1}))

	announced := household.Announce{Procedure: policy.Inclusion, Issuer: "c", Executor: "nobody"}
	_, err = p.Household(t.Context(), p.transcribed("cadre", "2023-04-02"), a, announced)
	wantRule(t, err, policy.OfficeUnknown)
	_, err = p.Paper(t.Context(), p.transcribed("cadre", "2023-04-02"), "d2", paper.IssueDocument{Region: village, Kind: paper.Announcement, Procedure: policy.Inclusion,
		Title: "公告", Issuer: "nobody", Executor: "v", Lines: []paper.DocumentLine{{Household: a}}})
	wantRule(t, err, policy.OfficeUnknown)
}

// A village's paper names households of that village only.
func TestAPaperNamesNoHouseholdOfAnotherPlace(t *testing.T) {
	p := newPlace(t)
	a := p.register("柳一")
	other := office.RegionEstablished{Code: "629900101202", Name: "上坪村", Level: code.Village, Parent: township, From: calendar.MustDay("2021-01-01")}
	p.must(p.Office(t.Context(), p.by("officer"), other))
	elsewhere := sheet(a)
	elsewhere.Region = "629900101202"
	_, err := p.Paper(t.Context(), p.by("reviewer"), "n1", elsewhere)
	var lines *commands.LinesRefused
	if !errors.As(err, &lines) || lines.Lines[0].Rule != policy.PaperOutside {
		t.Errorf("got %v", err)
	}
	p.mustPaper(p.Paper(t.Context(), p.by("cadre"), "n1", sheet(a)))
}

// Kin is declared of a member who is there, and recuses from the day on; the
// decision's own record says so.
func TestDeclaredKinRecuses(t *testing.T) {
	p := newPlace(t)
	a := p.register("柳一")
	declare := office.KinshipDeclared{Declaration: "k1", Person: "reviewer", Household: a, Member: "m1", Relation: "collateral", From: calendar.MustDay("2023-04-02")}
	for rule, wrong := range map[policy.Rule]func(*office.KinshipDeclared){
		policy.HouseholdUnknown: func(e *office.KinshipDeclared) { e.Household = "nobody" },
		policy.MemberUnknown:    func(e *office.KinshipDeclared) { e.Member = "m9" },
		policy.RecorderUnknown:  func(e *office.KinshipDeclared) { e.Person = "nobody" },
	} {
		e := declare
		wrong(&e)
		_, err := p.Office(t.Context(), p.by("officer"), e)
		wantRule(t, err, rule)
	}
	_, err := p.Office(t.Context(), p.by("cadre"), declare)
	wantRule(t, err, policy.RecorderOutside)
	p.must(p.Office(t.Context(), p.by("officer"), declare))

	review := household.ReviewByTownship{Procedure: policy.Inclusion, Result: code.Reject, Opinion: "不符合"}
	_, err = p.Household(t.Context(), p.by("reviewer"), a, review)
	wantRule(t, err, policy.KinDecides)
	before := p.must(p.Household(t.Context(), p.transcribed("reviewer", "2023-04-01"), a, review))
	for _, f := range before.Flags {
		if f.Rule == policy.KinDecides {
			t.Error("flagged on a day before the declaration")
		}
	}
	review.Opinion = "再次审核"
	p.must(p.Household(t.Context(), p.transcribed("reviewer", "2023-04-02"), a, review))
	facts, err := p.Facts(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	last := facts[len(facts)-1]
	if flag, ok := last.Event.(household.FlagRaised); !ok || flag.Rule != policy.KinDecides || last.Act.DoneBy[0].Kin != "collateral" {
		t.Errorf("%+v", last)
	}
}
