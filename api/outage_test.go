package api

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"shouwang/internal/pgtest"
)

// Postgres is gone in the middle: acts end as unknown or not done, safe to
// repeat under the same key; when it is back everything goes on by itself, and
// nothing acknowledged is missing or there twice.
func TestPostgresGoneInTheMiddle(t *testing.T) {
	if testing.Short() {
		t.Skip("kills a server of its own")
	}
	t.Parallel()
	server, told := pgtest.Server(t), new(logged)
	p := newPlace(t, setting{base: server.Database, onBase: true, logger: slog.New(slog.NewJSONHandler(told, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	id, inspector := p.register("柳一"), p.bearer("inspector")
	visit := func(i int) sent {
		return p.request(http.MethodPost, base+"/households/"+id+"/visits", map[string]string{
			"Idempotency-Key": fmt.Sprint("visit-", i), "Content-Type": "application/json"}, strings.NewReader(fmt.Sprintf(aVisit, i)))
	}
	if got := visit(0); got.status != http.StatusCreated {
		t.Fatalf("%d %s", got.status, got.body)
	}
	server.Kill()
	// A backend outlives its server for some milliseconds and may still answer.
	last := 0
	p.eventually("an act that cannot be recorded", func() bool {
		last++
		got := visit(last)
		if got.status == http.StatusCreated {
			return false
		}
		problem := got.problem(t)
		if got.status != http.StatusServiceUnavailable || problem.Rule != outcomeUnknown && problem.Rule != recordUnavailable || !strings.Contains(problem.ZH, "可放心重试") {
			t.Errorf("%d %s", got.status, got.body)
		}
		if got.header.Get("Retry-After") == "" {
			t.Error("it does not say when to retry")
		}
		return true
	})
	for path, who := range map[string]map[string]string{householdAt(id): nil, base + "/households": nil, base + "/households?text=" + secret: nil, base + "/events": inspector} {
		if got := p.request(http.MethodGet, path, who, nil); got.status != http.StatusServiceUnavailable {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	if got := p.request(http.MethodGet, "/readyz", nil, nil); got.status != http.StatusServiceUnavailable {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := p.request(http.MethodGet, "/healthz", nil, nil); got.status != http.StatusOK {
		t.Error("the process itself is alive", got.status)
	}
	server.Start()
	for i := range last + 1 {
		p.eventually("the repeated act is recorded", func() bool {
			status := visit(i).status
			return status == http.StatusCreated || status == http.StatusOK
		})
	}
	p.eventually("ready again", func() bool { return p.request(http.MethodGet, "/readyz", nil, nil).status == http.StatusOK })
	var file HouseholdFile
	if err := json.Unmarshal(p.request(http.MethodGet, householdAt(id), nil, nil).body, &file); err != nil || file.Visits != last+1 {
		t.Errorf("%d visits for %d acts, %v", file.Visits, last+1, err)
	}
	// What went wrong is in the program's own notes, and about whom is not.
	if notes := told.String(); !strings.Contains(notes, "\"level\":\"ERROR\"") || strings.Contains(notes, secret) || strings.Contains(notes, "柳一") {
		t.Errorf("noted:\n%s", notes)
	}
}

// logged is what was logged, by whomever at once.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
