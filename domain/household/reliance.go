package household

import "slices"

// lasts says whether a fact is about who lives in the household and what they
// are: it serves every later episode.
func lasts(e Event) bool {
	switch e.(type) {
	case HouseholdRegistered, CaseBroughtForward, HouseholdSplit, HouseholdMerged, MembersReceived, MemberAdded, MemberLeft, ResidenceFound, DocumentSupplied, LabourAssessed, HeadChanged:
		return true
	}
	return false
}

// found says whether a fact is a finding on which steps and decisions rest.
func found(e Event) bool {
	switch e.(type) {
	case HealthRecorded, ClueRecorded, CluesJoined, ClueVerified, PovertyAnalysed, PlatformEntered, ApplicationFiled, HomeSurveyed, RiskFound, RiskEnded, IncomeRecorded, LetterSigned,
		ComparisonReturned, HitExplained, CaseStudied, RedWarningRaised, RedWarningEnded:
		return true
	}
	return lasts(e)
}

// stepped says whether a fact is a step before a decision.
func stepped(e Event) bool {
	switch e.(type) {
	case CommitteesStudied, Appraised, NoticePosted, NoticeObjected, ObjectionInvestigated, ObjectionAnswered, NoticeLineStruck, NoticeRemoved,
		VillageReported, TownshipReviewed, CaseReturned, EliminationProposed:
		return true
	}
	return false
}

// relies says whether a later fact rests on an earlier one: a decision on what
// was found and on the steps before it, help on risks and the decision, a
// delivery on its own start, an answer on its own question.
func relies(earlier, later Event) bool {
	if a, b := procedureOf(earlier), procedureOf(later); a != "" && b != "" && a != b && !isDecided(earlier) {
		return false
	}
	switch l := later.(type) {
	case CommitteesStudied, Appraised, NoticePosted, VillageReported, TownshipReviewed:
		return found(earlier) || stepped(earlier) || isPlan(earlier)
	case InclusionDecided:
		return found(earlier) || stepped(earlier)
	case CaseReturned, CaseStudied:
		return found(earlier) || stepped(earlier)
	case InclusionEnded:
		return found(earlier) || stepped(earlier)
	case EliminationProposed, EliminationDecided, EliminationDeferred, MarkWithheld:
		return found(earlier) || stepped(earlier) || isDecided(earlier) || isHelp(earlier) // S1.26: help received, members, income
	case ListHandedDown, Announced, SystemEntered:
		return isDecided(earlier)
	case SystemMarked:
		_, ended := earlier.(EliminationDecided)
		return ended
	case EliminationRolledBack: // what was found to be otherwise, and a meeting's word on it
		return found(earlier) || stepped(earlier) || isDecided(earlier)
	case InclusionRevoked:
		_, included := earlier.(InclusionDecided)
		return included || found(earlier)
	case NoticeObjected:
		e, ok := earlier.(NoticePosted)
		return ok && e.Notice == l.Notice
	case ObjectionInvestigated:
		return sameSheet(earlier, l.Notice, l.Objection)
	case ObjectionAnswered:
		return sameSheet(earlier, l.Notice, l.Objection)
	case NoticeLineStruck:
		return sameSheet(earlier, l.Notice, "")
	case NoticeRemoved:
		e, ok := earlier.(NoticePosted)
		return ok && e.Notice == l.Notice
	case PlanMade, MeasureStarted:
		switch earlier.(type) {
		case RiskFound, HomeSurveyed, IncomeRecorded, LabourAssessed, PlanMade, GreenChannelOpened, InclusionDecided, CaseStudied:
			return true
		}
		return stepped(earlier)
	case MeasureDelivered:
		e, ok := earlier.(MeasureStarted)
		return ok && e.Measure == l.Measure
	case MeasureConfirmed:
		switch e := earlier.(type) {
		case MeasureStarted:
			return e.Measure == l.Measure
		case MeasureDelivered:
			return e.Measure == l.Measure
		}
	case HitExplained:
		e, ok := earlier.(ComparisonReturned)
		return ok && slices.ContainsFunc(e.Hits, func(h Hit) bool { return h.ID == l.Hit })
	case ComparisonReturned:
		_, letter := earlier.(LetterSigned)
		return letter
	case ClueDispatched:
		return sameClue(earlier, l.Clue)
	case ClueVerified:
		return sameClue(earlier, l.Clue)
	case ClueFedBack:
		return sameClue(earlier, l.Clue)
	case RiskFound:
		switch earlier.(type) {
		case HomeSurveyed, IncomeRecorded, ClueVerified:
			return true
		}
	case RiskEnded:
		switch e := earlier.(type) {
		case RiskFound:
			return e.Risk == l.Risk
		case MeasureDelivered, HomeSurveyed, IncomeRecorded:
			return true
		}
	case PaymentApproved:
		return paidOn(earlier, PaymentLine(l))
	case PaymentMade:
		return paidOn(earlier, PaymentLine(l))
	case PaymentReversed:
		e, ok := earlier.(PaymentMade)
		return ok && e.Fund == l.Fund && e.List == l.List
	case RedWarningRaised:
		switch earlier.(type) {
		case IncomeRecorded, HomeSurveyed, RiskFound:
			return true
		}
	case RedWarningEnded:
		switch earlier.(type) {
		case RedWarningRaised, IncomeRecorded, HomeSurveyed:
			return true
		}
	case ShortfallRighted:
		switch e := earlier.(type) {
		case ClueVerified:
			return l.Clue != "" && e.Clue == l.Clue
		case FallRecorded:
			return l.Clue == ""
		}
	case StudyFollowedUp:
		_, studied := earlier.(CaseStudied)
		return studied
	case HandedOver:
		_, assigned := earlier.(OfficerAssigned)
		return assigned
	case OfficerAssigned:
		_, included := earlier.(InclusionDecided)
		return included
	case NaturallyClosed:
		_, left := earlier.(MemberLeft)
		return left
	case FallRecorded:
		switch earlier.(type) {
		case IncomeRecorded, HomeSurveyed, RiskFound:
			return true
		}
	case GreenChannelOpened:
		switch earlier.(type) {
		case ClueRecorded, ClueVerified, HomeSurveyed, RiskFound:
			return true
		}
	case UnconfirmedLinked, UnconfirmedClosed:
		_, clue := earlier.(ClueRecorded)
		return clue
	case PovertyAnalysed, PlatformEntered:
		return sign(earlier)
	case HouseholdRegistered, CaseBroughtForward, HouseholdSplit, HouseholdMerged, MembersReceived, MemberAdded, MemberLeft, ResidenceFound,
		DocumentSupplied, LabourAssessed, HeadChanged, HealthRecorded, GroupFound, CluesJoined, ClueRecorded, ApplicationFiled, ApplicationSent, HomeSurveyed, IncomeRecorded, LetterSigned, Visited:
		return false // what was seen or signed rests on nothing in the file
	case FactVoided, CorrectionConsented, FlagRaised:
		return false // they speak of other facts
	}
	return false
}

// sign says whether a fact is a sign from which a case begins, or what the village
// found of it.
func sign(e Event) bool {
	switch e.(type) {
	case ClueRecorded, CluesJoined, ClueVerified, ApplicationFiled, HomeSurveyed:
		return true
	}
	return false
}

// paidOn says whether a payment rests on the event: what was found out about the
// household, the decision that made it one to be helped, the measure paid for,
// the approval by the same fund.
func paidOn(earlier Event, line PaymentLine) bool {
	switch e := earlier.(type) {
	case PaymentApproved:
		return e.Fund == line.Fund && e.Measure == line.Measure
	case MeasureStarted:
		return e.Measure == line.Measure
	case InclusionDecided, GreenChannelOpened, PlanMade, MemberAdded, MemberLeft, LabourAssessed:
		return true
	}
	return found(earlier)
}

func isDecided(e Event) bool {
	switch e.(type) {
	case InclusionDecided, EliminationDecided:
		return true
	}
	return false
}

func isPlan(e Event) bool { _, ok := e.(PlanMade); return ok }

func isHelp(e Event) bool {
	switch e.(type) {
	case PlanMade, MeasureStarted, MeasureDelivered:
		return true
	}
	return false
}

// sameSheet says whether the event is the sheet's line or, where one is named,
// the objection to it.
func sameSheet(e Event, notice, objection string) bool {
	switch e := e.(type) {
	case NoticePosted:
		return e.Notice == notice
	case NoticeObjected:
		return e.Notice == notice && (objection == "" || e.Objection == objection)
	case ObjectionInvestigated:
		return e.Notice == notice && (objection == "" || e.Objection == objection)
	case ObjectionAnswered:
		return e.Notice == notice && objection == ""
	}
	return false
}

func sameClue(e Event, clue string) bool {
	switch e := e.(type) {
	case ClueRecorded:
		return e.Clue == clue
	case ClueDispatched:
		return e.Clue == clue
	case ClueVerified:
		return e.Clue == clue
	}
	return false
}
