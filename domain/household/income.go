package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// IncomeKinds are the groups of the income and expenditure sheet (DOMAIN 3.6);
// costs are subtracted.
var IncomeKinds = code.List{
	{Code: "wage", ZH: "工资性收入", EN: "wages"},
	{Code: "business", ZH: "生产经营性收入", EN: "household business"},
	{Code: "property", ZH: "财产性收入", EN: "property"},
	{Code: "transfer", ZH: "转移性收入", EN: "transfers"},
	{Code: "business_cost", ZH: "生产经营性支出", EN: "costs of household business"},
}

// MaxIncome bounds one item: ten million yuan, beyond which a digit slipped.
const MaxIncome = code.Fen(10_000_000_00)

// RecordIncome records an income sheet (收支测算表): what the household earned and
// spent on earning in a stated period, for so many persons.
type RecordIncome struct {
	Sheet     string           `json:"sheet"`
	Procedure policy.Procedure `json:"procedure,omitzero"` // empty: outside a procedure
	From      calendar.Day     `json:"from"`
	To        calendar.Day     `json:"to"`
	Persons   int              `json:"persons"`
	Items     []IncomeItem     `json:"items"`
}

// IncomeItem is one line of the sheet, in fen.
type IncomeItem struct {
	Kind string    `json:"kind"` // IncomeKinds
	Note code.Text `json:"note,omitzero"`
	Fen  code.Fen  `json:"fen"`
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
	PerCapita code.Fen `json:"per_capita_fen"`
}

func (RecordIncome) isCommand() {}
func (IncomeRecorded) isEvent() {}

// Sheet is an income sheet as the state keeps it.
type Sheet struct {
	ID        string
	Event     string
	On        calendar.Day
	From, To  calendar.Day
	PerCapita code.Fen
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
	case len(c.Items) == 0 || len(c.Items) > 60:
		return r.refuse(policy.Malformed, "收支项目应为1至60项")
	}
	var net code.Fen
	for _, item := range c.Items {
		if !r.known(IncomeKinds, item.Kind, "收支项目") {
			return nil
		}
		if item.Fen < 0 || item.Fen > MaxIncome {
			return r.refuse(policy.Malformed, "收支金额应在0至1000万元之间")
		}
		if item.Kind == "business_cost" {
			net -= item.Fen
		} else {
			net += item.Fen
		}
	}
	if c.Procedure != "" {
		r.step(c.Procedure, policy.IncomeSheet)
	}
	return []Event{IncomeRecorded{Sheet: c.Sheet, Procedure: c.Procedure, From: c.From, To: c.To, Persons: c.Persons,
		Items: c.Items, Net: net, PerCapita: perHead(net, c.Persons)}}
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
	s.Sheets = append(s.Sheets, Sheet{ID: e.Sheet, Event: f.ID, On: f.Happened(), From: e.From, To: e.To, PerCapita: e.PerCapita})
	if e.Procedure != "" {
		s.chainDone(e.Procedure, policy.IncomeSheet, f, "")
	}
}

// IncomeOf returns the last recorded net income per head for a calendar year.
func (s *State) IncomeOf(year int) (code.Fen, bool) {
	var last *Sheet
	for i := range s.Sheets {
		if sh := &s.Sheets[i]; sh.Year() == year && (last == nil || sh.On >= last.On) {
			last = sh
		}
	}
	if last == nil {
		return 0, false
	}
	return last.PerCapita, true
}
