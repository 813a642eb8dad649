package session

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"
	"github.com/alexedwards/scs/v2/memstore"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/eventlog"
	"shouwang/eventlog/memlog"
)

// process is one of those that serve: it has its own memory of the accounts, and
// shares the record and the store of sessions.
type process struct {
	*Sessions
	t        *testing.T
	accounts *accounts.Accounts
	serves   http.Handler
}

// bubble runs a test in which time is the test's own, with two managers of
// sessions. They are made outside: each has a goroutine that never ends.
func bubble(t *testing.T, f func(t *testing.T, one, other *Sessions)) {
	t.Helper()
	failed := func(_ http.ResponseWriter, _ *http.Request, err error) { t.Error(err) }
	one, other := New(nil, nil, false, failed), New(nil, nil, false, failed)
	synctest.Test(t, func(t *testing.T) { f(t, one, other) })
}

// serve starts a process, which follows the record until the test is over.
func serve(t *testing.T, s *Sessions, log eventlog.Log, store scs.Store) *process {
	t.Helper()
	directory := commands.NewDirectory(log)
	a, err := accounts.New(accounts.Config{Log: log, Directory: directory, Clock: time.Now,
		Cost: &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}})
	if err != nil {
		t.Fatal(err)
	}
	s.Store, s.accounts = store, a
	p := &process{t: t, accounts: a, Sessions: s}
	p.serves = p.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/login" {
			if err := p.Enter(r, must(a.Account(r.URL.Query().Get("account")))(t)); err != nil {
				t.Error(err)
			}
			return
		}
		if _, in := p.Who(r); !in {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = directory.Follow(ctx) // ends with the test
	}()
	t.Cleanup(func() { stop(); <-ended })
	return p
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// opens opens an account that every process knows.
func (p *process) opens(login string) string {
	p.t.Helper()
	id := must(p.accounts.Open(p.t.Context(), accounts.By{Channel: "cli"}, accounts.Opening{Login: login, Person: login, Name: login}))(p.t)
	synctest.Wait()
	return id
}

// enters lets somebody in and returns what his browser keeps.
func (p *process) enters(id string) *http.Cookie {
	p.t.Helper()
	w := httptest.NewRecorder()
	p.serves.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/login?account="+id, nil))
	cookies := w.Result().Cookies()
	if len(cookies) != 1 {
		p.t.Fatalf("%d cookies", len(cookies))
	}
	return cookies[0]
}

// in says whether a request with the cookie is somebody's.
func (p *process) in(cookie *http.Cookie) bool {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.AddCookie(cookie)
	w := httptest.NewRecorder()
	p.serves.ServeHTTP(w, r)
	return w.Code == http.StatusOK
}

// pass lets time go by, in the bubble of the test.
func pass(d time.Duration) { <-time.After(d) }

// store is one that sweeps nothing by itself: all expiry is by looking.
func store() scs.Store { return memstore.NewWithCleanupInterval(0) }

// A session that nobody uses ends after half an hour, and every session at the
// end of a working day, however busy it was.
func TestSessionsEndByThemselves(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		every, until time.Duration // how often it is used, and until when it lasts
	}{
		"left alone":           {IdleTime + time.Second, IdleTime},
		"used now and then":    {IdleTime - time.Second, Lifetime},
		"used without a pause": {59 * time.Second, Lifetime},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, one, _ *Sessions) {
				p := serve(t, one, memlog.New(time.Now), store())
				began, cookie := time.Now(), p.enters(p.opens("luo"))
				for time.Since(began) <= Lifetime+IdleTime {
					if lasts := time.Since(began) < c.until; p.in(cookie) != lasts {
						t.Fatalf("after %v: in is %v", time.Since(began), !lasts)
					}
					pass(c.every)
				}
			})
		})
	}
}

// What ends an account's sessions ends them at once and in every process; what
// does not leaves them; and nobody else's are touched.
func TestSessionsAreRevokedEverywhere(t *testing.T) {
	t.Parallel()
	console := accounts.By{Channel: "cli"}
	for name, c := range map[string]struct {
		act  func(ctx context.Context, a *accounts.Accounts, id string) error
		ends bool
	}{
		"revoked": {func(ctx context.Context, a *accounts.Accounts, id string) error {
			return a.RevokeSessions(ctx, console, id, "手机丢失")
		}, true},
		"by himself": {func(ctx context.Context, a *accounts.Accounts, id string) error {
			return a.RevokeSessions(ctx, accounts.By{Account: id, Channel: "web"}, id, "本人退出所有登录")
		}, true},
		"closed": {func(ctx context.Context, a *accounts.Accounts, id string) error {
			return a.Close(ctx, console, id, "调离")
		}, true},
		"closed and reopened": {func(ctx context.Context, a *accounts.Accounts, id string) error {
			if err := a.Close(ctx, console, id, "调离"); err != nil {
				return err
			}
			return a.Reopen(ctx, console, id, "回任")
		}, true},
		"a view was kept": {func(ctx context.Context, a *accounts.Accounts, id string) error {
			return a.SaveView(ctx, id, "/ledger", "突发", "class=sudden", accounts.Door{Channel: "web"})
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, a, b *Sessions) {
				log, kept := memlog.New(time.Now), store()
				one, other := serve(t, a, log, kept), serve(t, b, log, kept)
				id, second := one.opens("luo"), one.opens("other")
				here, there, others := one.enters(id), other.enters(id), one.enters(second)
				for _, p := range []*process{one, other} {
					if !p.in(here) || !p.in(there) || !p.in(others) {
						t.Fatal("a session is not known in every process")
					}
				}
				if err := c.act(t.Context(), one.accounts, id); err != nil {
					t.Fatal(err)
				}
				if one.in(here) == c.ends || one.in(there) == c.ends {
					t.Errorf("where it was entered: ended is %v", !c.ends)
				}
				synctest.Wait() // the other process has heard of it, and no time has passed
				if other.in(here) == c.ends || other.in(there) == c.ends {
					t.Errorf("in the other process: ended is %v", !c.ends)
				}
				if !one.in(others) || !other.in(others) {
					t.Error("somebody else is out")
				}
			})
		})
	}
}

// Who leaves ends his one session, in every process, and no other.
func TestLeavingEndsOneSession(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, a, b *Sessions) {
		log, kept := memlog.New(time.Now), store()
		one, other := serve(t, a, log, kept), serve(t, b, log, kept)
		id := one.opens("luo")
		first, second := one.enters(id), one.enters(id)
		ctx, err := one.Load(t.Context(), first.Value)
		if err != nil {
			t.Fatal(err)
		}
		if err := one.Destroy(ctx); err != nil {
			t.Fatal(err)
		}
		for _, p := range []*process{one, other} {
			if p.in(first) || !p.in(second) {
				t.Errorf("the one left: %v, the other: %v", p.in(first), p.in(second))
			}
		}
	})
}

// A server that is reached by TLS gives its sessions to nothing else, and no page's
// script ever reads one.
func TestASessionTravelsAsItsServerIsReached(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		s := New(store(), nil, secure, func(_ http.ResponseWriter, _ *http.Request, err error) { t.Error(err) })
		w := httptest.NewRecorder()
		s.LoadAndSave(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { s.Choose(r, "post") })).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
		cookies := w.Result().Cookies()
		if len(cookies) != 1 || cookies[0].Secure != secure || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode {
			t.Errorf("reached by TLS %v: %+v", secure, cookies)
		}
	}
}
