package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/eventlog"
)

// types are the types of an account's records.
func (p *town) types(login string) string {
	p.t.Helper()
	var all []string
	for _, a := range p.site.Accounts.All() {
		if a.Login != login {
			continue
		}
		for rec, err := range p.handler.Log.ReadStream(context.Background(), commands.AccountStream(a.Account), eventlog.NoStream) {
			if err != nil {
				p.t.Fatal(err)
			}
			all = append(all, strings.TrimSuffix(rec.Type, ".v1"))
		}
	}
	return strings.Join(all, " ")
}

func TestComingAndGoing(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.browser()
	if got := b.get("/ledger?class=sudden"); got.status != http.StatusSeeOther || got.header.Get("Location") != "/login?to=%2Fledger%3Fclass%3Dsudden" {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := b.post("/login", "login", "village", "password", "wrong"); got.status != http.StatusUnauthorized || !strings.Contains(got.body, "不正确") || strings.Contains(got.body, "wrong") {
		t.Errorf("%d %s", got.status, got.body)
	}
	for to, want := range map[string]string{"/ledger?class=sudden": "/ledger?class=sudden", "https://evil.example/": "/", "//evil.example/": "/", `/\evil.example`: "/", "": "/"} {
		if got := p.browser().post("/login", "login", "village", "password", secret, "to", to); got.header.Get("Location") != want {
			t.Errorf("after the login to %q: %s", to, got.header.Get("Location"))
		}
	}
	got := b.post("/login", "login", "village", "password", secret)
	cookie := got.header.Get("Set-Cookie")
	if got.status != http.StatusSeeOther || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
		t.Errorf("%d %s", got.status, cookie)
	}
	if got := b.get("/ledger"); got.status != http.StatusOK || got.header.Get("Cache-Control") != "no-store" || strings.Contains(got.header.Get("Content-Security-Policy"), "unsafe") {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := b.post("/logout"); got.header.Get("Location") != "/login" {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := b.get("/ledger"); got.status != http.StatusSeeOther {
		t.Errorf("after leaving: %d", got.status)
	}
	if got := p.types("village"); !strings.HasSuffix(got, "login.ended") || !strings.Contains(got, "login.failed") {
		t.Error(got)
	}
}

// A page of another site cannot make a browser act here.
func TestAnotherSiteCannotAct(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.http.URL+"/logout", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	answer, err := b.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("%d", answer.StatusCode)
	}
	if got := b.get("/work"); got.status != http.StatusOK {
		t.Errorf("and the session is gone: %d", got.status)
	}
}

func TestAFirstPasswordIsChangedFirst(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	id := p.opens(accounts.Opening{Login: "newcomer", Name: "新人"})
	if err := p.site.Accounts.GivePassword(t.Context(), accounts.By{}, id, secret, true); err != nil {
		t.Fatal(err)
	}
	b := p.as("newcomer")
	for _, path := range []string{"/", "/me", "/work"} {
		if got := b.get(path); got.header.Get("Location") != "/password" {
			t.Errorf("%s: %d %v", path, got.status, got.header)
		}
	}
	for _, c := range [][2]string{{"short", "short"}, {"Other-river-9", "Other-river-8"}} {
		if got := b.post("/password", "old", secret, "password", c[0], "again", c[1]); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", c, got.status)
		}
	}
	if got := b.post("/password", "old", secret, "password", "Other-river-9", "again", "Other-river-9"); got.status != http.StatusSeeOther {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := b.get("/me"); got.status != http.StatusOK {
		t.Errorf("%d", got.status)
	}
}

func TestWhoIsSentOutIsOut(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	first, second := p.as("village"), p.as("village")
	first.post("/me/sessions")
	for _, b := range []*browser{first, second} {
		if got := b.get("/work"); got.status != http.StatusSeeOther {
			t.Errorf("still in: %d", got.status)
		}
	}
	victim := p.as("victim")
	p.as("security_administrator").post("/admin/accounts/"+p.victim+"/closing", "reason", "调离")
	if got := victim.get("/me"); got.status != http.StatusSeeOther {
		t.Errorf("still in: %d", got.status)
	}
	if got := p.browser().post("/login", "login", "victim", "password", secret); got.status != http.StatusUnauthorized {
		t.Errorf("a closed account lets in: %d", got.status)
	}
}

var linkIn = regexp.MustCompile(`/link/[A-Za-z0-9._-]+`)

func TestAnAccountIsOpenedAndItsLinkUsed(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	got := p.as("system_administrator").post("/admin/accounts", "login", "neighbour", "person", "neighbour", "name", "")
	link := linkIn.FindString(got.body)
	if got.status != http.StatusOK || link == "" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	b := p.browser()
	if got := b.get(link); got.status != http.StatusOK || !strings.Contains(got.body, "neighbour") {
		t.Errorf("%d", got.status)
	}
	if got := b.post(link, "password", secret, "again", secret+"x"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("%d", got.status)
	}
	if got := b.post(link, "password", secret, "again", secret); got.header.Get("Location") != "/login" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := b.get(link); got.status != http.StatusGone {
		t.Errorf("the link is good twice: %d", got.status)
	}
	if got := p.as("neighbour").get("/households/" + p.foreign); got.status != http.StatusOK {
		t.Errorf("%d", got.status)
	}
	if got := p.as("system_administrator").post("/admin/accounts", "login", "neighbour", "name", "另一人"); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, "已有人使用") {
		t.Errorf("%d", got.status)
	}
}

// Who holds no appointment today does nothing, though he can log in.
func TestWithoutAPostThereIsNothing(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("victim")
	for path, want := range map[string]int{"/": http.StatusSeeOther, "/me": http.StatusOK, "/work": http.StatusForbidden, "/ledger": http.StatusForbidden, "/households/" + p.own: http.StatusForbidden} {
		if got := b.get(path); got.status != want {
			t.Errorf("%s: %d, want %d", path, got.status, want)
		}
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	p := newTown(t)
	b := p.as("village")
	if got := b.get("/work"); !strings.Contains(got.body, "待办") || !strings.Contains(got.body, `lang="zh-CN"`) {
		t.Error("not in Chinese first")
	}
	if got := b.post("/language", "language", "en", "back", "/work"); got.header.Get("Location") != "/work" {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := b.get("/work"); !strings.Contains(got.body, "My work") || !strings.Contains(got.body, `<html lang="en"`) {
		t.Error("not in English")
	}
}

func TestOnlyAConfiguredProxyIsBelieved(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		proxied   bool
		said, out string
	}{{false, "10.1.1.1", "10.0.0.9"}, {true, "9.9.9.9, 10.1.1.1", "10.1.1.1"}, {true, "nonsense", "10.0.0.9"}, {true, "", "10.0.0.9"}} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.RemoteAddr = "10.0.0.9:1234"
		r.Header.Set("X-Forwarded-For", c.said)
		s := &site{Config: Config{Proxied: c.proxied}}
		if got := s.door(r).Address; got != c.out {
			t.Errorf("%+v: %s", c, got)
		}
	}
}
