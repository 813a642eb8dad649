// Package fund has the money raised against falling back into poverty: relief
// funds, petty funds and subsidy projects with their rules, what was raised,
// which households were approved, what was paid (S1.18, S1.33, S2.36, S3.7,
// S4.5, S4.23). A fund is a stream of its own; each household named on one of
// its lists holds its own line.
//
// What an audit looks for is found when it is recorded, and stands beside the
// fact: paid twice, without approval, beyond the balance. Whether a household was
// entitled is judged in its own file.
package fund

import (
	"fmt"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// Event is a fact about a fund.
//
//sumtype:decl
type Event interface{ isFundEvent() }

// Command is an act on a fund.
//
//sumtype:decl
type Command interface{ isFundCommand() }

// Fact is an event at its place in the fund's stream.
type Fact struct {
	ID      string
	Version int64
	Act     act.Act
	Event   Event
}

// FlagRaised: what was recorded did not satisfy a guard (审计疑点). The fact stands.
type FlagRaised struct {
	Rule      policy.Rule  `json:"rule"`
	Basis     policy.Basis `json:"basis"`
	Cite      string       `json:"cite,omitzero"`
	Household string       `json:"household,omitzero"` // none: about the whole list
	List      string       `json:"list,omitzero"`
	Detail    string       `json:"detail"`
	// Back is how many versions before this one the flagged fact stands.
	Back int `json:"back"`
}

func (FlagRaised) isFundEvent() {}

// State is a fund as its events tell it.
type State struct {
	ID      string
	Version int64
	Exists  bool
	Region  string
	Kind    string
	Name    string
	Tiers   []household.Condition

	raised   []sum
	approved []grant
	paid     []grant

	entries []entry // what corrections may name
}

// sum is money that came in on a day.
type sum struct {
	on  calendar.Day
	fen code.Fen
}

// grant is one line of an approval or of a payment list.
type grant struct {
	list, household, measure string
	on, reversed             calendar.Day
	fen                      code.Fen
}

// Fold returns the fund's state, without what is void.
func Fold(id string, facts []Fact) State {
	s := State{ID: id}
	void := struck(facts)
	for _, f := range facts {
		if void[f.ID] {
			s.Version, s.entries = f.Version, append(s.entries, entry{f.ID, f.Event, true})
			continue
		}
		s = Evolve(s, f)
	}
	return s
}

// Evolve takes one fact in; it never fails. The state given is used up.
func Evolve(s State, f Fact) State {
	s.Version, s.entries = f.Version, append(s.entries, entry{f.ID, f.Event, false})
	switch e := f.Event.(type) {
	case Established:
		s.Exists, s.Region, s.Kind, s.Name, s.Tiers = true, e.Region, e.Kind, e.Name, e.Tiers
	case Raised:
		s.raised = append(s.raised, sum{f.Act.Happened, e.Fen})
	case Approved:
		s.approved = append(s.approved, grants(e.List, e.Lines, f.Act.Happened)...)
	case Paid:
		s.paid = append(s.paid, grants(e.List, e.Lines, f.Act.Happened)...)
	case Reversed:
		if g := s.payment(e.List, e.Household); g != nil {
			g.reversed = f.Act.Happened
		}
	case FlagRaised, FactVoided: // speak about other facts; Fold leaves out what is void
	default:
		panic(fmt.Sprintf("fund: event %T is not known to Evolve", e))
	}
	return s
}

func grants(list string, lines []Line, on calendar.Day) []grant {
	all := make([]grant, len(lines))
	for i, l := range lines {
		all[i] = grant{list: list, household: l.Household, measure: l.Measure, on: on, fen: l.Fen}
	}
	return all
}

// payment returns a payment of a list that stands, or nil.
func (s *State) payment(list, id string) *grant {
	for i := range s.paid {
		if g := &s.paid[i]; g.list == list && g.household == id && g.reversed == 0 {
			return g
		}
	}
	return nil
}

// Decide answers whether the act on the fund is possible, and what becomes fact.
// What it means for each household is decided there. The error is a
// *policy.Refusal.
func Decide(s State, c Command, a act.Act, p policy.Pack) ([]Event, error) {
	if err := paper.Admissible(a); err != nil {
		return nil, err
	}
	r := &ruling{s: &s, act: a, pack: p}
	var events []Event
	switch c := c.(type) {
	case Establish:
		events = r.establish(c)
	case Raise:
		events = r.raise(c)
	case Approve:
		events = r.approve(c)
	case Pay:
		events = r.pay(c)
	case Reverse:
		events = r.reverse(c)
	case VoidFundFact:
		events = r.voidFact(c)
	default:
		r.refuse(policy.Malformed, "未知的操作")
	}
	if r.refusal != nil {
		return nil, r.refusal
	}
	for i, flag := range r.flags {
		flag.Back = len(events) + i
		r.flags[i] = flag
	}
	for _, flag := range r.flags {
		events = append(events, flag)
	}
	return events, nil
}

// ruling is one Decide under way.
type ruling struct {
	s       *State
	act     act.Act
	pack    policy.Pack
	refusal *policy.Refusal
	flags   []FlagRaised
}

func (r *ruling) refuse(rule policy.Rule, reason string, args ...any) []Event {
	if r.refusal == nil {
		r.refusal = policy.Refuse(rule, reason, args...)
	}
	return nil
}

// fails records that a guard is not satisfied: it blocks what is performed where
// the pack says so, and flags otherwise.
func (r *ruling) fails(rule policy.Rule, list, id, detail string, args ...any) {
	r.failsAs(r.pack.Guard(rule), list, id, detail, args...)
}

func (r *ruling) failsAs(g policy.Guard, list, id, detail string, args ...any) {
	text := fmt.Sprintf(detail, args...)
	if r.act.Mode == act.Performed && g.Mode == policy.Block {
		if r.refusal == nil {
			r.refusal = &policy.Refusal{Rule: g.Rule, Cite: g.Cite, Reason: text}
		}
		return
	}
	r.flags = append(r.flags, FlagRaised{Rule: g.Rule, Basis: g.Basis, Cite: g.Cite, Household: id, List: list, Detail: text})
}

func (r *ruling) known(list code.List, value, what string) {
	if _, ok := list.Find(value); !ok {
		r.refuse(policy.Malformed, "%s“%s”不在代码表中", what, value)
	}
}

// Lines returns what a fund's event means for the households on its list: the
// same event always gives the same commands.
func Lines(s State, f Fact) []paper.Line {
	switch e := f.Event.(type) {
	case Approved:
		return lines(e.Lines, func(l Line) household.Command { return household.ApprovePayment(s.line(e.List, l)) })
	case Paid:
		return lines(e.Lines, func(l Line) household.Command { return household.RecordPayment(s.line(e.List, l)) })
	case Reversed:
		return []paper.Line{{Household: e.Household, Command: household.ReversePayment{Fund: s.ID, List: e.List, Reason: e.Reason, Note: e.Note}}}
	case FactVoided:
		approved, ok := s.written(e.Event).(Approved)
		if !ok {
			return nil
		}
		return lines(approved.Lines, func(Line) household.Command { return household.VoidLine{Entry: e.Event, Reason: e.Reason} })
	case Established, Raised, FlagRaised:
	}
	return nil
}

// written is an entry of the fund's stream, whether it stands or not; nil if it is
// not there.
func (s State) written(id string) Event {
	for _, e := range s.entries {
		if e.id == id {
			return e.kind
		}
	}
	return nil
}

func lines(all []Line, command func(Line) household.Command) []paper.Line {
	out := make([]paper.Line, len(all))
	for i, l := range all {
		out[i] = paper.Line{Household: l.Household, Command: command(l)}
	}
	return out
}

// line is a household's line with what it must know of the fund.
func (s State) line(list string, l Line) household.PaymentLine {
	p := household.PaymentLine{Fund: s.ID, Kind: s.Kind, Name: s.Name, List: list, Measure: l.Measure, Persons: l.Persons, Fen: l.Fen, Payee: l.Payee, Reason: l.Reason}
	for _, tier := range s.Tiers {
		if tier.Tier == l.Tier {
			p.Condition = tier
		}
	}
	return p
}
