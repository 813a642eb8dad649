// Package household is the case: the life of one household from registration
// through monitoring, assistance and elimination, told in events.
//
// The life in ten sentences. A household is registered with its members. A clue
// says that it may be at risk, or it applies itself. Cadres survey the home and
// compute the income; the household signs a letter that its data are true and
// may be compared; the comparison's hits are explained. The village appraises
// it in a meeting and posts a notice, and objections are inquired into while
// the notice stands. The village reports, the township reviews, the county
// decides: from that day the household is included. The list is handed down,
// the decision announced, the household entered in the national system. A plan
// is made, measures are started and delivered, officers visit. When income is
// stable, guarantees hold and the risks are gone, elimination goes the same way
// up; it is announced and marked. The elimination may be rolled back, the
// household included anew, the case closed naturally. A wrong entry is marked
// void by a further event. Nothing is ever deleted.
//
//	clue, application → survey → income → letter → comparison → appraisal → notice
//	   → village report → township review → county decision → announcement → entry
//	   = monitored → plan → measures → proposal → (the same chain) → eliminated
//	eliminated → rolled back | included anew       any step → returned to an earlier one
package household

import (
	"fmt"
	"time"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// Event is a fact in a household's file, in the past tense.
//
//sumtype:decl
type Event interface{ isEvent() }

// Command is an act somebody wants to enter, in the imperative.
//
//sumtype:decl
type Command interface{ isCommand() }

// Fact is an event at its place in the record.
type Fact struct {
	ID       string
	Version  int64
	Act      act.Act
	Recorded time.Time
	Event    Event
}

// Happened is the day on which it happened.
func (f Fact) Happened() calendar.Day { return f.Act.Happened }

// Times are the two times of a question: what was true at the end of AsOf, as
// known at KnownAt. A zero value asks for everything.
type Times struct {
	AsOf    calendar.Day
	KnownAt time.Time
}

// Admits says whether the fact belongs to the answer, voids apart.
func (t Times) Admits(f Fact) bool {
	return (t.AsOf == 0 || f.Happened() <= t.AsOf) && t.knew(f)
}

func (t Times) knew(f Fact) bool { return t.KnownAt.IsZero() || !f.Recorded.After(t.KnownAt) }

// Standing returns the facts that stand at the two times, in record order:
// without those not yet happened or not yet known, without voided ones and the
// flags raised on them. A void counts from when it was recorded, for all days.
func Standing(facts []Fact, t Times) []Fact {
	voided := map[string]bool{}
	for _, f := range facts {
		if v, ok := f.Event.(FactVoided); ok && t.knew(f) {
			voided[v.Event] = true
		}
	}
	void := map[int64]bool{}
	for _, f := range facts {
		if voided[f.ID] {
			void[f.Version] = true
		}
	}
	var standing []Fact
	for _, f := range facts {
		if flag, ok := f.Event.(FlagRaised); ok && void[f.Version-int64(flag.Back)] {
			continue
		}
		if _, isVoid := f.Event.(FactVoided); void[f.Version] || isVoid && !t.knew(f) || !isVoid && !t.Admits(f) {
			continue
		}
		standing = append(standing, f)
	}
	return standing
}

// Fold returns the household's state at the two times. A zero Times folds all.
func Fold(id string, facts []Fact, t Times) State {
	s := State{ID: id}
	standing := Standing(facts, t)
	for _, f := range standing {
		s = Evolve(s, f)
	}
	// What was voided may still be named: a second correction must be told so.
	for _, f := range facts {
		if len(standing) > 0 && standing[0].Version == f.Version {
			standing = standing[1:]
		} else if t.knew(f) {
			s.entries = append(s.entries, entryOf(f))
		}
		s.Version = max(s.Version, f.Version)
	}
	return s
}

// Opening returns the fact that opened a file: what a question about a time before
// it is answered with. ok is false for a file without any.
func Opening(facts []Fact) (opening Fact, ok bool) {
	for _, f := range facts {
		switch f.Event.(type) {
		case HouseholdRegistered, ClueRecorded:
			return f, true
		default: // what others typed into a file before it was opened opens none
		}
	}
	return Fact{}, false
}

// Evolve takes one fact in. It never validates and never fails: facts are facts.
// The state given is used up: only the one returned may be used further.
func Evolve(s State, f Fact) State {
	s.Version = f.Version
	if f.ID != "" { // nobody can name a fact without one: read models leave it out
		s.entries = append(s.entries, entryOf(f))
	}
	switch e := f.Event.(type) {
	case HouseholdRegistered:
		s.registered(f, e)
	case CaseBroughtForward:
		s.broughtForward(f, e)
	case UnconfirmedLinked:
		s.linked(f, e)
	case UnconfirmedClosed:
		s.Closed = f.Happened()
	case MemberAdded:
		s.memberAdded(f, e)
	case MemberLeft:
		s.memberLeft(f, e)
	case ResidenceFound:
		s.residenceFound(f, e)
	case DocumentSupplied:
		s.documentSupplied(e)
	case LabourAssessed:
		s.labourAssessed(f, e)
	case HeadChanged:
		s.headChanged(f, e)
	case HouseholdSplit:
		s.split(f, e)
	case HealthRecorded:
		s.healthRecorded(f, e)
	case GroupFound:
		s.groupFound(f, e)
	case HouseholdMerged:
		s.merged(f, e)
	case MembersReceived:
		s.membersReceived(f, e)
	case CluesJoined:
		s.cluesJoined(e)
	case PovertyAnalysed:
		s.povertyAnalysed(f, e)
	case PlatformEntered:
		s.platformEntered(f, e)
	case ClueRecorded:
		s.clueRecorded(f, e)
	case ClueDispatched:
		s.clueDispatched(e)
	case ClueVerified:
		s.clueVerified(f, e)
	case ClueFedBack:
		s.clueFedBack(e)
	case ApplicationSent: // it tells how to reach whoever sent the clue
	case ApplicationFiled:
		s.applied(f, e)
		s.chainResult(policy.Inclusion, policy.Application, f, "", e.Form)
	case HomeSurveyed:
		s.homeSurveyed(f, e)
	case RiskFound:
		s.riskFound(f, e)
	case RiskEnded:
		s.riskEnded(f, e)
	case IncomeRecorded:
		s.incomeRecorded(f, e)
	case LetterSigned:
		s.letterSigned(f, e)
	case ComparisonReturned:
		s.comparisonReturned(f, e)
	case HitExplained:
		s.hitExplained(f, e)
	case CommitteesStudied:
		s.chainDone(e.Procedure, policy.CommitteeStudy, f, e.Meeting)
	case Appraised:
		s.appraised(f, e)
	case NoticePosted:
		s.noticePosted(f, e)
	case NoticeObjected:
		s.noticeObjected(f, e)
	case ObjectionInvestigated:
		s.objectionInvestigated(f, e)
	case ObjectionAnswered:
		s.objectionAnswered(f, e)
	case NoticeLineStruck:
		s.noticeLineStruck(f, e)
	case NoticeRemoved:
		s.noticeRemoved(f, e)
	case VillageReported:
		s.chainDone(e.Procedure, policy.VillageReport, f, e.Document)
	case TownshipReviewed:
		s.townshipReviewed(f, e)
	case CaseReturned:
		s.caseReturned(f, e)
	case InclusionDecided:
		s.inclusionDecided(f, e)
	case InclusionEnded:
		s.inclusionEnded(f)
	case ListHandedDown:
		s.chainDone(e.Procedure, policy.ListHandedDown, f, e.Document)
	case Announced:
		s.announced(f, e)
	case SystemEntered:
		s.systemEntered(f, e)
	case OfficerAssigned:
		s.officerAssigned(f, e)
	case GreenChannelOpened:
		s.greenChannelOpened(f, e)
	case PlanMade:
		s.planMade(f, e)
	case MeasureStarted:
		s.measureStarted(f, e)
	case MeasureDelivered:
		s.measureDelivered(f, e)
	case MeasureConfirmed:
		s.measureConfirmed(f, e)
	case Visited:
		s.visited(f, e)
	case CaseStudied:
		s.caseStudied(f, e)
	case StudyFollowedUp:
		s.studyFollowedUp(f, e)
	case HandedOver:
		s.handedOver(f, e)
	case EliminationProposed:
		s.eliminationProposed(f, e)
	case EliminationDecided:
		s.eliminationDecided(f, e)
	case EliminationDeferred:
		s.eliminationDeferred(f, e)
	case MarkWithheld:
		s.markWithheld(f, e)
	case SystemMarked:
		s.systemMarked(f, e)
	case EliminationRolledBack:
		s.eliminationRolledBack(f, e)
	case InclusionRevoked:
		s.inclusionRevoked(f, e)
	case NaturallyClosed:
		s.naturallyClosed(f, e)
	case ShortfallRighted:
		s.shortfallRighted(f, e)
	case FallRecorded:
		s.fallRecorded(f, e)
	case PaymentApproved: // the payment counts, and the fund knows what it approved
	case PaymentMade:
		s.paymentMade(f, e)
	case PaymentReversed:
		s.paymentReversed(f, e)
	case RedWarningRaised:
		s.redWarningRaised(f, e)
	case RedWarningEnded:
		s.redWarningEnded(f, e)
	case FactVoided, CorrectionConsented, FlagRaised:
		// They speak about other facts: Fold's first pass, entryOf and the
		// read models use them.
	default:
		panic(fmt.Sprintf("household: event %T is not known to Evolve", e))
	}
	return s
}
