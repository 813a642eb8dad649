package fund

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// VoidFundFact marks a wrong entry of the fund's stream void (更正: 作废): what it is, a
// sum that came in, or an approval (资金批复), whose lines in the households' files go
// with it. Money that was paid is not unpaid by a correction: a payment is taken back
// by a reversal.
type VoidFundFact struct {
	Event  string    `json:"event"`
	Reason code.Text `json:"reason"`
}

// FactVoided: the named entry does not stand, from the moment this was recorded,
// for all days.
type FactVoided VoidFundFact

func (VoidFundFact) isFundCommand() {}
func (FactVoided) isFundEvent()     {}

// entry is a fact as a correction may name it.
type entry struct {
	id   string
	kind Event
	void bool
}

// struck tells which facts are void.
func struck(facts []Fact) map[string]bool {
	void := map[string]bool{}
	for _, f := range facts {
		if v, ok := f.Event.(FactVoided); ok {
			void[v.Event] = true
		}
	}
	return void
}

// voidFact: S1.33, the books stay as they were written, wrong sums struck through.
// A fund on which others of its entries rest is not struck under them.
func (r *ruling) voidFact(c VoidFundFact) []Event {
	for _, e := range r.s.entries {
		if e.id != c.Event {
			continue
		}
		switch {
		case e.void:
			return r.refuse(policy.EventVoided, "这条记录已作废")
		case c.Reason == "":
			return r.refuse(policy.Malformed, "更正须写明原因")
		}
		switch kind := e.kind.(type) {
		case Raised:
			return []Event{FactVoided(c)}
		case Established:
			if len(r.s.raised)+len(r.s.approved)+len(r.s.paid) > 0 {
				return r.refuse(policy.EventNotVoidable, "这项资金已有筹集或名单，不能作废")
			}
			return []Event{FactVoided(c)}
		case Approved:
			return r.voidApproval(kind, c)
		case Paid, Reversed, FactVoided, FlagRaised:
			return r.refuse(policy.EventNotVoidable, "发放不作废；有误的逐户冲销")
		}
	}
	return r.refuse(policy.EventUnknown, "这项资金没有这条记录")
}

// voidApproval: what was paid on the approval was paid all the same, and is found to
// stand on none.
func (r *ruling) voidApproval(approved Approved, c VoidFundFact) []Event {
	r.entitled("approve", approved.List)
	g := r.pack.Guard(policy.FundWithoutApproval)
	g.Mode = policy.Flag
	for _, line := range approved.Lines {
		var rest []grant
		for _, a := range r.s.approved {
			if a.list != approved.List {
				rest = append(rest, a)
			}
		}
		left := total(r.same(rest, line), always)
		for _, paid := range r.same(r.s.paid, line) {
			if paid.reversed == 0 && paid.fen > left {
				r.failsAs(g, paid.list, line.Household, "发放%d元所据审批已作废", paid.fen/100)
			}
			left -= min(left, paid.fen)
		}
	}
	return []Event{FactVoided(c)}
}
