package household

import (
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// VoidFact marks a wrong entry void (更正: 作废). The entry stays visible, struck
// through; the right one is entered anew.
type VoidFact struct {
	Event  string    `json:"event"`
	Reason code.Text `json:"reason"`
}

// FactVoided: the named entry does not stand, from the moment this was
// recorded, for all days.
type FactVoided VoidFact

// ConsentToCorrection is a higher level's consent to voiding an entry on which
// it has acted since.
type ConsentToCorrection struct {
	Event  string    `json:"event"`
	Reason code.Text `json:"reason,omitzero"`
}

// CorrectionConsented: the level of those who did it consents.
type CorrectionConsented ConsentToCorrection

// VoidLine marks void what an entry of a list meant for the household: the list was
// marked void in its own stream.
type VoidLine struct {
	Entry  string    `json:"entry"` // id of the list's event
	Reason code.Text `json:"reason"`
}

func (VoidFact) isCommand()            {}
func (VoidLine) isCommand()            {}
func (ConsentToCorrection) isCommand() {}
func (FactVoided) isEvent()            {}
func (CorrectionConsented) isEvent()   {}

// Voidable says whether an entry of the kind may be voided. Decisions are
// changed only by decisions, papers by papers; a void cannot itself be voided.
func Voidable(e Event) bool {
	switch e.(type) {
	case MemberAdded, MemberLeft, ResidenceFound, DocumentSupplied, LabourAssessed, HeadChanged,
		HealthRecorded, GroupFound, PovertyAnalysed, PlatformEntered, CluesJoined, ClueRecorded, ClueDispatched, ClueVerified, ClueFedBack, ApplicationFiled, ApplicationSent,
		HomeSurveyed, RiskFound, RiskEnded, IncomeRecorded, LetterSigned, ComparisonReturned, HitExplained,
		CommitteesStudied, VillageReported, SystemEntered, SystemMarked, OfficerAssigned, GreenChannelOpened,
		PlanMade, MeasureStarted, MeasureDelivered, MeasureConfirmed, Visited, CaseStudied, StudyFollowedUp, HandedOver, EliminationProposed, MarkWithheld, EliminationDeferred, FallRecorded, ShortfallRighted,
		InclusionEnded, RedWarningEnded:
		return true
	case HouseholdRegistered, CaseBroughtForward, UnconfirmedLinked, UnconfirmedClosed, HouseholdSplit, HouseholdMerged, MembersReceived,
		Appraised, NoticePosted, NoticeObjected, ObjectionInvestigated, ObjectionAnswered, NoticeLineStruck, NoticeRemoved,
		TownshipReviewed, CaseReturned, InclusionDecided, ListHandedDown, Announced, EliminationDecided,
		EliminationRolledBack, InclusionRevoked, NaturallyClosed, RedWarningRaised, PaymentApproved, PaymentMade, PaymentReversed, FactVoided, CorrectionConsented, FlagRaised:
		return false
	}
	return false
}

func (r *ruling) entry(id string) *entry {
	for i := range r.s.entries {
		if r.s.entries[i].id == id {
			return &r.s.entries[i]
		}
	}
	r.refuse(policy.EventUnknown, "该户档案中没有这条记录")
	return nil
}

func (r *ruling) voidFact(c VoidFact) []Event {
	e := r.entry(c.Event)
	switch {
	case e == nil:
		return nil
	case c.Reason == "":
		return r.refuse(policy.Malformed, "更正须写明原因")
	case !Voidable(e.kind):
		return r.refuse(policy.EventNotVoidable, "这类记录不能作废；审定只能由审定更改")
	}
	consent := 0
	for _, other := range r.s.entries {
		if other.about != c.Event {
			continue
		}
		switch other.kind.(type) {
		case FactVoided:
			return r.refuse(policy.EventVoided, "这条记录已作废")
		case CorrectionConsented:
			consent = max(consent, levelRank(other.level))
		}
	}
	for _, p := range r.act.DoneBy {
		if p.Covers {
			consent = max(consent, levelRank(p.Level))
		}
	}
	if need := r.actedSince(*e); need != "" && consent < levelRank(need) {
		return r.refuse(policy.ConsentMissing, "%s已据此办理，更正须经其同意", code.Levels.ZH(string(need)))
	}
	return []Event{FactVoided(c)}
}

// voidLine: only an approval of payments goes with its list; a payment is taken back
// by a reversal, and a paper by a paper.
func (r *ruling) voidLine(c VoidLine) []Event {
	void := map[string]bool{}
	for _, e := range r.s.entries {
		if _, is := e.kind.(FactVoided); is {
			void[e.about] = true
		}
	}
	var events []Event
	for _, e := range r.s.entries {
		if _, approved := e.kind.(PaymentApproved); approved && e.cause == c.Entry && !void[e.id] {
			events = append(events, FactVoided{Event: e.id, Reason: c.Reason})
		}
	}
	if len(events) == 0 {
		return r.refuse(policy.EventUnknown, "该户档案中没有这份名单的记录，或已作废")
	}
	return events
}

// actedSince returns the highest level above the entry's own that took a step
// resting on it, judged by the days on which things happened.
func (r *ruling) actedSince(e entry) code.Level {
	var highest code.Level
	for _, later := range r.s.entries {
		if !precedes(e.on, e.version, later.on, later.version) || !relies(e.kind, later.kind) {
			continue
		}
		level := code.Level("")
		switch later.kind.(type) {
		case TownshipReviewed:
			level = code.Township
		case InclusionDecided, EliminationDecided, EliminationRolledBack, InclusionRevoked, EliminationDeferred, MarkWithheld:
			level = code.County
		}
		if levelRank(level) > levelRank(e.level) && levelRank(level) > levelRank(highest) {
			highest = level
		}
	}
	return highest
}

func (r *ruling) consentToCorrection(c ConsentToCorrection) []Event {
	if r.entry(c.Event) == nil {
		return nil
	}
	r.entitled("同意更正", "", code.TownshipReviewer, code.CountyOfficer, code.CountyDecider)
	if r.act.Mode == act.Performed && r.refusal != nil {
		return nil
	}
	return []Event{CorrectionConsented(c)}
}

// precedes says whether what happened on one day came before what happened on
// another; of one day, the record's order decides.
func precedes(on calendar.Day, version int64, later calendar.Day, laterVersion int64) bool {
	return on < later || on == later && version < laterVersion
}
