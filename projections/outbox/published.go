package outbox

import (
	"maps"
	"slices"
)

// kind is what a published field may hold. Nothing else can leave: a value that
// does not look like its kind is left out, whatever an event holds.
type kind string

const (
	aCode  kind = "code"  // of a code list
	codes  kind = "codes" // several
	anID   kind = "id"    // of a paper, a measure, an office, an event
	aDay   kind = "day"
	count  kind = "count" // days, items, fen
	yesNo  kind = "yes or no"
	region kind = "region"
)

// Published are the fields of an event's data that are told, by the event's name
// in the record. An event that is not here is not told.
type published map[string]kind

// base are the fields that every message has.
var base = published{"household": anID, "region": region, "happened": aDay, "version": count}

// StepOverdue is the one message that no event stands behind: a day has passed.
const StepOverdue = "step.overdue.v1"

var types = map[string]published{
	"household.registered.v1":      {"kind": aCode},
	"household.linked.v1":          {},
	"household.split.v1":           {},
	"household.merged.v1":          {},
	"household.closed.v1":          {"reason": aCode},
	"clue.recorded.v1":             {"clue": anID, "channel": aCode, "department": aCode},
	"clue.dispatched.v1":           {"clue": anID, "office": anID, "due": aDay},
	"clue.verified.v1":             {"clue": anID, "result": aCode, "shortfalls": codes},
	"clue.fed_back.v1":             {"clue": anID},
	"application.filed.v1":         {"application": anID, "form": aCode},
	"survey.recorded.v1":           {},
	"risk.found.v1":                {"risk": aCode},
	"risk.ended.v1":                {"risk": aCode},
	"comparison.returned.v1":       {},
	"appraisal.recorded.v1":        {"procedure": aCode, "result": aCode},
	"notice.posted.v1":             {"procedure": aCode, "notice": anID, "days_required": count},
	"notice.objected.v1":           {"notice": anID, "objection": anID},
	"notice.objection_answered.v1": {"notice": anID, "objection": anID, "upheld": yesNo},
	"notice.line_struck.v1":        {"notice": anID},
	"notice.removed.v1":            {"notice": anID, "posted": aDay, "days": count},
	"village.reported.v1":          {"procedure": aCode},
	"township.reviewed.v1":         {"procedure": aCode, "result": aCode},
	"case.returned.v1":             {"procedure": aCode, "by": aCode, "to": aCode},
	"inclusion.decided.v1":         {"result": aCode, "class": aCode, "risks": codes, "episode": count},
	"inclusion.ended.v1":           {"why": aCode},
	"inclusion.revoked.v1":         {"document": anID},
	"decision.announced.v1":        {"procedure": aCode, "issuer": anID},
	"system.entered.v1":            {"system": aCode},
	"system.marked.v1":             {"system": aCode},
	"officer.assigned.v1":          {"role": aCode},
	"green_channel.opened.v1":      {"owed_by": aDay},
	"plan.made.v1":                 {"plan": anID},
	"measure.started.v1":           {"measure": anID, "class": aCode, "department": aCode, "for": aCode},
	"measure.delivered.v1":         {"measure": anID, "fen": count},
	"measure.confirmed.v1":         {"measure": anID},
	"visit.recorded.v1":            {"visit": anID, "kind": aCode},
	"elimination.proposed.v1":      {"way": aCode},
	"elimination.decided.v1":       {"result": aCode, "way": aCode},
	"elimination.deferred.v1":      {"review_by": aDay},
	"elimination.rolled_back.v1":   {"document": anID},
	"fall.recorded.v1":             {"cause": aCode, "shortfalls": codes},
	"red_warning.raised.v1":        {"ground": aCode, "causes": codes},
	"red_warning.ended.v1":         {"result": aCode},
	"fact.voided.v1":               {"event": anID},
	"fact.correction_consented.v1": {"event": anID},
	StepOverdue:                    {"kind": aCode, "level": aCode, "procedure": aCode, "step": aCode, "office": anID, "since": aDay, "due": aDay},
}

// Types lists the events that are told, by name.
func Types() []string { return slices.Sorted(maps.Keys(types)) }
