package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"shouwang/domain/act"
)

func TestEveryAnswerOfADemonstrationSaysSo(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{clock: act.DemonstrationClock})
	for _, path := range []string{base, base + "/codes", base + "/nothing", "/healthz", "/api/openapi.json", base + "/households/x", attachmentsPath + "/x"} {
		if got := p.request(http.MethodGet, path, nil, nil); got.header.Get("Shouwang-Demonstration") != "true" || got.header.Get("Shouwang-Today") != "2023-04-03" {
			t.Errorf("%s does not say so: %v", path, got.header)
		}
	}
	var root Root
	if err := json.Unmarshal(p.request(http.MethodGet, base, nil, nil).body, &root); err != nil || !root.Demonstration || root.Notice == "" {
		t.Errorf("%+v %v", root, err)
	}
}

func TestARealLogIsNoDemonstration(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	if got := p.request(http.MethodGet, base, nil, nil); got.header.Get("Shouwang-Demonstration") != "" {
		t.Errorf("%v", got.header)
	}
}

func TestOnlyThisMachineIsListenedTo(t *testing.T) {
	t.Parallel()
	for addr, allowed := range map[string]bool{
		"127.0.0.1:8080": true, "127.8.9.1:0": true, "[::1]:8080": true, "localhost:8080": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:8080": false, "192.168.1.4:80": false, "example.org:80": false, "127.0.0.1": false, "": false,
	} {
		if err := LoopbackOnly(addr); (err == nil) != allowed {
			t.Errorf("%q: %v", addr, err)
		}
	}
}

// A page elsewhere that gives this machine a name of its own is nobody here.
func TestAPageElsewhereCannotReachIt(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.http.URL+base, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "rebound.example:8080"
	answer, err := p.http.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusUnauthorized || answer.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%d %v", answer.StatusCode, answer.Header)
	}
}

func TestRequestsAreMeasuredByRoute(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳一")
	p.request(http.MethodGet, householdAt(id), nil, nil)
	p.request(http.MethodGet, "/made/up/"+id, nil, nil)
	text := string(p.request(http.MethodGet, "/metrics", nil, nil).body)
	for _, want := range []string{
		`shouwang_http_request_seconds_count{method="GET",route="/api/v1/households/{household}",status="200"} 1`,
		`shouwang_http_request_seconds_count{method="POST",route="/api/v1/households",status="201"} 1`,
		`shouwang_follower_behind_records{follower="register"}`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("not measured: %s", want)
		}
	}
	if strings.Contains(text, id) {
		t.Error("a household's id is a time series")
	}
}

func TestReadySaysWhy(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	p.eventually("ready", func() bool { return p.request(http.MethodGet, "/readyz", nil, nil).status == http.StatusOK })
	if got := p.request(http.MethodGet, "/healthz", nil, nil); got.status != http.StatusOK {
		t.Error(got.status)
	}
	if err := p.log.Close(); err != nil {
		t.Fatal(err)
	}
	got := p.request(http.MethodGet, "/readyz", nil, nil)
	var ready Readiness
	if err := json.Unmarshal(got.body, &ready); got.status != http.StatusServiceUnavailable || err != nil || len(ready.Reasons) == 0 {
		t.Errorf("%d %s", got.status, got.body)
	}
}
