package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"shouwang/eventlog"
)

// act enters an act with a key of its own.
func (p *place) act(path, body string) sent {
	p.t.Helper()
	p.mu.Lock()
	p.n++
	key := "act-" + strconv.Itoa(p.n)
	p.mu.Unlock()
	return p.request(http.MethodPost, base+path, map[string]string{"Idempotency-Key": key, "Content-Type": "application/json"}, strings.NewReader(body))
}

const newHousehold = `{"region": "` + village + `", "kind": "ordinary", "members": [{"id": "m1", "name": "%s", "sex": "1", "relation": "head",
	"labour": "ordinary", "registered": true, "living": true, "counted": true, "no_document": "lost"}]}`

// register opens a household's file and returns its id.
func (p *place) register(name string) string {
	p.t.Helper()
	got := p.act("/households", fmt.Sprintf(newHousehold, name))
	var r Recorded
	if err := json.Unmarshal(got.body, &r); got.status != http.StatusCreated || err != nil {
		p.t.Fatalf("%d %s", got.status, got.body)
	}
	return r.ID
}

const aVisit = `{"visit": "w%d", "kind": "routine", "note": "家中一切正常"}`

func TestALargeBodyIsRefused(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳一")
	before := p.count()
	large := `{"visit": "w1", "kind": "routine", "note": "` + strings.Repeat("长", 10<<20/3) + `"}`
	got := p.act("/households/"+id+"/visits", large)
	if got.status != http.StatusRequestEntityTooLarge || got.problem(t).Rule != inputTooLarge {
		t.Errorf("%d %.200s", got.status, got.body)
	}
	if p.count() != before {
		t.Error("something was written")
	}
}

func TestBytesThatAreNoText(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳一")
	before := p.count()
	got := p.act("/households/"+id+"/visits", "{\"visit\": \"w1\", \"kind\": \"routine\", \"note\": \"坏字节\xff\"}")
	if got.status != http.StatusBadRequest || got.problem(t).Rule != inputEncoding {
		t.Errorf("%d %s", got.status, got.body)
	}
	if p.count() != before {
		t.Error("something was written")
	}
}

func TestManyAtOnceAreRecordedOnceEach(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳一")
	before := p.count()
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			// Every act twice under the same key, at the same time.
			for range 2 {
				got := p.request(http.MethodPost, base+"/households/"+id+"/visits", map[string]string{
					"Idempotency-Key": "same-" + strconv.Itoa(i), "Content-Type": "application/json"}, strings.NewReader(fmt.Sprintf(aVisit, i)))
				if got.status != http.StatusCreated && got.status != http.StatusOK {
					t.Errorf("%d %s", got.status, got.body)
				}
			}
		})
	}
	wg.Wait()
	if wrote := p.count() - before; wrote != 20 {
		t.Errorf("%d records for 20 acts", wrote)
	}
}

func TestTheFeedWaitsForWhatComes(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	inspector := p.bearer("inspector")
	p.token("cadre")
	var all Feed
	after := ""
	for {
		page := Feed{}
		if err := json.Unmarshal(p.request(http.MethodGet, base+"/events?limit=7&after="+after, inspector, nil).body, &page); err != nil {
			t.Fatal(err)
		}
		all.Items, after = append(all.Items, page.Items...), page.Next
		if !page.More {
			break
		}
	}
	if len(all.Items) != p.count() {
		t.Errorf("%d of %d records", len(all.Items), p.count())
	}
	waited := make(chan sent)
	go func() { waited <- p.request(http.MethodGet, base+"/events?wait=20&after="+after, inspector, nil) }()
	p.register("柳一")
	var page Feed
	if err := json.Unmarshal((<-waited).body, &page); err != nil || len(page.Items) != 1 {
		t.Errorf("%+v %v", page, err)
	}
}

func TestPositionsAreNeverShown(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	end, err := p.log.End(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if back := positionOf(placeOf(end)); back.Compare(end) != 0 || positionOf("") != (eventlog.Position{}) {
		t.Errorf("%v came back as %v", end, back)
	}
	sealed := p.api.cursors.seal("events", placeOf(end))
	if again := p.api.cursors.seal("events", placeOf(end)); again == sealed {
		t.Error("a cursor tells whether two places are the same")
	}
}

func TestAFailureOfTheProgramIsAProblem(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	h := p.api.recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("柳一 was here") }))
	w := &keeper{header: http.Header{}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	h.ServeHTTP(w, r)
	if w.status != http.StatusInternalServerError || bytes.Contains(w.body.Bytes(), []byte("柳一")) || w.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %s", w.status, w.body.String())
	}
}

// keeper keeps an answer.
type keeper struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *keeper) Header() http.Header         { return k.header }
func (k *keeper) WriteHeader(status int)      { k.status = status }
func (k *keeper) Write(b []byte) (int, error) { return k.body.Write(b) }

// eventually asks until the answer is as wanted.
func (p *place) eventually(what string, wanted func() bool) {
	p.t.Helper()
	limit := time.After(30 * time.Second)
	for !wanted() {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-limit:
			p.t.Fatalf("not within half a minute: %s", what)
		}
	}
}
