package main

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"
	"time"
)

// login is a browser that is logged in through the proxy.
func login(t *testing.T, at string) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := c.PostForm(at+"/login", url.Values{"login": {"cadre"}, "password": {secretWord}})
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("cadre is not let in: %d", answer.StatusCode)
	}
	return c
}

// revokedEverywhere ends somebody's sessions in one process; the others refuse
// them as soon as they hear of it.
func revokedEverywhere(t *testing.T, client *http.Client, running []*server) {
	t.Helper()
	asks := func(method, at string) int {
		r, err := http.NewRequestWithContext(t.Context(), method, at, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		return answer.StatusCode
	}
	for i, s := range running {
		if got := asks(http.MethodGet, s.address+"/work"); got != http.StatusOK {
			t.Errorf("process %d does not know the session: %d", i, got)
		}
	}
	if got := asks(http.MethodPost, running[0].address+"/me/sessions"); got != http.StatusSeeOther {
		t.Errorf("not revoked: %d", got)
	}
	for _, s := range running {
		waitFor(t, "the session is out", func() bool { return asks(http.MethodGet, s.address+"/work") == http.StatusSeeOther })
	}
}
