package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// SignKind is how a file shows that the household is, or was, at risk.
type SignKind string

const (
	SignClue   SignKind = "clue"   // a clue was verified and a risk found
	SignIncome SignKind = "income" // the last sheet's income per head, to be held against the year's line
	SignFall   SignKind = "fall"   // it actually fell (back) into poverty
)

// SignKinds with their terms.
var SignKinds = code.List{
	{Code: "clue", ZH: "线索核实存在风险", EN: "a clue verified as a risk"},
	{Code: "income", ZH: "人均纯收入低于监测范围", EN: "income below the line"},
	{Code: "fall", ZH: "实际返贫致贫", EN: "fell into poverty"},
}

// SignOutcome is what a sign has led to.
type SignOutcome string

const (
	OutcomeIncluded SignOutcome = "included"
	OutcomeRejected SignOutcome = "rejected"
	OutcomeUnderWay SignOutcome = "under_way" // an inclusion is under way
	OutcomeNone     SignOutcome = "none"
)

// SignOutcomes with their terms.
var SignOutcomes = code.List{
	{Code: "included", ZH: "已纳入", EN: "included"},
	{Code: "rejected", ZH: "不予纳入", EN: "not included"},
	{Code: "under_way", ZH: "识别中", EN: "under way"},
	{Code: "none", ZH: "未启动识别程序", EN: "no procedure"},
}

// Sign is a sign of risk in the file of a household that was not monitored when it
// came, and what it has led to. From it 应纳未纳 and 纳入不及时 are found (S4.13):
// the pack says how long an inclusion may take and where the line is.
type Sign struct {
	Kind      SignKind
	On        calendar.Day
	PerCapita code.Fen // of an income sheet
	Year      int      // of its income
	Outcome   SignOutcome
	Decided   calendar.Day // when it was included or rejected
}

// Signs lists the signs of risk, of several that led to the same the earliest. A
// file without a household, or of one that exists no more, has none.
func (s *State) Signs() []Sign {
	if s.Unconfirmed || s.Closed != 0 {
		return nil
	}
	var signs []Sign
	add := func(sign Sign) {
		var watched bool
		if sign.Outcome, sign.Decided, watched = s.outcome(sign.On); watched {
			return
		}
		for i, have := range signs {
			if have.Kind == sign.Kind && have.Outcome == sign.Outcome && have.Decided == sign.Decided {
				if sign.On < have.On {
					signs[i] = sign
				}
				return
			}
		}
		signs = append(signs, sign)
	}
	for _, c := range s.Clues {
		if c.Result == "risk" {
			add(Sign{Kind: SignClue, On: c.On})
		}
	}
	if s.Fell != 0 {
		add(Sign{Kind: SignFall, On: s.Fell})
	}
	if last := s.currentSheet(latest); last != nil {
		add(Sign{Kind: SignIncome, On: last.On, PerCapita: last.PerCapita, Year: last.Year()})
	}
	return signs
}

// latest is a day that no fact lies behind.
const latest = calendar.Day(1 << 30)

// outcome says what became of the household after a sign of that day; watched, if
// it was monitored by then.
func (s *State) outcome(on calendar.Day) (o SignOutcome, decided calendar.Day, watched bool) {
	for _, e := range s.Episodes {
		ended := max(e.Eliminated, e.Revoked)
		switch {
		case ended != 0 && ended < on:
		case e.Included != 0 && e.Included < on:
			return "", 0, true
		case e.Included != 0:
			return OutcomeIncluded, e.Included, false
		case e.Rejected != 0 && e.Rejected >= on:
			return OutcomeRejected, e.Rejected, false
		case e.Rejected == 0:
			return OutcomeUnderWay, 0, false
		}
	}
	return OutcomeNone, 0, false
}

// InclusionFault is what a sign may show of an inclusion (S4.13).
type InclusionFault string

const (
	NotIncluded  InclusionFault = "not_included"  // 应纳未纳
	IncludedLate InclusionFault = "included_late" // 纳入不及时
)

// InclusionFaults with their terms.
var InclusionFaults = code.List{
	{Code: "not_included", ZH: "应纳未纳", EN: "should be included and is not"},
	{Code: "included_late", ZH: "纳入不及时", EN: "included late"},
}

// Fault says what the sign shows as of a day: its time for an inclusion is over
// and no procedure was begun, or it went on longer than it may. Due is the last
// day that would have been in time. An income counts where it is below the line
// of the year; that never decides by itself (「左右」), so what is found is to be
// looked into. Where nobody can say when the time ends, nothing is found.
func (s Sign) Fault(p policy.Pack, asOf calendar.Day) (fault InclusionFault, due calendar.Day, found bool) {
	if s.Kind == SignIncome {
		line, ok := p.LineOf(s.On.Year())
		if !ok || s.PerCapita >= line {
			return "", 0, false
		}
	}
	due, known := p.Chain.Period().End(s.On)
	if !known || p.Chain.Days == 0 {
		return "", 0, false
	}
	switch s.Outcome {
	case OutcomeIncluded:
		return IncludedLate, due, s.Decided > due
	case OutcomeUnderWay:
		return IncludedLate, due, asOf > due
	case OutcomeNone:
		return NotIncluded, due, asOf > due
	case OutcomeRejected:
	}
	return "", due, false
}
