package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// entersBy is by which page each act of the record is entered: a form of one
// household ("household NAME"), a form about a place ("place NAME"), or a route of
// its own. What has none says why ("none: …"). An act without a line fails.
var entersBy = map[string]string{
	"household.RegisterHousehold": "household register", "household.BringForward": "household brought-forward", "household.LinkUnconfirmed": "household link", "household.CloseUnconfirmed": "household close",
	"household.RecordClue": "household clue", "household.DispatchClue": "household dispatch", "household.VerifyClue": "household clue-check", "household.FeedBackClue": "household clue-feedback",
	"household.FileApplication": "household application", "household.EndInclusion": "household ending", "household.SendApplication": "POST /apply/{village}",
	"household.AnalysePoverty": "household analysis", "household.SurveyHome": "household survey", "household.RecordIncome": "household income", "household.EnterPlatform": "household platform",
	"household.SignLetter": "household letter", "household.ReturnComparison": "household comparison", "household.ExplainHit": "household explanation", "household.StudyByCommittees": "household study",
	"household.StudyHousehold": "household case-study", "household.FollowUpStudy": "household follow-up",
	"household.AddMember": "household member", "household.RecordLeaving": "household leaving", "household.SupplyDocument": "household document", "household.ChangeHead": "household head",
	"household.RecordResidence": "household residence", "household.AssessLabour": "household labour", "household.RecordHealth": "household health", "household.RecordGroup": "household special-group",
	"household.SplitHousehold": "household split", "household.MergeHousehold": "household merge",
	"household.RecordRisk": "household risk", "household.EndRisk": "household risk-end", "household.AssignOfficer": "household officer", "household.OpenGreenChannel": "household green",
	"household.MakePlan": "household plan", "household.StartMeasure": "household measure", "household.DeliverMeasure": "household delivery", "household.ConfirmMeasure": "household confirmation",
	"household.HandOver": "household handover", "household.RightShortfall": "household righting", "household.EndRedWarning": "household red-warning", "household.RecordVisit": "POST /households/{household}/visits",
	"household.ProposeElimination": "household proposal", "household.DeferElimination": "household deferral", "household.WithholdMark": "household withholding",
	"household.RollBackElimination": "household rollback", "household.RevokeInclusion": "household revocation", "household.CloseNaturally": "household natural-closing", "household.RecordFall": "household fall",
	"household.VoidFact": "POST /households/{household}/corrections", "household.ConsentToCorrection": "household consent",
	"household.ReportByVillage": "POST /lists/{kind}", "household.ReviewByTownship": "POST /lists/{kind}", "household.ReturnCase": "POST /lists/{kind}", "household.DecideInclusion": "POST /lists/{kind}",
	"household.DecideElimination": "POST /lists/{kind}", "household.HandDownList": "POST /lists/{kind}", "household.Announce": "POST /lists/{kind}", "household.EnterSystem": "POST /lists/{kind}",
	"household.MarkSystem": "POST /lists/{kind}",

	"household.RecordAppraisal": "POST /meetings", "household.PostNotice": "POST /sheets", "household.RaiseObjection": "POST /sheets/{sheet}/objections",
	"household.InvestigateObjection": "POST /sheets/{sheet}/inquiries", "household.AnswerObjection": "POST /sheets/{sheet}/answers", "household.StrikeNoticeLine": "POST /sheets/{sheet}/struck-lines",
	"household.RemoveNotice": "POST /sheets/{sheet}/removal", "household.RecordStudyLine": "POST /studies", "household.ApprovePayment": "POST /funds/{fund}/approvals",
	"household.RecordPayment": "POST /funds/{fund}/payments", "household.ReversePayment": "place reversal",
	"household.ReceiveMembers": "none: the other side of a split, a merge or a leaving, entered with it", "household.JoinClues": "none: the other side of a link, entered with it",
	"household.VoidLine": "place fund-correction",

	"paper.HoldMeeting": "POST /meetings", "paper.PostSheet": "POST /sheets", "paper.RaiseSheetObjection": "POST /sheets/{sheet}/objections", "paper.InvestigateSheetObjection": "POST /sheets/{sheet}/inquiries",
	"paper.AnswerSheetObjection": "POST /sheets/{sheet}/answers", "paper.StrikeSheetLine": "POST /sheets/{sheet}/struck-lines", "paper.RemoveSheet": "POST /sheets/{sheet}/removal",
	"paper.AppointInquirer": "POST /notices/{sheet}/objections/{objection}/inquirers", "paper.VoidInquirer": "POST /notices/{sheet}/inquirers/{appointment}/voiding",
	"paper.IssueDocument": "POST /lists/{kind}", "paper.HoldStudy": "POST /studies", "paper.HandOverHouseholds": "POST /handovers",

	"fund.Establish": "place fund", "fund.Raise": "place raising", "fund.Approve": "POST /funds/{fund}/approvals", "fund.Pay": "POST /funds/{fund}/payments", "fund.Reverse": "place reversal", "fund.VoidFundFact": "place fund-correction",

	"duty.RecordDone": "place duty-done", "duty.ShutSystem": "place system-closure", "duty.OpenSystem": "place system-opening", "duty.VoidDutyFact": "place duty-correction",
	"duty.OrganiseCheck": "place check", "duty.ReportVillageCheck": "place check-village", "duty.EndCheck": "place check-end",
	"duty.WatchScaleRisk": "place scale-risk", "duty.FollowScaleRisk": "place scale-risk-follow", "duty.EndScaleRisk": "place scale-risk-end",

	"inspection.RecordCheck": "POST /notices/{sheet}/inspections", "inspection.WithdrawCheck": "POST /notices/{sheet}/inspections/{inspection}/withdrawal",

	"office.RegionEstablished": "place region", "office.RegionRenamed": "place region-name", "office.RegionMerged": "place region-merger",
	"office.Established": "place office", "office.Renamed": "place office-name", "office.Appointed": "place appointment", "office.AppointmentEnded": "place appointment-ending",
	"office.KinshipDeclared": "place kinship", "office.KinshipEnded": "place kinship-ending", "office.VillageAssigned": "place assignment", "office.VillageAssignmentEnded": "place assignment-ending",

	"office.EntryVoided": "place place-correction", "policy.AdoptionVoided": "place pack-correction",

	"policy.Adopted": "POST /packs", "policy.LineSet": "place income-line",
}

// Every act that the record takes is entered by somebody on a page, or says why not:
// a new one has a form before it has passed here. A form that is named makes that
// act and no other.
func TestEveryActHasItsForm(t *testing.T) {
	t.Parallel()
	s := &site{}
	routes := map[string]bool{}
	for _, e := range s.entries() {
		routes[e.method+" "+e.path] = true
	}
	acts := actsOf(t)
	for _, act := range acts {
		by, listed := entersBy[act]
		kind, name, _ := strings.Cut(by, " ")
		switch {
		case !listed:
			t.Errorf("%s has no form, and nobody said why", act)
		case kind == "none:":
		case kind == "household":
			if f, ok := caseFormOf(name); !ok || made(f.make(blank())) != act {
				t.Errorf("%s: the form %s makes no such act", act, name)
			}
		case kind == "place":
			if f, ok := placeFormOf(name); !ok || made(f.make(blank())) != act && !makesForHouseholds[act] {
				t.Errorf("%s: the form %s makes no such act", act, name)
			}
		case !routes[by]:
			t.Errorf("%s: there is no %s", act, by)
		}
	}
	for act := range entersBy {
		if !slices.Contains(acts, act) {
			t.Errorf("%s is no act any more", act)
		}
	}
}

// makesForHouseholds are lines of a fund's act in the files of its households.
var makesForHouseholds = map[string]bool{"household.ReversePayment": true, "household.VoidLine": true}

// blank is a form in which somebody typed something into every field.
func blank() filling {
	day := calendar.MustDay("2023-04-03")
	return filling{caseForm: &caseForm{}, v: &visitor{today: day}, key: "k", q: map[string][]string{"item_" + household.IncomeItems[0].Code: {"1"}, "event": {"e"}},
		packs: func() (policy.Pack, bool) { return policy.Pack{}, false }}
}

// made is which act a form made.
func made(c any, err error) string {
	if err != nil || c == nil {
		return ""
	}
	return reflect.TypeOf(c).String()
}

// actsOf are all commands and administering facts of the domain, by their markers.
func actsOf(t *testing.T) (acts []string) {
	t.Helper()
	for folder, marker := range map[string]string{"household": "isCommand", "paper": "isPaperCommand", "fund": "isFundCommand", "duty": "isDutyCommand", "inspection": "isInspectionCommand",
		"office": "isOfficeEvent", "policy": "isPolicyEvent"} {
		names, err := filepath.Glob(filepath.Join("..", "..", "domain", folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		before := len(acts)
		for _, name := range names {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				if fn, is := d.(*ast.FuncDecl); is && fn.Recv != nil && fn.Name.Name == marker {
					acts = append(acts, folder+"."+fn.Recv.List[0].Type.(*ast.Ident).Name)
				}
			}
		}
		if len(acts) == before {
			t.Fatalf("nothing in %s has %s", folder, marker)
		}
	}
	return acts
}
