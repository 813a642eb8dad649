package household

import (
	"slices"

	"shouwang/domain/code"
)

// Pressure compares a sheet with the income recorded for the year before (S0.8:
// 刚性支出明显超过上年度收入和收入大幅缩减). The percentages are the pack's of that
// day. It never bars or forces anything: it is shown, and gives a red warning
// its cause.
type Pressure struct {
	// Rigid is the rigid expenditure of all causes, in fen.
	Rigid code.Fen `json:"rigid_fen,omitzero"`
	// Year is the year before the sheet's, Before its recorded net income; no
	// year: nothing is recorded for it, and nothing can be compared.
	Year   int      `json:"year,omitzero"`
	Before code.Fen `json:"before_fen,omitzero"`
	// RigidPercent of the income before is where rigid expenditure is clearly
	// above it, FallPercent the fall from which income has shrunk sharply; 0 where
	// the pack says nothing of it.
	RigidPercent int `json:"rigid_percent,omitzero"`
	FallPercent  int `json:"fall_percent,omitzero"`
	// Exceeds and Shrunk are the answers.
	Exceeds bool `json:"exceeds,omitzero"`
	Shrunk  bool `json:"shrunk,omitzero"`
}

// pressure compares a sheet that names rigid expenditure with the year before.
func (r *ruling) pressure(e IncomeRecorded) Pressure {
	var p Pressure
	if len(e.Rigid) == 0 {
		return p
	}
	for _, item := range e.Rigid {
		p.Rigid += item.Fen
	}
	before := r.s.sheetOf(e.To.Year()-1, r.act.Happened)
	if before == nil {
		return p
	}
	rule := r.pack.Income
	p.Year, p.Before, p.RigidPercent, p.FallPercent = before.Year(), before.Net, rule.RigidPercent, rule.FallPercent
	p.Exceeds = rule.RigidPercent > 0 && p.Rigid*100 > p.Before*code.Fen(rule.RigidPercent)
	p.Shrunk = rule.FallPercent > 0 && e.Net*100 <= p.Before*code.Fen(100-rule.FallPercent)
	return p
}

// causesOf names the causes of rigid expenditure, the largest first.
func causesOf(items []RigidItem) []code.Risk {
	sums := map[code.Risk]code.Fen{}
	var causes []code.Risk
	for _, item := range items {
		if _, seen := sums[item.Cause]; !seen {
			causes = append(causes, item.Cause)
		}
		sums[item.Cause] += item.Fen
	}
	slices.SortStableFunc(causes, func(a, b code.Risk) int { return int(sums[b] - sums[a]) })
	return causes
}

// IncomeStep is one line of how a sheet's result came about. What adds up stands
// in fen; a count or a percentage in N.
type IncomeStep struct {
	Step string   `json:"step"` // IncomeSteps
	Kind string   `json:"kind,omitzero"`
	Fen  code.Fen `json:"fen,omitzero"`
	N    int64    `json:"n,omitzero"`
}

// IncomeSteps are the kinds of those lines.
var IncomeSteps = code.List{
	{Code: "part", ZH: "小计", EN: "subtotal of a part"},
	{Code: "net", ZH: "纯收入＝工资性＋生产经营性＋财产性＋转移性－生产经营性支出", EN: "net income"},
	{Code: "persons", ZH: "测算人数", EN: "persons"},
	{Code: "per_capita", ZH: "人均纯收入＝纯收入÷测算人数（舍去不足一分）", EN: "net income per head"},
	{Code: "reference", ZH: "参考人均收入＝（纯收入＋理赔收入－合规自付支出）÷测算人数", EN: "reference income per head"},
	{Code: "cause", ZH: "刚性支出（按原因）", EN: "rigid expenditure by cause"},
	{Code: "rigid", ZH: "刚性支出合计", EN: "rigid expenditure"},
	{Code: "before", ZH: "上年度纯收入", EN: "net income of the year before"},
	{Code: "ratio", ZH: "刚性支出占上年度纯收入（%）", EN: "rigid expenditure in percent of the year before"},
	{Code: "fall", ZH: "纯收入比上年度减少（%）", EN: "fall of net income in percent"},
}

// Steps tells how the result was computed, from the items to the income per head
// and what stands beside it.
func (e IncomeRecorded) Steps() []IncomeStep {
	var steps []IncomeStep
	beside := code.Fen(0)
	for _, kind := range IncomeKinds {
		sum, any := code.Fen(0), false
		for _, item := range e.Items {
			if item.Kind == kind.Code {
				sum, any = sum+item.Fen, true
			}
		}
		if any {
			steps = append(steps, IncomeStep{Step: "part", Kind: kind.Code, Fen: sum})
		}
		switch kind.Code {
		case "compensation":
			beside += sum
		case "self_paid":
			beside -= sum
		}
	}
	steps = append(steps, IncomeStep{Step: "net", Fen: e.Net}, IncomeStep{Step: "persons", N: int64(e.Persons)}, IncomeStep{Step: "per_capita", Fen: e.PerCapita})
	if beside != 0 && e.Persons > 0 {
		steps = append(steps, IncomeStep{Step: "reference", Fen: perHead(e.Net+beside, e.Persons)})
	}
	return append(steps, e.pressureSteps()...)
}

func (e IncomeRecorded) pressureSteps() []IncomeStep {
	var steps []IncomeStep
	for _, cause := range causesOf(e.Rigid) {
		sum := code.Fen(0)
		for _, item := range e.Rigid {
			if item.Cause == cause {
				sum += item.Fen
			}
		}
		steps = append(steps, IncomeStep{Step: "cause", Kind: string(cause), Fen: sum})
	}
	p := e.Pressure
	if len(e.Rigid) > 0 {
		steps = append(steps, IncomeStep{Step: "rigid", Fen: p.Rigid})
	}
	if p.Year == 0 {
		return steps
	}
	steps = append(steps, IncomeStep{Step: "before", Fen: p.Before, N: int64(p.Year)})
	if p.Before > 0 {
		steps = append(steps, IncomeStep{Step: "ratio", N: int64(p.Rigid * 100 / p.Before)}, IncomeStep{Step: "fall", N: int64((p.Before - e.Net) * 100 / p.Before)})
	}
	return steps
}

// causeOf is why the income is where it is: the causes of the sheet's rigid
// expenditure, or else the risks of the episode that are not gone.
func (s *State) causeOf(causes []code.Risk, e *Episode) []code.Risk {
	if len(causes) > 0 || e == nil {
		return causes
	}
	for _, risk := range e.Risks {
		if risk.Gone == 0 {
			causes = append(causes, risk.Risk)
		}
	}
	if len(causes) == 0 {
		causes = []code.Risk{"other"}
	}
	return causes
}
