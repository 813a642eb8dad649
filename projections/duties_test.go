package projections_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

const (
	testCounty  = "629900"
	testTown    = "629900101"
	testVillage = "629900101201"
)

// anyDuty draws a fact of an office's duties, a check or a study meeting.
func anyDuty(t *rapid.T) (stream string, e any) {
	n := rapid.IntRange(1, 2).Draw(t, "office")
	at := func(name string) calendar.Day {
		return day("2023-01-01") + calendar.Day(rapid.IntRange(0, 200).Draw(t, name))
	}
	switch rapid.IntRange(0, 9).Draw(t, "fact") {
	case 0:
		return fmt.Sprintf("duty-%d", n), duty.Done{Duty: "quarterly_list", Region: testTown, To: at("to"), Due: at("due"), Persons: []duty.ListedPerson{{Household: "h", Member: "m"}}}
	case 1:
		return fmt.Sprintf("duty-%d", n), duty.SystemShut{Shut: "s", Region: testCounty, System: "national_monitoring", From: at("from")}
	case 2:
		return fmt.Sprintf("duty-%d", n), duty.SystemOpened{Shut: "s", Region: testCounty, On: at("on")}
	case 3:
		return fmt.Sprintf("check-%d", n), duty.CheckOrganised{Region: testCounty, Title: "排查", From: at("from"), To: at("to")}
	case 4:
		return fmt.Sprintf("check-%d", n), duty.VillageChecked{Village: testVillage, Households: 9, Checked: n, Groups: 2, GroupsChecked: 1}
	case 5:
		return fmt.Sprintf("check-%d", n), duty.CheckEnded{Summary: "完"}
	case 6:
		return fmt.Sprintf("duty-%d", n), duty.ScaleRiskWatched{Risk: "r", Region: testTown, Kind: "hail", Since: at("since"), Households: 86, Content: "冰雹"}
	case 7:
		return fmt.Sprintf("duty-%d", n), duty.ScaleRiskFollowed{Risk: "r", Region: testTown, Households: 91, Measures: "改种"}
	case 8:
		return fmt.Sprintf("duty-%d", n), duty.ScaleRiskEnded{Risk: "r", Region: testTown, Reason: "理赔到位"}
	default:
		return fmt.Sprintf("meeting-%d", n), paper.StudyHeld{Region: testTown, Kind: code.TownshipStudy, Subject: "研判", Attendees: []paper.StudyAttendee{{Name: "甲", Department: "health"}}}
	}
}

func packOf(t *testing.T, name string) policy.Pack {
	t.Helper()
	text, err := packs.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := load.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// laid are the duties that a pack lays on the village, its township and county.
func laid(p policy.Pack, since string) []duty.Owing {
	var all []duty.Owing
	for _, g := range []duty.Ground{{Region: testVillage, Level: code.Village}, {Region: testTown, Level: code.Township}, {Region: testCounty, Level: code.County, Top: true}} {
		g.Since = day(since)
		all = append(all, duty.Owings(p, g)...)
	}
	return all
}

// followedOwed follows a book's log to a place and returns the reader.
func followedOwed(t *testing.T, book *casebook, find projections.Packs, fill func()) (*projections.OwedList, func(projections.OwedFilter) []string) {
	t.Helper()
	pool := pgtest.Pool(t)
	fill()
	f, stop := modeltest.Follow(t, pool, book.log, projections.Owed(find))
	t.Cleanup(stop)
	end, err := book.log.End(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	await(t, f, "owed", end)
	list := projections.NewOwedList(pool)
	return list, func(filter projections.OwedFilter) (lines []string) {
		t.Helper()
		filter.Kind = projections.OwedDuty
		for cursor := ""; ; {
			items, next, err := list.List(t.Context(), filter, projections.Page{After: cursor, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range items {
				line := fmt.Sprintf("%s%s %s by %s", o.Household, o.Department, o.Duty, o.Due)
				if o.Missed > 0 {
					line += fmt.Sprintf(" missed %d", o.Missed)
				}
				if o.Overdue {
					line += " overdue"
				}
				lines = append(lines, line)
			}
			if cursor = next; next == "" {
				return lines
			}
		}
	}
}

// Xinyu compares again and again those who authorised it (S3.4), Chongqing visits
// each week (S0.21), Mile wants measures by 30 June (S1.37) and households studied.
func TestDutiesOwedOfEachHousehold(t *testing.T) {
	t.Parallel()
	pack, find := countyPack(t)
	book := newCasebook(t, newLog(t))
	add := func(id, on string, events ...any) {
		book.act("household-"+id, act.Act{Happened: day(on), Pack: pack.Ref()}, events...)
	}
	_, owed := followedOwed(t, book, find, func() {
		for _, id := range []string{"visited", "seen", "alone", "signed", "gone"} {
			add(id, "2020-01-01", registered(testVillage, "户"+id, 1))
		}
		included := household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1, Monitoring: household.Responsible{Person: "p-luo", Name: "罗"}}
		add("visited", "2020-06-01", included)
		visit := func(id, on, by string, events ...any) {
			book.act("household-"+id, act.Act{Happened: day(on), Pack: pack.Ref(), DoneBy: []act.Person{{ID: by}}}, events...)
		}
		visit("visited", "2020-06-10", "p-luo", household.Visited{Visit: "b", Kind: "routine"}, household.MeasureStarted{Measure: "z", Class: "industry"})
		// Whose officer did not come himself was not collected from, whoever else came.
		add("seen", "2020-06-01", included)
		visit("seen", "2020-06-10", "p-wang", household.Visited{Visit: "b", Kind: "routine"}, household.MeasureStarted{Measure: "z", Class: "industry"})
		add("alone", "2020-06-03", household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1})
		visit("alone", "2020-06-04", "p-wang", household.Visited{Visit: "b", Kind: "routine"}) // it has no officer: anybody's counts
		add("signed", "2020-02-10", household.ApplicationFiled{Application: "a", Form: "scan"}, household.LetterSigned{Letter: "l"})
		add("signed", "2020-04-20", household.ComparisonReturned{Comparison: "c", Procedure: policy.Inclusion})
		add("gone", "2020-06-01", included)
		add("gone", "2020-06-08", household.NaturallyClosed{Reason: "moved"})
	})
	chongqing, mile, xinyu := laid(packOf(t, "chongqing-2020"), "2020-03-20")[:1], laid(packOf(t, "mile-2020"), "2020-05-28")[:2], laid(packOf(t, "xinyu-2020"), "2020-03-20")[:1]
	luo := []projections.Worker{{Level: code.Township, Capacity: code.TownshipReviewer, Regions: []string{"629900102"}}}
	for what, c := range map[string]struct {
		f    projections.OwedFilter
		want []string
	}{
		"in the week of the visit":            {projections.OwedFilter{Owings: chongqing, Today: day("2020-06-12")}, []string{"seen weekly_collection by 2020-06-07 missed 1 overdue", "alone weekly_collection by 2020-06-14"}},
		"two weeks on":                        {projections.OwedFilter{Owings: chongqing, Today: day("2020-06-24")}, []string{"seen weekly_collection by 2020-06-07 missed 3 overdue", "alone weekly_collection by 2020-06-14 missed 2 overdue", "visited weekly_collection by 2020-06-21 missed 1 overdue"}},
		"only what is overdue":                {projections.OwedFilter{Owings: chongqing, Today: day("2020-06-16"), Overdue: true}, []string{"seen weekly_collection by 2020-06-07 missed 2 overdue", "alone weekly_collection by 2020-06-14 missed 1 overdue"}},
		"of one household":                    {projections.OwedFilter{Owings: chongqing, Today: day("2020-06-24"), Household: "alone"}, []string{"alone weekly_collection by 2020-06-14 missed 2 overdue"}},
		"the officer's, though posted away":   {projections.OwedFilter{Owings: chongqing, Today: day("2020-06-24"), Person: "p-luo", Workers: luo}, []string{"seen weekly_collection by 2020-06-07 missed 3 overdue", "visited weekly_collection by 2020-06-21 missed 1 overdue"}},
		"nobody's":                            {projections.OwedFilter{Owings: chongqing, Today: day("2020-06-24"), Person: "p-other", Workers: luo}, nil},
		"measures by 30 June, and studies":    {projections.OwedFilter{Owings: mile, Today: day("2020-07-01")}, []string{"seen household_study by 2020-09-30", "visited household_study by 2020-09-30", "alone household_study by 2020-09-30", "alone measures_in_place by 2020-06-30 missed 1 overdue"}},
		"compared this quarter":               {projections.OwedFilter{Owings: xinyu, Today: day("2020-06-30")}, nil},
		"to be compared again":                {projections.OwedFilter{Owings: xinyu, Today: day("2020-07-01")}, []string{"signed repeated_comparison by 2020-09-30"}},
		"a quarter without":                   {projections.OwedFilter{Owings: xinyu, Today: day("2020-10-01")}, []string{"signed repeated_comparison by 2020-09-30 missed 1 overdue"}},
		"where no duty lies, nothing is owed": {projections.OwedFilter{Today: day("2020-07-01")}, nil},
	} {
		if diff := cmp.Diff(c.want, owed(c.f)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
}

// S1.9, S1.41, S2.15, S2.16, S2.37: what regions and departments owe until it is
// recorded, studied or organised.
func TestDutiesOwedByRegions(t *testing.T) {
	t.Parallel()
	_, find := countyPack(t)
	book := newCasebook(t, newLog(t))
	list, owed := followedOwed(t, book, find, func() {
		book.add("duty-t", "2022-04-02", duty.Done{Duty: "quarterly_list", Region: testTown, From: day("2022-01-01"), To: day("2022-03-31"), Due: day("2022-03-31")})
		book.add("meeting-s", "2022-05-10", paper.StudyHeld{Region: testTown, Kind: code.TownshipStudy, Subject: "研判", Attendees: []paper.StudyAttendee{{Name: "甲", Unit: "镇"}}})
		book.add("meeting-j", "2022-05-20", paper.StudyHeld{Region: testCounty, Kind: code.JointStudy, Subject: "会商", Attendees: []paper.StudyAttendee{{Name: "乙", Unit: "医保局", Department: "medical_insurance"}}})
		book.add("check-c", "2022-04-01", duty.CheckOrganised{Region: testCounty, Title: "四月排查", From: day("2022-04-06"), To: day("2022-04-29"), Duty: "concentrated_check"})
	})
	jiaohe := laid(packOf(t, "jiaohe-2022"), "2022-01-01")
	town := []projections.Worker{{Level: code.Township, Capacity: code.TownshipReviewer, Regions: []string{testTown, testVillage}}}
	want := []string{" quarterly_list by 2022-06-30 overdue", " half_year_study by 2022-12-31", " quarterly_list by 2022-09-30"}
	if diff := cmp.Diff(want, owed(projections.OwedFilter{Owings: jiaohe, Workers: town, Today: day("2022-07-05")})); diff != "" {
		t.Errorf("the township's (-want +got):\n%s", diff)
	}
	water := []projections.Worker{{Level: code.County, Department: "water", Regions: []string{testCounty, testTown, testVillage}}}
	if diff := cmp.Diff([]string{"water half_year_study_departments by 2022-06-30 overdue", "water scale_risk_study by 2022-12-31", "water half_year_study_departments by 2022-12-31"},
		only("water", owed(projections.OwedFilter{Owings: jiaohe, Workers: water, Today: day("2022-07-05")}))); diff != "" {
		t.Errorf("a department's (-want +got):\n%s", diff)
	}
	turns, err := list.Turns(t.Context(), jiaohe, day("2022-07-05"))
	if err != nil {
		t.Fatal(err)
	}
	done := map[string]string{}
	for _, turn := range turns {
		if turn.Done != 0 {
			done[turn.Duty+turn.Department] = fmt.Sprintf("%s %v", turn.Done, turn.Late)
		}
	}
	if diff := cmp.Diff(map[string]string{"quarterly_list": "2022-04-02 true", "half_year_study": "2022-05-10 false", "half_year_study_departmentsmedical_insurance": "2022-05-20 false",
		"concentrated_check": "2022-04-06 false"}, done); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
	mile := owed(projections.OwedFilter{Owings: laid(packOf(t, "mile-2020"), "2020-05-28"), Workers: town, Today: day("2020-07-04")})
	if diff := cmp.Diff([]string{" lists_in_place by 2020-06-30 overdue", " epidemic_analysis by 2020-06-30 overdue", " township_report by 2020-06-03 overdue", " epidemic_analysis by 2020-07-31", " township_report by 2020-07-03 overdue"}, mile); diff != "" {
		t.Errorf("Mile's township (-want +got):\n%s", diff)
	}
}

func only(start string, lines []string) (kept []string) {
	for _, l := range lines {
		if len(l) >= len(start) && l[:len(start)] == start {
			kept = append(kept, l)
		}
	}
	return kept
}

// S1.28: a mark waits for the system; with a limit on the step, the days on which
// it was shut are given back.
func TestAShutSystemGivesTimeBack(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	pack, find := limitedPack(t, "system_mark", 10)
	book := newCasebook(t, newLog(t))
	book.act("household-a", act.Act{Happened: day("2021-01-01"), Pack: pack.Ref()}, registered(testVillage, "户甲", 1))
	book.act("household-a", act.Act{Happened: day("2021-02-01"), Pack: pack.Ref()}, household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1})
	book.act("household-a", act.Act{Happened: day("2023-06-01"), Pack: pack.Ref()}, household.EliminationDecided{Result: code.Pass, Way: "natural"})
	book.add("duty-c", "2023-06-06", duty.SystemShut{Shut: "s", Region: testCounty, System: "national_monitoring", From: day("2023-06-05"), Reason: "升级"})
	// Another system gives nothing back, however long it was shut (S0.18).
	book.add("duty-c", "2023-06-06", duty.SystemShut{Shut: "p", Region: testCounty, System: "provincial", From: day("2023-06-01"), Reason: "改版"})
	at, _ := book.add("duty-c", "2023-06-20", duty.SystemOpened{Shut: "s", Region: testCounty, On: day("2023-06-20")})
	f, stop := modeltest.Follow(t, pool, book.log, projections.Owed(find))
	defer stop()
	await(t, f, "owed", at)
	list := projections.NewOwedList(pool)
	filter := projections.OwedFilter{Kind: projections.OwedMark, Within: func(ancestor, _ string) bool { return ancestor == testCounty }}
	for on, want := range map[string]struct {
		due                string
		suspended, overdue bool
	}{
		"2023-06-04": {"2023-06-11", false, false},
		"2023-06-12": {"2023-06-19", true, false},
		"2023-06-24": {"2023-06-26", false, false},
		"2023-06-27": {"2023-06-26", false, true},
	} {
		filter.Today, filter.Overdue = day(on), false
		items, _, err := list.List(t.Context(), filter, projections.Page{})
		if err != nil || len(items) != 1 {
			t.Fatalf("on %s: %+v, %v", on, items, err)
		}
		if o := items[0]; o.Due != day(want.due) || o.Suspended != want.suspended || o.Overdue != want.overdue {
			t.Errorf("on %s: due %s, suspended %v, overdue %v", on, o.Due, o.Suspended, o.Overdue)
		}
		filter.Overdue = true
		if items, _, _ = list.List(t.Context(), filter, projections.Page{}); (len(items) == 1) != want.overdue {
			t.Errorf("overdue on %s: %+v", on, items)
		}
		counts, err := list.Counts(t.Context(), filter)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range counts {
			if c.Kind == projections.OwedMark && (c.Items != 1 || (c.Overdue == 1) != want.overdue) {
				t.Errorf("counted on %s: %+v", on, c)
			}
		}
	}
}

// S4.10: no village, no household, no corner left out; what is known of how far a
// check has come, village by village.
func TestHowFarACheckHasCome(t *testing.T) {
	t.Parallel()
	pack, find := countyPack(t)
	book := newCasebook(t, newLog(t))
	list, _ := followedOwed(t, book, find, func() {
		for _, id := range []string{"seen", "missed"} {
			book.act("household-"+id, act.Act{Happened: day("2021-01-01"), Pack: pack.Ref()}, registered(testVillage, "户"+id, 1),
				household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1})
		}
		book.add("household-seen", "2022-04-10", household.Visited{Visit: "b", Kind: code.ConcentratedVisit})
		book.add("household-missed", "2022-03-10", household.Visited{Visit: "b", Kind: code.ConcentratedVisit})
		book.add("household-missed", "2022-04-10", household.Visited{Visit: "b2", Kind: "routine"})
		book.add("check-c", "2022-04-01", duty.CheckOrganised{Region: testCounty, Title: "四月排查", From: day("2022-04-01"), To: day("2022-04-30")})
		book.add("check-c", "2022-04-12", duty.VillageChecked{Village: testVillage, Households: 300, Checked: 290, Groups: 5, GroupsChecked: 5, Found: []string{"seen"}})
	})
	villages := func(string, calendar.Day) []projections.CheckVillage {
		return []projections.CheckVillage{{Village: testVillage, Name: "柳湾村"}, {Village: "629900101202", Name: "柳湾东村"}}
	}
	check := func() projections.CheckWithVillages {
		t.Helper()
		c, err := list.Check(t.Context(), "c", villages)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	want := []projections.CheckVillage{
		{Village: testVillage, Name: "柳湾村", Reported: day("2022-04-12"), Households: 300, Checked: 290, Groups: 5, GroupsChecked: 5, Found: 1, Monitored: 2, Visited: 1},
		{Village: "629900101202", Name: "柳湾东村"}, // nobody reported: 少一村
	}
	c := check()
	if diff := cmp.Diff(want, c.ByVillage); diff != "" {
		t.Errorf("villages (-want +got):\n%s", diff)
	}
	if c.Complete || c.Villages != 2 || c.VillagesReported != 1 || c.Checked != 290 || c.Households != 300 {
		t.Errorf("%+v", c.Check)
	}
	if all, err := list.Checks(t.Context(), []string{testCounty}, 2022, ""); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
	if none, err := list.Checks(t.Context(), nil, 2021, ""); err != nil || len(none) != 0 {
		t.Errorf("%+v, %v", none, err)
	}
	if _, err := list.Check(t.Context(), "unknown", villages); !errors.Is(err, projections.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
