package fund

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// record is a fund's stream as far as it goes.
type record struct {
	t    *testing.T
	pack policy.Pack
	log  []Fact
}

func on(day string) act.Act {
	d := calendar.MustDay(day)
	return act.Act{Happened: d, Today: d, Mode: act.Performed, DoneBy: []act.Person{{ID: "p1"}}, RecordedBy: act.Person{Covers: true}}
}

// does enters an act and expects exactly these flags.
func (r *record) does(day string, c Command, flags ...policy.Rule) []Event {
	r.t.Helper()
	a := on(day)
	events, err := Decide(Fold("f1", r.log), c, a, r.pack)
	if err != nil {
		r.t.Fatalf("%s: %v", day, err)
	}
	var got []policy.Rule
	for i, e := range events {
		if flag, ok := e.(FlagRaised); ok {
			got = append(got, flag.Rule)
			if flag.Back != i || flag.Detail == "" {
				r.t.Errorf("flag %d: %+v", i, flag)
			}
		}
		r.log = append(r.log, Fact{ID: "e", Version: int64(len(r.log) + 1), Act: a, Event: e})
	}
	if diff := cmp.Diff(flags, got); diff != "" {
		r.t.Errorf("%s: flags (-want +got)\n%s", day, diff)
	}
	return events
}

func (r *record) refused(day string, c Command, rule policy.Rule) {
	r.t.Helper()
	var refusal *policy.Refusal
	if _, err := Decide(Fold("f1", r.log), c, on(day), r.pack); !errors.As(err, &refusal) || refusal.Rule != rule {
		r.t.Errorf("%s: %v, want %s", day, err, rule)
	}
}

var relief = Establish{Region: "520621", Kind: "relief", Name: "防贫救助资金", Rules: "现有政策和社会力量之后使用", Document: "江府发〔2020〕3号"}

func opened(t *testing.T) *record {
	r := &record{t: t}
	r.does("2020-04-01", relief)
	r.does("2020-04-02", Raise{Source: "fiscal", Fen: code.Yuan(10_000)})
	return r
}

func list(id string, fen int64, households ...string) []Line {
	var lines []Line
	for _, h := range households {
		lines = append(lines, Line{Household: h, Persons: 2, Fen: code.Yuan(fen), Reason: code.Text(id)})
	}
	return lines
}

func TestAFundIsRaisedApprovedAndPaid(t *testing.T) {
	t.Parallel()
	r := opened(t)
	r.does("2020-05-01", Approve{List: "a1", Lines: list("a1", 3000, "h1", "h2")})
	r.does("2020-05-10", Pay{List: "p1", Lines: list("p1", 1000, "h1")})
	r.does("2020-06-10", Pay{List: "p2", Lines: list("p2", 2000, "h1")}) // the rest of what was approved
	r.does("2020-06-10", Pay{List: "p3", Lines: list("p3", 3000, "h2")})
}

func TestWhatAnAuditLooksForStandsBesideThePayment(t *testing.T) {
	t.Parallel()
	r := opened(t)
	r.does("2020-05-01", Approve{List: "a1", Lines: list("a1", 3000, "h1", "h2")})
	r.does("2020-05-10", Pay{List: "p1", Lines: list("p1", 3000, "h1")})
	twice := r.does("2020-05-11", Pay{List: "p2", Lines: list("p2", 3000, "h1")}, policy.FundPaidTwice)
	if flag := twice[1].(FlagRaised); flag.Household != "h1" || flag.List != "p2" || flag.Basis != policy.Assumed {
		t.Errorf("%+v", flag)
	}
	r.does("2020-05-12", Pay{List: "p3", Lines: list("p3", 500, "h3")}, policy.FundWithoutApproval)
	r.does("2020-05-12", Pay{List: "p4", Lines: list("p4", 3500, "h2")}, policy.FundWithoutApproval) // more than approved
	r.does("2020-05-13", Pay{List: "p5", Lines: list("p5", 500, "h4")}, policy.FundWithoutApproval, policy.FundBeyondBalance)
	r.does("2020-05-14", Approve{List: "a2", Lines: list("a2", 5000, "h5")}, policy.FundBeyondBalance)

	// An approval of a later day is none on the day of the payment.
	late := opened(t)
	late.does("2020-05-20", Approve{List: "a1", Lines: list("a1", 100, "h1")})
	a := on("2020-06-01")
	a.Mode, a.Happened = act.Transcribed, calendar.MustDay("2020-05-10")
	events, err := Decide(Fold("f1", late.log), Pay{List: "p1", Lines: list("p1", 100, "h1")}, a, late.pack)
	if err != nil || len(events) != 2 || events[1].(FlagRaised).Rule != policy.FundWithoutApproval {
		t.Errorf("%+v, %v", events, err)
	}
}

func TestAPackMayBlockAPayment(t *testing.T) {
	t.Parallel()
	r := opened(t)
	for _, rule := range []policy.Rule{policy.FundPaidTwice, policy.FundWithoutApproval, policy.FundBeyondBalance} {
		r.pack.Guards = append(r.pack.Guards, policy.Guard{Rule: rule, Mode: policy.Block, Basis: policy.Stated, Cite: "T.fund"})
	}
	r.refused("2020-05-10", Pay{List: "p1", Lines: list("p1", 100, "h1")}, policy.FundWithoutApproval)
	r.refused("2020-05-10", Approve{List: "a1", Lines: list("a1", 20_000, "h1")}, policy.FundBeyondBalance)
	r.does("2020-05-10", Approve{List: "a1", Lines: list("a1", 100, "h1")})
	r.does("2020-05-10", Pay{List: "p1", Lines: list("p1", 100, "h1")})
	r.refused("2020-05-11", Pay{List: "p2", Lines: list("p2", 100, "h1")}, policy.FundPaidTwice)
}

func TestAReversedPaymentCountsNoMore(t *testing.T) {
	t.Parallel()
	r := opened(t)
	r.does("2020-05-01", Approve{List: "a1", Lines: list("a1", 3000, "h1")})
	r.does("2020-05-10", Pay{List: "p1", Lines: list("p1", 3000, "h1")})
	r.refused("2020-05-11", Reverse{List: "p1", Household: "h2", Reason: "mistaken", Note: "x"}, policy.PaymentUnknown)
	r.refused("2020-05-11", Reverse{List: "p1", Household: "h1", Reason: "mistaken"}, policy.Malformed)
	r.does("2020-05-11", Reverse{List: "p1", Household: "h1", Reason: "returned", Note: "卡号有误退回"})
	r.refused("2020-05-11", Reverse{List: "p1", Household: "h1", Reason: "returned", Note: "再退"}, policy.PaymentUnknown)
	r.does("2020-05-12", Pay{List: "p2", Lines: list("p2", 3000, "h1")}) // not twice
}

// S4.5: two conditions, two rates; a household has one of them.
var subsidy = Establish{Region: "629900", Kind: "project", Name: "防返贫保增收产业发展补助", Rules: "种植、养殖、小规模生产经营、庭院经济", Tiers: []household.Condition{
	{Tier: "a", Title: "未消除风险且非整户无劳动力的监测户", Fen: code.Yuan(3000), Monitored: true, WithLabour: true},
	{Tier: "b", Title: "2022年人均纯收入8000元以下的脱贫户", Fen: code.Yuan(2000), Kind: code.FormerPoor, IncomeYear: 2022, IncomeBelow: code.Yuan(8000)}}}

func TestAProjectPaysAHouseholdOnce(t *testing.T) {
	t.Parallel()
	r := &record{t: t}
	r.does("2023-03-01", subsidy)
	r.does("2023-03-02", Raise{Source: "bridging", Fen: code.Yuan(5_604_000)})
	line := func(tier string, fen int64) []Line {
		return []Line{{Household: "h1", Tier: tier, Persons: 3, Fen: code.Yuan(fen)}}
	}
	approved := r.does("2023-04-01", Approve{List: "a1", Lines: line("a", 3000)})
	got := Lines(Fold("f1", r.log), Fact{Event: approved[0]})
	want := household.ApprovePayment{Fund: "f1", Kind: "project", Name: subsidy.Name, List: "a1", Persons: 3, Fen: code.Yuan(3000), Condition: subsidy.Tiers[0]}
	if diff := cmp.Diff(want, got[0].Command); diff != "" {
		t.Error(diff)
	}
	r.does("2023-04-10", Pay{List: "p1", Lines: line("a", 3000)})
	r.does("2023-04-11", Pay{List: "p2", Lines: line("b", 2000)}, policy.FundPaidTwice)
	r.refused("2023-04-11", Pay{List: "p3", Lines: line("c", 2000)}, policy.Malformed)
	r.refused("2023-04-11", Pay{List: "p3", Lines: line("", 2000)}, policy.Malformed)
}

func TestWhatAFundNeverTakes(t *testing.T) {
	t.Parallel()
	none := &record{t: t}
	none.refused("2020-04-01", Raise{Source: "fiscal", Fen: 1}, policy.FundUnknown)
	none.refused("2020-04-01", Pay{List: "p1", Lines: list("p1", 1, "h1")}, policy.FundUnknown)
	for name, change := range map[string]func(*Establish){
		"no kind":    func(c *Establish) { c.Kind = "treasure" },
		"no rules":   func(c *Establish) { c.Rules = "" },
		"no place":   func(c *Establish) { c.Region = "" },
		"tiers":      func(c *Establish) { c.Tiers = subsidy.Tiers },
		"none":       func(c *Establish) { c.Kind = "project" },
		"tier twice": func(c *Establish) { c.Kind, c.Tiers = "project", append(subsidy.Tiers, subsidy.Tiers[0]) },
		"half a bound": func(c *Establish) {
			c.Kind, c.Tiers = "project", []household.Condition{{Tier: "a", Title: "x", Fen: 1, IncomeYear: 2022}}
		},
		"a foreign kind": func(c *Establish) {
			c.Kind, c.Tiers = "project", []household.Condition{{Tier: "a", Title: "x", Fen: 1, Kind: "rich"}}
		},
	} {
		wrong := relief
		change(&wrong)
		t.Run(name, func(t *testing.T) { (&record{t: t}).refused("2020-04-01", wrong, policy.Malformed) })
	}
	r := opened(t)
	r.refused("2020-04-03", relief, policy.PaperExists)
	r.refused("2020-04-03", Raise{Source: "loan", Fen: 1}, policy.Malformed)
	r.refused("2020-04-03", Raise{Source: "fiscal", Fen: MaxRaised + 1}, policy.Malformed)
	for name, lines := range map[string][]Line{"nobody": nil, "twice": list("x", 1, "h1", "h1"), "nothing": list("x", 0, "h1"), "too much": list("x", 10_000_001, "h1"), "no persons": {{Household: "h1", Fen: 1}}} {
		t.Run(name, func(t *testing.T) {
			r := opened(t)
			r.refused("2020-04-03", Approve{List: "a1", Lines: lines}, policy.Malformed)
			r.refused("2020-04-03", Pay{List: "a1", Lines: lines}, policy.Malformed)
		})
	}
	r.does("2020-04-04", Approve{List: "a1", Lines: list("a1", 1, "h1")})
	r.refused("2020-04-04", Approve{List: "a1", Lines: list("a1", 1, "h1")}, policy.PaperExists)
}
