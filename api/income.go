package api

import (
	"context"
	"fmt"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// IncomeSheetView is an income sheet item by item, with how its result was computed.
type IncomeSheetView struct {
	Sheet     string                 `json:"sheet"`
	Event     string                 `json:"event"`
	On        calendar.Day           `json:"on" doc:"测算日期"`
	Procedure policy.Procedure       `json:"procedure,omitzero"`
	From      calendar.Day           `json:"from"`
	To        calendar.Day           `json:"to"`
	Persons   int                    `json:"persons"`
	Counted   int                    `json:"counted" doc:"测算日计入的家庭成员人数，供核对测算人数"`
	Items     []household.IncomeItem `json:"items"`
	Rigid     []household.RigidItem  `json:"rigid"`
	Net       code.Fen               `json:"net_fen"`
	PerCapita code.Fen               `json:"per_capita_fen"`
	Steps     []IncomeStepView       `json:"steps" doc:"人均纯收入的计算过程"`
	Pressure  *household.Pressure    `json:"pressure,omitzero" doc:"刚性支出与上年度收入的比较"`
	Line      YearLine               `json:"line"`
	RedLine   YearLine               `json:"red_line"`
	Layout    string                 `json:"layout"`
}

// IncomeStepView is a step of the computation with its name.
type IncomeStepView struct {
	household.IncomeStep
	Name string `json:"name"`
}

// YearLine is a year's line as the pack in force has it: an amount, or 未定.
type YearLine struct {
	Year int      `json:"year"`
	Fen  code.Fen `json:"fen,omitzero"`
	// State is the amount in yuan, 未定, or 未规定 where the pack knows no such line.
	State string `json:"state"`
	Below bool   `json:"below" doc:"人均纯收入低于该线；收入从不阻止纳入"`
}

// ownLayout: the sources give the forms' titles only.
const ownLayout = "表式为本系统自定：来源文件只列《致贫返贫风险户收支测算表》的名称，未附表样"

func (s *server) incomes() {
	g := s.about("收支测算")
	onHousehold[household.RecordIncome](g, "income-sheets", "收支测算表")
	get(g, "/households/{household}/income-sheets", "list-income-sheets", "收支测算表：逐项、计算过程、与收入线和上年度收入的比较", s.incomeSheets)
}

func (s *server) incomeSheets(ctx context.Context, in *fileInput) (*answer[list[IncomeSheetView]], error) {
	facts, asked, err := s.factsOf(ctx, in)
	if err != nil {
		return nil, err
	}
	out := list[IncomeSheetView]{Items: []IncomeSheetView{}}
	times := in.times(asked)
	state := household.Fold(in.Household, facts, times)
	for _, f := range household.Standing(facts, times) {
		if e, ok := f.Event.(household.IncomeRecorded); ok {
			view := sheetOf(f, e)
			view.Counted = state.CountedOn(f.Happened())
			view.lines(s, state.Region, f.Happened())
			out.Items = append(out.Items, view)
		}
	}
	return answerOf(out), nil
}

func sheetOf(f household.Fact, e household.IncomeRecorded) IncomeSheetView {
	view := IncomeSheetView{Sheet: e.Sheet, Event: f.ID, On: f.Happened(), Procedure: e.Procedure, From: e.From, To: e.To, Persons: e.Persons,
		Items: e.Items, Rigid: e.Rigid, Net: e.Net, PerCapita: e.PerCapita, Layout: ownLayout}
	if view.Rigid == nil {
		view.Rigid = []household.RigidItem{}
	}
	for _, step := range e.Steps() {
		name := household.IncomeSteps.ZH(step.Step)
		switch step.Step {
		case "part":
			name = household.IncomeKinds.ZH(step.Kind) + name
		case "cause":
			name += code.Risks.ZH(step.Kind)
		}
		view.Steps = append(view.Steps, IncomeStepView{step, name})
	}
	if len(e.Rigid) > 0 {
		view.Pressure = &e.Pressure
	}
	return view
}

// lines fills in the lines of the year in which the sheet was computed.
func (v *IncomeSheetView) lines(s *server, region string, on calendar.Day) {
	pack, _ := s.Handler.Directory.Pack(region, on)
	v.Line = yearLine(pack.IncomeLines, on.Year(), v.PerCapita)
	v.RedLine = yearLine(pack.RedLines, on.Year(), v.PerCapita)
}

func yearLine(lines []policy.Line, year int, perHead code.Fen) YearLine {
	line := YearLine{Year: year, State: "未定"}
	if len(lines) == 0 {
		line.State = "未规定"
	}
	for _, l := range lines {
		if l.Year == year && !l.Undetermined {
			line.Fen = code.Yuan(l.Yuan)
			line.State, line.Below = fmt.Sprintf("%d元", l.Yuan), perHead < line.Fen
		}
	}
	return line
}
