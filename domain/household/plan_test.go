package household

import (
	"slices"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// allowanceOnly is a whole plan of nothing but the minimum allowance.
func allowanceOnly(id string) MakePlan {
	return MakePlan{Plan: id, Situation: "四口之家", Problems: "因病支出大", Responsibility: "葛帮扶负责", Measures: []PlannedMeasure{
		{Class: "safety_net", Content: "低保", Department: "civil_affairs", Due: calendar.MustDay("2022-06-30")}}}
}

// S4.15: 底数清、问题清、措施清、责任清, or said what is missing.
func TestAPlanSaysAllOrIsSaidWhatItLacks(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	whole := life.the(MakePlan{}, 1)
	for name, c := range map[string]struct {
		change func(*MakePlan)
		want   string
	}{
		"底数":         {func(c *MakePlan) { c.Situation = "" }, "一户一策缺：底数"},
		"问题":         {func(c *MakePlan) { c.Problems = "" }, "一户一策缺：问题"},
		"责任":         {func(c *MakePlan) { c.Responsibility = "" }, "一户一策缺：责任"},
		"措施":         {func(c *MakePlan) { c.Measures[1].Content = "" }, "一户一策缺：第2项措施的内容"},
		"two things": {func(c *MakePlan) { c.Problems, c.Situation = "", "" }, "一户一策缺：底数、问题"},
	} {
		t.Run(name, func(t *testing.T) {
			plan := whole.do.(MakePlan)
			plan.Measures = slices.Clone(plan.Measures)
			c.change(&plan)
			breaks(t, f, whole.doing(plan), policy.PlanIncomplete)
			incomplete := given(t, real(t, "county-2023"), f).when(whole.doing(plan)).flagged(policy.PlanIncomplete)
			flag := incomplete[len(incomplete)-1].Event.(FlagRaised)
			if flag.Detail != c.want || flag.Cite != "S4.15" || flag.Basis != policy.Stated {
				t.Errorf("%+v", flag)
			}
			s := incomplete.state()
			if len(s.Episode().PlanMissing) == 0 {
				t.Error("nothing is owed")
			}
			// The plan completed, nothing is missing; an old one typed late changes nothing.
			incomplete = given(t, lenient(), incomplete).when(whole.on("2022-04-03")).done()
			incomplete = given(t, lenient(), incomplete).whenTyped("2022-05-01", whole.doing(plan).on("2022-04-02")).flagged(policy.PlanIncomplete)
			s = incomplete.state()
			if missing := s.Episode().PlanMissing; len(missing) != 0 {
				t.Errorf("missing %v", missing)
			}
		})
	}
}

// No document asks until when; it is owed all the same.
func TestAPlanWithoutDaysIsOwedThem(t *testing.T) {
	t.Parallel()
	whole := life.the(MakePlan{}, 1)
	plan := whole.do.(MakePlan)
	plan.Measures = slices.Clone(plan.Measures)
	plan.Measures[1].Due = 0
	s := given(t, strict(), monitored(t)).when(whole.doing(plan)).done().state()
	if missing := s.Episode().PlanMissing; !slices.Equal(missing, []string{"第2项措施的完成期限"}) {
		t.Errorf("%v", missing)
	}
}

// A later plan need not begin the development measure that is under way.
func TestADevelopmentMeasureUnderWayServesLaterPlans(t *testing.T) {
	t.Parallel()
	next := deed{"2022-07-01", by(cadre), allowanceOnly("pl2")}
	given(t, strict(), assisted(t)).when(next).done()
	breaks(t, monitored(t), next.on("2022-04-02"), policy.NoDevelopment)
}

// S1.16 to S1.25: the forms of help and who is responsible for them.
func TestMeasuresAreThoseOfTheDocumentAndLedByItsUnits(t *testing.T) {
	t.Parallel()
	mile := real(t, "mile-2020")
	f := life.through(MakePlan{}, 1).play(t, strict())
	start := life.the(StartMeasure{}, 1)
	by := func(instrument string, class code.MeasureClass, department string) deed {
		c := start.do.(StartMeasure)
		c.Instrument, c.Class, c.Department = instrument, class, department
		return start.doing(c)
	}
	given(t, mile, f).when(by("planting_breeding", "industry", "agriculture")).done()
	given(t, mile, f).when(by("planting_breeding", "industry", "township")).done()
	given(t, mile, f).when(by("planting_breeding", "industry", "water")).flagged(policy.LeadUnit)
	given(t, mile, f).when(by("planting_breeding", "water", "water")).flagged(policy.InstrumentUnknown)
	given(t, mile, f).when(by("magic", "industry", "agriculture")).flagged(policy.InstrumentUnknown)
	// Without a name the class alone tells who may lead; what no line tells is open.
	given(t, mile, f).when(by("", "water", "water")).done()
	given(t, mile, f).when(by("", "water", "health")).flagged(policy.LeadUnit)
	given(t, mile, f).when(by("", "society", "petitions")).done()
	given(t, real(t, "jiaohe-2022"), f).when(by("skills_training", "industry", "petitions")).refused(policy.OrderMissingStep) // S2.19, not the unit
	given(t, real(t, "chongqing-2020"), f).when(by("skills_training", "industry", "petitions")).done()

	plan := life.the(MakePlan{}, 1).do.(MakePlan)
	plan.Measures = slices.Clone(plan.Measures)
	plan.Measures[1].Department = "water"
	given(t, mile, monitored(t)).when(life.the(MakePlan{}, 1).doing(plan)).flagged(policy.LeadUnit)
}

func TestTheHouseholdSaysWhetherItReceivedAMeasure(t *testing.T) {
	t.Parallel()
	f := life.through(StartMeasure{}, 1).play(t, strict())
	d := deed{"2022-06-10", by(cadre), ConfirmMeasure{Measure: "z1", Member: "m2", Received: true, Signature: "fingerprint"}}
	breaks(t, f, d, policy.OrderMissingStep)
	deliver := life.the(DeliverMeasure{}, 1).doing(DeliverMeasure{Measure: "z1", Fen: code.Yuan(3000), Evidence: []code.Attachment{"aa", "bb"}})
	f = given(t, strict(), f).when(deliver).done()
	never(t, f, d.doing(ConfirmMeasure{Measure: "z9", Member: "m2", Received: true, Signature: "signed"}), policy.MeasureUnknown)
	never(t, f, d.doing(ConfirmMeasure{Measure: "z1", Member: "罗村干", Received: true, Signature: "signed"}), policy.MemberUnknown)
	never(t, f, d.doing(ConfirmMeasure{Measure: "z1", Member: "m2", Received: true, Signature: "nod"}), policy.Malformed)
	denial := d.doing(ConfirmMeasure{Measure: "z1", Member: "m1", Signature: "signed", Note: "只到两千元"})
	never(t, f, d.doing(ConfirmMeasure{Measure: "z1", Member: "m1", Signature: "signed"}), policy.Malformed)

	measure := func(f file) Measure { s := f.state(); return s.Episode().Measures[0] }
	if m := measure(f); m.Evidence != 2 || m.Confirmed != 0 {
		t.Errorf("delivered: %+v", m)
	}
	f = given(t, strict(), f).when(denial).then(MeasureConfirmed(denial.do.(ConfirmMeasure)))
	if m := measure(f); m.Denied != calendar.MustDay("2022-06-10") || m.Confirmed != 0 {
		t.Errorf("denied: %+v", m)
	}
	f = given(t, strict(), f).when(d.on("2022-06-20")).done()
	f = given(t, strict(), f).whenTyped("2022-06-21", denial.on("2022-06-15")).done() // typed late
	if m := measure(f); m.Denied != 0 || m.Confirmed != calendar.MustDay("2022-06-20") {
		t.Errorf("confirmed: %+v", m)
	}
}
