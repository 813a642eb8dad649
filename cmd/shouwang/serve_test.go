package main

import (
	"encoding/json"
	"io"
	"net/http"
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
	p.must("rebuild")
	p.fails(1, []string{"正式记录", "real record", "shouwang serve"}, "demo", "--load-only")
	if status := s.interrupt(); status != 0 {
		t.Errorf("Ctrl-C: exit code %d\n%s", status, s.stderr)
	}
	if postgresRuns(t, p.data) {
		t.Error("Ctrl-C left a Postgres")
	}
	// A second start finds everything, and SIGTERM ends it as well.
	again := p.start("serve")
	if status := again.end(syscall.SIGTERM); status != 0 {
		t.Errorf("SIGTERM: exit code %d\n%s", status, again.stderr)
	}
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
