package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// MaxIncome bounds one item: ten million yuan, beyond which a digit slipped.
const MaxIncome = code.Fen(10_000_000_00)

// MaxIncomeItems bounds the items of a sheet: each of the form's items twice.
const MaxIncomeItems = 120

// RecordIncome records an income sheet (收支测算表, S1.40 form 3-2): what the
// household earned and spent on earning in a stated period, for so many persons,
// and its rigid expenditure by cause (S0.8).
type RecordIncome struct {
	Sheet     string           `json:"sheet"`
	Procedure policy.Procedure `json:"procedure,omitzero"` // empty: outside a procedure
	From      calendar.Day     `json:"from"`
	To        calendar.Day     `json:"to"`
	Persons   int              `json:"persons"`
	Items     []IncomeItem     `json:"items"`
	Rigid     []RigidItem      `json:"rigid,omitzero"`
	// Papers that it left, where the pack wants some.
	Papers []Exhibit `json:"papers,omitzero"`
}

// IncomeItem is one line of the sheet, in fen.
type IncomeItem struct {
	Kind string    `json:"kind"`          // IncomeKinds
	Item string    `json:"item,omitzero"` // IncomeItems; empty: the kind as a whole
	Note code.Text `json:"note,omitzero"`
	Fen  code.Fen  `json:"fen"`
}

// RigidItem is rigid expenditure (刚性支出) of one cause in the sheet's period:
// what the household bore itself, in fen.
type RigidItem struct {
	Cause code.Risk `json:"cause"`
	Note  code.Text `json:"note,omitzero"`
	Fen   code.Fen  `json:"fen"`
}

// IncomeRecorded: the household's income as computed that day. The result is
// part of the fact, with the items it was computed from.
type IncomeRecorded struct {
	Sheet     string           `json:"sheet"`
	Procedure policy.Procedure `json:"procedure,omitzero"`
	From      calendar.Day     `json:"from"`
	To        calendar.Day     `json:"to"`
	Persons   int              `json:"persons"`
	Items     []IncomeItem     `json:"items"`
	Net       code.Fen         `json:"net_fen"`
	// PerCapita is the net income per head (人均纯收入), rounded down to the fen.
	PerCapita code.Fen    `json:"per_capita_fen"`
	Rigid     []RigidItem `json:"rigid,omitzero"`
	// Pressure is what the pack's rule says of rigid expenditure and of the fall
	// of income; empty where the sheet names none or there is no income of the
	// year before.
	Pressure Pressure  `json:"pressure,omitzero"`
	Papers   []Exhibit `json:"papers,omitzero"`
}

func (RecordIncome) isCommand() {}
func (IncomeRecorded) isEvent() {}

// Sheet is an income sheet as the state keeps it.
type Sheet struct {
	ID        string
	Event     string
	On        calendar.Day
	From, To  calendar.Day
	Net       code.Fen
	PerCapita code.Fen
	Causes    []code.Risk // of its rigid expenditure, the largest first
}

// Year is the year whose income the sheet tells of: that of its last day.
func (s Sheet) Year() int { return s.To.Year() }

func (r *ruling) recordIncome(c RecordIncome) []Event {
	switch {
	case c.Sheet == "":
		return r.refuse(policy.Malformed, "收支测算表编号缺失")
	case c.From == 0 || c.To < c.From || c.To > r.act.Happened || c.To-c.From > 366:
		return r.refuse(policy.Malformed, "收支测算的起止日期有误：应在一年以内，且不晚于测算日")
	case c.Persons < 1 || c.Persons > MaxMembers:
		return r.refuse(policy.Malformed, "测算人数应为1至%d人", MaxMembers)
	case len(c.Items) == 0 || len(c.Items) > MaxIncomeItems || len(c.Rigid) > MaxIncomeItems:
		return r.refuse(policy.Malformed, "收支项目应为1至%d项", MaxIncomeItems)
	}
	if !r.incomeItems(c) {
		return nil
	}
	if months := r.pack.Income.Months; months != 0 && c.To != c.From.AddMonths(months)-1 {
		r.fails(policy.IncomePeriod, "收支测算的起止为%s至%s，应为连续%d个月", c.From.Chinese(), c.To.Chinese(), months)
	}
	carried := r.exhibits(c.Papers)
	if c.Procedure != "" {
		r.step(c.Procedure, policy.IncomeSheet)
		r.evidence(c.Procedure, policy.IncomeSheet, carried...)
	}
	net := netOf(c.Items)
	recorded := IncomeRecorded{Sheet: c.Sheet, Procedure: c.Procedure, From: c.From, To: c.To, Persons: c.Persons,
		Items: c.Items, Net: net, PerCapita: perHead(net, c.Persons), Rigid: c.Rigid, Papers: c.Papers}
	recorded.Pressure = r.pressure(recorded)
	return append([]Event{recorded}, r.incomeWarning(recorded)...)
}

// incomeItems checks each line of the sheet.
func (r *ruling) incomeItems(c RecordIncome) bool {
	amount := func(fen code.Fen) {
		if fen < 0 || fen > MaxIncome {
			r.refuse(policy.Malformed, "收支金额应在0至1000万元之间")
		}
	}
	for _, item := range c.Items {
		r.known(IncomeKinds, item.Kind, "收支类别")
		if item.Item != "" && r.known(IncomeItems, item.Item, "收支项目") && kindOf(item.Item) != item.Kind {
			r.refuse(policy.Malformed, "收支项目“%s”不属于“%s”", IncomeItems.ZH(item.Item), IncomeKinds.ZH(item.Kind))
		}
		amount(item.Fen)
	}
	for _, item := range c.Rigid {
		r.known(code.Risks, string(item.Cause), "刚性支出原因")
		amount(item.Fen)
	}
	return r.refusal == nil
}

// perHead divides rounding down, for losses too.
func perHead(net code.Fen, persons int) code.Fen {
	per := net / code.Fen(persons)
	if net < 0 && net%code.Fen(persons) != 0 {
		per--
	}
	return per
}

func (s *State) incomeRecorded(f Fact, e IncomeRecorded) {
	s.Sheets = append(s.Sheets, Sheet{ID: e.Sheet, Event: f.ID, On: f.Happened(), From: e.From, To: e.To, Net: e.Net, PerCapita: e.PerCapita,
		Causes: causesOf(e.Rigid)})
	if e.Procedure != "" {
		s.chainDone(e.Procedure, policy.IncomeSheet, f, "")
	}
}

// IncomeOf returns the last recorded net income per head for a calendar year.
func (s *State) IncomeOf(year int) (code.Fen, bool) {
	if last := s.sheetOf(year, 0); last != nil {
		return last.PerCapita, true
	}
	return 0, false
}

// sheetOf is the last sheet of a calendar year, by a day unless that is none.
func (s *State) sheetOf(year int, by calendar.Day) *Sheet {
	var last *Sheet
	for i := range s.Sheets {
		if sh := &s.Sheets[i]; sh.Year() == year && (by == 0 || sh.On <= by) && (last == nil || sh.On >= last.On) {
			last = sh
		}
	}
	return last
}
