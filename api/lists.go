package api

import (
	"reflect"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/inspection"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// modes of an act; the code list of act.Mode.
var modes = code.List{
	{Code: string(act.Performed), ZH: "当场办理", EN: "performed in the system"},
	{Code: string(act.Transcribed), ZH: "补录", EN: "transcribed from paper"},
}

// codeLists are all code lists by name, in the order of the procedure.
var codeLists = []NamedList{
	{"modes", modes},
	{"levels", code.Levels},
	{"kinds", code.Kinds},
	{"classes", code.Classes},
	{"stages", household.Stages},
	{"notice_states", projections.NoticeStates},
	{"owed_kinds", projections.OwedKinds},
	{"sexes", code.Sexes},
	{"relations", code.Relations},
	{"labours", code.Labours},
	{"no_document_reasons", code.NoDocumentReasons},
	{"join_reasons", code.JoinReasons},
	{"leave_reasons", code.LeaveReasons},
	{"channels", code.Channels},
	{"evidence_kinds", policy.EvidenceKinds},
	{"application_forms", code.ApplicationForms},
	{"clue_results", code.ClueResults},
	{"vias", code.Vias},
	{"finders", code.Finders},
	{"shortfalls", code.Shortfalls},
	{"scale_risks", code.ScaleRisks},
	{"willingness", code.Willingness},
	{"analysis_conclusions", code.AnalysisConclusions},
	{"healths", code.Healths},
	{"disabilities", code.Disabilities},
	{"disability_levels", code.DisabilityLevels},
	{"special_groups", code.SpecialGroups},
	{"group_lists", code.GroupLists},
	{"risks", code.Risks},
	{"guarantees", code.Guarantees},
	{"water_standards", code.WaterStandards},
	{"fund_kinds", household.FundKinds},
	{"fund_sources", fund.Sources},
	{"reversal_reasons", household.ReversalReasons},
	{"help_sources", policy.HelpSources},
	{"income_kinds", household.IncomeKinds},
	{"income_items", household.IncomeItems},
	{"income_steps", household.IncomeSteps},
	{"red_warning_ends", household.RedWarningEnds},
	{"signatures", code.Signatures},
	{"comparison_sources", code.ComparisonSources},
	{"hit_kinds", code.HitKinds},
	{"attendee_capacities", code.AttendeeCapacities},
	{"review_results", code.ReviewResults},
	{"procedures", policy.Procedures},
	{"steps", policy.Steps},
	{"document_kinds", paper.DocumentKinds},
	{"systems", code.Systems},
	{"cadences", policy.Cadences},
	{"duty_acts", policy.DutyActs},
	{"officer_roles", code.OfficerRoles},
	{"measure_classes", code.MeasureClasses},
	{"departments", code.Departments},
	{"visit_kinds", code.VisitKinds},
	{"elimination_ways", code.EliminationWays},
	{"elimination_results", code.EliminationResults},
	{"natural_closings", code.NaturalClosings},
	{"inclusion_endings", code.InclusionEndings},
	{"kin_relations", code.KinRelations},
	{"capacities", code.Capacities},
	{"weaknesses", code.Weaknesses},
	{"sign_kinds", household.SignKinds},
	{"sign_outcomes", household.SignOutcomes},
	{"inclusion_faults", household.InclusionFaults},
	{"inspection_results", inspection.Results},
	{"study_kinds", code.StudyKinds},
	{"study_conclusions", code.StudyConclusions},
}

// listsByType are the lists of fields whose type says which.
var listsByType = map[reflect.Type]code.List{
	reflect.TypeFor[act.Mode]():                 modes,
	reflect.TypeFor[code.Level]():               code.Levels,
	reflect.TypeFor[code.Kind]():                code.Kinds,
	reflect.TypeFor[code.Class]():               code.Classes,
	reflect.TypeFor[code.Channel]():             code.Channels,
	reflect.TypeFor[code.Risk]():                code.Risks,
	reflect.TypeFor[code.Guarantee]():           code.Guarantees,
	reflect.TypeFor[code.MeasureClass]():        code.MeasureClasses,
	reflect.TypeFor[code.OfficerRole]():         code.OfficerRoles,
	reflect.TypeFor[code.ReviewResult]():        code.ReviewResults,
	reflect.TypeFor[code.EliminationResult]():   code.EliminationResults,
	reflect.TypeFor[household.SignKind]():       household.SignKinds,
	reflect.TypeFor[household.SignOutcome]():    household.SignOutcomes,
	reflect.TypeFor[household.InclusionFault](): household.InclusionFaults,
	reflect.TypeFor[code.StudyKind]():           code.StudyKinds,
	reflect.TypeFor[code.StudyConclusion]():     code.StudyConclusions,
	reflect.TypeFor[code.Labour]():              code.Labours,
	reflect.TypeFor[code.Capacity]():            code.Capacities,
	reflect.TypeFor[policy.Procedure]():         policy.Procedures,
	reflect.TypeFor[policy.Step]():              policy.Steps,
	reflect.TypeFor[paper.DocumentKind]():       paper.DocumentKinds,
	reflect.TypeFor[household.Stage]():          household.Stages,
	reflect.TypeFor[projections.OwedKind]():     projections.OwedKinds,
	reflect.TypeFor[projections.NoticeState]():  projections.NoticeStates,
}

// listsByField are the lists of fields that are plain text in the domain.
var listsByField = map[reflect.Type]map[string]code.List{
	reflect.TypeFor[household.Member]():             {"Sex": code.Sexes, "Relation": code.Relations, "NoDocument": code.NoDocumentReasons},
	reflect.TypeFor[household.Exhibit]():            {"Kind": policy.EvidenceKinds},
	reflect.TypeFor[household.AddMember]():          {"Reason": code.JoinReasons},
	reflect.TypeFor[household.RecordLeaving]():      {"Reason": code.LeaveReasons, "Relation": code.Relations},
	reflect.TypeFor[household.ReceiveMembers]():     {"Reason": code.JoinReasons},
	reflect.TypeFor[household.RecordClue]():         {"Department": code.Departments, "Via": code.Vias},
	reflect.TypeFor[household.Finder]():             {"As": code.Finders},
	reflect.TypeFor[household.AssessLabour]():       {"Willing": code.Willingness},
	reflect.TypeFor[household.RightShortfall]():     {"Shortfall": code.Shortfalls},
	reflect.TypeFor[household.RecordFall]():         {"Shortfalls": code.Shortfalls},
	reflect.TypeFor[household.VerifyClue]():         {"Result": code.ClueResults, "Shortfalls": code.Shortfalls},
	reflect.TypeFor[household.SendApplication]():    {"Via": code.Vias},
	reflect.TypeFor[household.FileApplication]():    {"Form": code.ApplicationForms},
	reflect.TypeFor[household.EndRisk]():            {"Way": code.EliminationWays},
	reflect.TypeFor[household.IncomeItem]():         {"Kind": household.IncomeKinds, "Item": household.IncomeItems},
	reflect.TypeFor[fund.Establish]():               {"Kind": household.FundKinds},
	reflect.TypeFor[fund.Raise]():                   {"Source": fund.Sources},
	reflect.TypeFor[fund.Reverse]():                 {"Reason": household.ReversalReasons},
	reflect.TypeFor[household.Standard]():           {"Standard": code.WaterStandards},
	reflect.TypeFor[household.EndRedWarning]():      {"Result": household.RedWarningEnds},
	reflect.TypeFor[household.SignLetter]():         {"Scope": code.ComparisonSources, "Signature": code.Signatures},
	reflect.TypeFor[household.ReturnComparison]():   {"Sources": code.ComparisonSources},
	reflect.TypeFor[household.Hit]():                {"Source": code.ComparisonSources, "Kind": code.HitKinds},
	reflect.TypeFor[household.AnalysePoverty]():     {"Conclusion": code.AnalysisConclusions},
	reflect.TypeFor[household.EnterPlatform]():      {"System": code.Systems},
	reflect.TypeFor[household.Related]():            {"Relation": code.Relations},
	reflect.TypeFor[inspection.RecordCheck]():       {"Result": inspection.Results},
	reflect.TypeFor[duty.WatchScaleRisk]():          {"Kind": code.ScaleRisks},
	reflect.TypeFor[household.EnterSystem]():        {"System": code.Systems},
	reflect.TypeFor[duty.ShutSystem]():              {"System": code.Systems},
	reflect.TypeFor[duty.RecordDone]():              {"Department": code.Departments},
	reflect.TypeFor[household.MarkSystem]():         {"System": code.Systems},
	reflect.TypeFor[household.PlannedMeasure]():     {"Department": code.Departments},
	reflect.TypeFor[household.StartMeasure]():       {"Department": code.Departments},
	reflect.TypeFor[household.ConfirmMeasure]():     {"Signature": code.Signatures},
	reflect.TypeFor[household.RecordVisit]():        {"Kind": code.VisitKinds, "Groups": code.SpecialGroups},
	reflect.TypeFor[household.RecordHealth]():       {"Health": code.Healths, "Disability": code.Disabilities, "Level": code.DisabilityLevels},
	reflect.TypeFor[household.RecordGroup]():        {"Group": code.SpecialGroups},
	reflect.TypeFor[FileGroup]():                    {"Group": code.SpecialGroups},
	reflect.TypeFor[household.DeferElimination]():   {"Weakness": code.Weaknesses},
	reflect.TypeFor[household.ProposeElimination](): {"Way": code.EliminationWays},
	reflect.TypeFor[household.DecideElimination]():  {"Way": code.EliminationWays},
	reflect.TypeFor[household.CloseNaturally]():     {"Reason": code.NaturalClosings},
	reflect.TypeFor[household.FollowUp]():           {"Department": code.Departments},
	reflect.TypeFor[paper.StudyAttendee]():          {"Department": code.Departments},
	reflect.TypeFor[household.EndInclusion]():       {"Why": code.InclusionEndings},
	reflect.TypeFor[office.KinshipDeclared]():       {"Relation": code.KinRelations},
	reflect.TypeFor[paper.Attendee]():               {"Capacity": code.AttendeeCapacities},
	reflect.TypeFor[paper.Screening]():              {"Department": code.Departments, "Shortfalls": code.Shortfalls},
	reflect.TypeFor[paper.DocumentLine]():           {"Way": code.EliminationWays},
}

// listOf returns the code list of a struct's field.
func listOf(t reflect.Type, field string, element reflect.Type) (code.List, bool) {
	if l, ok := listsByField[t][field]; ok {
		return l, true
	}
	l, ok := listsByType[element]
	return l, ok
}
