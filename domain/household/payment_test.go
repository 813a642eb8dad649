package household

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func relief(list string) PaymentLine {
	return PaymentLine{Fund: "f1", Kind: "relief", Name: "防贫救助资金", List: list, Persons: 2, Fen: code.Yuan(2000), Payee: "m1"}
}

func TestAMonitoredHouseholdIsPaid(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	f = given(t, strict(), f).when(deed{"2022-04-10", by(officer), ApprovePayment(relief("a1"))}).then(PaymentApproved(relief("a1")))
	f = given(t, strict(), f).when(deed{"2022-04-12", by(officer), RecordPayment(relief("p1"))}).then(PaymentMade(relief("p1")))
	if p := f.state().Payments; len(p) != 1 || p[0].Fen != code.Yuan(2000) || p[0].On != calendar.MustDay("2022-04-12") {
		t.Errorf("%+v", p)
	}
	never(t, f, deed{"2022-04-13", by(officer), RecordPayment(relief("p1"))}, policy.PaymentExists)
	back := deed{"2022-04-20", by(officer), ReversePayment{Fund: "f1", List: "p1", Reason: "returned"}}
	never(t, f, back.doing(ReversePayment{Fund: "f1", List: "p9", Reason: "returned"}), policy.PaymentUnknown)
	f = given(t, strict(), f).when(back).done()
	never(t, f, back, policy.PaymentUnknown)
}

func TestWhoIsNotEntitledToAFund(t *testing.T) {
	t.Parallel()
	pay := deed{"2022-04-10", by(officer), RecordPayment(relief("p1"))}
	breaks(t, life.before(DecideInclusion{}, 1).play(t, strict()), pay, policy.FundNotEntitled)
	breaks(t, eliminated(t), pay.on("2023-01-10"), policy.FundNotEntitled)
	green := given(t, strict(), registered(t)).when(deed{"2022-04-01", by(cadre), OpenGreenChannel{Reason: "火灾", OwedBy: calendar.MustDay("2022-05-01")}}).done()
	given(t, strict(), green).when(pay).done()
	gone := given(t, strict(), monitored(t)).when(deed{"2022-04-01", by(cadre), RecordLeaving{Member: "m4", Reason: "death"}}).done()
	dead := relief("p1")
	dead.Payee = "m4"
	breaks(t, gone, pay.doing(RecordPayment(dead)), policy.FundNotEntitled)
	for rule, change := range map[policy.Rule]func(*PaymentLine){
		policy.MemberUnknown:  func(c *PaymentLine) { c.Payee = "m9" },
		policy.MeasureUnknown: func(c *PaymentLine) { c.Measure = "z9" },
		policy.Malformed:      func(c *PaymentLine) { c.Fen = 0 },
	} {
		wrong := relief("p1")
		change(&wrong)
		never(t, monitored(t), pay.doing(RecordPayment(wrong)), rule)
		never(t, monitored(t), pay.doing(ApprovePayment(wrong)), rule)
	}
}

// S4.5: 3,000 yuan for those monitored who can work, 2,000 for former poor
// households that earned less than 8,000 in 2022.
func TestASubsidyHasTwoConditionsAndTwoRates(t *testing.T) {
	t.Parallel()
	a := Condition{Tier: "a", Title: "监测户", Fen: code.Yuan(3000), Monitored: true, WithLabour: true}
	b := Condition{Tier: "b", Title: "脱贫户", Fen: code.Yuan(2000), Kind: code.FormerPoor, IncomeYear: 2022, IncomeBelow: code.Yuan(8000)}
	line := func(c Condition, yuan int64) RecordPayment {
		return RecordPayment{Fund: "f1", Kind: "project", Name: "产业补助", List: "p1", Persons: 3, Fen: code.Yuan(yuan), Condition: c}
	}
	poor := given(t, strict(), nil).when(life[0].doing(RegisterHousehold{Region: "629900101201", Group: "一组", Kind: code.FormerPoor, Members: life[0].do.(RegisterHousehold).Members})).stands()
	earning := func(yuan int64) file {
		return given(t, strict(), poor).whenTyped("2023-06-01", deed{"2023-01-10", by(cadre), income("i1", "", "2022-01-01", "2022-12-31", yuan)}).done()
	}
	weak := given(t, strict(), monitored(t)).when(deed{"2022-04-01", by(cadre), AssessLabour{Member: "m1", Labour: "lost"}}).done()
	weak = given(t, strict(), weak).when(deed{"2022-04-01", by(cadre), AssessLabour{Member: "m2", Labour: "lost"}}).done()
	for name, c := range map[string]struct {
		file file
		do   RecordPayment
		on   string
		ok   bool
	}{
		"monitored, with labour":        {monitored(t), line(a, 3000), "2022-04-10", true},
		"monitored, without labour":     {weak, line(a, 3000), "2022-04-10", false},
		"monitored, at the other rate":  {monitored(t), line(a, 2000), "2022-04-10", false},
		"not monitored":                 {poor, line(a, 3000), "2023-04-10", false},
		"former poor, earned less":      {earning(7999), line(b, 2000), "2023-04-10", true},
		"former poor, at the bound":     {earning(8000), line(b, 2000), "2023-04-10", false},
		"former poor, nothing recorded": {poor, line(b, 2000), "2023-04-10", false},
		"an ordinary household":         {registered(t), line(b, 2000), "2023-04-10", false},
	} {
		t.Run(name, func(t *testing.T) {
			d := deed{c.on, by(officer), c.do}
			if c.ok {
				given(t, strict(), c.file).when(d).done()
			} else {
				given(t, strict(), c.file).when(d).refused(policy.FundNotEntitled)
			}
		})
	}
}

// S3.6: existing policy, then society, then the relief fund.
func TestTheOrderOfHelpInJiangkou(t *testing.T) {
	t.Parallel()
	p := strict()
	p.HelpOrder = []string{"policy", "society", "relief"}
	f := life.through(MakePlan{}, 1).play(t, strict())
	f = given(t, strict(), f).when(deed{"2022-04-03", by(secretary), appraisal(policy.Assistance, "meeting-3", code.Pass)}).stands()
	approve := deed{"2022-04-20", by(officer), ApprovePayment(relief("a1"))}
	given(t, p, f).when(approve).refused(policy.HelpOrder)
	explained := relief("a1")
	explained.Reason = "现有政策已用足，社会力量暂无对接"
	given(t, p, f).when(approve.doing(ApprovePayment(explained))).done()
	start := func(id string, class code.MeasureClass) deed {
		return deed{"2022-04-05", by(cadre), StartMeasure{Measure: id, Class: class, Content: "帮扶", Department: "agriculture"}}
	}
	lax := lenient()
	lax.HelpOrder = p.HelpOrder
	society := given(t, p, f).when(start("z8", "society"))
	society.refused(policy.HelpOrder)
	told := start("z8", "society")
	why := told.do.(StartMeasure)
	why.Reason = "户内无人符合现有政策条件" // policy was not passed over: it does not serve
	given(t, p, f).when(told.doing(why)).done()
	given(t, lax, f).when(told).flagged(policy.HelpOrder)
	// What helped a household brought forward before nobody entered here.
	brought := given(t, p, registered(t)).when(deed{"2022-04-01", by(cadre), BringForward{Source: "全国系统", Class: code.Marginal, Included: calendar.MustDay("2021-06-01")}}).stands()
	given(t, p, brought).when(told).flagged(policy.HelpOrder)
	f = given(t, lax, f).when(start("z1", "safety_net")).stands()
	given(t, p, f).when(approve).refused(policy.HelpOrder) // society was passed over
	f = given(t, lax, f).when(start("z2", "society")).stands()
	given(t, p, f).when(approve).done()

	g := real(t, "jiangkou-2020").Guard(policy.HelpOrder)
	if o := real(t, "jiangkou-2020").HelpOrder; len(o) != 3 || o[2] != "relief" || g.Basis != policy.Stated || g.Cite != "S3.6" {
		t.Errorf("%v, %+v", o, g)
	}
}

// What is voided shows the payments that relied on it (S1.33).
func TestAVoidedEntryShowsThePaymentsThatReliedOnIt(t *testing.T) {
	t.Parallel()
	f := given(t, strict(), monitored(t)).when(deed{"2022-04-08", by(cadre), income("i5", "", "2021-04-01", "2022-03-31", 3000)}).done()
	f = given(t, strict(), f).when(deed{"2022-04-10", by(officer), ApprovePayment(relief("a1"))}).done()
	f = given(t, strict(), f).when(deed{"2022-04-12", by(officer), RecordPayment(relief("p1"))}).done()
	if got := kindsOf(Impact(f, f.id(IncomeRecorded{}))); len(got) != 2 || got[0] != "PaymentApproved" || got[1] != "PaymentMade" {
		t.Errorf("relied on the sheet: %v", got)
	}
	never(t, f, void("2022-04-13", decider, f.id(PaymentMade{})), policy.EventNotVoidable)
}
