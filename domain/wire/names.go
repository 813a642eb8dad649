// Package wire has the names and bytes of events: what stands in the record for
// ever. A golden sample per type and version guards them; a change is a new
// version with an upcaster, never an edit.
package wire

import (
	"fmt"
	"reflect"
	"slices"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/inspection"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// names maps every event to its name on the wire.
var names = map[string]any{
	"household.registered.v1":          household.HouseholdRegistered{},
	"household.brought_forward.v1":     household.CaseBroughtForward{},
	"household.linked.v1":              household.UnconfirmedLinked{},
	"household.unconfirmed_closed.v1":  household.UnconfirmedClosed{},
	"household.split.v1":               household.HouseholdSplit{},
	"member.health_recorded.v1":        household.HealthRecorded{},
	"household.group_found.v1":         household.GroupFound{},
	"household.merged.v1":              household.HouseholdMerged{},
	"member.received.v1":               household.MembersReceived{},
	"clue.joined.v1":                   household.CluesJoined{},
	"poverty.analysed.v1":              household.PovertyAnalysed{},
	"platform.entered.v1":              household.PlatformEntered{},
	"household.closed.v1":              household.NaturallyClosed{},
	"member.added.v1":                  household.MemberAdded{},
	"member.left.v1":                   household.MemberLeft{},
	"member.residence_found.v1":        household.ResidenceFound{},
	"member.document_supplied.v1":      household.DocumentSupplied{},
	"member.labour_assessed.v1":        household.LabourAssessed{},
	"member.head_changed.v1":           household.HeadChanged{},
	"clue.recorded.v1":                 household.ClueRecorded{},
	"clue.dispatched.v1":               household.ClueDispatched{},
	"clue.verified.v1":                 household.ClueVerified{},
	"clue.fed_back.v1":                 household.ClueFedBack{},
	"application.filed.v1":             household.ApplicationFiled{},
	"application.sent.v1":              household.ApplicationSent{},
	"survey.recorded.v1":               household.HomeSurveyed{},
	"risk.found.v1":                    household.RiskFound{},
	"risk.ended.v1":                    household.RiskEnded{},
	"income.recorded.v1":               household.IncomeRecorded{},
	"authorisation.signed.v1":          household.LetterSigned{},
	"comparison.returned.v1":           household.ComparisonReturned{},
	"comparison.hit_explained.v1":      household.HitExplained{},
	"committees.studied.v1":            household.CommitteesStudied{},
	"appraisal.recorded.v1":            household.Appraised{},
	"notice.posted.v1":                 household.NoticePosted{},
	"notice.objected.v1":               household.NoticeObjected{},
	"notice.objection_investigated.v1": household.ObjectionInvestigated{},
	"notice.objection_answered.v1":     household.ObjectionAnswered{},
	"notice.line_struck.v1":            household.NoticeLineStruck{},
	"notice.removed.v1":                household.NoticeRemoved{},
	"village.reported.v1":              household.VillageReported{},
	"township.reviewed.v1":             household.TownshipReviewed{},
	"case.returned.v1":                 household.CaseReturned{},
	"inclusion.decided.v1":             household.InclusionDecided{},
	"inclusion.ended.v1":               household.InclusionEnded{},
	"inclusion.revoked.v1":             household.InclusionRevoked{},
	"list.handed_down.v1":              household.ListHandedDown{},
	"decision.announced.v1":            household.Announced{},
	"system.entered.v1":                household.SystemEntered{},
	"system.marked.v1":                 household.SystemMarked{},
	"officer.assigned.v1":              household.OfficerAssigned{},
	"green_channel.opened.v1":          household.GreenChannelOpened{},
	"plan.made.v1":                     household.PlanMade{},
	"measure.started.v1":               household.MeasureStarted{},
	"measure.delivered.v1":             household.MeasureDelivered{},
	"measure.confirmed.v1":             household.MeasureConfirmed{},
	"visit.recorded.v1":                household.Visited{},
	"case.studied.v1":                  household.CaseStudied{},
	"study.followed_up.v1":             household.StudyFollowedUp{},
	"officer.handed_over.v1":           household.HandedOver{},
	"elimination.proposed.v1":          household.EliminationProposed{},
	"elimination.decided.v1":           household.EliminationDecided{},
	"elimination.deferred.v1":          household.EliminationDeferred{},
	"elimination.mark_withheld.v1":     household.MarkWithheld{},
	"elimination.rolled_back.v1":       household.EliminationRolledBack{},
	"shortfall.righted.v1":             household.ShortfallRighted{},
	"fall.recorded.v1":                 household.FallRecorded{},
	"fund.established.v1":              fund.Established{},
	"fund.raised.v1":                   fund.Raised{},
	"fund.approved.v1":                 fund.Approved{},
	"fund.paid.v1":                     fund.Paid{},
	"fund.payment_reversed.v1":         fund.Reversed{},
	"fund.flag_raised.v1":              fund.FlagRaised{},
	"payment.approved.v1":              household.PaymentApproved{},
	"payment.made.v1":                  household.PaymentMade{},
	"payment.reversed.v1":              household.PaymentReversed{},
	"red_warning.raised.v1":            household.RedWarningRaised{},
	"red_warning.ended.v1":             household.RedWarningEnded{},
	"fact.voided.v1":                   household.FactVoided{},
	"fact.correction_consented.v1":     household.CorrectionConsented{},
	"guard.flag_raised.v1":             household.FlagRaised{},
	"meeting.held.v1":                  paper.MeetingHeld{},
	"sheet.posted.v1":                  paper.SheetPosted{},
	"sheet.objected.v1":                paper.SheetObjected{},
	"sheet.objection_investigated.v1":  paper.SheetObjectionInvestigated{},
	"sheet.objection_answered.v1":      paper.SheetObjectionAnswered{},
	"sheet.line_struck.v1":             paper.SheetLineStruck{},
	"sheet.removed.v1":                 paper.SheetRemoved{},
	"sheet.inquirer_appointed.v1":      paper.SheetInquirerAppointed{},
	"document.issued.v1":               paper.DocumentIssued{},
	"study.held.v1":                    paper.StudyHeld{},
	"handover.signed.v1":               paper.HandoverSigned{},
	"inspection.recorded.v1":           inspection.Checked{},
	"inspection.withdrawn.v1":          inspection.Withdrawn{},
	"region.established.v1":            office.RegionEstablished{},
	"region.renamed.v1":                office.RegionRenamed{},
	"region.merged.v1":                 office.RegionMerged{},
	"office.established.v1":            office.Established{},
	"office.renamed.v1":                office.Renamed{},
	"appointment.made.v1":              office.Appointed{},
	"appointment.ended.v1":             office.AppointmentEnded{},
	"kinship.declared.v1":              office.KinshipDeclared{},
	"kinship.ended.v1":                 office.KinshipEnded{},
	"assignment.made.v1":               office.VillageAssigned{},
	"assignment.ended.v1":              office.VillageAssignmentEnded{},
	"policy.adopted.v1":                policy.Adopted{},
	"policy.line_set.v1":               policy.LineSet{},
	"account.opened.v1":                account.Opened{},
	"account.closed.v1":                account.Closed{},
	"account.reopened.v1":              account.Reopened{},
	"account.password_set.v1":          account.PasswordSet{},
	"account.link_issued.v1":           account.LinkIssued{},
	"account.factor_set.v1":            account.FactorSet{},
	"account.factor_removed.v1":        account.FactorRemoved{},
	"account.sessions_revoked.v1":      account.SessionsRevoked{},
	"account.token_issued.v1":          account.TokenIssued{},
	"account.token_revoked.v1":         account.TokenRevoked{},
	"login.succeeded.v1":               account.LoggedIn{},
	"login.failed.v1":                  account.LoginFailed{},
	"login.locked.v1":                  account.LockedOut{},
	"login.ended.v1":                   account.LoggedOut{},
	"personal.shown.v1":                account.PersonalShown{},
	"copy.made.v1":                     account.CopyMade{},
	"account.view_saved.v1":            account.ViewSaved{},
	"account.view_removed.v1":          account.ViewRemoved{},
	"account.subject_linked.v1":        account.SubjectLinked{},
	"account.subject_unlinked.v1":      account.SubjectUnlinked{},
	"duty.done.v1":                     duty.Done{},
	"system.shut.v1":                   duty.SystemShut{},
	"system.opened.v1":                 duty.SystemOpened{},
	"scale_risk.watched.v1":            duty.ScaleRiskWatched{},
	"scale_risk.followed.v1":           duty.ScaleRiskFollowed{},
	"scale_risk.ended.v1":              duty.ScaleRiskEnded{},
	"check.organised.v1":               duty.CheckOrganised{},
	"check.village_reported.v1":        duty.VillageChecked{},
	"check.ended.v1":                   duty.CheckEnded{},
	"log.opened.v1":                    act.LogOpened{},
	"log.demonstration_loaded.v1":      act.DemonstrationLoaded{},
}

// voids are the events of other streams than a household's that share the name of
// its void.
var voids = []any{duty.FactVoided{}, fund.FactVoided{}, office.EntryVoided{}, paper.FactVoided{}, policy.AdoptionVoided{}}

// byType is names the other way round.
var byType = func() map[reflect.Type]string {
	m := make(map[reflect.Type]string, len(names))
	for name, e := range names {
		m[reflect.TypeOf(e)] = name
	}
	for _, e := range voids {
		m[reflect.TypeOf(e)] = voidName
	}
	return m
}()

// Name returns the wire name of an event.
func Name(e any) (string, error) {
	name, ok := byType[reflect.TypeOf(e)]
	if !ok {
		return "", fmt.Errorf("wire: %T has no name", e)
	}
	return name, nil
}

// Names returns every name, sorted.
func Names() []string {
	all := make([]string, 0, len(names))
	for name := range names {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// New returns a pointer to an empty event of the name, for decoding into.
func New(name string) (any, bool) {
	e, ok := names[name]
	if !ok {
		return nil, false
	}
	return reflect.New(reflect.TypeOf(e)).Interface(), true
}
