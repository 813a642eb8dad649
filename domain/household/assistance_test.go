package household

import (
	"slices"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func TestAPlanIsMadeAndCarriedOut(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	plan, start, deliver := life.the(MakePlan{}, 1), life.the(StartMeasure{}, 1), life.the(DeliverMeasure{}, 1)
	breaks(t, f, plan.from(officer), policy.WrongCapacity)
	breaks(t, f, start, policy.OrderMissingStep)
	never(t, f, deliver, policy.MeasureUnknown)

	f = given(t, strict(), f).when(plan).then(PlanMade(plan.do.(MakePlan)))
	f = given(t, strict(), f).when(start).then(MeasureStarted(start.do.(StartMeasure)))
	never(t, f, start.on("2022-04-06"), policy.MeasureExists)
	breaks(t, f, deliver.from(reviewer), policy.WrongCapacity)
	given(t, strict(), f).whenTyped("2022-07-01", deliver.on("2022-04-04")).flagged(policy.OrderDates)
	f = given(t, strict(), f).when(deliver).done()
	f = given(t, strict(), f).whenTyped("2022-07-01", deliver.on("2022-05-20")).done() // an earlier part, typed late
	s := f.state()
	if m := s.Episode().Measures[0]; m.Delivered != calendar.MustDay("2022-06-01") || m.Fen != code.Yuan(6000) {
		t.Errorf("%+v", m)
	}

	for name, c := range map[string]Command{
		"plan without id":       MakePlan{Measures: plan.do.(MakePlan).Measures},
		"plan without measures": MakePlan{Plan: "p"},
		"endless plan":          MakePlan{Plan: "p", Measures: make([]PlannedMeasure, 51)},
		"plan, negative budget": MakePlan{Plan: "p", Measures: []PlannedMeasure{{Class: "water", Department: "water", Budget: -1}}},
		"plan, unknown class":   MakePlan{Plan: "p", Measures: []PlannedMeasure{{Class: "luck", Department: "water"}}},
		"plan, unknown office":  MakePlan{Plan: "p", Measures: []PlannedMeasure{{Class: "water", Department: "moon"}}},
		"measure without id":    StartMeasure{Class: "industry", Content: "x", Department: "agriculture"},
		"measure of nothing":    StartMeasure{Measure: "z9", Class: "industry", Department: "agriculture"},
		"endless budget":        StartMeasure{Measure: "z9", Class: "industry", Content: "x", Department: "agriculture", Budget: MaxIncome + 1},
		"unknown class":         StartMeasure{Measure: "z9", Class: "luck", Content: "x", Department: "agriculture"},
		"unknown department":    StartMeasure{Measure: "z9", Class: "industry", Content: "x", Department: "moon"},
		"unknown risk":          StartMeasure{Measure: "z9", Class: "industry", Content: "x", Department: "agriculture", For: "bad luck"},
		"negative amount":       DeliverMeasure{Measure: "z1", Fen: -1},
		"a digit slipped":       DeliverMeasure{Measure: "z1", Fen: MaxIncome + 1},
	} {
		t.Run(name, func(t *testing.T) { never(t, f, deed{"2022-07-01", by(cadre), c}, policy.Malformed) })
	}
}

func TestWhoCanWorkIsHelpedToWork(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	plan := life.the(MakePlan{}, 1).doing(allowanceOnly("pl1"))
	breaks(t, f, plan, policy.NoDevelopment)
	for _, m := range []string{"m1", "m2"} {
		f = given(t, strict(), f).when(deed{"2022-04-01", by(cadre), AssessLabour{Member: m, Labour: "lost"}}).done()
	}
	given(t, strict(), f).when(plan).done()
}

func TestHelpBeforeTheDecision(t *testing.T) {
	t.Parallel()
	f := life.before(DecideInclusion{}, 1).play(t, strict())
	start := life.the(StartMeasure{}, 1).on("2022-03-22")
	given(t, strict(), registered(t)).when(start).refused(policy.CaseNotMonitored)
	given(t, strict(), f).when(start).refused(policy.HelpBeforeDecision)
	given(t, lenient(), f).when(start).flagged(policy.HelpBeforeDecision, policy.OrderMissingStep)
	// Typed after the decision, it was before it all the same.
	f = life.through(MakePlan{}, 1).play(t, strict())
	given(t, strict(), f).whenTyped("2022-04-10", start).flagged(policy.HelpBeforeDecision, policy.OrderDates)
}

// D07: a fire; help at once, the procedure owed by a day.
func TestTheGreenChannelLetsHelpComeFirst(t *testing.T) {
	t.Parallel()
	f := registered(t)
	open := deed{"2022-03-05", by(townCadre), OpenGreenChannel{Reason: "房屋失火", OwedBy: calendar.MustDay("2022-04-04")}}
	never(t, f, open.doing(OpenGreenChannel{OwedBy: calendar.MustDay("2025-04-04")}), policy.Malformed)
	never(t, f, open.doing(OpenGreenChannel{Reason: "x", OwedBy: calendar.MustDay("2022-03-04")}), policy.Malformed)
	f = given(t, strict(), f).when(open).done()
	s := f.state()
	if s.Stage() != StageInclusion || s.Green.OwedBy != calendar.MustDay("2022-04-04") {
		t.Errorf("stage %s, %+v", s.Stage(), s.Green)
	}
	start := deed{"2022-03-06", by(cadre), StartMeasure{Measure: "z1", Class: "housing", Content: "临时安置", Department: "emergency"}}
	helped := given(t, strict(), f).when(start).done()
	helped = given(t, strict(), helped).when(deed{"2022-03-07", by(cadre), DeliverMeasure{Measure: "z1", Fen: code.Yuan(5000), Confirmed: true}}).done()
	for _, name := range []string{"county-2023", "jiaohe-2022"} {
		given(t, real(t, name), f).when(start).done()
	}
	// The day before the channel opened it was not open.
	given(t, strict(), f).whenTyped("2022-03-20", start.on("2022-03-04")).flagged(policy.HelpBeforeDecision, policy.BeforeAsserted)

	// The rest of the procedure follows, and the case is one episode.
	helped = life[1:life.find(HandDownList{}, 1)].on(t, strict(), helped)
	s = helped.state()
	if len(s.Episodes) != 1 || s.Episode().OpenedOn > calendar.MustDay("2022-03-05") || s.Stage() != StageMonitored {
		t.Errorf("%d episodes, opened %s", len(s.Episodes), s.Episode().OpenedOn)
	}
}

// A green channel belongs to the case for which it was opened: years on, another
// one is help before the decision again, and none of its procedure is owed by then.
func TestAGreenChannelServesItsOwnEpisode(t *testing.T) {
	t.Parallel()
	open := deed{"2022-03-05", by(townCadre), OpenGreenChannel{Reason: "房屋失火", OwedBy: calendar.MustDay("2022-04-04")}}
	f := given(t, strict(), life.through(SignLetter{}, 1).play(t, strict())).when(open).done()
	for _, d := range life[life.find(ReturnComparison{}, 1):] {
		f = given(t, strict(), f).when(d).done()
	}
	f = reincluded(t, f)
	start := deed{"2023-03-22", by(cadre), StartMeasure{Measure: "z9", Class: "housing", Content: "临时安置", Department: "emergency"}}
	given(t, strict(), f).when(start).refused(policy.HelpBeforeDecision)
	given(t, strict(), f).when(life.the(DecideInclusion{}, 1).on("2023-03-24")).done()
	s := f.state()
	if s.GreenOf(&s.Episodes[0]) == nil || s.GreenOf(s.Episode()) != nil || s.GreenOf(nil) != nil {
		t.Errorf("%+v", s.Green)
	}
	// Its own serves it; the first one's paper typed once more changes nothing.
	again := open.on("2023-03-20").doing(OpenGreenChannel{Reason: "房屋漏雨", OwedBy: calendar.MustDay("2023-04-10")})
	f = given(t, strict(), f).when(again).done()
	f = given(t, strict(), f).whenTyped("2023-03-21", open.on("2022-03-06")).done()
	given(t, strict(), f).when(start).done()
}

func TestMeasuresWaitForTheirNoticeInJiaohe(t *testing.T) {
	t.Parallel()
	p := real(t, "jiaohe-2022")
	f := monitored(t)
	plan := life.the(MakePlan{}, 1).from(officer)
	f = given(t, p, f).when(plan).done()
	start := life.the(StartMeasure{}, 1).on("2022-04-10")
	given(t, p, f).when(start).refused(policy.OrderMissingStep)
	f = given(t, p, f).when(deed{"2022-04-03", by(secretary), appraisal(policy.Assistance, "meeting-m", code.Pass)}).done()
	f = given(t, p, f).when(deed{"2022-04-03", by(cadre), PostNotice{Procedure: policy.Assistance, Notice: "notice-m", Item: 1, Place: "公开栏", Photo: true}}).done()
	given(t, p, f).when(start.on("2022-04-05")).flagged(policy.NoticeStanding)
	f = given(t, p, f).when(deed{"2022-04-09", by(cadre), RemoveNotice{Notice: "notice-m", Photo: true}}).done()
	f = given(t, p, f).when(start).done()
	// The appraisal and the notice serve for all measures of the plan.
	given(t, p, f).when(start.on("2022-05-10").doing(StartMeasure{Measure: "z2", Class: "health", Content: "医疗救助", Department: "medical_insurance"})).done()
}

func TestOfficersHaveTwoRoles(t *testing.T) {
	t.Parallel()
	f := monitored(t)
	d := deed{"2022-05-01", by(townCadre), AssignOfficer{Role: code.AssistanceOfficer, Officer: Responsible{Person: "p10", Name: "新责任人"}, Reason: "原责任人调离"}}
	never(t, f, d.doing(AssignOfficer{Role: "cook", Officer: Responsible{Person: "p10"}}), policy.Malformed)
	never(t, f, d.doing(AssignOfficer{Role: code.AssistanceOfficer}), policy.Malformed)
	s := given(t, strict(), f).when(d).done().state()
	if s.Officers[0].Person != "p1" || s.Officers[1].Person != "p10" || s.Officers[1].From != calendar.MustDay("2022-05-01") {
		t.Errorf("%+v", s.Officers)
	}
}

func TestAVisit(t *testing.T) {
	t.Parallel()
	f := registered(t)
	d := deed{"2022-05-01", by(cadre), RecordVisit{Visit: "b1", Kind: "must_visit", Note: "老人在家"}}
	given(t, strict(), f).when(d).then(Visited(d.do.(RecordVisit)))
	never(t, f, d.doing(RecordVisit{Visit: "b1", Kind: "phone", Note: "x"}), policy.Malformed)
	never(t, f, d.doing(RecordVisit{Visit: "b1", Kind: "routine"}), policy.Malformed)
	never(t, f, d.doing(RecordVisit{Kind: "routine", Note: "x"}), policy.Malformed)
	photographed := RecordVisit{Visit: "b1", Kind: "routine", Note: "x", Photos: slices.Repeat([]code.Attachment{"p"}, MaxPhotos)}
	given(t, strict(), f).when(d.doing(photographed)).then(Visited(photographed))
	photographed.Photos = append(photographed.Photos, "p")
	never(t, f, d.doing(photographed), policy.Malformed)
}

// S0.21: the monitoring officer collects himself. A visit of somebody else is a
// visit and not his; who answers is judged by the day.
func TestTheMonitoringOfficerVisitsHimself(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay
	visit := func(f file, on string, by ...act.Person) file {
		return given(t, strict(), f).whenTyped("2022-09-01", deed{on, by, RecordVisit{Visit: "b" + on, Kind: "routine", Note: "在家"}}).done()
	}
	f := visit(registered(t), "2022-02-25", team)
	if s := f.state(); s.Collected != day("2022-02-25") {
		t.Errorf("without an officer anybody's counts: %s", s.Collected)
	}
	f = visit(monitored(t), "2022-04-10", team) // p1 is the officer
	if s := f.state(); s.Collected != 0 || s.LastVisit != day("2022-04-10") {
		t.Errorf("collected %s, visited %s", s.Collected, s.LastVisit)
	}
	f = visit(f, "2022-04-08", team, cadre)
	f = given(t, strict(), f).when(deed{"2022-05-01", by(townCadre), HandOver{Role: code.MonitoringOfficer, From: Responsible{Person: cadre.ID}, To: Responsible{Person: team.ID}, Reason: "调离"}}).done()
	f = visit(f, "2022-05-03", cadre) // he handed over
	if s := f.state(); s.Collected != day("2022-04-08") {
		t.Errorf("collected %s", s.Collected)
	}
	f = visit(f, "2022-05-04", team)
	if s := visit(f, "2022-04-20", cadre).state(); s.Collected != day("2022-05-04") {
		t.Errorf("collected %s", s.Collected)
	}
}
