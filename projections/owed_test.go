package projections_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// countyPack is a pack as adopted, and what finds it.
func countyPack(t fatal) (policy.Pack, projections.Packs) {
	t.Helper()
	text, err := packs.Text("county-2023")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := load.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return pack, func(_ context.Context, sum string) (policy.Pack, error) {
		if sum != pack.SHA256 {
			return policy.Pack{}, fmt.Errorf("no pack %s", sum)
		}
		return pack, nil
	}
}

func TestOwedRebuiltEqualsFollowed(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	pack, find := countyPack(t)
	rapid.Check(t, func(rt *rapid.T) {
		log := memlog.New(time.Now)
		defer log.Close()
		book := newCasebook(rt, log)
		for range rapid.IntRange(0, 80).Draw(rt, "events") {
			stream := fmt.Sprintf("household-%d", rapid.IntRange(1, 4).Draw(rt, "household"))
			book.act(stream, act.Act{Happened: day(anyDay(rt)), Pack: pack.Ref()}, anyEvent(rt, book, stream))
			if rapid.IntRange(0, 4).Draw(rt, "duty") == 0 {
				stream, e := anyDuty(rt)
				book.add(stream, anyDay(rt), e)
				if ids := book.ids[stream]; !strings.HasPrefix(stream, "meeting-") && rapid.IntRange(0, 2).Draw(rt, "void") == 0 {
					book.add(stream, anyDay(rt), duty.FactVoided{Event: rapid.SampledFrom(ids).Draw(rt, "voided"), Reason: "录错"})
				}
			}
		}
		modeltest.RebuiltEqualsFollowed(rt, pool, log, projections.Owed(find), randomSteps(rt))
	})
}

func TestOwed(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	pack, find := countyPack(t)
	log := newLog(t)
	book := newCasebook(t, log)
	add := func(id, on string, events ...any) {
		book.act("household-"+id, act.Act{Happened: day(on), Pack: pack.Ref()}, events...)
	}
	in := policy.Inclusion
	register := func(id string) { add(id, "2021-01-01", registered("629900101201", "户"+id, 2)) }

	register("waits") // on the wall, the next step waits for the notice
	add("waits", "2023-06-01", household.ApplicationFiled{Application: "a", Form: "scan"}, household.HomeSurveyed{Survey: "s", Procedure: in, Level: code.Village},
		household.IncomeRecorded{Sheet: "i", Procedure: in, From: day("2022-06-01"), To: day("2023-05-31"), Persons: 2}, household.LetterSigned{Letter: "l"},
		household.ComparisonReturned{Comparison: "c", Procedure: in, Hits: []household.Hit{{ID: "h", Member: "m1", Kind: "car"}}})
	add("waits", "2023-06-20", household.Appraised{Procedure: in, Meeting: "m", Result: code.Pass})
	add("waits", "2023-06-29", household.NoticePosted{Procedure: in, Notice: "sheet", Item: 1, Days: 5, Count: "calendar"})
	register("beside") // on the same sheet, objected to, and with a step missing
	add("beside", "2023-06-20", household.Appraised{Procedure: in, Meeting: "m", Result: code.Pass})
	add("beside", "2023-06-29", household.NoticePosted{Procedure: in, Notice: "sheet", Item: 2, Days: 5, Count: "calendar"},
		household.NoticeObjected{Notice: "sheet", Objection: "o", Content: "有车"})
	register("included")
	add("included", "2023-06-25", household.InclusionDecided{Result: code.Pass, Class: code.Sudden, Episode: 1})
	register("green")
	add("green", "2023-06-05", household.GreenChannelOpened{Reason: "火灾", OwedBy: day("2023-07-05")})
	register("brought")
	add("brought", "2023-01-01", household.CaseBroughtForward{Source: "全国系统", Class: code.Marginal, Included: day("2021-01-01")})
	add("brought", "2023-06-20", household.EliminationDecided{Result: code.Pass, Way: "natural"})
	register("refused") // the county said no: nothing comes after that
	add("refused", "2023-01-01", household.CaseBroughtForward{Source: "全国系统", Class: code.Marginal, Included: day("2021-01-01")})
	add("refused", "2023-06-20", household.HomeSurveyed{Survey: "s", Procedure: policy.Elimination, Level: code.Village},
		household.IncomeRecorded{Sheet: "i", Procedure: policy.Elimination, From: day("2022-06-01"), To: day("2023-05-31"), Persons: 2},
		household.ComparisonReturned{Comparison: "c", Procedure: policy.Elimination}, household.EliminationProposed{Way: "natural"},
		household.Appraised{Procedure: policy.Elimination, Meeting: "m", Result: code.Pass},
		household.NoticePosted{Procedure: policy.Elimination, Notice: "down", Item: 1, Days: 5, Count: "calendar"})
	add("refused", "2023-06-25", household.NoticeRemoved{Notice: "down", Posted: day("2023-06-20"), Days: 5},
		household.VillageReported{Procedure: policy.Elimination}, household.TownshipReviewed{Procedure: policy.Elimination, Result: code.Pass},
		household.EliminationDecided{Result: code.Reject, Reason: "收入未超过"})
	register("returned")
	add("returned", "2023-06-20", household.Appraised{Procedure: in, Result: code.Pass})
	add("returned", "2023-06-22", household.CaseReturned{Procedure: in, By: code.Township, To: policy.HomeSurvey, Reason: "材料不全"})
	register("gone")
	add("gone", "2023-06-25", household.InclusionDecided{Result: code.Pass, Class: code.Sudden, Episode: 1}, household.NaturallyClosed{Reason: "moved"})
	add("clue", "2023-06-30", household.ClueRecorded{Clue: "c", Channel: code.DepartmentWarning, Content: "医保预警", Name: "未明", Region: "629900101201"})
	add("clue", "2023-06-30", household.ClueDispatched{Clue: "c", Office: "township-1", Due: day("2023-07-02")})
	e := registered("629900101201", "户baby", 1)
	e.Members = append(e.Members, household.Member{ID: "m2", Name: "新生", NoDocument: "newborn", Counted: true})
	at, _ := book.add("household-baby", "2023-05-01", e)

	f, stop := modeltest.Follow(t, pool, log, projections.Owed(find))
	defer stop()
	await(t, f, "owed", at)
	list := projections.NewOwedList(pool)
	owed := func(filter projections.OwedFilter) (lines []string) {
		t.Helper()
		for cursor := ""; ; {
			items, next, err := list.List(t.Context(), filter, projections.Page{After: cursor, Limit: 3})
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range items {
				line := fmt.Sprintf("%s %s %s %s %s", o.Since, o.Household, o.Level, o.Kind, o.Step)
				if o.Due != 0 {
					line += " by " + o.Due.String()
				}
				if o.Overdue {
					line += " overdue"
				}
				if o.Households > 1 {
					line += fmt.Sprintf(" ×%d", o.Households)
				}
				lines = append(lines, line)
			}
			if cursor = next; next == "" {
				return lines
			}
		}
	}
	want := []string{
		"2023-05-01 baby village document ",
		"2023-06-01 waits township hit comparison",
		"2023-06-05 green village green_channel  by 2023-07-05",
		"2023-06-20 beside village earlier_paper clue",
		"2023-06-20 beside village earlier_paper home_survey",
		"2023-06-20 beside village earlier_paper income_sheet",
		"2023-06-20 beside village earlier_paper authorisation",
		"2023-06-20 beside county earlier_paper comparison",
		"2023-06-20 brought village announcement announcement",
		"2023-06-20 brought township system_mark system_mark",
		"2023-06-20 brought village earlier_paper home_survey",
		"2023-06-20 brought village earlier_paper income_sheet",
		"2023-06-20 brought county earlier_paper comparison",
		"2023-06-20 brought village earlier_paper proposal",
		"2023-06-20 brought village earlier_paper appraisal",
		"2023-06-20 brought village earlier_paper notice",
		"2023-06-20 brought village earlier_paper village_report",
		"2023-06-20 brought township earlier_paper township_review",
		"2023-06-22 returned village returned home_survey",
		"2023-06-25 included village plan plan by 2023-07-05",
		"2023-06-25 included village announcement announcement",
		"2023-06-25 included township system_entry system_entry",
		"2023-06-25 included village earlier_paper clue",
		"2023-06-25 included village earlier_paper home_survey",
		"2023-06-25 included village earlier_paper income_sheet",
		"2023-06-25 included village earlier_paper authorisation",
		"2023-06-25 included county earlier_paper comparison",
		"2023-06-25 included village earlier_paper appraisal",
		"2023-06-25 included village earlier_paper notice",
		"2023-06-25 included village earlier_paper village_report",
		"2023-06-25 included township earlier_paper township_review",
		"2023-06-29 beside township objection notice",
		"2023-06-30 clue village unconfirmed ",
		"2023-06-30 clue township clue_check clue by 2023-07-02 overdue",
	}
	county := []string{"629900101201"}
	got := owed(projections.OwedFilter{Regions: county, Today: day("2023-07-03")})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("owed on 3 July (-want +got):\n%s", diff)
	}
	onFourth := owed(projections.OwedFilter{Regions: county, Today: day("2023-07-04"), Level: code.Village, Kind: projections.OwedNoticeDown})
	if diff := cmp.Diff([]string{"2023-06-29 beside village notice_down notice by 2023-07-04 ×2"}, onFourth); diff != "" {
		t.Errorf("notices on 4 July (-want +got):\n%s", diff)
	}
	next := owed(projections.OwedFilter{Household: "waits", Today: day("2023-07-05")})
	if diff := cmp.Diff([]string{"2023-06-01 waits township hit comparison", "2023-06-29 waits village notice_down notice by 2023-07-04 overdue ×2",
		"2023-06-29 waits village next_step village_report by 2023-06-16 overdue"}, next); diff != "" {
		t.Errorf("one household on 5 July (-want +got):\n%s", diff)
	}
	overdue := owed(projections.OwedFilter{Today: day("2023-07-03"), Overdue: true})
	if diff := cmp.Diff([]string{"2023-06-30 clue township clue_check clue by 2023-07-02 overdue"}, overdue); diff != "" {
		t.Errorf("overdue on 3 July (-want +got):\n%s", diff)
	}
	if elsewhere := owed(projections.OwedFilter{Regions: []string{"629900102201"}, Today: day("2023-07-03")}); len(elsewhere) != 0 {
		t.Errorf("owed elsewhere: %q", elsewhere)
	}
	counts, err := list.Counts(t.Context(), projections.OwedFilter{Regions: county, Today: day("2023-07-05")})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range counts {
		if c.Kind == projections.OwedNoticeDown && (c.Items != 1 || c.Overdue != 1 || c.Level != code.Village) {
			t.Errorf("the sheet of two households counts %d times, overdue %d", c.Items, c.Overdue)
		}
	}
	dated := owed(projections.OwedFilter{Regions: county, Today: day("2023-07-05"), ByDue: true})
	var first []string
	for _, line := range dated {
		if _, due, has := strings.Cut(line, " by "); has {
			first = append(first, strings.TrimSuffix(strings.TrimSuffix(due, " ×2"), " overdue"))
		}
	}
	if len(dated) != len(owed(projections.OwedFilter{Regions: county, Today: day("2023-07-05")})) || !slices.IsSorted(first) || len(first) < 4 || !strings.Contains(dated[len(first)-1], " by ") {
		t.Errorf("what is due first does not stand first: %q", dated)
	}
	township := projections.OwedFilter{Regions: county, Today: day("2023-07-05"), Workers: []projections.Worker{{Level: code.Township, Regions: county}}}
	counts, err = list.Counts(t.Context(), township)
	sum := 0
	for _, c := range counts {
		sum += c.Items
	}
	if listed := owed(township); err != nil || len(listed) == 0 || sum != len(listed) {
		t.Errorf("%d are counted of the %d that one office sees, %v", sum, len(listed), err)
	}
}
