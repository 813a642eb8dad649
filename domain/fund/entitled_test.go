package fund

import (
	"errors"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Who approves, pays and verifies is as the pack says: assumed, another is flagged;
// stated, he is refused if he does it in the system, and flagged if it is typed in.
func TestWhoTakesAStepWithAFund(t *testing.T) {
	t.Parallel()
	steps := []struct {
		name string
		do   Command
	}{
		{"establish", relief}, {"raise", Raise{Source: "fiscal", Fen: 1000_00}},
		{"approve", Approve{List: "a1", Lines: []Line{{Household: "h1", Persons: 1, Fen: 100}}}},
		{"pay", Pay{List: "p1", Lines: []Line{{Household: "h1", Persons: 1, Fen: 100}}}},
		{"reverse", Reverse{List: "p1", Household: "h1", Reason: "mistaken", Note: "误登"}},
	}
	for i, step := range steps {
		for _, basis := range []policy.Basis{policy.Stated, policy.Assumed} {
			t.Run(step.name+" "+string(basis), func(t *testing.T) {
				r := &record{t: t}
				for _, before := range steps[:i] {
					r.does("2020-06-01", before.do)
				}
				pack := policy.Pack{Funds: []policy.FundRule{{Act: step.name, Capacities: []code.Capacity{code.CountyDecider},
					Grounds: policy.Grounds{Basis: basis, Cite: "T.fund", Reason: "通行做法"}}}}
				decide := func(mode act.Mode, who code.Capacity, covers bool) ([]Event, error) {
					a := on("2020-06-02")
					a.Mode, a.DoneBy = mode, []act.Person{{ID: "p1", Capacity: who, Covers: covers}}
					return Decide(Fold("f1", r.log), step.do, a, pack)
				}
				flagged := func(events []Event, err error) bool {
					if err != nil || len(events) != 2 {
						return false
					}
					flag, ok := events[1].(FlagRaised)
					return ok && flag.Rule == policy.WrongCapacity && flag.Basis == basis && flag.Cite == "T.fund"
				}
				if events, err := decide(act.Performed, code.CountyDecider, true); err != nil || len(events) != 1 {
					t.Errorf("%v %+v", err, events)
				}
				if events, err := decide(act.Transcribed, code.VillageCadre, true); !flagged(events, err) {
					t.Errorf("typed in: %v %+v", err, events)
				}
				for _, other := range []struct {
					who    code.Capacity
					covers bool
				}{{code.VillageCadre, true}, {code.CountyDecider, false}} {
					events, err := decide(act.Performed, other.who, other.covers)
					var refusal *policy.Refusal
					if refused := errors.As(err, &refusal) && refusal.Rule == policy.WrongCapacity && refusal.Cite == "T.fund"; basis == policy.Stated && !refused || basis == policy.Assumed && !flagged(events, err) {
						t.Errorf("%+v: %v %+v", other, err, events)
					}
				}
			})
		}
	}
}
