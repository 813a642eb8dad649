package duty

import (
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// S1.9: before the 3rd, the township reports last month's new households at risk
// and those whose risk was eliminated.
func TestATownshipReportsTheMonth(t *testing.T) {
	t.Parallel()
	mile := pack(t, "mile-2020")
	town := Place{Level: code.Township, CoveredLevel: code.Township}
	report := RecordDone{Duty: "township_report", Region: "t", For: day("2020-06-15"), Document: "弥镇报〔2020〕6号", Summary: "新增两户，消除一户"}
	want := Done{Duty: "township_report", Name: "次月3日前报上月新增风险户和风险消除户", Region: "t", From: day("2020-06-01"), To: day("2020-06-30"),
		Opens: day("2020-07-01"), Due: day("2020-07-03"), Document: "弥镇报〔2020〕6号", Summary: "新增两户，消除一户"}
	given(t, mile, town, code.TownshipCadre).when("2020-07-02", report).then(want)
	// Late or early, it was reported: the days tell.
	given(t, mile, town, code.TownshipCadre).when("2020-07-20", report).then(want)
	given(t, mile, town, code.TownshipCadre).typed("2020-07-02", "2020-08-01", report).then(want)

	change := func(f func(*RecordDone)) RecordDone { c := report; f(&c); return c }
	for what, c := range map[string]struct {
		do   RecordDone
		rule policy.Rule
	}{
		"a duty nobody has":       {change(func(c *RecordDone) { c.Duty = "dance" }), policy.DutyUnknown},
		"a duty of each home":     {change(func(c *RecordDone) { c.Duty = "measures_in_place" }), policy.DutyUnknown},
		"a month to come":         {change(func(c *RecordDone) { c.For = day("2020-08-15") }), policy.DutyPeriod},
		"no month":                {change(func(c *RecordDone) { c.For = 0 }), policy.DutyPeriod},
		"nothing said":            {change(func(c *RecordDone) { c.Summary = "" }), policy.Malformed},
		"no duty of a department": {change(func(c *RecordDone) { c.Department = "water" }), policy.DutyNotOwed},
		"a person twice":          {change(func(c *RecordDone) { c.Persons = []ListedPerson{{"h", "m"}, {"h", "m"}} }), policy.Malformed},
		"nobody on the list":      {change(func(c *RecordDone) { c.Persons = []ListedPerson{{"h", ""}} }), policy.Malformed},
		"a list without end":      {change(func(c *RecordDone) { c.Persons = make([]ListedPerson, MaxPersons+1) }), policy.Malformed},
	} {
		t.Log(what)
		given(t, mile, town, code.TownshipCadre).when("2020-07-02", c.do).refused(c.rule)
	}
	given(t, mile, Place{Level: code.County, CoveredLevel: code.County}, code.CountyOfficer).when("2020-07-02", report).refused(policy.DutyNotOwed)
}

// S1.9: what the record counted is kept with the report, and what was stated
// otherwise is flagged; the report is out, so it is never refused for it.
func TestAReportsFiguresAreKept(t *testing.T) {
	t.Parallel()
	mile := pack(t, "mile-2020")
	counted := Figures{Counted: true, New: Sum{2, 7}, Eliminated: Sum{1, 3}, Monitored: Sum{50, 160}}
	town := Place{Level: code.Township, CoveredLevel: code.Township, Figures: counted}
	report := RecordDone{Duty: "township_report", Region: "t", For: day("2020-06-15"), Summary: "六月情况"}
	want := given(t, mile, town, code.TownshipCadre).when("2020-07-02", report).stands()[0].(Done)
	if want.Figures != counted || want.Stated.Made || want.Flags != nil {
		t.Errorf("nothing stated: %+v", want)
	}
	stating := func(n, eliminated int) RecordDone { c := report; c.Stated = &Stated{n, eliminated}; return c }
	want.Stated = Claim{true, 2, 1}
	given(t, mile, town, code.TownshipCadre).when("2020-07-02", stating(2, 1)).then(want)
	want.Stated = Claim{true, 3, 1}
	want.Flags = []Flag{{policy.FiguresDiffer, policy.House, "S1.9", "所报新增3户、消除1户，系统中为新增2户、消除1户"}}
	given(t, mile, town, code.TownshipCadre).when("2020-07-02", stating(3, 1)).then(want)
	given(t, mile, town, code.TownshipCadre).typed("2020-07-02", "2020-08-01", stating(3, 1)).then(want)

	// Where nobody counted, what was stated stands alone.
	uncounted := town
	uncounted.Figures = Figures{}
	want.Stated, want.Figures, want.Flags = Claim{true, 3, 1}, Figures{}, nil
	given(t, mile, uncounted, code.TownshipCadre).when("2020-07-02", stating(3, 1)).then(want)

	given(t, mile, town, code.TownshipCadre).when("2020-07-02", stating(-1, 0)).refused(policy.Malformed)
	given(t, mile, town, code.TownshipCadre).when("2020-07-02", stating(0, 1_000_001)).refused(policy.Malformed)
	other := stating(1, 1)
	other.Duty = "epidemic_analysis"
	given(t, mile, town, code.TownshipCadre).when("2020-07-02", other).refused(policy.Malformed)
	if _, _, _, ok := Counted(other, mile); ok {
		t.Error("an analysis has no figures")
	}
	if region, from, to, ok := Counted(report, mile); !ok || region != "t" || from != day("2020-06-01") || to != day("2020-06-30") {
		t.Errorf("%s %s %s %v", region, from, to, ok)
	}
}

// S1.37: 30 June comes once, whatever month is named.
func TestWhatIsDueOnce(t *testing.T) {
	t.Parallel()
	town := Place{Level: code.Township, CoveredLevel: code.Township}
	facts := given(t, pack(t, "mile-2020"), town, code.TownshipReviewer).when("2020-06-28", RecordDone{Duty: "lists_in_place", Region: "t", Summary: "名单全部落实"}).more()
	if done := facts[0].Event.(Done); done.Due != day("2020-06-30") || done.To != day("2020-06-30") || done.From != 0 {
		t.Errorf("%+v", done)
	}
}

// Who is not entitled does it no more in the system, and is flagged on paper.
func TestWhoDoesADuty(t *testing.T) {
	t.Parallel()
	list := RecordDone{Duty: "quarterly_list", Region: "t", For: day("2022-05-01"), Summary: "名单三人", Persons: []ListedPerson{{"h1", "m1"}, {"h1", "m2"}, {"h2", "m1"}}}
	jiaohe, town := pack(t, "jiaohe-2022"), Place{Level: code.Township, CoveredLevel: code.Township}
	given(t, jiaohe, town, code.VillageCadre).when("2022-06-20", list).refused(policy.WrongCapacity)
	facts := given(t, jiaohe, town, code.VillageCadre).typed("2022-06-20", "2022-06-21", list).more()
	if done := facts[0].Event.(Done); len(done.Flags) != 1 || done.Flags[0].Rule != policy.WrongCapacity || len(done.Persons) != 3 {
		t.Errorf("%+v", done)
	}
	given(t, jiaohe, town, code.TownshipCadre).when("2022-06-20", list).stands()
	// A check is organised, not reported as done.
	check := RecordDone{Duty: "concentrated_check", Region: "c", For: day("2022-04-01"), Summary: "已排查"}
	given(t, jiaohe, Place{Level: code.County, CoveredLevel: code.County}, code.CountyOfficer).when("2022-04-29", check).refused(policy.DutyUnknown)
}

// S2.38: each department by itself, and only those that the document names.
func TestADepartmentStudiesScaleRisk(t *testing.T) {
	t.Parallel()
	jiaohe := pack(t, "jiaohe-2022")
	study := RecordDone{Duty: "scale_risk_study", Region: "c", Department: "water", For: day("2022-03-01"), Summary: "旱情"}
	at := func(department string) Place {
		return Place{Level: code.County, CoveredLevel: code.County, Department: department}
	}
	given(t, jiaohe, at("water"), code.DepartmentOfficer).when("2022-06-20", study).stands()
	given(t, jiaohe, at(""), code.DepartmentOfficer).when("2022-06-20", study).stands()
	given(t, jiaohe, at("health"), code.DepartmentOfficer).when("2022-06-20", study).refused(policy.DutyNotOwed)
	study.Department = "finance"
	given(t, jiaohe, at("finance"), code.DepartmentOfficer).when("2022-06-20", study).refused(policy.DutyNotOwed)
	study.Department = ""
	given(t, jiaohe, at("water"), code.DepartmentOfficer).when("2022-06-20", study).refused(policy.DutyNotOwed)
}

// S0.22: the city above the districts compares; where no city is registered, the
// district above which nothing stands answers for it.
func TestADutyOfALevelAbove(t *testing.T) {
	t.Parallel()
	chongqing := pack(t, "chongqing-2020")
	compare := RecordDone{Duty: "monthly_comparison", Region: "r", For: day("2020-05-31"), Summary: "比对上月数据"}
	for what, c := range map[string]struct {
		level code.Level
		top   bool
		rule  policy.Rule
	}{
		"the city": {code.Province, false, ""}, "a district alone": {code.County, true, ""}, "a district under the city": {code.County, false, policy.DutyNotOwed},
	} {
		s := given(t, chongqing, Place{Level: c.level, CoveredLevel: c.level, Top: c.top}, code.CountyOfficer).when("2020-06-08", compare)
		if c.rule != "" {
			s.refused(c.rule)
			continue
		}
		if done := s.stands()[0].(Done); done.Opens != day("2020-06-05") || done.Due != day("2020-06-10") {
			t.Errorf("%s: %+v", what, done)
		}
	}
}

// What no act may lack.
func TestAnActOnDutiesHasItsDayAndItsPeople(t *testing.T) {
	t.Parallel()
	mile := pack(t, "mile-2020")
	good := act.Act{Happened: day("2020-07-02"), Today: day("2020-07-02"), Mode: act.Performed, DoneBy: []act.Person{{ID: "p", Capacity: code.TownshipCadre, Covers: true}},
		RecordedBy: act.Person{ID: "p", Covers: true}}
	for rule, change := range map[policy.Rule]func(*act.Act, *Place){
		policy.DayMissing:      func(a *act.Act, _ *Place) { a.Happened = 0 },
		policy.FutureDay:       func(a *act.Act, _ *Place) { a.Happened++ },
		policy.DayPerformed:    func(a *act.Act, _ *Place) { a.Happened-- },
		policy.Malformed:       func(a *act.Act, _ *Place) { a.Mode = "dreamt" },
		policy.DoneByMissing:   func(a *act.Act, _ *Place) { a.DoneBy = nil },
		policy.RecorderOutside: func(a *act.Act, _ *Place) { a.RecordedBy.Covers = false },
		policy.OutsideRegion:   func(_ *act.Act, p *Place) { p.Covered = false },
	} {
		a, place := good, Place{Level: code.Township, CoveredLevel: code.Township, Covered: true}
		change(&a, &place)
		s := spec{t: t, act: a}
		s.events, s.err = Decide(State{}, RecordDone{Duty: "township_report", Region: "t", For: day("2020-06-01"), Summary: "x"}, a, mile, place)
		s.refused(rule)
	}
}

// What lies on a region, and when: the turns of the last year, from the day on
// which the pack holds.
func TestWhatAPackLaysOnARegion(t *testing.T) {
	t.Parallel()
	jiaohe := pack(t, "jiaohe-2022")
	count := func(g Ground) map[string]int {
		n := map[string]int{}
		for _, o := range Owings(jiaohe, g) {
			n[o.ID]++
		}
		return n
	}
	since := day("2021-01-01")
	if got := count(Ground{Region: "c", Level: code.County, Since: since}); got["concentrated_check"] != 1 || got["scale_risk_study"] != 9 || got["quarterly_list"] != 0 {
		t.Errorf("the county: %v", got)
	}
	if got := count(Ground{Region: "t", Level: code.Township, Since: since}); got["quarterly_list"] != 1 || got["half_year_study"] != 1 || len(got) != 2 {
		t.Errorf("a township: %v", got)
	}
	if got := count(Ground{Region: "t", Level: code.Township, Merged: true, Since: since}); len(got) != 0 {
		t.Errorf("a township that was merged: %v", got)
	}
	// What is owed of each household lies on its village.
	chongqing := pack(t, "chongqing-2020")
	for level, want := range map[code.Level]bool{code.Group: true, code.Village: true, code.Township: false, code.County: false} {
		found := false
		for _, o := range Owings(chongqing, Ground{Region: "r", Level: level, Since: day("2020-04-01")}) {
			found = found || o.ID == "weekly_collection"
		}
		if found != want {
			t.Errorf("the weekly visit lies on a %s: %v", level, found)
		}
	}
	// A township founded after 30 June owes nothing that was due by then (S1.37).
	for _, o := range Owings(pack(t, "mile-2020"), Ground{Region: "t", Level: code.Township, Since: day("2020-07-01")}) {
		if turns := o.Turns(day("2020-07-10")); o.ID == "lists_in_place" && len(turns) != 0 {
			t.Errorf("%s: %v", o.ID, turns)
		}
	}
	for _, o := range Owings(jiaohe, Ground{Region: "c", Level: code.County, Since: day("2021-06-01")}) {
		if o.ID != "concentrated_check" {
			continue
		}
		// April of that year was over before anybody owed it.
		if turns := o.Turns(day("2021-11-01")); len(turns) != 1 || turns[0].Opens != day("2021-10-01") {
			t.Errorf("turns %v", turns)
		}
		ended := o
		ended.Until = day("2022-06-30")
		if turns := ended.Turns(day("2022-11-01")); len(turns) != 1 || turns[0].Opens != day("2022-04-01") {
			t.Errorf("turns of a duty that ended in June: %v", turns)
		}
		var got []calendar.Day
		for _, turn := range o.Turns(day("2022-10-02")) {
			got = append(got, turn.Opens)
		}
		if len(got) != 3 || got[0] != day("2021-10-01") || got[1] != day("2022-04-01") || got[2] != day("2022-10-01") {
			t.Errorf("turns %v", got)
		}
	}
}

// S0.21: a household is owed its visits from the first whole week on; those
// missed since the last are counted.
func TestWhatAHouseholdIsOwed(t *testing.T) {
	t.Parallel()
	chongqing := pack(t, "chongqing-2020")
	weekly, _ := chongqing.Duty("weekly_collection")
	o := Owing{Duty: weekly, Region: "v", Since: chongqing.ValidFrom}
	for what, c := range map[string]struct {
		since, last, today string
		due                string
		over               int
	}{
		"included on a Wednesday":        {"2020-06-03", "", "2020-06-05", "", 0},
		"the week after":                 {"2020-06-03", "", "2020-06-10", "2020-06-14", 0},
		"two weeks without a visit":      {"2020-06-03", "", "2020-06-24", "2020-06-14", 2},
		"visited this week":              {"2020-06-03", "2020-06-22", "2020-06-24", "", 0},
		"visited last week":              {"2020-06-03", "2020-06-21", "2020-06-24", "2020-06-28", 0},
		"visited three weeks ago":        {"2020-06-03", "2020-06-10", "2020-07-01", "2020-06-21", 2},
		"a visit before the pack counts": {"2020-01-01", "", "2020-03-31", "2020-03-29", 1},
	} {
		last := calendar.Day(0)
		if c.last != "" {
			last = day(c.last)
		}
		if first, over := o.Missed(day(c.since), last, day(c.today)); first.Due.String() != c.due || over != c.over {
			t.Errorf("%s: %s, %d over, want %s, %d", what, first.Due, over, c.due, c.over)
		}
	}
	mile := pack(t, "mile-2020")
	inPlace, _ := mile.Duty("measures_in_place")
	o = Owing{Duty: inPlace, Region: "v", Since: mile.ValidFrom}
	for what, c := range map[string]struct {
		since, last calendar.Day
		today       string
		owed        bool
		over        int
	}{
		"before the day":          {day("2020-06-10"), 0, "2020-06-20", true, 0},
		"after it":                {day("2020-06-10"), 0, "2020-07-20", true, 1},
		"a measure, however late": {day("2020-06-10"), day("2020-07-10"), "2020-07-20", false, 0},
		"included after the day":  {day("2020-07-10"), 0, "2020-07-20", false, 0},
	} {
		if first, over := o.Missed(c.since, c.last, day(c.today)); (first.Due != 0) != c.owed || over != c.over {
			t.Errorf("S1.37, %s: %+v, %d", what, first, over)
		}
	}
}
