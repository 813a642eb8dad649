package household

import (
	"fmt"
	"strings"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Refusal is why an act does not become fact.
type Refusal = policy.Refusal

// FlagRaised: on being recorded, the fact did not satisfy a guard. The fact
// stands; whoever checks later finds the flag beside it.
type FlagRaised struct {
	Rule   policy.Rule  `json:"rule"`
	Basis  policy.Basis `json:"basis"`
	Cite   string       `json:"cite,omitzero"`
	Detail string       `json:"detail"`
	// Back is how many versions before this one the flagged fact stands.
	Back int `json:"back"`
}

func (FlagRaised) isEvent() {}

// ruling is one Decide under way.
type ruling struct {
	s       *State
	act     act.Act
	pack    policy.Pack
	refusal *Refusal
	raised  []FlagRaised
}

// refuse ends the ruling: the act contradicts the file or refers to nothing,
// and no pack and no paper changes that. The first refusal counts.
func (r *ruling) refuse(rule policy.Rule, reason string, args ...any) []Event {
	if r.refusal == nil {
		r.refusal = policy.Refuse(rule, reason, args...)
	}
	return nil
}

// fails records that a guard is not satisfied.
func (r *ruling) fails(rule policy.Rule, detail string, args ...any) {
	r.failsAs(r.pack.Guard(rule), detail, args...)
}

func (r *ruling) failsAs(g policy.Guard, detail string, args ...any) {
	text := fmt.Sprintf(detail, args...)
	if r.act.Mode == act.Performed && g.Mode == policy.Block {
		if r.refusal == nil {
			r.refusal = &Refusal{Rule: g.Rule, Cite: g.Cite, Reason: text}
		}
		return
	}
	r.raised = append(r.raised, FlagRaised{Rule: g.Rule, Basis: g.Basis, Cite: g.Cite, Detail: text})
}

// grounded is the guard of a rule whose number stands elsewhere in the pack, with
// the grounds of that number.
func (r *ruling) grounded(rule policy.Rule, basis policy.Basis, cite string) policy.Guard {
	g := r.pack.Guard(rule)
	g.Basis, g.Cite = basis, cite
	if basis == policy.Assumed {
		g.Mode = policy.Flag
	}
	return g
}

// flags returns what was raised, to follow n events; flags stand on the first.
func (r *ruling) flags(n int) []Event {
	var events []Event
	if n == 0 {
		return nil
	}
	for i, f := range r.raised {
		f.Back = n + i
		events = append(events, f)
	}
	return events
}

// Earliest is the first day on which anything can have happened: the national
// register of poor households began in 2014.
var Earliest = calendar.Date(2014, 1, 1)

// admissible checks what every act must satisfy.
func (r *ruling) admissible(c Command) bool {
	a := r.act
	switch {
	case a.Happened == 0:
		r.refuse(policy.DayMissing, "未填发生日期")
	case a.Happened > a.Today:
		r.refuse(policy.FutureDay, "发生日期%s晚于今天%s", a.Happened.Chinese(), a.Today.Chinese())
	case a.Happened < Earliest:
		r.refuse(policy.DayTooOld, "发生日期%s早于%s", a.Happened.Chinese(), Earliest.Chinese())
	case a.Mode == act.Performed && a.Happened != a.Today:
		r.refuse(policy.DayPerformed, "在系统中办理的事项发生在今天；此前已发生的请按补录登记")
	case a.Mode != act.Performed && a.Mode != act.Transcribed:
		r.refuse(policy.Malformed, "须写明是当场办理还是补录")
	case len(a.DoneBy) == 0:
		r.refuse(policy.DoneByMissing, "未写明经办人")
	case !a.RecordedBy.Covers:
		r.refuse(policy.RecorderOutside, "录入人所在机构不管辖该户")
	}
	if !r.s.Exists && !opensFile(c) {
		r.refuse(policy.HouseholdUnknown, "没有这户的档案")
	}
	if r.s.Closed != 0 && a.Happened > r.s.Closed && !afterClosing(c) {
		r.refuse(policy.HouseholdClosed, "该户已于%s结束", r.s.Closed.Chinese())
	}
	if r.s.Unconfirmed && !whileUnconfirmed(c) {
		r.refuse(policy.HouseholdNotOpen, "该户尚待确认，请先登记建档、关联或办结")
	}
	r.persons()
	return r.refusal == nil
}

// persons holds the house rules about those who act: their office covers the
// household, and they were appointed on that day.
func (r *ruling) persons() {
	for _, p := range r.act.DoneBy {
		switch {
		case p.ID == act.Public: // he speaks for himself
		case p.Appointment == "":
			r.fails(policy.NotAppointed, "%s在%s没有任职", p.Name, r.act.Happened.Chinese())
		case !p.Covers:
			r.fails(policy.OutsideRegion, "%s（%s）所在机构不管辖该户", p.Name, p.Post)
		}
	}
}

// entitled checks that one of those who act has one of the capacities.
func (r *ruling) entitled(what string, level code.Level, capacities ...code.Capacity) {
	if r.act.HasCapacity(level, capacities) {
		return
	}
	r.fails(policy.WrongCapacity, "%s应由%s办理", what, capacityNames(capacities))
}

func capacityNames(capacities []code.Capacity) string {
	names := make([]string, len(capacities))
	for i, c := range capacities {
		names[i] = code.Capacities.ZH(string(c))
	}
	return strings.Join(names, "、")
}

func opensFile(c Command) bool {
	switch c.(type) {
	case RegisterHousehold, RecordClue, SendApplication:
		return true
	}
	return false
}

func afterClosing(c Command) bool {
	switch c.(type) {
	case VoidFact, VoidLine, ConsentToCorrection, VerifyClue, FeedBackClue:
		return true
	}
	return false
}

func whileUnconfirmed(c Command) bool {
	switch c.(type) {
	case RegisterHousehold, RecordClue, DispatchClue, VerifyClue, FeedBackClue, LinkUnconfirmed, CloseUnconfirmed, VoidFact, VoidLine:
		return true
	}
	return false
}

// known refuses a code that its list does not have.
func (r *ruling) known(list code.List, value, what string) bool {
	if _, ok := list.Find(value); ok {
		return true
	}
	r.refuse(policy.Malformed, "%s“%s”不在代码表中", what, value)
	return false
}
