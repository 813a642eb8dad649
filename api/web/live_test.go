package web

import (
	"bufio"
	"net/http"
	"strings"
	"testing"

	"shouwang/api/messages"
)

// A page hears of what it shows and its visitor may see, and of nothing else;
// what it hears says only that there is something.
func TestAnOpenPageHears(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("township")
	if got := b.get("/live"); got.status != http.StatusNoContent {
		t.Errorf("without a feed: %d", got.status)
	}
	if page := b.get("/households/" + p.own); !strings.Contains(page.body, `data-live="/live?household=`+p.own) {
		t.Error("the file does not listen")
	}
	changes := make(chan messages.Change, 4)
	var heard int64
	p.site.Live = func(after int64) (messages.Listening, bool) {
		heard = after
		return messages.Listening{Changes: changes, After: 40, Leave: func() {}}, true
	}
	changes <- messages.Change{Number: 41, Subject: "household-" + p.foreign, Region: foreignVillage}
	changes <- messages.Change{Number: 42, Subject: "household-other", Region: village}
	changes <- messages.Change{Number: 43, Subject: "household-" + p.own, Region: village}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.http.URL+"/live?household="+p.own, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Last-Event-ID", "39")
	answer, err := b.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || got != "text/event-stream" || answer.Header.Get("Set-Cookie") != "" {
		t.Fatalf("%d %q", answer.StatusCode, got)
	}
	var lines []string
	for in := bufio.NewScanner(answer.Body); in.Scan(); {
		if lines = append(lines, in.Text()); in.Text() == "data: {}" {
			close(changes) // the process ends
		}
	}
	if got := strings.Join(lines, "|"); got != "retry: 2000|id: 40||id: 43|event: change|data: {}|" {
		t.Errorf("heard %q", got)
	}
	if heard != 39 {
		t.Errorf("the page heard %d, the feed was told %d", 39, heard)
	}
	p.site.Live = func(int64) (messages.Listening, bool) { return messages.Listening{}, false }
	if got := b.get("/live"); got.status != http.StatusServiceUnavailable {
		t.Errorf("too many listen: %d", got.status)
	}
}
