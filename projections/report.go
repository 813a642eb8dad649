package projections

import (
	_ "embed"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/eventlog"
)

//go:embed report/tables.sql
var reportTables string

// ReportName names the report's facts for waiting and rebuilding.
const ReportName = "report"

// countedFile is the state of one household: its slim facts, encoded.
type countedFile struct {
	region   string
	included bool // it was included at some time, rightly or not
	facts    []byte
}

// Report is the read model under the official reports. It keeps facts and no
// figures: a figure depends on two times, and the domain counts.
func Report() Model {
	return Spec[countedFile]{
		Name: ReportName, Version: 1, Fields: eventlog.Everything,
		Schema: Schema{Tables: reportTables, Indexes: []string{
			`create unique index files_pkey on files (stream)`,
			`create index files_by_region on files (region)`,
		}},
		Wants: isHousehold,
		Fold:  foldCounted,
		Tables: []Table[countedFile]{{Name: "files", Columns: []string{"region", "facts"}, Single: true, Rows: func(c *countedFile, w *Rows) {
			if c.included {
				w.Row()
				w.Text(c.region)
				w.Bytes(c.facts)
			}
		}}},
	}.Model()
}

// foldCounted: voids are facts like others here; the count takes them into
// account for the time asked about.
func foldCounted(c *countedFile, rec eventlog.Record, _ bool) error {
	f, err := slimFact(rec)
	if err != nil {
		return err
	}
	switch e := f.Event.(type) {
	case household.HouseholdRegistered:
		c.region = e.Region
	case household.InclusionDecided:
		c.included = c.included || e.Result == code.Pass
	case household.CaseBroughtForward:
		c.included = true
	default: // the others neither place nor include a household
	}
	slim, counts := slimEvent(f.Event)
	if !counts {
		return nil
	}
	c.facts, err = appendFact(c.facts, rec, f.Happened(), slim)
	return err
}

// slimEvent returns the event with what the official counts need of it; false if
// they need nothing.
func slimEvent(e household.Event) (household.Event, bool) {
	switch e := e.(type) {
	case household.HealthRecorded, household.GroupFound, household.CluesJoined, household.Visited, household.FlagRaised, household.ClueDispatched, household.ClueVerified, household.ClueFedBack,
		household.HitExplained, household.DocumentSupplied, household.RiskFound, household.RiskEnded, household.OfficerAssigned,
		household.MeasureDelivered, household.CorrectionConsented, household.NoticeObjected, household.ObjectionInvestigated, household.ObjectionAnswered,
		household.NoticeLineStruck, household.NoticeRemoved, household.HeadChanged, household.ClueRecorded, household.ApplicationSent,
		household.CaseStudied, household.StudyFollowedUp, household.ShortfallRighted, household.HandedOver,
		household.RedWarningRaised, household.RedWarningEnded, household.MeasureConfirmed,
		household.PaymentApproved, household.PaymentMade, household.PaymentReversed:
		return nil, false
	case household.HouseholdRegistered:
		members := make([]household.Member, len(e.Members))
		for i, m := range e.Members {
			members[i] = slimMember(m)
		}
		e.Members = members
		return e, true
	case household.MemberAdded:
		e.Member = slimMember(e.Member)
		return e, true
	case household.MembersReceived:
		members := make([]household.Member, len(e.Members))
		for i, m := range e.Members {
			members[i] = slimMember(m)
		}
		e.Members = members
		return e, true
	case household.PovertyAnalysed:
		return household.PovertyAnalysed{Conclusion: e.Conclusion}, true
	case household.PlatformEntered:
		return household.PlatformEntered{System: e.System}, true
	case household.ResidenceFound:
		e.Reason = ""
		return e, true
	case household.HomeSurveyed:
		return household.HomeSurveyed{Procedure: e.Procedure, Level: e.Level}, e.Procedure != ""
	case household.IncomeRecorded:
		return household.IncomeRecorded{Procedure: e.Procedure}, e.Procedure != ""
	case household.ComparisonReturned:
		return household.ComparisonReturned{Procedure: e.Procedure}, true
	case household.LetterSigned:
		return household.LetterSigned{Letter: e.Letter}, true
	case household.ApplicationFiled:
		return household.ApplicationFiled{Application: e.Application}, true
	case household.Appraised:
		return household.Appraised{Procedure: e.Procedure, Result: e.Result, RollBack: e.RollBack}, true
	case household.NoticePosted:
		return household.NoticePosted{Procedure: e.Procedure, Notice: e.Notice}, true
	case household.TownshipReviewed:
		return household.TownshipReviewed{Procedure: e.Procedure, Result: e.Result}, true
	case household.PlanMade:
		return household.PlanMade{Plan: e.Plan}, true
	case household.MeasureStarted:
		return household.MeasureStarted{Measure: e.Measure}, true
	case household.EliminationProposed:
		return household.EliminationProposed{Way: e.Way}, true
	case household.CaseBroughtForward, household.UnconfirmedLinked, household.UnconfirmedClosed, household.MemberLeft,
		household.LabourAssessed, household.HouseholdSplit, household.HouseholdMerged, household.CommitteesStudied, household.VillageReported,
		household.CaseReturned, household.InclusionDecided, household.ListHandedDown, household.Announced,
		household.SystemEntered, household.GreenChannelOpened, household.EliminationDecided, household.EliminationDeferred,
		household.MarkWithheld, household.SystemMarked, household.EliminationRolledBack, household.InclusionRevoked,
		household.NaturallyClosed, household.FallRecorded, household.FactVoided, household.InclusionEnded:
		return e, true
	}
	return e, true
}

func slimMember(m household.Member) household.Member {
	return household.Member{ID: m.ID, Labour: m.Labour, Registered: m.Registered, Living: m.Living, Counted: m.Counted}
}
