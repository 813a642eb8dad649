package main

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestServeARealRecord(t *testing.T) {
	t.Parallel()
	p := newTestPlace(t)
	s := p.start("serve")
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/api/openapi.json"} {
		if status, body := get(t, s.address+path); status != http.StatusOK {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	// Other commands work beside it.
	var d diagnosis
	if err := json.Unmarshal([]byte(p.must("doctor", "--json")), &d); err != nil || !d.OK || d.Demonstration {
		t.Errorf("%v %+v", err, d)
	}
	tokens(t, p, s.address)
	first := firstComes(t, s)
	if _, body := newComer(t).get(s.address + "/login"); strings.Contains(body, "统一身份认证登录") {
		t.Error("a unified login is offered that nobody configured")
	}
	p.must("rebuild")
	p.fails(1, []string{"正式记录", "real record", "shouwang serve"}, "demo", "--load-only")
	if status := s.interrupt(); status != 0 {
		t.Errorf("Ctrl-C: exit code %d\n%s", status, s.stderr)
	}
	if postgresRuns(t, p.data) {
		t.Error("Ctrl-C left a Postgres")
	}
	// A second start finds everything, whoever was in is in, and only who has no
	// password yet gets a link. SIGTERM ends it as well, sent twice as some do: to the
	// process and to its group.
	again := p.start("serve", "--oidc-issuer", "https://id.example.gov.cn", "--oidc-client", "shouwang")
	first.isIn(again.address)
	if links := again.links(); len(links) != 2 || links["sysadmin"] != "" {
		t.Errorf("the second start prints the links %v", links)
	}
	if _, body := newComer(t).get(again.address + "/login"); !strings.Contains(body, "统一身份认证登录") {
		t.Error("the unified login that was configured is not offered")
	}
	if err := again.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if status := again.end(syscall.SIGTERM); status != 0 {
		t.Errorf("SIGTERM: exit code %d\n%s", status, again.stderr)
	}
}

// tokens issued at the console open the running server as far as they are good
// for; nothing else does, not even on this machine.
func tokens(t *testing.T, p *testPlace, address string) {
	t.Helper()
	p.must("account", "open", "clerk", "--name", "许一", "--person", "clerk")
	asks := func(token string) int {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/api/v1", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Shouwang-Person", "clerk")
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	if got := asks(""); got != http.StatusUnauthorized {
		t.Errorf("without a token: %d", got)
	}
	token := strings.TrimSpace(p.must("account", "token", "clerk"))
	// The clerk has no post: who he is is known, and he may nothing.
	if got := asks(token); got != http.StatusForbidden { // known at once
		t.Errorf("with a new token: %d", got)
	}
	p.fails(1, []string{"没有这个账户"}, "account", "token", "nobody")
	p.fails(1, []string{"查询还是登记"}, "account", "token", "clerk", "--scope", "everything")
	p.fails(2, []string{"--days"}, "account", "token", "clerk", "--days", "9999")
}

func TestAKilledServerLeavesNoPostgres(t *testing.T) {
	t.Parallel()
	p := newTestPlace(t)
	s := p.start("serve")
	if !postgresRuns(t, p.data) {
		t.Fatal("no Postgres runs")
	}
	s.end(syscall.SIGKILL)
	waitFor(t, "Postgres to be gone", func() bool { return !postgresRuns(t, p.data) })
	s = p.start("serve")
	if status := s.interrupt(); status != 0 {
		t.Errorf("after a kill: exit code %d\n%s", status, s.stderr)
	}
}

func TestCommandsThatReadMakeNothing(t *testing.T) {
	t.Parallel()
	p := newTestPlace(t)
	for _, args := range [][]string{{"report", "half-year"}, {"replay", "D01"}, {"rebuild"}} {
		p.fails(1, []string{"还没有记录", "there is no record here", "shouwang demo"}, args...)
	}
	p.fails(1, []string{"还没有记录"}, "doctor")
	if postgresRuns(t, p.data) {
		t.Error("a Postgres was started")
	}
}

func TestAPortThatIsTaken(t *testing.T) {
	t.Parallel()
	p := newTestPlace(t)
	s := p.start("serve")
	other := newTestPlace(t)
	other.fails(1, []string{"端口已被占用", "the port is taken"}, "serve", "--addr", strings.TrimPrefix(s.address, "http://"))
	s.interrupt()
}

func TestPostgresGoneInTheMiddle(t *testing.T) {
	t.Parallel()
	p := newTestPlace(t)
	s := p.start("serve")
	before := postmaster(t, p.data)
	if err := syscall.Kill(before, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the server to have a Postgres again", func() bool {
		status, _ := get(t, s.address+"/readyz")
		return status == http.StatusOK && postmaster(t, p.data) != before
	})
	p.must("rebuild")
	p.must("doctor")
	if status := s.interrupt(); status != 0 {
		t.Errorf("exit code %d\n%s", status, s.stderr)
	}
}

// postmaster is the process id of the Postgres in a data folder, 0 while it
// has none.
func postmaster(t *testing.T, data string) int {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, "pg", "postmaster.pid"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, _ := strconv.Atoi(first) // half written: none yet
	return pid
}
