package bench_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"shouwang/api"
	"shouwang/internal/bench"
	"shouwang/internal/localpg"
)

// worker is how this test program is started again as a bench's worker.
const worker = "bench-worker"

func TestMain(m *testing.M) {
	localpg.KeepIfAsked()
	if slices.Contains(os.Args[1:], worker) {
		if err := bench.Work(context.Background(), os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// tiny measures nothing worth knowing, in no time.
func tiny(t *testing.T, server string, names ...string) bench.Report {
	t.Helper()
	folder := t.TempDir()
	var found []bench.Row
	report, err := bench.Run(t.Context(), bench.Config{
		DatabaseURL: server, Folder: folder, Rounds: 1, Each: 50 * time.Millisecond, Appenders: []int{1, 64}, Processes: 3,
		Events: 2000, Households: 2000, Quiet: -1, Worker: []string{worker},
		Faces: func(p bench.Parts) *http.Server {
			return api.Server(api.New(api.Config{Handler: p.Handler, Accounts: p.Accounts, Followers: p.Followers, Reads: api.Reads{Register: p.Register}}))
		},
		Say: func(line string) { t.Log(line) }, Found: func(row bench.Row) { found = append(found, row) },
	}, names...)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(report.Rows, found); diff != "" {
		t.Errorf("rows were told otherwise than reported:\n%s", diff)
	}
	for _, fault := range report.Faults {
		t.Errorf("fault: %s", fault)
	}
	for _, row := range report.Rows {
		t.Log(row)
		switch {
		case row.Unit == "events":
			if row.Value != 0 || row.Result != bench.Met {
				t.Errorf("missed or out of order: %+v", row)
			}
		case row.Value <= 0:
			t.Errorf("measured nothing: %+v", row)
		case row.Beside != "" && (row.Ratio <= 0 || len(row.Ratios) != 1 || row.BesideValue <= 0):
			t.Errorf("compared with nothing: %+v", row)
		case row.Reach != 0 && row.Result == "":
			t.Errorf("not judged: %+v", row)
		}
		if row.Others < 0 || row.Others > 1 {
			t.Errorf("others used %v of the machine", row.Others)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	return report
}

// The table of what is measured, beside what, and how far it should reach.
func TestEveryBenchMeasuresItsRowsAndLosesNothing(t *testing.T) {
	t.Parallel()
	report := tiny(t, "")
	type shape struct {
		bench  string
		reach  float64
		beside bool
	}
	var got []shape
	for _, row := range report.Rows {
		got = append(got, shape{row.Bench, row.Reach, row.Beside != ""})
	}
	want := []shape{
		{"append", 0.8, true}, {"append", 3, true}, {"append", 1.0 / 3, true}, {"append", 0.4, true},
		{"tail", 0, false}, {"tail", 0, false}, {"tail", 0, false}, {"tail", 0, false}, {"tail", 0, false}, {"tail", 0, false},
		{"command", 1.2, true}, {"command", 0, true},
		{"decide", 0.5, true}, {"decide", 1.5, true}, {"decide", 0, false},
		{"import", 0.2, true}, {"import", 0.35, true},
		{"read", 0.6, true}, {"read", 0, true}, {"read", 0, true},
		{"rebuild", 50, true}, {"rebuild", 0.3, true},
		{"query", 0.8, true}, {"query", 0.4, true}, {"query", 0.8, true}, {"query", 0.4, true},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(shape{})); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	m := report.Machine
	if m.Processors == 0 || m.Postgres == "" || m.Settings["fsync"] != "on" || m.Settings["synchronous_commit"] != "on" || !m.Private {
		t.Errorf("measured on %+v", m)
	}
	text, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	var back bench.Report
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(report, back); diff != "" {
		t.Errorf("as JSON:\n%s", diff)
	}
}

// On a server that somebody else runs, nothing is touched but the bench's own
// databases, and those are gone afterwards.
func TestOnANamedServerNothingIsLeft(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server, err := localpg.Attach(t.Context(), data, localpg.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}()
	databases := func() []string {
		t.Helper()
		conn, err := pgx.ConnectConfig(t.Context(), server.App())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close(context.Background()) }()
		rows, err := conn.Query(t.Context(), "select datname::text from pg_database order by 1")
		if err != nil {
			t.Fatal(err)
		}
		names, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	before := databases()
	address := func(user string) string {
		return "postgres:///postgres?" + url.Values{"host": {filepath.Join(data, "pg")}, "user": {user}}.Encode()
	}
	if report := tiny(t, address("postgres"), bench.Append, bench.Read, bench.Query); report.Machine.Private {
		t.Error("a private server was started although one was named")
	}
	if diff := cmp.Diff(before, databases()); diff != "" {
		t.Errorf("databases before and after:\n%s", diff)
	}
	_, err = bench.Run(t.Context(), bench.Config{DatabaseURL: address(localpg.AppRole)}, bench.Append)
	if err == nil {
		t.Error("a role without the right to create databases was let in")
	}
}

func TestWrongUsageIsToldBeforeAnythingStarts(t *testing.T) {
	t.Parallel()
	for name, run := range map[string]struct {
		config bench.Config
		bench  string
	}{
		"an unknown bench":    {bench.Config{}, "nothing"},
		"no round":            {bench.Config{Rounds: -1}, bench.Tail},
		"too few events":      {bench.Config{Events: 3}, bench.Import},
		"too many processes":  {bench.Config{Processes: 1000}, bench.Append},
		"nobody who appends":  {bench.Config{Appenders: []int{0}}, bench.Append},
		"a day of appending":  {bench.Config{Each: 24 * time.Hour}, bench.Append},
		"too few households":  {bench.Config{Households: 1}, bench.Query},
		"backwards in time":   {bench.Config{Each: -time.Second}, bench.Append},
		"a million appenders": {bench.Config{Appenders: []int{1_000_000}}, bench.Append},
	} {
		run.config.Folder = filepath.Join(t.TempDir(), "not there")
		if _, err := bench.Run(t.Context(), run.config, run.bench); !errors.Is(err, bench.ErrUsage) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
