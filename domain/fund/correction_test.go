package fund

import (
	"strconv"
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// A sum that came in twice in the books is struck through; what was paid is taken
// back by a reversal only.
func TestAWrongSumIsVoided(t *testing.T) {
	t.Parallel()
	r := &record{t: t}
	r.does("2020-04-01", relief)
	r.does("2020-04-02", Raise{Source: "fiscal", Fen: code.Yuan(5_000)})
	r.does("2020-04-02", Raise{Source: "fiscal", Fen: code.Yuan(5_000)})
	r.does("2020-05-01", Approve{List: "a1", Lines: list("a1", 3000, "h1")})
	r.does("2020-05-10", Pay{List: "p1", Lines: list("p1", 3000, "h1")})
	for i := range r.log {
		r.log[i].ID = "e" + strconv.Itoa(i+1)
	}
	for event, rule := range map[string]policy.Rule{"e9": policy.EventUnknown, "e1": policy.EventNotVoidable, "e4": policy.EventNotVoidable, "e5": policy.EventNotVoidable} {
		r.refused("2020-06-01", VoidFundFact{Event: event, Reason: "登记有误"}, rule)
	}
	r.refused("2020-06-01", VoidFundFact{Event: "e3"}, policy.Malformed)
	r.does("2020-06-01", VoidFundFact{Event: "e3", Reason: "同一笔登记两次"})
	r.refused("2020-06-01", VoidFundFact{Event: "e3", Reason: "同一笔登记两次"}, policy.EventVoided)
	// With it goes what it covered.
	r.does("2020-06-02", Approve{List: "a2", Lines: list("a2", 3000, "h2")}, policy.FundBeyondBalance)

	// A fund with nothing in it may have been set up by mistake, and set up anew.
	r = &record{t: t}
	r.does("2020-04-01", relief)
	r.log[0].ID = "e1"
	r.does("2020-04-02", VoidFundFact{Event: "e1", Reason: "名称有误"})
	r.refused("2020-04-02", Raise{Source: "fiscal", Fen: code.Yuan(5_000)}, policy.FundUnknown)
	r.does("2020-04-02", relief)
}
