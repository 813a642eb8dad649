package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"shouwang/eventlog"
)

// breaking refuses to append to one stream, and lets somebody in before an
// append to another.
type breaking struct {
	eventlog.Log
	down  string
	first func(stream string)
}

var errDown = errors.New("down")

func (b *breaking) Append(ctx context.Context, stream string, expected eventlog.Version, events []eventlog.Event) (eventlog.Appended, error) {
	if stream == b.down {
		return eventlog.Appended{}, errDown
	}
	if first := b.first; first != nil {
		b.first = nil
		first(stream)
	}
	return b.Log.Append(ctx, stream, expected, events)
}

const aSheet = `{"region": "` + village + `", "procedure": "inclusion", "title": "公示", "place": "村务公开栏", "phone": "0930-1234567",
	"lines": [{"household": "%s", "head": "柳一", "persons": 1}, {"household": "%s", "head": "柳二", "persons": 1}]}`

func TestAnInterruptedPaperIsToldListedAndFinished(t *testing.T) {
	t.Parallel()
	log := &breaking{}
	p := newPlace(t, setting{wrap: func(l eventlog.Log) eventlog.Log { log.Log = l; return log }})
	a, b := p.register("柳一"), p.register("柳二")
	log.down = "household-" + b
	send := func() sent {
		return p.request(http.MethodPost, base+"/notices", map[string]string{"Idempotency-Key": "the-sheet", "Content-Type": "application/json"},
			strings.NewReader(fmt.Sprintf(aSheet, a, b)))
	}
	got := send()
	if got.status != http.StatusServiceUnavailable || got.problem(t).Rule != paperInterrupted || got.header.Get("Retry-After") == "" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	log.down = ""
	var listed struct {
		Items []struct {
			Paper, Household string
			Version          int
		}
	}
	p.eventually("the interrupted paper is listed", func() bool {
		return json.Unmarshal(p.request(http.MethodGet, base+"/interrupted", nil, nil).body, &listed) == nil && len(listed.Items) == 1
	})
	if listed.Items[0].Household != b {
		t.Errorf("%+v", listed)
	}
	finish := fmt.Sprintf("%s/papers/notice/%s/lines/%d", base, strings.TrimPrefix(listed.Items[0].Paper, "notice-"), listed.Items[0].Version)
	json := map[string]string{"Content-Type": "application/json"}
	if got := p.request(http.MethodPost, finish, map[string]string{"Content-Type": "application/json", "Authorization": "Bearer " + p.token("nobody")}, strings.NewReader("{}")); got.status != http.StatusForbidden {
		t.Errorf("nobody finished it: %d %s", got.status, got.body)
	}
	before := p.count()
	if got := p.request(http.MethodPost, finish, json, strings.NewReader("{}")); got.status != http.StatusOK || p.count() == before {
		t.Errorf("%d %s, %d written", got.status, got.body, p.count()-before)
	}
	finished := p.count()
	if again := send(); again.status != http.StatusOK || p.count() != finished {
		t.Errorf("repeating wrote it again: %d %s", again.status, again.body)
	}
}

func TestWhoeverSawAnOlderPaperIsToldSo(t *testing.T) {
	t.Parallel()
	log := &breaking{}
	p := newPlace(t, setting{wrap: func(l eventlog.Log) eventlog.Log { log.Log = l; return log }})
	a, b := p.register("柳一"), p.register("柳二")
	got := p.act("/notices", fmt.Sprintf(aSheet, a, b))
	var posted Recorded
	if err := json.Unmarshal(got.body, &posted); err != nil || got.status != http.StatusCreated {
		t.Fatalf("%d %s", got.status, got.body)
	}
	object := func(n int) string {
		return fmt.Sprintf(`{"objection": "o%d", "household": "%s", "content": "家有小车"}`, n, a)
	}
	// Somebody else's objection arrives between looking and writing.
	log.first = func(string) { p.act("/notices/"+posted.ID+"/objections", object(1)) }
	late := p.request(http.MethodPost, base+"/notices/"+posted.ID+"/objections", map[string]string{
		"Idempotency-Key": "late", "Content-Type": "application/json", "If-Match": `"1"`}, strings.NewReader(object(2)))
	if problem := late.problem(t); late.status != http.StatusPreconditionFailed || problem.Version != 2 {
		t.Errorf("%d %s", late.status, late.body)
	}
}
