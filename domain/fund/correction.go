package fund

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// VoidFundFact marks a wrong entry of the fund's stream void (更正: 作废): what it is, or
// a sum that came in. A list is in the households' files as well, so a payment is
// taken back by a reversal.
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
		switch e.kind.(type) {
		case Raised:
			return []Event{FactVoided(c)}
		case Established:
			if len(r.s.raised)+len(r.s.approved)+len(r.s.paid) > 0 {
				return r.refuse(policy.EventNotVoidable, "这项资金已有筹集或名单，不能作废")
			}
			return []Event{FactVoided(c)}
		case Approved, Paid, Reversed, FactVoided, FlagRaised:
			return r.refuse(policy.EventNotVoidable, "名单不作废；发放有误的逐户冲销")
		}
	}
	return r.refuse(policy.EventUnknown, "这项资金没有这条记录")
}
