package projections_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// workingPack counts all its days as working days and gives a step a limit of its own.
func workingPack(t *testing.T) (policy.Pack, projections.Packs) {
	t.Helper()
	text, err := packs.Text("county-2023")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(text), "count: calendar", "count: working")
	changed = strings.Replace(changed, "- {step: township_review,", "- {step: township_review, limit: {days: 3, count: working, basis: assumed, reason: 试验},", 1)
	pack, err := load.Parse([]byte(changed))
	if err != nil {
		t.Fatal(err)
	}
	return pack, func(context.Context, string) (policy.Pack, error) { return pack, nil }
}

func TestWhatIsOwedByWorkingDays(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	pack, find := workingPack(t)
	book := newCasebook(t, newLog(t))
	add := func(id, on string, events ...any) {
		book.act("household-"+id, act.Act{Happened: day(on), Pack: pack.Ref()}, events...)
	}
	in := policy.Inclusion
	for _, id := range []string{"reported", "planless", "unknown", "hangs"} {
		add(id, "2021-01-01", registered("629900101201", "户"+id, 1))
	}
	add("reported", "2023-04-03", household.ApplicationFiled{Application: "a", Form: "scan"})
	add("reported", "2023-04-19", household.VillageReported{Procedure: in})
	add("planless", "2023-04-20", household.InclusionDecided{Result: code.Pass, Class: code.Sudden, Episode: 1})
	add("unknown", "2026-12-28", household.InclusionDecided{Result: code.Pass, Class: code.Sudden, Episode: 1})
	at, _ := book.act("household-hangs", act.Act{Happened: day("2023-04-21"), Pack: pack.Ref()},
		household.NoticePosted{Procedure: in, Notice: "n", Item: 1, Days: 5, Count: "working"})
	f, stop := modeltest.Follow(t, pool, book.log, projections.Owed(find))
	defer stop()
	await(t, f, "owed", at)
	list := projections.NewOwedList(pool)
	one := func(id string, kind projections.OwedKind, step policy.Step, today string) projections.OwedItem {
		t.Helper()
		items, _, err := list.List(t.Context(), projections.OwedFilter{Household: id, Kind: kind, Today: day(today)}, projections.Page{})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range items {
			if o.Step == string(step) {
				return o
			}
		}
		t.Fatalf("%s does not owe %s: %+v", id, step, items)
		return projections.OwedItem{}
	}
	// The chain would end on the 24th, the step's own three working days end on
	// the 23rd, a Sunday that was worked.
	next := one("reported", projections.OwedNextStep, policy.TownshipReview, "2023-04-26")
	if next.Due != day("2023-04-23") || !next.Overdue || next.Left.Calendar != -3 || next.Left.Working != -3 || next.Limit.Chinese() != "3个工作日" {
		t.Errorf("the step: %+v", next)
	}
	plan := one("planless", projections.OwedPlan, policy.Plan, "2023-05-04")
	if plan.Due != day("2023-05-06") || plan.Overdue || plan.Left.Calendar != 2 || plan.Left.Working != 2 || plan.Waited.Calendar != 14 || plan.Waited.Working != 8 {
		t.Errorf("the plan: %+v", plan)
	}
	unsure := one("unknown", projections.OwedPlan, policy.Plan, "2027-06-01")
	if unsure.Due != 0 || unsure.Overdue || unsure.Unsure != "2027年放假安排未录入，到期日无法认定" || unsure.Waited.WorkingKnown {
		t.Errorf("a year without holidays: %+v", unsure)
	}
	hangs := one("hangs", projections.OwedNoticeDown, policy.Notice, "2023-04-27")
	if hangs.Due != day("2023-04-27") || hangs.Overdue {
		t.Errorf("the sheet: %+v", hangs)
	}
	if items, _, _ := list.List(t.Context(), projections.OwedFilter{Household: "hangs", Kind: projections.OwedNoticeDown, Today: day("2023-04-26")}, projections.Page{}); len(items) != 0 {
		t.Errorf("before its working days are over: %+v", items)
	}
}

func TestANoticeBoardByWorkingDays(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	book := newCasebook(t, newLog(t))
	for id, on := range map[string]string{"spring": "2023-04-21", "unknown": "2026-12-28", "short": "2023-04-03"} {
		book.add("notice-"+id, on, paper.SheetPosted{Region: "629900101201", Procedure: policy.Inclusion, Title: "公示", Place: "村口",
			Lines: []paper.SheetLine{{Household: id, Head: "甲", Persons: 2}}})
		book.add("household-"+id, on, household.NoticePosted{Procedure: policy.Inclusion, Notice: id, Item: 1, Place: "村口", Days: 5, Count: "working"})
	}
	book.add("notice-short", "2023-04-08", paper.SheetRemoved{Posted: day("2023-04-03"), Standing: []string{"short"}})
	at, _ := book.add("household-unknown", "2027-01-05", household.VillageReported{Procedure: policy.Inclusion})
	f, stop := modeltest.Follow(t, pool, book.log, projections.Notices())
	defer stop()
	await(t, f, "notices", at)
	board := projections.NewNoticeboard(pool)
	sheet := func(id, today string) projections.NoticeSheet {
		t.Helper()
		s, err := board.Get(t.Context(), id, day(today))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for on, want := range map[string]projections.NoticeState{"2023-04-26": projections.NoticeUp, "2023-04-27": projections.NoticeEnded} {
		if s := sheet("spring", on); s.State != want || s.MayComeDown != day("2023-04-27") || s.Hung.Calendar != int(day(on)-day("2023-04-21")) {
			t.Errorf("on %s: %+v", on, s.Notice)
		}
	}
	if s := sheet("short", "2023-06-01"); !s.Short || s.Hung.Calendar != 5 || s.Hung.Working != 3 {
		t.Errorf("five days, three of them working days: %+v", s.Notice)
	}
	s := sheet("unknown", "2027-02-01")
	if s.State != projections.NoticeUp || s.MayComeDown != 0 || s.Short || s.Unsure != "2027年放假安排未录入，期满日期无法认定" || s.Households[0].Waited != nil {
		t.Errorf("a year without holidays: %+v", s)
	}
}

// limitedPack gives one step of the county's pack so many calendar days.
func limitedPack(t *testing.T, step string, days int) (policy.Pack, projections.Packs) {
	t.Helper()
	text, err := packs.Text("county-2023")
	if err != nil {
		t.Fatal(err)
	}
	limit := fmt.Sprintf("- {step: %s, limit: {days: %d, count: calendar, basis: assumed, reason: 试验},", step, days)
	pack, err := load.Parse([]byte(strings.Replace(string(text), "- {step: "+step+",", limit, 1)))
	if err != nil {
		t.Fatal(err)
	}
	return pack, func(context.Context, string) (policy.Pack, error) { return pack, nil }
}
