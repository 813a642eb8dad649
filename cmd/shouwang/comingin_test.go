package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// comer is somebody's browser before a running server.
type comer struct {
	t *testing.T
	*http.Client
}

func newComer(t *testing.T) comer {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return comer{t, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (c comer) answered(response *http.Response, err error) (int, string) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func (c comer) get(address string) (int, string) { c.t.Helper(); return c.answered(c.Get(address)) }

func (c comer) post(address string, pairs ...string) int {
	c.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	status, _ := c.answered(c.PostForm(address, form))
	return status
}

func (c comer) logsIn(address, login, password string) bool {
	c.t.Helper()
	return c.post(address+"/login", "login", login, "password", password) == http.StatusSeeOther
}

const ready = "守望已就绪"

var (
	linkPrinted     = regexp.MustCompile(`（(\w+)）设置密码的一次性链接.*\n\s*(http://\S+/link/\S+)`)
	passwordPrinted = regexp.MustCompile(`密码均为 \(everybody's password\) (\S+)`)
	userPrinted     = regexp.MustCompile(`(?m)^  (\w+) +\S+（`)
)

// links are the one-time links that a start printed, by login.
func (s *server) links() map[string]string {
	found := map[string]string{}
	for _, m := range linkPrinted.FindAllStringSubmatch(s.stderr.until(ready), -1) {
		found[m[1]] = m[2]
	}
	return found
}

// The first start opens the three administrators and nobody else, without any
// password: whoever has the link that it prints sets one, once.
func firstComes(t *testing.T, s *server) comer {
	t.Helper()
	links, c := s.links(), newComer(t)
	for _, login := range []string{"sysadmin", "secadmin", "auditadmin"} {
		if links[login] == "" || len(links) != 3 {
			t.Fatalf("the first start prints the links %v", links)
		}
		for _, guess := range []string{"", login, "admin", "password", "123456", "shouwang"} {
			if c.logsIn(s.address, login, guess) {
				t.Errorf("%s has the default password %q", login, guess)
			}
		}
	}
	link, password := links["sysadmin"], "Kx7-quiet-river"
	if status := c.post(link, "password", password, "again", password); status != http.StatusSeeOther {
		t.Fatalf("the link: %d", status)
	}
	if status, _ := newComer(t).get(link); status != http.StatusGone {
		t.Errorf("the link, again: %d", status)
	}
	// Guessing above did not lock him out: his link says who he is.
	if !c.logsIn(s.address, "sysadmin", password) {
		t.Fatal("the password that was set lets nobody in")
	}
	c.isIn(s.address)
	return c
}

func (c comer) isIn(address string) {
	c.t.Helper()
	if status, body := c.get(address + "/admin/accounts"); status != http.StatusOK || !strings.Contains(body, "auditadmin") {
		c.t.Errorf("not in: %d", status)
	}
}

// demoUsersCome logs in as everybody whom the start of the demonstration printed.
func demoUsersCome(t *testing.T, p *testPlace, s *server) {
	t.Helper()
	said := s.stderr.until(ready)
	kept, err := os.ReadFile(filepath.Join(p.data, "demo-password.txt"))
	if err != nil {
		t.Fatal(err)
	}
	printed, users := passwordPrinted.FindStringSubmatch(said), userPrinted.FindAllStringSubmatch(said, -1)
	if printed == nil || printed[1] != strings.TrimSpace(string(kept)) || len(users) != len(demoUsers)+len(firstAdministrators) {
		t.Fatalf("the demonstration prints\n%s", said)
	}
	for _, user := range users {
		if !newComer(t).logsIn(s.address, user[1], printed[1]) {
			t.Errorf("%s is printed and cannot log in", user[1])
		}
	}
	if slices.ContainsFunc([]string{"", "county", "password"}, func(guess string) bool { return newComer(t).logsIn(s.address, "county", guess) }) {
		t.Error("another password lets the county in")
	}
}
