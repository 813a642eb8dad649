package policy

import (
	"strconv"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
)

// Per says of what a duty is owed once each time it falls due.
type Per string

const (
	PerHousehold  Per = "household"  // each household that the duty is about
	PerRegion     Per = "region"     // each region of the duty's level
	PerDepartment Per = "department" // each of the departments, in each region of the level
)

// Pers with their terms.
var Pers = code.List{
	{Code: "household", ZH: "每户", EN: "each household"},
	{Code: "region", ZH: "每个地区", EN: "each region of the level"},
	{Code: "department", ZH: "每个部门", EN: "each department"},
}

// DutyAct is what fulfils a duty.
type DutyAct string

const (
	ByReport     DutyAct = "report"     // it is recorded as done (履职登记)
	ByVisit      DutyAct = "visit"      // the household is visited
	ByComparison DutyAct = "comparison" // the household is compared
	ByMeasure    DutyAct = "measure"    // a measure for the household is started
	ByStudy      DutyAct = "study"      // the household or the work is studied (研判)
	ByCheck      DutyAct = "check"      // a concentrated check is held (集中排查)
)

// DutyActs with their terms.
var DutyActs = code.List{
	{Code: "report", ZH: "履职登记", EN: "recorded as done"},
	{Code: "visit", ZH: "走访", EN: "visit"},
	{Code: "comparison", ZH: "信息比对", EN: "information comparison"},
	{Code: "measure", ZH: "措施实施", EN: "measure started"},
	{Code: "study", ZH: "研判", EN: "study"},
	{Code: "check", ZH: "集中排查", EN: "concentrated check"},
}

// About says which households a duty is about.
type About string

const (
	AboutMonitored  About = "monitored"  // 监测对象, from the inclusion to the elimination
	AboutAuthorised About = "authorised" // those who signed the letter (承诺授权)
)

// Abouts with their terms.
var Abouts = code.List{
	{Code: "monitored", ZH: "监测对象", EN: "monitored households"},
	{Code: "authorised", ZH: "已承诺授权的农户", EN: "households that signed the letter"},
}

// Cadences with their terms.
var Cadences = code.List{
	{Code: string(calendar.Weekly), ZH: "每周", EN: "every week"},
	{Code: string(calendar.Monthly), ZH: "每月", EN: "every month"},
	{Code: string(calendar.Quarterly), ZH: "每季度", EN: "every quarter"},
	{Code: string(calendar.HalfYearly), ZH: "每半年", EN: "every half year"},
	{Code: string(calendar.Yearly), ZH: "每年", EN: "every year"},
	{Code: string(calendar.Once), ZH: "一次性", EN: "once"},
}

// Duty is something that falls due again and again, or once, whatever happens in
// the cases: the pack says who owes it, how often and where that is written.
type Duty struct {
	ID   string `json:"id" yaml:"id"`
	Name string `json:"name" yaml:"name"`
	Per  Per    `json:"per" yaml:"per"`
	// About: which households a duty of each household is about.
	About About `json:"about,omitzero" yaml:"about"`
	// Level owes it, in one of the capacities; Officer is the household's own
	// officer who does, where the duty is his.
	Level       code.Level       `json:"level" yaml:"level"`
	Capacities  []code.Capacity  `json:"capacities" yaml:"capacities"`
	Officer     code.OfficerRole `json:"officer,omitzero" yaml:"officer"`
	Departments []string         `json:"departments,omitzero" yaml:"departments"`

	calendar.Rhythm `yaml:",inline"`
	// From and Until bound the time in which it is owed; none is the pack's own.
	From  calendar.Day `json:"from,omitzero" yaml:"from"`
	Until calendar.Day `json:"until,omitzero" yaml:"until"`

	DoneBy DutyAct `json:"done_by" yaml:"done_by"`
	// Figures: the report states how many households are new and of how many the
	// risk was removed in its period (新增风险户和风险消除户).
	Figures bool   `json:"figures,omitzero" yaml:"figures"`
	Basis   Basis  `json:"basis" yaml:"basis"`
	Cite    string `json:"cite,omitzero" yaml:"cite"`
	Reason  string `json:"reason,omitzero" yaml:"reason"`
}

// Duty returns the duty with the id.
func (p Pack) Duty(id string) (Duty, bool) {
	for _, d := range p.Duties {
		if d.ID == id {
			return d, true
		}
	}
	return Duty{}, false
}

// When says when the duty is due, in words: "每月（次月）5日至10日".
func (d Duty) When() string {
	if d.Every == calendar.Once {
		return d.On.Chinese() + "前"
	}
	text := Cadences.ZH(string(d.Every))
	if len(d.Months) > 0 {
		text = "每年"
		for i, m := range d.Months {
			if i > 0 {
				text += "、"
			}
			text += strconv.Itoa(m) + "月"
		}
	}
	if d.Following {
		text += "（次期）"
	}
	switch {
	case d.FirstDay > 0 && d.LastDay > 0:
		text += "第" + strconv.Itoa(d.FirstDay) + "日至第" + strconv.Itoa(d.LastDay) + "日"
	case d.FirstDay > 0:
		text += "第" + strconv.Itoa(d.FirstDay) + "日起"
	case d.LastDay > 0:
		text += "第" + strconv.Itoa(d.LastDay) + "日前"
	}
	return text
}
