package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
	"shouwang/internal/localpg"
	"shouwang/internal/smallcounty"
	"shouwang/projections"
)

// secretWord is the password of the test's person.
const secretWord = "Kx7-quiet-river"

// apart is a real record of the small county that several processes serve.
type apart struct {
	*testPlace
	url   string
	token string
}

func newApart(t *testing.T, env ...string) *apart {
	t.Helper()
	a := &apart{testPlace: newTestPlace(t), url: foreign(t)(localpg.OwnerRole)}
	a.env = append([]string{"DATABASE_URL=" + a.url}, env...)
	s := a.start("serve") // makes the record
	if status := s.interrupt(); status != 0 {
		t.Fatalf("exit code %d\n%s", status, s.stderr)
	}
	p := &program{env: newEnvironment(append([]string{"SHOUWANG_DATA=" + a.data}, a.env...)), stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, data: a.data, log: logPostgres}
	if log := p.env[envLog]; log != "" {
		p.log = log
	}
	if err := p.use(t.Context(), func(ctx context.Context, app *app) error { return a.settle(ctx, app) }); err != nil {
		t.Fatal(err)
	}
	return a
}

// settle sets up the county and its people's accounts.
func (a *apart) settle(ctx context.Context, app *app) error {
	request := func(key, by string) commands.Request { return commands.Request{Key: key, By: by, Channel: "test"} }
	for i, e := range smallcounty.Places() {
		if _, err := app.handler.Office(ctx, request(fmt.Sprint("place-", i), "setup"), e); err != nil {
			return err
		}
	}
	text, err := packs.Text("county-2023")
	if err != nil {
		return err
	}
	if _, err := app.handler.Policy(ctx, request("pack", "setup"), policy.Adopted{Region: smallcounty.County, Text: string(text)}); err != nil {
		return err
	}
	for i, e := range smallcounty.People() {
		by := "officer"
		if i == 0 {
			by = "setup"
		}
		if _, err := app.handler.Office(ctx, request(fmt.Sprint("person-", i), by), e); err != nil {
			return err
		}
	}
	door := accounts.By{Channel: "cli"}
	id, err := app.accounts.Open(ctx, door, accounts.Opening{Login: "cadre", Person: "cadre", Name: "柳桂芳"})
	if err != nil {
		return err
	}
	return app.accounts.GivePassword(ctx, door, id, secretWord, false)
}

// threeProcesses runs three, kills them and restarts them one after the other
// while clues are entered through a proxy, and then looks at everything.
func threeProcesses(t *testing.T, a *apart) {
	t.Helper()
	p := newProxy()
	var running [3]*server
	told := newHook(t)
	a.env = append(a.env, envNotice+"=2s", envPublish+"="+told.url, envWebhookSecret+"="+told.secret) // far longer than the proxy needs to hear of it
	for i := range running {
		running[i] = a.start("serve")
		p.set(i, running[i].address)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var watching sync.WaitGroup
	watching.Go(func() { p.watch(ctx) })
	defer func() { cancel(); watching.Wait() }()
	face := httptest.NewServer(p)
	defer face.Close()
	waitFor(t, "somebody is ready", func() bool { return p.pick() != "" })
	client := login(t, face.URL)

	var entered, refused atomic.Int64
	var first atomic.Pointer[string]
	ask := func(method, path, key, body string) error {
		r, err := http.NewRequestWithContext(ctx, method, face.URL+path, strings.NewReader(body))
		if err != nil {
			return err
		}
		if method == http.MethodPost {
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Idempotency-Key", key)
		}
		answer, err := client.Do(r)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		said, _ := io.ReadAll(answer.Body)
		if answer.StatusCode/100 != 2 {
			return fmt.Errorf("%s %s: %d %s", method, path, answer.StatusCode, said)
		}
		return nil
	}
	load, stop := context.WithCancel(ctx)
	var loading sync.WaitGroup
	for w := range 4 {
		loading.Go(func() {
			for n := 0; load.Err() == nil; n++ {
				key := fmt.Sprintf("clue-%d-%d", w, n)
				err := ask(http.MethodPost, "/api/v1/clues", key, `{"clue":"`+key+`","channel":"cadre_check","name":"柳长福","region":"`+smallcounty.Village+`","content":"走访发现"}`)
				if err == nil {
					entered.Add(1)
					err = ask(http.MethodGet, "/work", "", "")
				}
				if err != nil && !errors.Is(err, context.Canceled) {
					refused.Add(1)
					text := err.Error()
					first.CompareAndSwap(nil, &text)
				}
			}
		})
	}
	grow := func(what string) {
		t.Helper()
		before := entered.Load()
		waitFor(t, what, func() bool { return entered.Load() >= before+10 })
	}
	grow("the load runs")
	for _, s := range running { // whichever of them delivers
		hearsOfChanges(t, client, s.address)
	}
	for i := range running { // killed, each at a moment of its own
		_ = running[i].end(syscall.SIGKILL)
		grow("the others go on")
		running[i] = a.start("serve")
		p.set(i, running[i].address)
		grow("all go on")
	}
	before := len(p.losses())
	for i := range running { // restarted in turn
		if status := running[i].interrupt(); status != 0 {
			t.Errorf("exit code %d\n%s", status, running[i].stderr)
		}
		running[i] = a.start("serve")
		p.set(i, running[i].address)
		waitFor(t, "it is ready", func() bool { p.mu.Lock(); defer p.mu.Unlock(); return p.ready[running[i].address] })
	}
	stop()
	loading.Wait()
	if lost := p.losses()[before:]; len(lost) > 0 {
		t.Errorf("%d requests were lost by processes that ended in order, the first: %s", len(lost), lost[0])
	}
	if n := refused.Load(); n != 0 {
		t.Errorf("%d requests failed, the first: %s", n, *first.Load())
	}
	revokedEverywhere(t, client, running[:])
	a.followersAreTakenOver(t, running[:])
	waitFor(t, "others were told of every clue", func() bool { return told.households() >= entered.Load() })
	a.nothingDiffers(t, entered.Load())
	if status := running[2].interrupt(); status != 0 {
		t.Errorf("exit code %d (%v)\n%s", status, running[2].command.ProcessState, running[2].stderr)
	}
}

// followersAreTakenOver kills one process after the other; the last one holds
// every follower within the five seconds that are allowed.
func (a *apart) followersAreTakenOver(t *testing.T, running []*server) {
	t.Helper()
	db, err := pgx.Connect(t.Context(), a.url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(context.WithoutCancel(t.Context()))
	quickest := time.Hour
	for _, s := range running[:2] {
		_ = s.end(syscall.SIGKILL)
		killed := time.Now()
		waitFor(t, "every follower has a holder", func() bool {
			var held int
			// Besides the followers two deliverers, the inbox and the deadlines have one each.
			err := db.QueryRow(t.Context(), `select count(distinct l.objid::bigint + (l.classid::bigint << 32)) - 4 - (select count(*) from model.checkpoints)
				from pg_locks l join pg_stat_activity s using (pid)
				where l.locktype = 'advisory' and l.granted and s.application_name = 'shouwang follower'`).Scan(&held)
			return err == nil && held == 0
		})
		quickest = min(quickest, time.Since(killed))
	}
	// A busy machine may hold up one of them.
	if quickest > allowed {
		t.Errorf("every follower was taken over only %v after the kill, twice", quickest)
	}
}

// allowed is how long a follower may have no holder.
const allowed = 5 * time.Second

// hearsOfChanges opens a page at one process and waits until it hears that
// something has changed, while somebody enters clues.
func hearsOfChanges(t *testing.T, client *http.Client, at string) {
	t.Helper()
	answer, err := client.Get(at + "/live")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
		if lines.Text() == "event: change" {
			return
		}
	}
	t.Errorf("a page of %s heard nothing", at)
}

// nothingDiffers compares what was entered with what is recorded, and every read
// model with one that is made anew.
func (a *apart) nothingDiffers(t *testing.T, entered int64) {
	t.Helper()
	// A command that reads brings every read model to the end of the record first.
	a.must("report", "half-year", "--region", smallcounty.County, "--as-of", "2023-06-30")
	before := a.rows(t)
	a.must("rebuild")
	after := a.rows(t)
	for table, rows := range before {
		if strings.Join(rows, "\n") != strings.Join(after[table], "\n") {
			t.Errorf("%s: %d rows followed, %d rebuilt, and they differ", table, len(rows), len(after[table]))
		}
	}
	if n := int64(len(after[projections.LiveSchema(projections.RegisterName)+".households"])); n < entered {
		t.Errorf("%d clues were acknowledged, %d households stand in the register", entered, n)
	}
}

// rows are every row of every read model, by table, sorted.
func (a *apart) rows(t *testing.T) map[string][]string {
	t.Helper()
	db, err := pgx.Connect(t.Context(), a.url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(context.WithoutCancel(t.Context()))
	ask := func(sql string) []string {
		found, err := db.Query(t.Context(), sql)
		if err != nil {
			t.Fatal(err)
		}
		texts, err := pgx.CollectRows(found, pgx.RowTo[string])
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		return texts
	}
	all := map[string][]string{}
	for _, table := range ask("select oid::regclass::text from pg_class where relkind = 'r' and relnamespace::regnamespace::text like 'model\\_%'") {
		all[table] = ask("select to_jsonb(t)::text from " + table + " t order by 1")
	}
	return all
}

func TestThreeProcessesOnOneRecord(t *testing.T) {
	if testing.Short() {
		t.Skip("three processes are killed and restarted")
	}
	t.Parallel()
	threeProcesses(t, newApart(t))
}

func TestThreeProcessesOnKurrentDB(t *testing.T) {
	if testing.Short() {
		t.Skip("three processes are killed and restarted")
	}
	t.Parallel()
	_, ours, _ := cluster(t)
	threeProcesses(t, newApart(t, "SHOUWANG_LOG="+ours))
}
