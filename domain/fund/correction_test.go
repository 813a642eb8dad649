package fund

import (
	"strconv"
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/household"
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
	for event, rule := range map[string]policy.Rule{"e9": policy.EventUnknown, "e1": policy.EventNotVoidable, "e5": policy.EventNotVoidable} {
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

// An approval of the wrong list is struck through with its lines; what was paid on
// it stands, and is found to stand on nothing.
func TestAWrongApprovalIsVoided(t *testing.T) {
	t.Parallel()
	r := opened(t)
	r.does("2020-05-01", Approve{List: "a1", Lines: list("a1", 3000, "h1", "h2")})
	r.does("2020-05-02", Approve{List: "a2", Lines: list("a2", 500, "h3")})
	r.does("2020-05-10", Pay{List: "p1", Lines: list("p1", 1000, "h1")})
	for i := range r.log {
		r.log[i].ID = "e" + strconv.Itoa(i+1)
	}
	void := VoidFundFact{Event: "e3", Reason: "批复所列为另一批农户"}
	r.refused("2020-06-01", VoidFundFact{Event: "e3"}, policy.Malformed)
	events := r.does("2020-06-01", void, policy.FundWithoutApproval)
	if flag := events[1].(FlagRaised); flag.List != "p1" || flag.Household != "h1" {
		t.Errorf("%+v", flag)
	}
	r.refused("2020-06-01", void, policy.EventVoided)
	s := Fold("f1", r.log)
	lines := Lines(s, Fact{Event: FactVoided(void)})
	if len(lines) != 2 || lines[0].Household != "h1" || lines[1].Command != (household.VoidLine{Entry: "e3", Reason: void.Reason}) {
		t.Errorf("%+v", lines)
	}
	if lines := Lines(s, Fact{Event: FactVoided{Event: "e2", Reason: "误"}}); lines != nil {
		t.Errorf("a sum has no lines: %+v", lines)
	}
	// The right list is approved under the same name, and what is paid on it stands.
	r.does("2020-06-02", Approve{List: "a1", Lines: list("a1", 3000, "h4")})
	r.does("2020-06-03", Pay{List: "p2", Lines: list("p2", 3000, "h4")})
	r.does("2020-06-03", Pay{List: "p3", Lines: list("p3", 3000, "h2")}, policy.FundWithoutApproval)
}
