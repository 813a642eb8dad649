package api

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"shouwang/commands/accounts"
	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/internal/smallcounty"
)

const password = "Kx7-quiet-river"

// inside is a browser in which the person has logged in on the pages.
func (p *place) inside(person string, mustChange bool) *http.Client {
	p.t.Helper()
	if err := p.api.Accounts.GivePassword(p.t.Context(), accounts.By{Channel: "test"}, p.account(person), password, mustChange); err != nil {
		p.t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := browser.PostForm(p.http.URL+"/login", url.Values{"login": {person}, "password": {password}})
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		p.t.Fatalf("%s is not let in: %d", person, answer.StatusCode)
	}
	return browser
}

// asks sends a request in a browser.
func (p *place) asks(browser *http.Client, method, path, body string, header map[string]string) sent {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.http.URL+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for name, value := range header {
		r.Header.Set(name, value)
	}
	answer, err := browser.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	out, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return sent{answer.StatusCode, answer.Header, out}
}

func TestABrowsersSessionOpensWhatItsPostMay(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳一")
	b := p.inside("cadre", false)
	visit := func(key string, header map[string]string) sent {
		header["Idempotency-Key"] = key
		return p.asks(b, http.MethodPost, householdAt(id)+"/visits", `{"visit":"`+key+`","kind":"routine","note":"正常"}`, header)
	}
	if got := p.asks(b, http.MethodGet, householdAt(id), "", nil); got.status != http.StatusOK {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := visit("w1", map[string]string{"Sec-Fetch-Site": "same-origin"}); got.status != http.StatusCreated {
		t.Errorf("%d %s", got.status, got.body)
	}
	for name, header := range map[string]map[string]string{
		"a page of another site": {"Sec-Fetch-Site": "cross-site"}, "of a neighbour": {"Sec-Fetch-Site": "same-site"}, "an older browser's": {"Origin": "https://evil.example"},
	} {
		if got := visit("w2", header); got.status != http.StatusForbidden || got.problem(t).Rule != originForeign {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	for path, want := range map[string]int{base + "/events": 403, base + "/households?region=629900102": 403, base + "/households": 200} {
		if got := p.asks(b, http.MethodGet, path, "", nil); got.status != want {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	if got := p.asks(b, http.MethodGet, base, "", map[string]string{"Shouwang-Person": "decider"}); got.status != http.StatusForbidden {
		t.Errorf("as somebody else: %d", got.status)
	}
	if got := p.asks(b, http.MethodPost, "/logout", "", nil); got.status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := p.asks(b, http.MethodGet, base, "", nil); got.status != http.StatusUnauthorized {
		t.Errorf("after leaving: %d", got.status)
	}
}

// With several posts the browser's person works in the one he chose.
func TestABrowserWorksInOnePost(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳一")
	b := p.inside("both", false)
	post := func(path, body string) int {
		return p.asks(b, http.MethodPost, path, body, map[string]string{"Idempotency-Key": path + body}).status
	}
	if got := post(householdAt(id)+"/visits", `{"visit":"w1","kind":"routine","note":"正常"}`); got != http.StatusCreated {
		t.Errorf("in the first post: %d", got)
	}
	if got := p.asks(b, http.MethodGet, base+"/households?region="+township, "", nil).status; got != http.StatusForbidden {
		t.Errorf("the village's post asks for the township: %d", got)
	}
	if got := p.asks(b, http.MethodPost, "/me/post", "post=a-both-2", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}).status; got != http.StatusSeeOther {
		t.Fatalf("%d", got)
	}
	if got := p.asks(b, http.MethodGet, base+"/households?region="+township, "", nil).status; got != http.StatusOK {
		t.Errorf("the township's post: %d", got)
	}
}

// A first password is changed before anything else, and an administrator sees no
// case, with a session as with a token.
func TestWhoIsInAndYetMayNothing(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳一")
	if got := p.asks(p.inside("second", true), http.MethodGet, householdAt(id), "", nil); got.status != http.StatusForbidden || got.problem(t).Rule != "password.must-change" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if _, err := p.api.Accounts.Open(t.Context(), accounts.By{Channel: "test"}, accounts.Opening{Login: "sysadmin", Person: "sysadmin", Name: "sysadmin", Duty: account.System}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{householdAt(id), base + "/households", base + "/events", base + "/totals"} {
		if got := p.asks(p.inside("sysadmin", false), http.MethodGet, path, "", nil); got.status != http.StatusForbidden {
			t.Errorf("an administrator's session at %s: %d", path, got.status)
		}
		if got := p.request(http.MethodGet, path, p.bearer("sysadmin"), nil); got.status != http.StatusForbidden {
			t.Errorf("an administrator's token at %s: %d", path, got.status)
		}
	}
}

// Names are told in full to whoever works with the people, masked to others.
func TestNamesAreMaskedAsOnThePages(t *testing.T) {
	t.Parallel()
	p := newPlace(t, setting{})
	id := p.register("柳桂芳")
	for person, capacity := range map[string]code.Capacity{"auditor": code.Auditor, "medical": code.DepartmentOfficer, "notices": code.NoticeInspector} {
		p.office("officer", office.Appointed{Appointment: "a-" + person, Person: person, Name: person, Office: "c", Capacity: capacity, From: smallcounty.Since()})
	}
	row := householdAt(id) + "/row"
	p.eventually("the row", func() bool { return p.request(http.MethodGet, row, p.bearer("inspector"), nil).status == http.StatusOK })
	for person, sees := range map[string]string{"officer": "柳桂芳", "inspector": "柳桂芳", "auditor": "柳*芳", "medical": "柳*芳"} {
		for _, path := range []string{householdAt(id), row, householdAt(id) + "/history", base + "/households"} {
			got := p.request(http.MethodGet, path, p.bearer(person), nil)
			if got.status != http.StatusOK || !strings.Contains(string(got.body), sees) || sees == "柳*芳" && strings.Contains(string(got.body), "柳桂芳") {
				t.Errorf("%s as %s: %d %s", path, person, got.status, got.body)
			}
		}
	}
	for _, path := range []string{householdAt(id), row, householdAt(id) + "/history", householdAt(id) + "/events"} {
		if got := p.request(http.MethodGet, path, p.bearer("notices"), nil); got.status != http.StatusForbidden {
			t.Errorf("%s as the notice inspector: %d", path, got.status)
		}
	}
	if got := p.request(http.MethodGet, householdAt(id)+"/events", p.bearer("auditor"), nil); got.status != http.StatusForbidden {
		t.Errorf("the entries as stored: %d", got.status)
	}
}
