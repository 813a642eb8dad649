package household

import (
	"strings"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

func registration() (deed, RegisterHousehold) {
	d := life.the(RegisterHousehold{}, 1)
	c := d.do.(RegisterHousehold)
	c.Members = append([]Member{}, c.Members...)
	return d, c
}

func TestAHouseholdIsRegistered(t *testing.T) {
	t.Parallel()
	d, c := registration()
	f := given(t, strict(), nil).when(d).flagged(policy.IDAreaUnknown, policy.IDAreaUnknown, policy.IDAreaUnknown, policy.IDAreaUnknown)
	s := f.state()
	if e := f[0].Event.(HouseholdRegistered); e.FileNo != FileNo("629900101201", "h1") || !strings.HasPrefix(e.FileNo, "629900101201-") || len(e.FileNo) != 18 {
		t.Errorf("file number %q", e.FileNo)
	}
	if s.Head != "m1" || s.CountedOn(calendar.MustDay("2022-02-20")) != 4 || s.Stage() != StageNone || s.NoLabour() {
		t.Errorf("%+v", s)
	}
	for _, m := range s.Members {
		if m.IDNumber != "" || m.Phone != "" || m.Health != "" {
			t.Errorf("the state holds personal data of %s", m.Name)
		}
	}
	never(t, f, d.on("2022-03-01").doing(c), policy.HouseholdExists)
}

func TestWhatARegistrationMustHave(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]struct {
		rule policy.Rule
		do   func(*RegisterHousehold)
	}{
		"no village":            {policy.RegionUnknown, func(c *RegisterHousehold) { c.Region = "" }},
		"no members":            {policy.Malformed, func(c *RegisterHousehold) { c.Members = nil }},
		"too many members":      {policy.Malformed, func(c *RegisterHousehold) { c.Members = make([]Member, MaxMembers+1) }},
		"unknown kind":          {policy.Malformed, func(c *RegisterHousehold) { c.Kind = "rich" }},
		"no head":               {policy.Malformed, func(c *RegisterHousehold) { c.Members = c.Members[1:] }},
		"two heads":             {policy.Malformed, func(c *RegisterHousehold) { c.Members[1].Relation = "head" }},
		"member twice":          {policy.MemberExists, func(c *RegisterHousehold) { c.Members[1].ID = "m1" }},
		"member without id":     {policy.Malformed, func(c *RegisterHousehold) { c.Members[1].ID = "" }},
		"no name":               {policy.Malformed, func(c *RegisterHousehold) { c.Members[1].Name = " " }},
		"endless name":          {policy.Malformed, func(c *RegisterHousehold) { c.Members[1].Name = strings.Repeat("柳", 51) }},
		"unknown sex":           {policy.Malformed, func(c *RegisterHousehold) { c.Members[1].Sex = "3" }},
		"unknown relation":      {policy.Malformed, func(c *RegisterHousehold) { c.Members[1].Relation = "friend" }},
		"unknown labour":        {policy.Malformed, func(c *RegisterHousehold) { c.Members[1].Labour = "strong" }},
		"born tomorrow":         {policy.IDMalformed, func(c *RegisterHousehold) { c.Members[1].Birth = calendar.MustDay("2022-02-21") }},
		"id too short":          {policy.IDMalformed, func(c *RegisterHousehold) { c.Members[1].IDNumber = "99010119720301001" }},
		"id of letters":         {policy.IDMalformed, func(c *RegisterHousehold) { c.Members[1].IDNumber = "99010A19720301001X" }},
		"id check digit":        {policy.IDMalformed, func(c *RegisterHousehold) { c.Members[1].IDNumber = wrongCheckDigit(c.Members[1].IDNumber) }},
		"id of nobody born":     {policy.IDMalformed, func(c *RegisterHousehold) { c.Members[1].IDNumber = "990101197202300010" }},
		"id and reason missing": {policy.IDMissing, func(c *RegisterHousehold) { c.Members[1].IDNumber = "" }},
		"unknown reason":        {policy.Malformed, func(c *RegisterHousehold) { c.Members[1].IDNumber, c.Members[1].NoDocument = "", "lazy" }},
		"counted without why":   {policy.Malformed, func(c *RegisterHousehold) { c.Members[1].Living = false }},
	} {
		d, c := registration()
		broken.do(&c)
		t.Run(name, func(t *testing.T) { never(t, nil, d.doing(c), broken.rule) })
	}
}

func wrongCheckDigit(n code.Personal) code.Personal {
	last := "0"
	if strings.HasSuffix(string(n), "0") {
		last = "1"
	}
	return n[:17] + code.Personal(last)
}

func TestAMemberWithoutADocumentStaysOwedUntilItComes(t *testing.T) {
	t.Parallel()
	d, c := registration()
	c.Members[2].IDNumber, c.Members[2].NoDocument = "", "unregistered"
	f := given(t, strict(), nil).when(d.doing(c)).done()
	if s := f.state(); s.Members[2].NoDocument != "unregistered" {
		t.Errorf("%+v", s.Members[2])
	}
	supply := deed{"2022-03-05", by(cadre), SupplyDocument{Member: "m3", IDNumber: idOf("2008-09-09", 1)}}
	never(t, f, supply.doing(SupplyDocument{Member: "m3", IDNumber: "12"}), policy.IDMalformed)
	never(t, f, supply.doing(SupplyDocument{Member: "m9", IDNumber: idOf("2008-09-09", 1)}), policy.MemberUnknown)
	f = given(t, strict(), f).when(supply).done()
	if s := f.state(); s.Members[2].NoDocument != "" {
		t.Errorf("still owed: %+v", s.Members[2])
	}
}

func TestNothingHappensToAHouseholdWithoutAFile(t *testing.T) {
	t.Parallel()
	for _, d := range life {
		switch d.do.(type) {
		case RegisterHousehold, RecordClue:
		default:
			never(t, nil, d, policy.HouseholdUnknown)
		}
	}
}

func TestWhoActsWhenAndWhere(t *testing.T) {
	t.Parallel()
	f := life.before(SurveyHome{}, 1).play(t, strict())
	survey := life.the(SurveyHome{}, 1)

	stranger := cadre
	stranger.Covers = false
	unappointed := cadre
	unappointed.Appointment = ""
	t.Run("of another village", func(t *testing.T) { breaks(t, f, survey.from(stranger, team), policy.OutsideRegion) })
	t.Run("without a post that day", func(t *testing.T) { breaks(t, f, survey.from(unappointed, team), policy.NotAppointed) })
	t.Run("without the capacity", func(t *testing.T) { breaks(t, f, survey.from(reviewer, decider), policy.WrongCapacity) })
	t.Run("a capacity counts only where its office rules", func(t *testing.T) {
		given(t, lenient(), f).when(survey.from(stranger, reviewer)).flagged(policy.OutsideRegion, policy.WrongCapacity)
	})
	t.Run("house rules block where a pack says nothing", func(t *testing.T) {
		silent := strict()
		silent.Guards = nil
		given(t, silent, f).when(survey.from(stranger, team)).refused(policy.OutsideRegion)
		given(t, silent, f).when(survey.from(unappointed, team)).refused(policy.NotAppointed)
		given(t, silent, f).when(survey.from(reviewer, decider)).refused(policy.WrongCapacity)
	})

	t.Run("nobody", func(t *testing.T) { never(t, f, survey.from(), policy.DoneByMissing) })
	t.Run("before the register began", func(t *testing.T) {
		given(t, strict(), f).whenTyped("2022-03-03", survey.on("2013-12-31")).refused(policy.DayTooOld)
	})
	t.Run("tomorrow", func(t *testing.T) {
		for _, mode := range []act.Mode{act.Performed, act.Transcribed} {
			given(t, strict(), f).whenAct(actOn(mode, "2022-03-04", "2022-03-03", strict(), survey.by), survey.do).refused(policy.FutureDay)
		}
	})
	t.Run("no day", func(t *testing.T) {
		a := actOn(act.Transcribed, "2022-03-03", "2022-03-04", strict(), survey.by)
		a.Happened = 0
		given(t, strict(), f).whenAct(a, survey.do).refused(policy.DayMissing)
	})
	t.Run("performed yesterday", func(t *testing.T) {
		given(t, lenient(), f).whenAct(actOn(act.Performed, "2022-03-03", "2022-03-04", lenient(), survey.by), survey.do).refused(policy.DayPerformed)
	})
	t.Run("neither performed nor transcribed", func(t *testing.T) {
		given(t, lenient(), f).whenAct(actOn("dreamt", "2022-03-03", "2022-03-03", lenient(), survey.by), survey.do).refused(policy.Malformed)
	})
	t.Run("typed by a foreign office", func(t *testing.T) {
		a := actOn(act.Transcribed, "2022-03-03", "2022-03-04", lenient(), survey.by)
		a.RecordedBy.Covers = false
		given(t, lenient(), f).whenAct(a, survey.do).refused(policy.RecorderOutside)
	})
	t.Run("no command at all", func(t *testing.T) {
		given(t, lenient(), f).when(survey.doing(nil)).refused(policy.Malformed)
	})
}

func TestACaseIsBroughtForward(t *testing.T) {
	t.Parallel()
	f := life.before(RecordClue{}, 1).play(t, strict())
	day := calendar.MustDay
	bring := BringForward{Source: "全国防返贫监测信息系统", Class: code.Unstable, Risks: []code.Risk{"illness"}, Included: day("2021-08-10"),
		Monitoring: Responsible{Person: "p1", Name: "罗村干"}, Assistance: Responsible{Person: "p9", Name: "葛帮扶"}}
	d := deed{"2022-03-01", by(officer), bring}

	brought := given(t, strict(), f).when(d).done()
	s := brought.state()
	if c, ok := s.Count(day("2022-03-01")); !ok || c.Included != day("2021-08-10") || c.AtInclusion != 4 || c.Class != code.Unstable || s.Stage() != StageMonitored {
		t.Errorf("counts as %+v, stage %s", c, s.Stage())
	}
	// It claims no steps: what comes next is not held to those before.
	given(t, strict(), brought).when(life.the(MakePlan{}, 1)).done()
	given(t, strict(), brought).when(life.the(StartMeasure{}, 1)).done()
	given(t, strict(), brought).when(life.the(EnterSystem{}, 1)).done()
	given(t, strict(), brought).when(life.the(ReturnComparison{}, 1).from(officer)).done()
	never(t, brought, d.on("2022-03-02"), policy.CaseOpen)
	never(t, brought, life.the(DecideInclusion{}, 1), policy.CaseDecided)

	for name, change := range map[string]func(*BringForward){
		"no source":                  func(c *BringForward) { c.Source = "" },
		"no day":                     func(c *BringForward) { c.Included = 0 },
		"included later than now":    func(c *BringForward) { c.Included = day("2024-07-01") },
		"eliminated before included": func(c *BringForward) { c.Eliminated = day("2021-08-09") },
		"unknown risk":               func(c *BringForward) { c.Risks = []code.Risk{"bad luck"} },
	} {
		wrong := bring
		change(&wrong)
		t.Run(name, func(t *testing.T) { never(t, f, d.doing(wrong), policy.Malformed) })
	}
	unknown := bring
	unknown.Class = "poor"
	breaks(t, f, d.doing(unknown), policy.ClassUnknown)
}

func TestACaseBroughtForwardWithItsElimination(t *testing.T) {
	t.Parallel()
	f := life.before(RecordClue{}, 1).play(t, strict())
	day := calendar.MustDay
	f = given(t, strict(), f).when(deed{"2022-03-01", by(officer), BringForward{Source: "全国系统", Class: code.Marginal, Risks: []code.Risk{"illness"},
		Included: day("2021-01-10"), Eliminated: day("2021-12-20")}}).done()
	s := f.state()
	if c, _ := s.Count(day("2022-03-01")); c.Eliminated != day("2021-12-20") || c.Marked != day("2021-12-20") || s.Stage() != StageEliminated {
		t.Errorf("counts as %+v", c)
	}
	// Only the old case claims no steps; a new one is held to all of them.
	given(t, strict(), f).when(life.the(DecideInclusion{}, 1).on("2022-05-01")).refused(policy.OrderMissingStep)
}
