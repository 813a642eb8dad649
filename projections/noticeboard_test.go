package projections_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/inspection"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// The list on the wall beside those who passed at the meeting and those whom the
// county decided on (DOMAIN 5.3), and what an inspector saw himself.
func TestAnInspectorsView(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	log := newLog(t)
	book := newCasebook(t, log)
	for _, h := range []string{"a", "b", "c", "d"} {
		book.add("household-"+h, "2023-05-01", registered("629900101201", "甲", 2))
		book.add("household-"+h, "2023-05-30", household.Appraised{Procedure: policy.Inclusion, Meeting: "m", Result: code.Pass})
	}
	book.add("notice-n", "2023-06-01", paper.SheetPosted{Region: "629900101201", Procedure: policy.Inclusion, Title: "公示", Place: "村口",
		Lines: []paper.SheetLine{{Household: "a", Head: "甲", Persons: 2}, {Household: "b", Head: "乙", Persons: 3}}})
	for i, h := range []string{"a", "b"} {
		book.add("household-"+h, "2023-06-01", household.NoticePosted{Procedure: policy.Inclusion, Notice: "n", Item: i + 1, Place: "村口", Days: 5, Count: "calendar"})
	}
	book.add("household-a", "2023-06-09", household.InclusionDecided{Result: code.Pass, Class: code.Sudden, Episode: 1})
	book.add("household-d", "2023-06-09", household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Episode: 1}) // no sheet
	book.add("notice-n", "2023-06-05", paper.SheetObjected{Objection: "o", Household: "b", Content: "有车"})
	book.add("notice-n", "2023-06-05", paper.SheetObjectionAnswered{Objection: "o", Household: "b", Findings: "属实"})
	book.add("notice-n", "2023-06-04", paper.SheetRemoved{Posted: day("2023-06-01"), Standing: []string{"a", "b"}})
	looked := act.Act{Happened: day("2023-06-03"), DoneBy: []act.Person{{ID: "p", Name: "陶映川"}}}
	book.act("inspection-1", looked, inspection.Checked{Notice: "n", Region: "629900101201", Result: inspection.Missing, Place: "村口", Photo: "ph"})
	book.act("inspection-2", looked, inspection.Checked{Notice: "n", Region: "629900101201", Result: inspection.Different, Place: "村口", Note: "少一户"})
	at, _ := book.act("inspection-2", looked, inspection.Withdrawn{Reason: "看错了"})
	f, stop := modeltest.Follow(t, pool, log, projections.Notices())
	defer stop()
	await(t, f, "notices", at)
	board, here := projections.NewNoticeboard(pool), []string{"629900101201"}

	sheet, err := board.Get(t.Context(), "n", day("2023-07-03"))
	if err != nil {
		t.Fatal(err)
	}
	lines := []projections.NoticeLine{
		{Item: 1, Household: "a", Head: "甲", Persons: 2, NextStep: "county_decision", NextOn: day("2023-06-09"), Appraised: code.Pass, AppraisedOn: day("2023-05-30"), Meeting: "m",
			Decided: code.Pass, DecidedOn: day("2023-06-09"), DecidedClass: code.Sudden},
		{Item: 2, Household: "b", Head: "乙", Persons: 3, Appraised: code.Pass, AppraisedOn: day("2023-05-30"), Meeting: "m"},
	}
	yes := true
	lines[0].Waited = &yes
	if diff := cmp.Diff(lines, sheet.Households); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	omitted := []projections.OmittedLine{{Household: "c", AppraisedOn: day("2023-05-30"), Meeting: "m"}, {Household: "d", AppraisedOn: day("2023-05-30"), Meeting: "m"}}
	if diff := cmp.Diff(omitted, sheet.Omitted); diff != "" {
		t.Errorf("passed and not posted (-want +got):\n%s", diff)
	}
	checks := []projections.SpotInspection{
		{ID: "1", Version: 1, Notice: "n", Region: here[0], Result: "missing", Place: "村口", Photo: "ph", On: day("2023-06-03"), By: "陶映川", Title: "公示", Posted: "村口"},
		{ID: "2", Version: 2, Notice: "n", Region: here[0], Result: "different", Place: "村口", Note: "少一户", On: day("2023-06-03"), By: "陶映川", Withdrawn: "看错了", Title: "公示", Posted: "村口"},
	}
	if diff := cmp.Diff(checks, sheet.Inspections, cmpopts.IgnoreFields(projections.SpotInspection{}, "Recorded")); diff != "" {
		t.Errorf("on the spot (-want +got):\n%s", diff)
	}
	uncovered, err := board.Uncovered(t.Context(), here)
	if diff := cmp.Diff([]projections.UncoveredCase{{Household: "d", Region: here[0], Procedure: policy.Inclusion, Decided: day("2023-06-09"), Class: code.Marginal}}, uncovered); diff != "" || err != nil {
		t.Errorf("decided without a notice: %v\n%s", err, diff)
	}
	sums, err := board.Compliance(t.Context(), here, day("2023-07-03"))
	want := []projections.Compliance{{Region: here[0], Sheets: 1, Households: 2, Short: 1, NoPhoto: 1, NoEndPhoto: 1, Objections: 1, Uninquired: 1, Inspected: 1, Missing: 1, Uncovered: 1}}
	if diff := cmp.Diff(want, sums); diff != "" || err != nil {
		t.Errorf("sums: %v\n%s", err, diff)
	}
	if want[0].Faults() != 6 {
		t.Errorf("%d faults", want[0].Faults())
	}
	notice, o, err := board.Objection(t.Context(), "o")
	if err != nil || notice != "n" || o.Household != "b" || o.Findings != "属实" {
		t.Errorf("the objection: %s %+v %v", notice, o, err)
	}
	for on, hanging := range map[string]int{"2023-06-03": 1, "2023-06-04": 0} {
		list, _, err := board.List(t.Context(), projections.NoticeFilter{Today: day(on), Hanging: true}, projections.Page{})
		if err != nil || len(list) != hanging {
			t.Errorf("on the wall on %s: %+v %v", on, list, err)
		}
	}
}

// An objection raised while the sheet is up extends its period where the pack of
// its day said so, and with it the days on which the wall shows it.
func TestAnObjectionExtendsTheSheetsPeriod(t *testing.T) {
	t.Parallel()
	pool, log := pgtest.Pool(t), newLog(t)
	book := newCasebook(t, log)
	cases := map[string]struct {
		extend int
		raised []string
		want   string
	}{
		"none-raised":     {2, nil, "2023-06-06"},
		"no-extension":    {0, []string{"2023-06-03"}, "2023-06-06"},
		"in-time":         {2, []string{"2023-06-03"}, "2023-06-08"},
		"on-the-last-day": {2, []string{"2023-06-05"}, "2023-06-08"},
		"twice":           {2, []string{"2023-06-02", "2023-06-05"}, "2023-06-08"},
		"too-late":        {2, []string{"2023-06-06"}, "2023-06-06"},
	}
	for name, c := range cases {
		book.add("household-"+name, "2023-05-01", registered("629900101201", "甲", 2))
		book.add("notice-"+name, "2023-06-01", paper.SheetPosted{Region: "629900101201", Procedure: policy.Inclusion, Title: "公示", Place: "村口", Lines: []paper.SheetLine{{Household: name, Head: "甲", Persons: 2}}})
		book.add("household-"+name, "2023-06-01", household.NoticePosted{Procedure: policy.Inclusion, Notice: name, Item: 1, Place: "村口", Days: 5, Count: "calendar", Extend: c.extend})
		for _, on := range c.raised {
			book.add("household-"+name, on, household.NoticeObjected{Notice: name, Objection: "o-" + on, Content: "有车"})
		}
	}
	at, _ := book.act("inspection-1", act.Act{Happened: day("2023-06-03")}, inspection.Checked{Notice: "in-time", Region: "629900101201", Result: inspection.Present, Place: "村口"})
	f, stop := modeltest.Follow(t, pool, log, projections.Notices())
	defer stop()
	await(t, f, "notices", at)
	board := projections.NewNoticeboard(pool)
	for name, c := range cases {
		sheet, err := board.Get(t.Context(), name, day("2023-06-07"))
		if err != nil {
			t.Fatal(err)
		}
		if want := int(day(c.want) - day("2023-06-01")); sheet.MayComeDown != day(c.want) || sheet.Days != want {
			t.Errorf("%s: %d days, until %s", name, sheet.Days, sheet.MayComeDown)
		}
	}
}
