package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shouwang/commands/sealing"
	"shouwang/eventlog/kurrentlog"
	"shouwang/internal/esdbtest"
	"shouwang/internal/localpg"
)

// cluster is a KurrentDB as one should be set up, and its address for us and for
// an administrator.
func cluster(t *testing.T) (_ *esdbtest.Server, ours, admins string) {
	t.Helper()
	certificate, file := esdbtest.Certificate(t)
	s := esdbtest.Start(t, esdbtest.Options{Certificate: certificate,
		Users: map[string]esdbtest.User{"shouwang": {Password: "secret"}, "admin": {Password: "changeit", Admin: true}}})
	s.Store().Protect("shouwang")
	at := s.Address() + "?tls=true&tlsCaFile=" + file
	return s, "esdb://shouwang:secret@" + at, "esdb://admin:changeit@" + at
}

// standalone is such a KurrentDB as a process of its own, and its address. It
// runs without the race detector: over 100,000 records go in, and out again
// several times, and other tests look for its races.
func standalone(t *testing.T) (address string) {
	t.Helper()
	program := filepath.Join(t.TempDir(), "standalone")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "shouwang/internal/esdbtest/standalone").CombinedOutput(); err != nil {
		t.Fatalf("build the server: %v\n%s", err, out)
	}
	server := exec.CommandContext(t.Context(), program, "-addr", "127.0.0.1:0", "-guarded", t.TempDir())
	server.Stderr = os.Stderr
	stdout, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Wait() }) // the test's context has ended it
	if address, err = bufio.NewReader(stdout).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(address)
}

// answers are what people are told, by question.
func answers(t *testing.T, p *testPlace) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, question := range []string{
		// As known on a day: now goes on.
		"report half-year --region 629900 --as-of 2023-06-30 --known-at 2023-07-01 --json",
		"report half-year --region 629900 --as-of 2023-06-30 --known-at 2023-07-01 --persons current --json",
		"replay D01 --known-at 2023-07-01 --json", "replay D02 --known-at 2023-07-01 --json", "replay D01 --as-of 2023-05-01 --known-at 2023-05-03 --json",
	} {
		got[question] = p.must(strings.Fields(question)...)
	}
	return got
}

// rows are every row of every read model, by table, in no order.
func rows(t *testing.T, p *testPlace) map[string][]string {
	t.Helper()
	pg, err := localpg.Attach(t.Context(), p.data, localpg.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer pg.Close()
	conn, err := pgx.ConnectConfig(t.Context(), pg.Owner())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	found, err := conn.Query(t.Context(), `select format('%I.%I', schemaname, tablename) from pg_tables
		where schemaname not in ('pg_catalog', 'information_schema', 'record') and tablename not in ('checkpoints', 'goose_db_version') order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(found, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, table := range tables {
		found, err := conn.Query(t.Context(), "select to_jsonb(t)::text from "+table+" t")
		if err != nil {
			t.Fatal(err)
		}
		if all[table], err = pgx.CollectRows(found, pgx.RowTo[string]); err != nil {
			t.Fatal(err)
		}
		slices.Sort(all[table])
	}
	return all
}

// The whole product on either store: the demonstration county is copied over,
// and everything that anybody is told, and every row of every read model, is the
// same. As positions differ, this also shows that none of them gets out.
func TestTheWholeProductOnKurrentDB(t *testing.T) {
	t.Parallel()
	p := newTestPlace(t)
	p.must("demo", "--load-only")
	wantAnswers, wantRows := answers(t, p), rows(t, p)
	if len(wantRows) < 8 {
		t.Fatalf("only %d tables of read models", len(wantRows))
	}

	ours := os.Getenv("KURRENT_URL") // it must be empty
	given := ours != ""
	if !given {
		ours = standalone(t)
	}
	p.env = append(p.env, "KURRENT_URL="+ours)
	p.fails(1, []string{"shouwang copy-log"}, "serve", "--log", "kurrent")
	var first, again copied
	unmarshal(t, p.must("copy-log", "--from", "postgres", "--to", "kurrent", "--json"), &first)
	unmarshal(t, p.must("copy-log", "--from", "postgres", "--to", ours, "--json"), &again)
	if first.Records < 10_000 || first.Found != 0 || again.Found != first.Records || again.SHA256 != first.SHA256 || strings.Contains(again.To, "secret") {
		t.Errorf("copied %+v, then %+v", first, again)
	}

	p.env = append(p.env, "SHOUWANG_LOG=kurrent")
	var d diagnosis
	p.must("rebuild")
	if diff := cmp.Diff(wantAnswers, answers(t, p)); diff != "" {
		t.Errorf("answers on Postgres (-) and on KurrentDB (+):\n%s", diff)
	}
	gotRows := rows(t, p)
	for table, want := range wantRows {
		if diff := cmp.Diff(want, gotRows[table]); diff != "" {
			t.Errorf("%s on Postgres (-) and on KurrentDB (+):\n%.2000s", table, diff)
		}
	}
	unmarshal(t, p.run("doctor", "--json").stdout, &d)
	if given {
		t.Logf("the doctor says of the given server: %+v", d)
		return
	}
	if !d.OK || !d.Demonstration {
		t.Errorf("%+v", d)
	}
	for _, name := range []string{"kurrent", "kurrent_transport", "kurrent_append_only", "kurrent_metadata", "kurrent_keeps", "record"} {
		if !slices.ContainsFunc(d.Checks, func(c check) bool { return c.Name == name && c.State == fine }) {
			t.Errorf("the doctor does not say that %s is fine: %+v", name, d.Checks)
		}
	}

}

func unmarshal(t *testing.T, text string, to any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), to); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
}

// A real record that begins on KurrentDB, and what is found there when somebody
// tampers with the cluster.
func TestARecordOnKurrentDB(t *testing.T) {
	t.Parallel()
	server, ours, admins := cluster(t)
	p := newTestPlace(t)
	p.env = []string{"SHOUWANG_LOG=" + ours}
	p.fails(1, []string{"这里还没有记录"}, "report", "half-year")
	s := p.start("serve")
	server.Stop()
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	if status, body := get(t, s.address+"/readyz"); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	if status := s.interrupt(); status != 0 {
		t.Errorf("exit code %d\n%s", status, s.stderr)
	}
	p.must("doctor")
	sealOne(t, p)
	p.env = nil
	p.fails(1, []string{"密钥而没有记录", "--log kurrent"}, "serve", "--addr", "127.0.0.1:0")

	p.env = []string{"SHOUWANG_LOG=" + admins}
	p.fails(1, []string{"可以删除流", "may delete"}, "doctor")
	if s := p.start("serve"); s.interrupt() != 0 || !strings.Contains(s.stderr.String(), "our own user may delete streams") {
		t.Errorf("a start does not warn:\n%s", s.stderr)
	}
	p.env = []string{"SHOUWANG_LOG=" + ours}
	server.Store().SetMetadata("household-forgotten", `{"$maxAge":60}`)
	p.fails(1, []string{"household-forgotten"}, "doctor")
	p.fails(1, []string{"会遗忘", "household-forgotten"}, "serve", "--addr", "127.0.0.1:0")
	p.env = []string{"SHOUWANG_LOG=" + strings.Replace(ours, "secret", "guess", 1)}
	p.fails(1, []string{"✗"}, "doctor")
	p.fails(1, nil, "serve", "--addr", "127.0.0.1:0")
	old := esdbtest.Start(t, esdbtest.Options{Version: "22.10.5.0"})
	p.env = []string{"SHOUWANG_LOG=" + old.URL()}
	p.fails(1, []string{"22.10.5", "23.10"}, "doctor")
	p.fails(1, []string{"22.10.5", "23.10"}, "serve", "--addr", "127.0.0.1:0")
	p.env = []string{"SHOUWANG_LOG=" + ours}
	server.Stop()
	p.fails(1, []string{"连不上 KurrentDB"}, "report", "half-year")
}

// What the doctor says of how the cluster is reached.
func TestTheWayToTheCluster(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		e    kurrentlog.Examination
		want finding
	}{
		{kurrentlog.Examination{TLS: true, Verified: true, User: "shouwang"}, fine},
		{kurrentlog.Examination{TLS: true, Verified: true, User: "shouwang", Local: true}, fine},
		{kurrentlog.Examination{TLS: true, User: "shouwang"}, wrong}, // by anybody's certificate
		{kurrentlog.Examination{TLS: true, Verified: true}, wrong},
		{kurrentlog.Examination{Local: true}, note},
	} {
		d := &diagnosis{}
		examineTransport(d, tc.e)
		if len(d.Checks) != 1 || d.Checks[0].Name != "kurrent_transport" || d.Checks[0].State != tc.want {
			t.Errorf("%+v: %+v, want %s", tc.e, d.Checks, tc.want)
		}
	}
}

// sealOne leaves a key behind, as the first sealed field does.
func sealOne(t *testing.T, p *testPlace) {
	t.Helper()
	pg, err := localpg.Attach(t.Context(), p.data, localpg.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer pg.Close()
	pool, err := pgxpool.ParseConfig("host=/ sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	pool.ConnConfig = pg.App()
	conns, err := pgxpool.NewWithConfig(t.Context(), pool)
	if err != nil {
		t.Fatal(err)
	}
	defer conns.Close()
	keys, err := sealing.Open(t.Context(), sealing.Config{Pool: conns, MasterKeyFile: sealing.MasterKeyFile(p.data, "")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keys.For(t.Context(), "household-1"); err != nil {
		t.Fatal(err)
	}
}

func TestLogsThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"doctor --log esdb://db.example:2113", "doctor --log esdb://user:secret@db.example?tls=false", "serve --log nonsense", "serve --log kurrent", "serve --log esdb://db.example:2113", "serve --log esdb://user:secret@db.example?tls=false",
		"copy-log", "copy-log --from postgres --to postgres", "copy-log --from postgres --to kurrent", "copy-log --from mysql://x --to postgres",
	} {
		if o := here(t, strings.Fields(line)...); o.status != exitUsage || o.stderr == "" || strings.Contains(o.stderr, "secret") {
			t.Errorf("shouwang %s: exit code %d, want 2\n%s", line, o.status, fmt.Sprint(o.stdout, o.stderr))
		}
	}
}
