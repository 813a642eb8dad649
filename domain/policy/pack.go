// Package policy has the procedure of a region and period as data: which steps
// in which order, who acts in which capacity, days, lines and conditions, and
// for each guard whether it blocks or flags. The kinds of acts are code; what a
// county's document says about them is a Pack.
package policy

import (
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Procedure is one of the three procedures of a case.
type Procedure string

const (
	Inclusion   Procedure = "inclusion"   // 识别纳入
	Assistance  Procedure = "assistance"  // 帮扶
	Elimination Procedure = "elimination" // 风险消除
)

// Procedures with their terms.
var Procedures = code.List{
	{Code: "inclusion", ZH: "识别纳入", EN: "inclusion"},
	{Code: "assistance", ZH: "帮扶", EN: "assistance"},
	{Code: "elimination", ZH: "风险消除", EN: "risk elimination"},
}

// Step is a step of a procedure. The same step may stand in all three.
type Step string

const (
	Clue                 Step = "clue"
	PovertyAnalysis      Step = "poverty_analysis"
	Application          Step = "application"
	HomeSurvey           Step = "home_survey"
	IncomeSheet          Step = "income_sheet"
	PlatformEntry        Step = "platform_entry"
	Authorisation        Step = "authorisation"
	Comparison           Step = "comparison"
	CommitteeStudy       Step = "committee_study"
	Proposal             Step = "proposal"
	Appraisal            Step = "appraisal"
	Notice               Step = "notice"
	VillageReport        Step = "village_report"
	TownshipVerification Step = "township_verification"
	TownshipReview       Step = "township_review"
	CountyDecision       Step = "county_decision"
	ListHandedDown       Step = "list_handed_down"
	Announcement         Step = "announcement"
	SystemEntry          Step = "system_entry"
	Plan                 Step = "plan"
	MeasureStarted       Step = "measure_started"
	MeasureDelivered     Step = "measure_delivered"
	SystemMark           Step = "system_mark"
)

// Steps with their terms, in the order in which most places take them.
var Steps = code.List{
	{Code: "clue", ZH: "线索", EN: "clue"},
	{Code: "poverty_analysis", ZH: "贫情分析", EN: "poverty analysis"},
	{Code: "application", ZH: "农户申请", EN: "application"},
	{Code: "home_survey", ZH: "入户调查", EN: "home survey"},
	{Code: "income_sheet", ZH: "收支测算", EN: "income sheet"},
	{Code: "platform_entry", ZH: "录入地方平台", EN: "entry in the local platform"},
	{Code: "authorisation", ZH: "承诺授权", EN: "commitment and authorisation letter"},
	{Code: "comparison", ZH: "信息比对", EN: "information comparison"},
	{Code: "committee_study", ZH: "两委研究", EN: "study by the village committees"},
	{Code: "proposal", ZH: "提出风险消除", EN: "proposal of elimination"},
	{Code: "appraisal", ZH: "民主评议", EN: "democratic appraisal"},
	{Code: "notice", ZH: "公示", EN: "public notice"},
	{Code: "village_report", ZH: "村级上报", EN: "village report"},
	{Code: "township_verification", ZH: "乡镇入户核实", EN: "home verification by the township"},
	{Code: "township_review", ZH: "乡镇审核", EN: "township review"},
	{Code: "county_decision", ZH: "县级审定", EN: "county decision"},
	{Code: "list_handed_down", ZH: "名单返回", EN: "list handed down"},
	{Code: "announcement", ZH: "公告", EN: "announcement"},
	{Code: "system_entry", ZH: "系统录入", EN: "system entry"},
	{Code: "plan", ZH: "一户一策", EN: "plan"},
	{Code: "measure_started", ZH: "措施实施", EN: "measure started"},
	{Code: "measure_delivered", ZH: "措施落实", EN: "measure delivered"},
	{Code: "system_mark", ZH: "系统标注", EN: "system mark"},
}

// Basis says where a rule of a pack comes from.
type Basis string

const (
	// Stated in the pack's own source document.
	Stated Basis = "stated"
	// Assumed: taken from elsewhere, with the reason; may flag, never block.
	Assumed Basis = "assumed"
	// House: a rule of this system (separation of duties, of place).
	House Basis = "house"
)

// Mode says what a guard does to an act performed in the system.
type Mode string

const (
	Block Mode = "block"
	Flag  Mode = "flag"
)

// StepRule is a step at its place in a procedure.
type StepRule struct {
	Step       Step            `json:"step" yaml:"step"`
	Level      code.Level      `json:"level" yaml:"level"`
	Capacities []code.Capacity `json:"capacities" yaml:"capacities"`
	// Optional steps need not precede the later ones.
	Optional bool  `json:"optional,omitzero" yaml:"optional"`
	Basis    Basis `json:"basis" yaml:"basis"`
	// Order says what happens if an earlier step is missing when this one is performed.
	Order Mode   `json:"order" yaml:"order"`
	Cite  string `json:"cite" yaml:"cite"`
	// Reason for an assumed place in the order.
	Reason string `json:"reason,omitzero" yaml:"reason"`
	// Limit is the time the step may take from when it was its turn; none where
	// the document sets none.
	Limit *Limit `json:"limit,omitzero" yaml:"limit"`
	// System is the named one into which an entry or a mark goes (code.Systems);
	// none where the document names none: the national one, as it is then called.
	System string `json:"system,omitzero" yaml:"system"`
	// Says is what the document says of the step beyond its place and its people.
	Says string `json:"says,omitzero" yaml:"says"`
	// Evidence is what the step leaves on paper.
	Evidence []Evidence `json:"evidence,omitzero" yaml:"evidence"`
}

// Line is a year's income line (监测范围/指导线), net income per head and year.
type Line struct {
	Year int `json:"year" yaml:"year"`
	// Yuan is the line, 0 while it is undetermined (未定): left by the document
	// to a higher level that has not set it.
	Yuan         int64 `json:"yuan,omitzero" yaml:"yuan"`
	Undetermined bool  `json:"undetermined,omitzero" yaml:"undetermined"`
	// By is the level to which an undetermined line is left; only it or one above
	// sets it.
	By code.Level `json:"by,omitzero" yaml:"by"`
	// Onward: so it is in every later year too (…年起, S2.9).
	Onward bool   `json:"onward,omitzero" yaml:"onward"`
	Cite   string `json:"cite" yaml:"cite"`

	// SetIn is the region that set it after the pack was adopted.
	SetIn string `json:"set_in,omitzero" yaml:"-"`
}

// NoticeRule is how long a notice stays and how its days are counted.
type NoticeRule struct {
	Days int `json:"days" yaml:"days"`
	// Count is "calendar", removal day minus posting day, or "working".
	Count  string `json:"count" yaml:"count"`
	Basis  Basis  `json:"basis" yaml:"basis"`
	Cite   string `json:"cite,omitzero" yaml:"cite"`
	Reason string `json:"reason,omitzero" yaml:"reason"`
	// ExtendDays: by so many days an objection raised while the notice is up extends
	// it for that line; 0: the period runs on.
	ExtendDays int `json:"extend_days,omitzero" yaml:"extend_days"`
	// Procedures in which appraisal and notice are due.
	Procedures []Procedure `json:"procedures" yaml:"procedures"`
}

// AppraisalRule is who must sit in the appraisal meeting and how many.
type AppraisalRule struct {
	// QuorumNumerator / QuorumDenominator of those entitled must be present.
	QuorumNumerator   int      `json:"quorum_numerator" yaml:"quorum_numerator"`
	QuorumDenominator int      `json:"quorum_denominator" yaml:"quorum_denominator"`
	Composition       []string `json:"composition" yaml:"composition"`
	Basis             Basis    `json:"basis" yaml:"basis"`
	Cite              string   `json:"cite,omitzero" yaml:"cite"`
	Reason            string   `json:"reason,omitzero" yaml:"reason"`
	// Seats are the grounds of the composition where they are not the quorum's.
	Seats *Grounds `json:"seats,omitzero" yaml:"seats"`
	// SeatsIn are the procedures for which the composition is asked; none: all.
	SeatsIn []Procedure `json:"seats_in,omitzero" yaml:"seats_in"`
}

// EliminationRule has the conditions of 风险消除.
type EliminationRule struct {
	// IncomeMonths: a sheet above the line at least so many months before the
	// proposal; 0 asks for none.
	IncomeMonths int    `json:"income_months" yaml:"income_months"`
	IncomeCite   string `json:"income_cite,omitzero" yaml:"income_cite"`
	// SingleRiskFast: one risk of 义务教育、住房、饮水 may be mended and
	// eliminated without waiting the months (S4.16).
	SingleRiskFast bool   `json:"single_risk_fast,omitzero" yaml:"single_risk_fast"`
	SingleRiskCite string `json:"single_risk_cite,omitzero" yaml:"single_risk_cite"`
	// NoLabourWithheld: a household wholly without labour is not marked for now.
	NoLabourWithheld bool   `json:"no_labour_withheld,omitzero" yaml:"no_labour_withheld"`
	NoLabourCite     string `json:"no_labour_cite,omitzero" yaml:"no_labour_cite"`
	// RisksAnswered: a risk that assistance ended had a measure against it.
	RisksAnswered     bool   `json:"risks_answered,omitzero" yaml:"risks_answered"`
	RisksAnsweredCite string `json:"risks_answered_cite,omitzero" yaml:"risks_answered_cite"`
}

// Limit is a time limit in days, counted as "calendar" or "working" days.
type Limit struct {
	Days   int    `json:"days" yaml:"days"`
	Count  string `json:"count" yaml:"count"`
	Basis  Basis  `json:"basis" yaml:"basis"`
	Cite   string `json:"cite,omitzero" yaml:"cite"`
	Reason string `json:"reason,omitzero" yaml:"reason"`
}

// Period is the limit's length.
func (l Limit) Period() calendar.Period { return calendar.Period{Days: l.Days, Count: l.Count} }

// Guard is what the pack says about one rule.
type Guard struct {
	Rule   Rule   `json:"rule" yaml:"rule"`
	Mode   Mode   `json:"mode" yaml:"mode"`
	Basis  Basis  `json:"basis" yaml:"basis"`
	Cite   string `json:"cite,omitzero" yaml:"cite"`
	Reason string `json:"reason,omitzero" yaml:"reason"`
}

// Label is a local name for a level, an authority, a class or a step, from a day
// on.
type Label struct {
	Code string       `json:"code" yaml:"code"`
	ZH   string       `json:"zh" yaml:"zh"`
	From calendar.Day `json:"from,omitzero" yaml:"from"`
	Cite string       `json:"cite,omitzero" yaml:"cite"`
	// Reason for a name that the document does not use.
	Reason string `json:"reason,omitzero" yaml:"reason"`
}

// Pack is a procedure, whole.
type Pack struct {
	Name      string       `json:"name" yaml:"name"`
	Version   string       `json:"version" yaml:"version"`
	Title     string       `json:"title" yaml:"title"`
	Issuer    string       `json:"issuer" yaml:"issuer"`
	Sources   []string     `json:"sources" yaml:"sources"`
	ValidFrom calendar.Day `json:"valid_from" yaml:"valid_from"`
	ValidTo   calendar.Day `json:"valid_to,omitzero" yaml:"valid_to"`
	// Validity are the grounds of the two days.
	Validity Grounds `json:"validity,omitzero" yaml:"validity"`

	Classes     []code.Class `json:"classes" yaml:"classes"`
	Labels      []Label      `json:"labels" yaml:"labels"`
	IncomeLines []Line       `json:"income_lines" yaml:"income_lines"`
	// RedLines are the lines of 红色预警, below which a monitored household is warned of.
	RedLines []Line `json:"red_lines,omitzero" yaml:"red_lines"`
	// Size is how many persons are expected to be monitored.
	Size SizeIndicator `json:"size,omitzero" yaml:"size"`
	// HelpOrder are sources of help (HelpSources), each to be tried before the next.
	HelpOrder []string `json:"help_order,omitzero" yaml:"help_order"`
	// Income is how an income sheet is judged.
	Income IncomeRule `json:"income,omitzero" yaml:"income"`

	Inclusion   []StepRule `json:"inclusion" yaml:"inclusion"`
	Assistance  []StepRule `json:"assistance" yaml:"assistance"`
	Elimination []StepRule `json:"elimination" yaml:"elimination"`

	// MonitoringOfficers say who answers for a class; none where the document does
	// not.
	MonitoringOfficers []OfficerRule `json:"monitoring_officers,omitzero" yaml:"monitoring_officers"`

	Notice       NoticeRule    `json:"notice" yaml:"notice"`
	Appraisal    AppraisalRule `json:"appraisal" yaml:"appraisal"`
	Chain        Limit         `json:"chain" yaml:"chain"`
	GreenChannel Limit         `json:"green_channel" yaml:"green_channel"`
	PlanDue      Limit         `json:"plan_due" yaml:"plan_due"`
	// Responses are how soon what came in certain ways is looked into.
	Responses     []ResponseRule  `json:"responses,omitzero" yaml:"responses"`
	EliminationIf EliminationRule `json:"elimination_if" yaml:"elimination_if"`
	Guards        []Guard         `json:"guards" yaml:"guards"`
	// Instruments are the forms of help the document lists.
	Instruments []Instrument `json:"instruments,omitzero" yaml:"instruments"`
	// Funds say who approves, pays and verifies; none where the pack leaves it open.
	Funds []FundRule `json:"funds,omitzero" yaml:"funds"`
	// Indicators are the signs by which households are warned of; none where the
	// document names none.
	Indicators []Indicator `json:"indicators,omitzero" yaml:"indicators"`
	Duties     []Duty      `json:"duties,omitzero" yaml:"duties"`

	// SHA256 of the adopted text, in hexadecimal; given by the loader.
	SHA256 string `json:"sha256" yaml:"-"`
}

// Ref names the pack as events do.
func (p Pack) Ref() act.Pack { return act.Pack{Name: p.Name, Version: p.Version, SHA256: p.SHA256} }

// Steps returns the step order of a procedure.
func (p Pack) Steps(of Procedure) []StepRule {
	switch of {
	case Inclusion:
		return p.Inclusion
	case Assistance:
		return p.Assistance
	case Elimination:
		return p.Elimination
	}
	return nil
}

// StepRule returns the rule of a step in a procedure.
func (p Pack) StepRule(of Procedure, step Step) (StepRule, bool) {
	for _, r := range p.Steps(of) {
		if r.Step == step {
			return r, true
		}
	}
	return StepRule{}, false
}

// LineOf returns the income line of a year. ok is false where the pack has none
// or it is undetermined (未定).
func (p Pack) LineOf(year int) (line code.Fen, ok bool) { return lineOf(p.IncomeLines, year) }

// Guard returns what the pack says about a rule. A rule of which it says
// nothing is flagged, as assumed; one that only tells never blocks.
func (p Pack) Guard(rule Rule) Guard {
	for _, g := range p.Guards {
		if g.Rule == rule {
			if Rules[rule].Tells {
				g.Mode = Flag
			}
			return g
		}
	}
	if r, ok := Rules[rule]; ok && r.House {
		return Guard{Rule: rule, Mode: Block, Basis: House}
	}
	return Guard{Rule: rule, Mode: Flag, Basis: Assumed}
}

// HasClass says whether the pack knows the class.
func (p Pack) HasClass(c code.Class) bool {
	for _, have := range p.Classes {
		if have == c {
			return true
		}
	}
	return false
}

// NoticeDue says whether appraisal and notice are due in the procedure.
func (p Pack) NoticeDue(of Procedure) bool {
	for _, have := range p.Notice.Procedures {
		if have == of {
			return true
		}
	}
	return false
}

// WithSteps returns the pack with the step orders of another: the order is the
// one under which the episode opened, numbers and guards are those of the day.
func (p Pack) WithSteps(opened Pack) Pack {
	p.Inclusion, p.Assistance, p.Elimination = opened.Inclusion, opened.Assistance, opened.Elimination
	return p
}
