package policy

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Grounds say where something in a pack comes from.
type Grounds struct {
	Basis  Basis  `json:"basis" yaml:"basis"`
	Cite   string `json:"cite,omitzero" yaml:"cite"`
	Reason string `json:"reason,omitzero" yaml:"reason"`
}

// OfficerRule is who may be the monitoring officer (监测责任人) of a class.
type OfficerRule struct {
	Class      code.Class      `json:"class" yaml:"class"`
	Capacities []code.Capacity `json:"capacities" yaml:"capacities"`
	Grounds    `yaml:",inline"`
}

// Evidence is a paper that a step needs (所需材料).
type Evidence struct {
	Kind    string `json:"kind" yaml:"kind"` // EvidenceKinds
	Grounds `yaml:",inline"`
}

// EvidenceKinds are the papers that steps leave (S1.40; DOMAIN 2.1).
var EvidenceKinds = code.List{
	{Code: "application_form", ZH: "申请书", EN: "application form"},
	{Code: "survey_form", ZH: "调查表", EN: "survey form"},
	{Code: "income_form", ZH: "收支测算表", EN: "income and expenditure sheet"},
	{Code: "letter", ZH: "承诺授权书", EN: "commitment and authorisation letter"},
	{Code: "comparison_result", ZH: "比对结果", EN: "comparison result"},
	{Code: "sign_in", ZH: "签到册", EN: "sign-in sheet"},
	{Code: "minutes", ZH: "会议记录", EN: "minutes"},
	{Code: "notice_photo", ZH: "公示照片", EN: "photograph of the notice"},
	{Code: "list", ZH: "名单", EN: "list"},
	{Code: "review_opinion", ZH: "审核意见", EN: "review opinion"},
	{Code: "decision_document", ZH: "审定文件", EN: "document of the decision"},
	{Code: "announcement_text", ZH: "公告文本", EN: "text of the announcement"},
	{Code: "measure_form", ZH: "帮扶措施表", EN: "form of measures"},
	{Code: "delivery_proof", ZH: "落实凭证", EN: "proof of delivery"},
	{Code: "study_form", ZH: "动态监测分析研判表", EN: "study form"},
}

// Authorities that a pack gives names to, which change over the years (扶贫办 →
// 乡村振兴局 → 农业农村局).
var Authorities = code.List{
	{Code: "province_authority", ZH: "省级主管部门", EN: "authority of the province"},
	{Code: "prefecture_authority", ZH: "市（州）级主管部门", EN: "authority of the prefecture"},
	{Code: "county_authority", ZH: "县级主管部门", EN: "authority of the county"},
	{Code: "township_authority", ZH: "乡镇人民政府", EN: "authority of the township"},
}

// Named returns what a level, authority, class or step is called here on a day.
// Where the pack gives no name of that day it is the common Chinese term.
func (p Pack) Named(what string, on calendar.Day) string {
	found := Label{}
	for _, l := range p.Labels {
		if l.Code == what && l.From <= on && (found.ZH == "" || l.From >= found.From) {
			found = l
		}
	}
	if found.ZH != "" {
		return found.ZH
	}
	for _, list := range []code.List{code.Levels, Authorities, code.Classes, Steps} {
		if e, ok := list.Find(what); ok {
			return e.ZH
		}
	}
	return what
}

// RedLineOf returns the line of a year below which a monitored household is
// warned of (红色预警). ok is false where the pack has none or it is undetermined.
func (p Pack) RedLineOf(year int) (line code.Fen, ok bool) { return lineOf(p.RedLines, year) }

func lineOf(lines []Line, year int) (line code.Fen, ok bool) {
	for _, l := range lines {
		if l.Year == year && !l.Undetermined {
			return code.Yuan(l.Yuan), true
		}
	}
	return 0, false
}

// Expired says whether the pack's validity had ended by the day.
func (p Pack) Expired(on calendar.Day) bool { return p.ValidTo != 0 && on > p.ValidTo }

// Seated says whether the composition of a meeting is asked for in the procedure.
func (r AppraisalRule) Seated(of Procedure) bool {
	for _, have := range r.SeatsIn {
		if have == of {
			return true
		}
	}
	return len(r.SeatsIn) == 0
}
