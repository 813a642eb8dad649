package projections_test

import (
	"context"
	"crypto/sha256"
	"fmt"
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

// opened is a register that can open and hash ID numbers.
var opened = projections.RegisterConfig{
	Sealers: func(_ context.Context, subjects []string) (map[string]wire.Sealer, error) {
		sealers := map[string]wire.Sealer{}
		for _, s := range subjects {
			sealers[s] = brackets{}
		}
		return sealers, nil
	},
	Hash: func(purpose, value string) []byte {
		sum := sha256.Sum256([]byte(purpose + "|" + value))
		return sum[:]
	},
}

// randomFiles writes random files of a few households.
func randomFiles(rt *rapid.T, log eventlog.Log) *casebook {
	book := newCasebook(rt, log)
	for range rapid.IntRange(0, 80).Draw(rt, "events") {
		stream := fmt.Sprintf("household-%d", rapid.IntRange(1, 4).Draw(rt, "household"))
		book.add(stream, anyDay(rt), anyEvent(rt, book, stream))
	}
	return book
}

func randomSteps(rt *rapid.T) []modeltest.Step {
	return rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) modeltest.Step {
		return modeltest.Step{Records: rapid.IntRange(1, 30).Draw(rt, "n"), Restart: rapid.Bool().Draw(rt, "restart")}
	}), 0, 4).Draw(rt, "steps")
}

// The register rebuilt is the register followed, and shows what the domain says
// of each household.
func TestRegisterShowsTheDomainsState(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	ledger := projections.NewLedger(pool, opened)
	rapid.Check(t, func(rt *rapid.T) {
		log := memlog.New(time.Now)
		defer log.Close()
		book := randomFiles(rt, log)
		modeltest.RebuiltEqualsFollowed(rt, pool, log, projections.Register(opened), randomSteps(rt))
		var counted int64
		for stream := range book.ids {
			s := domainState(rt, log, stream)
			row, err := ledger.Get(rt.Context(), stream[len("household-"):])
			if err != nil {
				rt.Fatal(err)
			}
			count, _ := s.Count(day("2200-12-31"))
			want := projections.Household{ID: s.ID, Version: s.Version, FileNo: s.FileNo, Region: s.Region, Unconfirmed: s.Unconfirmed,
				Stage: string(s.Stage()), Persons: s.CountedOn(day("2200-12-31")), PersonsIncluded: count.AtInclusion,
				Included: count.Included, Eliminated: count.Eliminated, Announced: count.Announced, Marked: count.Marked,
				Closed: s.Closed, Visits: s.Visits, LastVisit: s.LastVisit}
			got := projections.Household{ID: row.ID, Version: row.Version, FileNo: row.FileNo, Region: row.Region, Unconfirmed: row.Unconfirmed,
				Stage: row.Stage, Persons: row.Persons, PersonsIncluded: row.PersonsIncluded,
				Included: row.Included, Eliminated: row.Eliminated, Announced: row.Announced, Marked: row.Marked,
				Closed: row.Closed, Visits: row.Visits, LastVisit: row.LastVisit}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(projections.Household{})); diff != "" {
				rt.Fatalf("%s (-domain +row):\n%s", stream, diff)
			}
			if !s.Unconfirmed && s.FileNo != "" {
				counted++
			}
		}
		totals, err := ledger.Totals(rt.Context(), []string{"629900101201", "629900101202", "629900102201"})
		if err != nil {
			rt.Fatal(err)
		}
		for _, t := range totals {
			counted -= t.Households
		}
		if counted != 0 {
			rt.Fatalf("the totals miss %d households: %+v", counted, totals)
		}
	})
}

func domainState(t modeltest.TB, log eventlog.Log, stream string) household.State {
	t.Helper()
	return household.Fold(stream[len("household-"):], facts(t, log, stream), household.Times{})
}

func TestLedgerFilters(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	log := newLog(t)
	book := newCasebook(t, log)
	included := func(on string, risk code.Risk) household.InclusionDecided {
		return household.InclusionDecided{Result: code.Pass, Class: code.Marginal, Risks: []code.Risk{risk}, Episode: 1,
			Monitoring: household.Responsible{Person: "p1", Name: "周某"}, Assistance: household.Responsible{Person: "p2", Name: "吴某"}}
	}
	income := func(fen code.Fen) household.IncomeRecorded {
		return household.IncomeRecorded{Sheet: "s", From: day("2022-01-01"), To: day("2022-12-31"), Persons: 1, PerCapita: fen}
	}
	book.add("household-a", "2021-01-01", registered("629900101201", "欧阳长青", 3))
	book.add("household-a", "2021-02-01", included("2021-02-01", "illness"))
	book.add("household-b", "2021-01-01", registered("629900101202", "柳长庚", 2))
	book.add("household-b", "2022-12-31", income(750_000))
	book.add("household-c", "2021-01-01", registered("629900102201", "王青", 1))
	book.add("household-c", "2021-02-01", included("2021-02-01", "water"))
	book.add("household-c", "2021-03-01", household.EliminationDecided{Result: code.Pass, Way: "natural"})
	book.add("household-c", "2022-12-31", income(800_000))
	book.add("household-d", "2021-01-01", registered("629901101201", "外县", 4))
	at, _ := book.add("household-e", "2021-01-01", household.ClueRecorded{Clue: "c", Channel: code.CadreCheck, Content: "疑似", Name: "未明", Region: "629900101201"})
	f, stop := modeltest.Follow(t, pool, log, projections.Register(opened))
	defer stop()
	await(t, f, "register", at)

	county := []string{"629900", "629900101", "629900101201", "629900101202", "629900102", "629900102201"}
	ledger := projections.NewLedger(pool, opened)
	for name, c := range map[string]struct {
		filter projections.Filter
		want   string
	}{
		"everything":             {projections.Filter{}, "abcd"},
		"a county":               {projections.Filter{Regions: county}, "abc"},
		"a whole county":         {projections.Filter{Regions: county, Whole: true}, "abc"},
		"a whole village":        {projections.Filter{Regions: county[2:3], Whole: true}, "a"},
		"a township":             {projections.Filter{Regions: county[1:4]}, "ab"},
		"a village":              {projections.Filter{Regions: county[3:4]}, "b"},
		"a village merged in":    {projections.Filter{Regions: []string{"629900101201", "629901101201"}}, "ad"},
		"nowhere":                {projections.Filter{Regions: []string{}}, ""},
		"stage":                  {projections.Filter{Regions: county, Stage: household.StageMonitored}, "a"},
		"class and stage":        {projections.Filter{Regions: county, Class: code.Marginal, Stage: household.StageEliminated}, "c"},
		"kind":                   {projections.Filter{Kind: code.FormerPoor}, ""},
		"risk":                   {projections.Filter{Risk: "illness"}, "a"},
		"unconfirmed":            {projections.Filter{Unconfirmed: true}, "e"},
		"officer":                {projections.Filter{Officer: "p2"}, "ac"},
		"one character":          {projections.Filter{Text: "青"}, "ac"},
		"two characters":         {projections.Filter{Text: "长青"}, "a"},
		"the whole name":         {projections.Filter{Text: "欧阳长青"}, "a"},
		"initials":               {projections.Filter{Text: "oycq"}, "a"},
		"nobody's initials":      {projections.Filter{Text: "OY"}, ""},
		"nobody's name":          {projections.Filter{Text: "青长"}, ""},
		"a name and a county":    {projections.Filter{Regions: county, Text: "柳长"}, "b"},
		"an ID number":           {projections.Filter{Text: string(idNumber(2))}, "ad"},
		"the end of an ID":       {projections.Filter{Text: string(idNumber(3)[14:])}, "d"},
		"a file number":          {projections.Filter{Text: household.FileNo("629900101202", "柳长庚")}, "b"},
		"income of a year":       {projections.Filter{IncomeYear: 2022, IncomeFrom: 720_000, IncomeBelow: 800_000}, "b"},
		"income without a bound": {projections.Filter{IncomeYear: 2022, IncomeFrom: 720_000}, "bc"},
	} {
		if got := listed(t, ledger, c.filter, 1); got != c.want {
			t.Errorf("%s: listed %q, want %q", name, got, c.want)
		}
		if n, persons, err := ledger.Count(t.Context(), c.filter); err != nil || int(n) != len(c.want) || persons < 0 {
			t.Errorf("%s: counted %d households, %d persons, %v, want %q", name, n, persons, err, c.want)
		}
		if got := listed(t, ledger, c.filter, projections.MaxPage); got != c.want {
			t.Errorf("%s, on one page: listed %q, want %q", name, got, c.want)
		}
	}
	for _, bad := range []string{"?", "红", "__8"} {
		if _, _, err := ledger.List(t.Context(), projections.Filter{}, projections.Page{After: bad}); err == nil {
			t.Errorf("the cursor %q was taken", bad)
		}
	}
	if _, err := ledger.Get(t.Context(), "nobody"); err == nil {
		t.Error("a household was found that there is not")
	}
	row, err := ledger.Get(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	want := projections.Household{ID: "a", Version: 2, FileNo: household.FileNo("629900101201", "欧阳长青"), Region: "629900101201", Head: "欧阳长青",
		Kind: code.Ordinary, Class: code.Marginal, Stage: "monitored", Episode: 1, Risks: []string{"illness"}, Persons: 3, PersonsIncluded: 3,
		Included: calendar.MustDay("2021-02-01"), Monitoring: &projections.LedgerPerson{Person: "p1", Name: "周某"},
		Assistance: &projections.LedgerPerson{Person: "p2", Name: "吴某"}, RedGrounds: []string{}}
	if diff := cmp.Diff(want, row, cmp.AllowUnexported(projections.Household{}), cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "place" }, cmp.Ignore())); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
}

// listed walks all pages and returns the ids in order.
func listed(t testing.TB, l *projections.Ledger, f projections.Filter, limit int) string {
	t.Helper()
	ids, cursor := "", ""
	for {
		rows, next, err := l.List(t.Context(), f, projections.Page{After: cursor, Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			ids += row.ID
		}
		if cursor = next; next == "" {
			return ids
		}
	}
}
