package api

import (
	"context"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"shouwang/domain/account"
	"shouwang/domain/office"
	"shouwang/domain/policy"
)

// caller is who asks through a personal token: his posts of today decide what.
type caller struct {
	person string
	posts  []callerPost
}

// callerPost is a post of today: a role, and where it is.
type callerPost struct {
	appointment string
	role        account.Role
	region      string
}

// covers says whether one of the caller's posts is over a region.
func (c *caller) covers(s *server, region string) bool {
	return slices.ContainsFunc(c.posts, func(p callerPost) bool { return s.contains(p.region, region) })
}

type callerKey struct{}

func callerOf(ctx context.Context) *caller {
	c, _ := ctx.Value(callerKey{}).(*caller)
	return c
}

// personHeader names the recording person. A token says it by itself; without
// one it is believed on this machine only, for scripts and tests, and not at all
// where the server is locked.
const personHeader = "Shouwang-Person"

// identified finds out who asks the API.
func (s *server) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, bears := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		switch {
		case !strings.HasPrefix(r.URL.Path, base):
			next.ServeHTTP(w, r)
		case bears && s.Accounts != nil:
			c, err := s.bearer(r, token)
			if err != nil {
				writeProblem(w, s.problemOf(r.Context(), err))
				return
			}
			r = r.WithContext(context.WithValue(r.Context(), callerKey{}, c))
			r.Header.Set(personHeader, c.person)
			c.narrow(r)
			next.ServeHTTP(w, r)
		case s.Locked || !fromHere(r):
			w.Header().Set("WWW-Authenticate", "Bearer")
			writeProblem(w, newProblem(policy.SessionMissing, "请用个人令牌访问：Authorization: Bearer …（在“我的账户”中签发）"))
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// fromHere says whether a request comes from this machine, and not through a
// proxy that stands on it.
func fromHere(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(name) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && from.Addr().Unmap().IsLoopback()
}

// bearer is whose token it is, if it is good for asking or for entering.
func (s *server) bearer(r *http.Request, token string) (*caller, error) {
	a, t, err := s.Accounts.ByToken(token)
	if err != nil {
		return nil, err
	}
	scope := "read"
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		scope = "write"
	}
	if !slices.Contains(t.Scopes, scope) {
		return nil, policy.Refuse(policy.AccessDenied, "这个令牌不能用于此项操作")
	}
	if said := r.Header.Get(personHeader); said != "" && said != a.Person {
		return nil, policy.Refuse(policy.AccessDenied, "令牌不是%s所写之人的", personHeader)
	}
	c := &caller{person: a.Person}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // the function never fails
		for _, held := range d.Appointments(a.Person, s.today()) {
			if at, ok := d.Office(held.Office, s.today()); ok {
				c.posts = append(c.posts, callerPost{held.Appointment, account.RoleOf(held.Capacity), at.Region})
			}
		}
		return nil
	})
	if wanted := r.Header.Get("Shouwang-Appointment"); wanted != "" {
		c.posts = slices.DeleteFunc(c.posts, func(p callerPost) bool { return p.appointment != wanted })
	}
	return c, nil
}

// narrow asks a list for the caller's own region where he names none.
func (c *caller) narrow(r *http.Request) {
	q := r.URL.Query()
	if r.Method != http.MethodGet || q.Get("region") != "" || len(c.posts) == 0 || accessTo["GET "+r.URL.Path].place != listed {
		return
	}
	q.Set("region", c.posts[0].region)
	r.URL.RawQuery = q.Encode()
}
