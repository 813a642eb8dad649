package projections_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
	"shouwang/internal/pgtest"
	"shouwang/projections"
	"shouwang/projections/modeltest"
)

// At any two times, for any record: the report counts what the domain counts on
// the whole files.
func TestReportCountsWhatTheDomainCounts(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	reports := projections.NewReports(pool)
	regions := []string{"629900101201", "629900101202", "629900102201"}
	rapid.Check(t, func(rt *rapid.T) {
		clock := time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)
		log := memlog.New(func() time.Time { clock = clock.Add(24 * time.Hour); return clock })
		defer log.Close()
		book := randomFiles(rt, log)
		modeltest.RebuiltEqualsFollowed(rt, pool, log, projections.Report(), randomSteps(rt))
		times := household.Times{AsOf: day(anyDay(rt))}
		if rapid.Bool().Draw(rt, "known") {
			times.KnownAt = clock.Add(-time.Duration(rapid.IntRange(0, 80).Draw(rt, "days ago")) * 24 * time.Hour)
		}
		basis := rapid.SampledFrom([]projections.Basis{projections.AtInclusion, projections.Current}).Draw(rt, "basis")
		got, err := reports.HalfYear(rt.Context(), projections.HalfYearQuery{Region: "629900", Regions: regions, Times: times, Persons: basis})
		if err != nil {
			rt.Fatal(err)
		}
		var cumulative, eliminated, open projections.Sum
		measures := 0
		for stream := range book.ids {
			s := household.Fold(stream, facts(rt, log, stream), times)
			c, ok := s.Count(times.AsOf)
			if !ok || s.Region == "" {
				continue // counted, but nowhere: it is not registered
			}
			persons := c.AtInclusion
			if basis == projections.Current {
				persons = c.Current
			}
			add := func(sum *projections.Sum) { sum.Households++; sum.Persons += persons }
			add(&cumulative)
			measures += c.Measures
			if c.Eliminated != 0 {
				add(&eliminated)
			}
			if c.Open() {
				add(&open)
			}
		}
		if got.Cumulative.Sum != cumulative || got.Eliminated.Decided != eliminated || got.NotEliminated.Sum != open || got.Measures.Count != measures {
			rt.Fatalf("got %+v, want cumulative %v, eliminated %v, open %v, measures %d", got, cumulative, eliminated, open, measures)
		}
	})
}

func facts(t modeltest.TB, log eventlog.Log, stream string) []household.Fact {
	t.Helper()
	var all []household.Fact
	for rec, err := range log.ReadStream(t.Context(), stream, 0) {
		if err != nil {
			t.Fatalf("%v", err)
		}
		e, err := wire.Household(rec.Type, rec.Data, nil)
		if err != nil {
			t.Fatalf("%v", err)
		}
		a, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			t.Fatalf("%v", err)
		}
		all = append(all, household.Fact{ID: rec.ID.String(), Version: int64(rec.Version), Act: a, Recorded: rec.RecordedAt, Event: e})
	}
	return all
}

// Ten households, one for each thing that may become of one.
func TestHalfYearReport(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	log := newLog(t)
	book := newCasebook(t, log)
	include := func(id, on string, class code.Class, persons int) {
		book.add("household-"+id, "2021-01-01", registered("629900101201", "户"+id, persons))
		book.add("household-"+id, on, household.InclusionDecided{Result: code.Pass, Class: class, Risks: []code.Risk{"illness"}, Episode: 1})
	}
	eliminate := func(id, on string) {
		book.add("household-"+id, on, household.EliminationDecided{Result: code.Pass, Way: "natural"})
	}
	include("open", "2021-05-01", code.Unstable, 3)
	include("done", "2021-05-01", code.Marginal, 4)
	eliminate("done", "2022-03-01")
	book.add("household-done", "2022-03-10", household.Announced{Procedure: "elimination"})
	book.add("household-done", "2022-03-12", household.SystemMarked{System: "provincial"})
	include("decided", "2022-05-01", code.Marginal, 2)
	eliminate("decided", "2023-06-20")
	include("back", "2021-05-01", code.Sudden, 5)
	eliminate("back", "2022-11-01")
	book.add("household-back", "2023-02-01", household.EliminationRolledBack{Reason: "反弹"})
	include("again", "2021-02-01", code.Sudden, 1)
	eliminate("again", "2021-12-01")
	book.add("household-again", "2023-03-01", household.InclusionDecided{Result: code.Pass, Class: code.Unstable, Episode: 2})
	include("new", "2023-04-01", code.Sudden, 6)
	book.add("household-new", "2023-04-10", household.MeasureStarted{Measure: "m", Class: "industry"}, household.MeasureStarted{Measure: "n", Class: "health"})
	book.add("household-new", "2023-05-01", household.MemberAdded{Member: household.Member{ID: "baby", Name: "新生", NoDocument: "newborn", Counted: true, Labour: "none"}, Reason: "birth"})
	include("revoked", "2022-01-01", code.Marginal, 9)
	book.add("household-revoked", "2022-09-01", household.InclusionRevoked{Reason: "错评"})
	include("closed", "2021-06-01", code.Unstable, 1)
	book.add("household-closed", "2023-01-05", household.NaturallyClosed{Reason: "moved"})
	include("later", "2023-07-02", code.Sudden, 2)
	book.add("household-clue", "2023-01-01", registered("629900101201", "未纳入", 2))
	at, _ := book.add("household-open", "2023-06-01", household.LabourAssessed{Member: "m1", Labour: "lost"},
		household.LabourAssessed{Member: "m2", Labour: "none"}, household.LabourAssessed{Member: "m3", Labour: "none"})
	f, stop := modeltest.Follow(t, pool, log, projections.Report())
	defer stop()
	await(t, f, "report", at)
	line := int64(7200)
	reports := projections.NewReports(pool)
	query := projections.HalfYearQuery{Region: "629900", Regions: []string{"629900101201"}, Times: household.Times{AsOf: day("2023-06-30")}, IncomeLine: &line}
	got, err := reports.HalfYear(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"region":"629900","as_of":"2023-06-30","known_at":"0001-01-01T00:00:00Z",` +
		`"basis":{"persons":"at inclusion","households":"once, by first inclusion, class as first decided"},` +
		`"cumulative":{"households":7,"persons":22,"by_class":{"unstable":{"households":2,"persons":4},"marginal":{"households":2,"persons":6},"sudden":{"households":3,"persons":12}}},` +
		`"eliminated":{"decided":{"households":2,"persons":6},"announced":{"households":1,"persons":4},"marked":{"households":1,"persons":4},"rate_by_persons":0.2727,"rate_by_households":0.2857},` +
		`"new":{"year":2023,"households":1,"persons":6,"by_class":{"unstable":{"households":0,"persons":0},"marginal":{"households":0,"persons":0},"sudden":{"households":1,"persons":6}}},` +
		`"not_eliminated":{"households":4,"persons":15,"with_labour":3,"without_labour":1},` +
		`"eliminated_in_period":{"decided":{"households":1,"persons":2},"announced":{"households":0,"persons":0},"marked":{"households":0,"persons":0}},` +
		`"closed":{"households":1,"persons":1},"fallen":{"households":0,"persons":0},` +
		`"measures":{"count":2,"households":7,"per_household":0.29},"income_line":7200}`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	sentences := fmt.Sprint(got.Sentences("全县"))
	for _, part := range []string{
		"截至2023年6月30日，全县累计纳入监测对象7户22人（脱贫不稳定户2户4人、边缘易致贫户2户6人、突发严重困难户3户12人），已消除风险2户6人，风险消除率27.27%",
		"2023年新识别纳入监测对象1户6人", "未消除风险4户15人，其中非整户无劳动力3户、整户无劳动力1户",
		"2023年上半年消除1户2人（已完成评估认定，待公告1户、待系统标注1户）", "累计落实帮扶措施2条，户均0.29条", "自然减少1户1人", "为7200元",
	} {
		if !strings.Contains(sentences, part) {
			t.Errorf("the sentences lack %q:\n%s", part, sentences)
		}
	}
	query.Persons = projections.Current
	if got, err = reports.HalfYear(t.Context(), query); err != nil || got.New.Persons != 7 {
		t.Errorf("persons now: %+v, %v", got.New, err)
	}
	query.AsOf = calendar.MustDay("2022-08-31")
	if got, err = reports.HalfYear(t.Context(), query); err != nil || got.Cumulative.Households != 7 || got.Eliminated.Decided.Households != 2 {
		t.Errorf("before the revocation and the roll-back: %+v, %v", got, err)
	}
}
