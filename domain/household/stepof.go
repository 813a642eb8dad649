package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// StepOf says which step of which procedure a fact is, or belongs to as an
// objection belongs to its notice. The procedure is empty where the fact does not
// say it, the step where it is none.
func StepOf(e Event) (of policy.Procedure, step policy.Step) {
	of = procedureOf(e)
	switch e := e.(type) {
	case ClueRecorded, ClueDispatched, ClueVerified, ClueFedBack, CluesJoined:
		return policy.Inclusion, policy.Clue
	case PovertyAnalysed:
		return policy.Inclusion, policy.PovertyAnalysis
	case ApplicationFiled, ApplicationSent:
		return policy.Inclusion, policy.Application
	case HomeSurveyed:
		if e.Level == code.Township {
			return e.Procedure, policy.TownshipVerification
		}
		return e.Procedure, policy.HomeSurvey
	case IncomeRecorded:
		return e.Procedure, policy.IncomeSheet
	case PlatformEntered:
		return policy.Inclusion, policy.PlatformEntry
	case LetterSigned:
		return policy.Inclusion, policy.Authorisation
	case ComparisonReturned:
		return e.Procedure, policy.Comparison
	case HitExplained:
		return of, policy.Comparison
	case CommitteesStudied:
		return of, policy.CommitteeStudy
	case Appraised:
		return of, policy.Appraisal
	case NoticePosted, NoticeObjected, ObjectionInvestigated, ObjectionAnswered, NoticeLineStruck, NoticeRemoved:
		return of, policy.Notice
	case VillageReported:
		return of, policy.VillageReport
	case TownshipReviewed:
		return of, policy.TownshipReview
	case InclusionDecided:
		return policy.Inclusion, policy.CountyDecision
	case ListHandedDown:
		return of, policy.ListHandedDown
	case Announced:
		return of, policy.Announcement
	case SystemEntered:
		return policy.Inclusion, policy.SystemEntry
	case PlanMade:
		return policy.Assistance, policy.Plan
	case MeasureStarted:
		return policy.Assistance, policy.MeasureStarted
	case MeasureDelivered, MeasureConfirmed:
		return policy.Assistance, policy.MeasureDelivered
	case EliminationProposed:
		return policy.Elimination, policy.Proposal
	case EliminationDecided, EliminationDeferred, EliminationRolledBack:
		return policy.Elimination, policy.CountyDecision
	case SystemMarked, MarkWithheld:
		return policy.Elimination, policy.SystemMark
	case OfficerAssigned, HandedOver, GreenChannelOpened, RiskFound, RiskEnded, RedWarningRaised, RedWarningEnded, CaseReturned, InclusionEnded, InclusionRevoked,
		NaturallyClosed, FallRecorded, CaseStudied, StudyFollowedUp, Visited, ShortfallRighted, PaymentApproved, PaymentMade, PaymentReversed,
		HouseholdRegistered, CaseBroughtForward, UnconfirmedLinked, UnconfirmedClosed, HouseholdSplit, HouseholdMerged, MembersReceived, MemberAdded, MemberLeft,
		ResidenceFound, DocumentSupplied, LabourAssessed, HeadChanged, HealthRecorded, GroupFound, FactVoided, CorrectionConsented, FlagRaised:
		return of, "" // no step
	}
	return of, ""
}
