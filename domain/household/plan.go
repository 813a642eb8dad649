package household

import (
	"fmt"
	"slices"
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// MakePlan makes the household's plan (一户一策) with its four clears: 底数、问题、
// 措施、责任 (S4.15).
type MakePlan struct {
	Plan           string           `json:"plan"`
	Situation      code.Text        `json:"situation"`
	Problems       code.Text        `json:"problems"`
	Responsibility code.Text        `json:"responsibility"`
	Measures       []PlannedMeasure `json:"measures"`
	// Papers that it left, where the pack wants some.
	Papers []Exhibit `json:"papers,omitzero"`
}

// PlannedMeasure is a measure the plan foresees.
type PlannedMeasure struct {
	Class      code.MeasureClass `json:"class"`
	Instrument string            `json:"instrument,omitzero"` // of the pack
	Content    code.Text         `json:"content"`
	Department string            `json:"department"` // code.Departments
	Budget     code.Fen          `json:"budget_fen,omitzero"`
	Due        calendar.Day      `json:"due,omitzero"`
}

// PlanMade: the household has a plan.
type PlanMade MakePlan

func (MakePlan) isCommand() {}
func (PlanMade) isEvent()   {}

func (r *ruling) makePlan(c MakePlan) []Event {
	if c.Plan == "" || len(c.Measures) == 0 || len(c.Measures) > 50 {
		return r.refuse(policy.Malformed, "一户一策须有编号和1至50项措施")
	}
	development := r.s.developed(r.act.Happened)
	for _, m := range c.Measures {
		r.known(code.MeasureClasses, string(m.Class), "措施类别")
		r.known(code.Departments, m.Department, "责任部门")
		if m.Budget < 0 || m.Budget > MaxIncome {
			return r.refuse(policy.Malformed, "预算应在0至1000万元之间")
		}
		r.instrument(m.Instrument, m.Class, m.Department)
		development = development || m.Class.Development()
	}
	r.step(policy.Assistance, policy.Plan)
	r.evidence(policy.Assistance, policy.Plan, r.exhibits(c.Papers)...)
	if missing := PlanMade(c).Missing(); len(missing) > 0 {
		r.fails(policy.PlanIncomplete, "一户一策缺：%s", strings.Join(missing, "、"))
	}
	if !development && r.s.MayDevelop() {
		r.fails(policy.NoDevelopment, "有劳动力、有意愿的监测户应至少落实一项产业就业等开发式帮扶措施")
	}
	return []Event{PlanMade(c)}
}

// Missing names what of the four clears (底数清、问题清、措施清、责任清) the plan does
// not say (S4.15).
func (e PlanMade) Missing() []string {
	var missing []string
	for _, clear := range []struct {
		said code.Text
		name string
	}{{e.Situation, "底数"}, {e.Problems, "问题"}, {e.Responsibility, "责任"}} {
		if clear.said == "" {
			missing = append(missing, clear.name)
		}
	}
	for i, m := range e.Measures {
		if m.Content == "" {
			missing = append(missing, fmt.Sprintf("第%d项措施的内容", i+1))
		}
	}
	return missing
}

// undated names the measures for which the plan sets no day: no document asks for
// one, and without it nothing ever falls due.
func (e PlanMade) undated() []string {
	var undated []string
	for i, m := range e.Measures {
		if m.Due == 0 {
			undated = append(undated, fmt.Sprintf("第%d项措施的完成期限", i+1))
		}
	}
	return undated
}

func (s *State) planMade(f Fact, e PlanMade) {
	ep, _ := s.chainResult(policy.Assistance, policy.Plan, f, "", "")
	if ep == nil || f.Happened() < ep.Plan {
		return
	}
	ep.Plan, ep.PlanMissing = f.Happened(), append(e.Missing(), e.undated()...)
}

// developed says whether a development measure had been started in the episode of
// the day, so that a later plan need not begin another.
func (s *State) developed(on calendar.Day) bool {
	ep := s.episodeOn(on)
	return ep != nil && slices.ContainsFunc(ep.Measures, func(m Measure) bool { return m.Class.Development() && m.Started <= on })
}

// instrument holds what a measure says it is, and who leads it, against the
// document's list (S1.16–S1.25): forms of help it does not know are welcome.
func (r *ruling) instrument(name string, class code.MeasureClass, department string) {
	leads := r.pack.LeadsOf(class)
	what := code.MeasureClasses.ZH(string(class))
	if name != "" {
		i, ok := r.pack.Instrument(name)
		switch {
		case !ok:
			r.fails(policy.InstrumentUnknown, "办法中没有帮扶方式“%s”", name)
			return
		case i.Class != class:
			r.fails(policy.InstrumentUnknown, "“%s”属于%s，不属于%s", i.ZH, code.MeasureClasses.ZH(string(i.Class)), what)
			return
		}
		leads, what = i.Departments, i.ZH
	}
	if len(leads) > 0 && !slices.Contains(leads, department) {
		names := make([]string, len(leads))
		for i, d := range leads {
			names[i] = code.Departments.ZH(d)
		}
		r.fails(policy.LeadUnit, "“%s”的责任单位为%s，不是%s", what, strings.Join(names, "、"), code.Departments.ZH(department))
	}
}
