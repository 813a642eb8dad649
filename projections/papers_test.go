package projections_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/inspection"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// anyPaper draws the next event of a paper's stream and what it is called.
func anyPaper(rt *rapid.T) (string, any) {
	h := func() string { return rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(rt, "household") }
	notice := "notice-n" + rapid.SampledFrom([]string{"1", "2"}).Draw(rt, "sheet")
	switch rapid.IntRange(-3, 8).Draw(rt, "paper") {
	case -3:
		return notice, paper.SheetInquirerAppointed{Objection: rapid.SampledFrom([]string{"o1", "o2"}).Draw(rt, "objection"), Person: "p1", Name: "凌照", From: day(anyDay(rt)), Number: "守纪〔2023〕7号"}
	case -2:
		check := "inspection-i" + rapid.SampledFrom([]string{"1", "2"}).Draw(rt, "check")
		if rapid.Bool().Draw(rt, "withdrawn") {
			return check, inspection.Withdrawn{Reason: "看错了"}
		}
		return check, inspection.Checked{Notice: strings.TrimPrefix(notice, "notice-"), Region: "629900101201", Result: inspection.Missing, Place: "村口", Photo: "aa"}
	case -1:
		if rapid.Bool().Draw(rt, "study") {
			return "meeting-m2", paper.StudyHeld{Region: "629900101201", Kind: "township", Subject: "研判", Items: []paper.StudyItem{{Household: h(), Conclusion: "keep"}}}
		}
		return "document-d2", paper.HandoverSigned{Region: "629900101201", Lines: []paper.HandoverLine{{Household: h(), Role: "monitoring"}}}
	case 0:
		return "meeting-m1", paper.MeetingHeld{Region: "629900101201", Procedure: policy.Inclusion, Entitled: 9,
			Items: []paper.MeetingItem{{Household: h(), Result: code.Pass}, {Household: h(), Result: code.Reject}}}
	case 1:
		return "document-d1", paper.DocumentIssued{Region: "629900", Kind: paper.CountyDecision, Procedure: policy.Inclusion, Number: "守防〔2023〕1号",
			Lines: []paper.DocumentLine{{Household: h(), Result: code.Pass}}}
	case 2, 3:
		return notice, paper.SheetPosted{Region: "629900101201", Procedure: policy.Inclusion, Title: "公示", Place: "村务公开栏", Photo: "aa",
			Lines: []paper.SheetLine{{Household: h(), Head: "柳一", Persons: 3}, {Household: h(), Head: "王二", Persons: 1}}}
	case 4:
		return notice, paper.SheetObjected{Objection: rapid.SampledFrom([]string{"o1", "o2"}).Draw(rt, "objection"), Household: h(), Content: "有车"}
	case 5:
		return notice, paper.SheetObjectionAnswered{Objection: "o1", Household: h(), Upheld: true, Findings: "属实"}
	case 8:
		return notice, paper.SheetObjectionInvestigated{Objection: "o1", Household: h(), Findings: "走访邻居"}
	case 6:
		return notice, paper.SheetLineStruck{Household: h(), Reason: "异议成立"}
	}
	return notice, paper.SheetRemoved{Photo: "aa"}
}

func TestPapersAndNoticesRebuiltEqualFollowed(t *testing.T) {
	t.Parallel()
	papers, notices := pgtest.Pool(t), pgtest.Pool(t)
	rapid.Check(t, func(rt *rapid.T) {
		log := memlog.New(time.Now)
		defer log.Close()
		book := newCasebook(rt, log)
		causes := []string{""}
		for range rapid.IntRange(0, 60).Draw(rt, "events") {
			if rapid.Bool().Draw(rt, "a paper") {
				stream, e := anyPaper(rt)
				if _, inquirer := e.(paper.SheetInquirerAppointed); inquirer && rapid.IntRange(0, 2).Draw(rt, "void") == 0 {
					e = paper.FactVoided{Event: rapid.SampledFrom(causes).Draw(rt, "voided"), Reason: "录错"}
				}
				_, id := book.add(stream, anyDay(rt), e)
				causes = append(causes, id)
				continue
			}
			stream := fmt.Sprintf("household-%d", rapid.IntRange(1, 4).Draw(rt, "household"))
			a := act.Act{Happened: day(anyDay(rt)), Causation: rapid.SampledFrom(causes).Draw(rt, "cause")}
			book.act(stream, a, anyEvent(rt, book, stream))
		}
		steps := randomSteps(rt)
		modeltest.RebuiltEqualsFollowed(rt, papers, log, projections.Papers(), steps)
		modeltest.RebuiltEqualsFollowed(rt, notices, log, projections.Notices(), steps)
	})
}

func TestInterruptedPapers(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	log := newLog(t)
	book := newCasebook(t, log)
	_, event := book.add("document-d", "2023-05-08", paper.DocumentIssued{Region: "629900", Kind: paper.CountyDecision, Procedure: policy.Inclusion,
		Number: "守防〔2023〕1号", Title: "审定", Lines: []paper.DocumentLine{{Household: "a", Result: code.Pass}, {Household: "b", Result: code.Reject}}})
	at, _ := book.act("household-a", act.Act{Happened: day("2023-05-08"), Causation: event},
		household.InclusionDecided{Document: "d", Item: 1, Result: code.Pass, Episode: 1}, household.FlagRaised{Rule: "order.dates", Back: 1})
	f, stop := modeltest.Follow(t, pool, log, projections.Papers())
	defer stop()
	await(t, f, "papers", at)
	desk := projections.NewPaperDesk(pool)

	missing, err := desk.Missing(t.Context(), []string{"629900"})
	if err != nil {
		t.Fatal(err)
	}
	want := []projections.MissingLine{{Paper: "document-d", Kind: "county_decision", Region: "629900", Number: "守防〔2023〕1号", Title: "审定",
		Event: event, Version: 1, Type: "document.issued.v1", Happened: day("2023-05-08"), Item: 2, Household: "b"}}
	if diff := cmp.Diff(want, missing); diff != "" {
		t.Errorf("missing lines (-want +got):\n%s", diff)
	}
	if elsewhere, err := desk.Missing(t.Context(), []string{"629901"}); err != nil || len(elsewhere) != 0 {
		t.Errorf("elsewhere %v is missing (%v)", elsewhere, err)
	}
	got, err := desk.Get(t.Context(), "document", "d")
	if err != nil {
		t.Fatal(err)
	}
	if !got.Interrupted || len(got.Households) != 2 || !got.Households[0].Arrived || got.Households[1].Arrived || got.Households[1].Result != "reject" {
		t.Errorf("the paper: %+v", got)
	}
	at, _ = book.act("household-b", act.Act{Happened: day("2023-05-08"), Causation: event}, household.InclusionDecided{Document: "d", Item: 2, Result: code.Reject})
	await(t, f, "papers", at)
	if missing, err = desk.Missing(t.Context(), nil); err != nil || len(missing) != 0 {
		t.Errorf("after the last line %v is missing (%v)", missing, err)
	}
	list, _, err := desk.List(t.Context(), projections.PaperFilter{Kind: "county_decision"}, projections.Page{})
	if err != nil || len(list) != 1 || list[0].Interrupted {
		t.Errorf("the list: %+v, %v", list, err)
	}
}

// A meeting treats one household twice; only one of the two lines has arrived.
func TestAHouseholdsSecondLineIsMissed(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	log := newLog(t)
	book := newCasebook(t, log)
	_, event := book.add("meeting-m", "2023-05-08", paper.MeetingHeld{Region: "629900101201", Procedure: policy.Inclusion, Place: "村部", Entitled: 9,
		Items: []paper.MeetingItem{{Household: "a", Result: code.Reject, Procedure: policy.Elimination, RollBack: true}, {Household: "a", Result: code.Pass}}})
	line := act.Act{Happened: day("2023-05-08"), Causation: event, Key: event}
	at, _ := book.act("household-a", line, household.Appraised{Procedure: policy.Elimination, RollBack: true, Meeting: "m", Item: 1})
	f, stop := modeltest.Follow(t, pool, log, projections.Papers())
	defer stop()
	await(t, f, "papers", at)
	desk := projections.NewPaperDesk(pool)
	missing, err := desk.Missing(t.Context(), nil)
	if err != nil || len(missing) != 1 || missing[0].Item != 2 {
		t.Fatalf("%+v, %v", missing, err)
	}
	line.Key += "/2"
	at, _ = book.act("household-a", line, household.Appraised{Procedure: policy.Inclusion, Meeting: "m", Item: 2})
	await(t, f, "papers", at)
	if missing, err = desk.Missing(t.Context(), nil); err != nil || len(missing) != 0 {
		t.Errorf("%+v, %v", missing, err)
	}
}

// A sheet of three: one line struck on an upheld objection, one waited for, one
// reported while the notice still hung.
func TestNoticeSheet(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	log := newLog(t)
	book := newCasebook(t, log)
	book.add("notice-n", "2023-06-01", paper.SheetPosted{Region: "629900101201", Procedure: policy.Inclusion, Title: "公示", Place: "村口", Photo: "ph1",
		Lines: []paper.SheetLine{{Household: "a", Head: "甲", Persons: 2}, {Household: "b", Head: "乙", Persons: 3}, {Household: "c", Head: "丙", Persons: 1}}})
	for i, h := range []string{"a", "b", "c"} {
		book.add("household-"+h, "2023-06-01", household.NoticePosted{Procedure: policy.Inclusion, Notice: "n", Item: i + 1, Place: "村口", Days: 5, Count: "calendar"})
	}
	book.add("notice-n", "2023-06-02", paper.SheetObjected{Objection: "o", Household: "c", Content: "有商品房"})
	at, _ := book.add("household-b", "2023-06-04", household.VillageReported{Procedure: policy.Inclusion})
	f, stop := modeltest.Follow(t, pool, log, projections.Notices())
	defer stop()
	await(t, f, "notices", at)
	board := projections.NewNoticeboard(pool)
	stateOn := func(on string) projections.NoticeState {
		t.Helper()
		list, _, err := board.List(t.Context(), projections.NoticeFilter{Today: day(on)}, projections.Page{})
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		return list[0].State
	}
	if got := stateOn("2023-06-03"); got != projections.NoticeObjected {
		t.Errorf("with an open objection: %s", got)
	}
	book.add("notice-n", "2023-06-04", paper.SheetObjectionInvestigated{Objection: "o", Household: "c", Findings: "查房产登记"})
	book.add("notice-n", "2023-06-05", paper.SheetObjectionAnswered{Objection: "o", Household: "c", Upheld: true, Findings: "属实"})
	at, _ = book.add("notice-n", "2023-06-05", paper.SheetLineStruck{Household: "c", Reason: "异议成立"})
	await(t, f, "notices", at)
	for on, want := range map[string]projections.NoticeState{"2023-06-05": projections.NoticeUp, "2023-06-06": projections.NoticeEnded} {
		if got := stateOn(on); got != want {
			t.Errorf("on %s: %s, want %s", on, got, want)
		}
	}
	book.add("notice-n", "2023-06-06", paper.SheetRemoved{Photo: "ph2", Posted: day("2023-06-01"), Standing: []string{"a", "b"}})
	book.add("household-a", "2023-06-07", household.VillageReported{Procedure: policy.Inclusion})
	at, _ = book.add("notice-other", "2023-07-01", paper.SheetPosted{Region: "629900101201", Procedure: policy.Inclusion, Title: "公示", Place: "村口",
		Photo: "ph1", Lines: []paper.SheetLine{{Household: "c", Head: "丙", Persons: 1}}})
	await(t, f, "notices", at)
	got, err := board.Get(t.Context(), "n", day("2023-07-03"))
	if err != nil {
		t.Fatal(err)
	}
	if got.State != projections.NoticeRemoved || got.MayComeDown != day("2023-06-06") || got.Stood != 5 || got.Short || got.Struck != 1 || got.RemovalPhoto != "ph2" {
		t.Errorf("the sheet: %+v", got.Notice)
	}
	yes, no := true, false
	lines := []projections.NoticeLine{
		{Item: 1, Household: "a", Head: "甲", Persons: 2, NextStep: "village_report", NextOn: day("2023-06-07"), Waited: &yes},
		{Item: 2, Household: "b", Head: "乙", Persons: 3, NextStep: "village_report", NextOn: day("2023-06-04"), Waited: &no},
		{Item: 3, Household: "c", Head: "丙", Persons: 1, Struck: day("2023-06-05"), Reason: "异议成立"},
	}
	if diff := cmp.Diff(lines, got.Households); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	objections := []projections.NoticeObjection{{ID: "o", Household: "c", Content: "有商品房", Raised: day("2023-06-02"), Inquired: day("2023-06-04"), Inquiry: "查房产登记", Answered: day("2023-06-05"), Upheld: true, Findings: "属实"}}
	if diff := cmp.Diff(objections, got.Objections); diff != "" {
		t.Errorf("objections (-want +got):\n%s", diff)
	}
	same := []projections.SamePhoto{{Use: "posted", Hash: "ph1", Stream: "notice-other", OtherUse: "posted", On: day("2023-07-01")}}
	if diff := cmp.Diff(same, got.SamePhotos); diff != "" {
		t.Errorf("photographs used twice (-want +got):\n%s", diff)
	}
	first, next, err := board.List(t.Context(), projections.NoticeFilter{Regions: []string{"629900101201"}, Today: day("2023-07-03")}, projections.Page{Limit: 1})
	if err != nil || len(first) != 1 || first[0].ID != "other" || next == "" {
		t.Fatalf("first page: %+v %q %v", first, next, err)
	}
	second, next, err := board.List(t.Context(), projections.NoticeFilter{Regions: []string{"629900101201"}, Today: day("2023-07-03")}, projections.Page{Limit: 1, After: next})
	if err != nil || len(second) != 1 || second[0].ID != "n" || next != "" {
		t.Errorf("second page: %+v %q %v", second, next, err)
	}
}

var _ eventlog.Log = (*modeltest.Gate)(nil)
