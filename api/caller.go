package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"shouwang/domain/account"
	"shouwang/domain/office"
	"shouwang/domain/policy"
)

// caller is who asks the API, by a session of a browser or by a personal token:
// his posts of today decide what.
type caller struct {
	person string
	// appointment is the post he works in; "" where he did not say: commands ask.
	appointment string
	posts       []callerPost
	role        account.Role // of the post that let him in to the operation
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

// callerOf is who asks; nobody where nobody proved himself.
func callerOf(ctx context.Context) *caller {
	c, _ := ctx.Value(callerKey{}).(*caller)
	if c == nil {
		return &caller{}
	}
	return c
}

// seesNames says whether the caller works with the households' people; everybody
// else is told 王*某.
func (c *caller) seesNames() bool { return c.role.SeesNames() }

// personHeader named the recording person before there were accounts. Who proves
// himself as another than it says is refused: nothing is entered under a wrong name.
const personHeader = "Shouwang-Person"

// identified finds out who asks the API: the bearer of a personal token, or whose
// session a browser brings – and then no page of another site had it sent.
func (s *server) identified(next http.Handler) http.Handler {
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, newProblem(originForeign, ""))
	}))
	bySession := s.sessions.LoadAndSave(sameOrigin.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := s.insider(r)
		s.proceed(w, r, c, err, next)
	})))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, bears := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		switch {
		case !strings.HasPrefix(r.URL.Path, base):
			next.ServeHTTP(w, r)
		case bears:
			c, err := s.bearer(r, token)
			s.proceed(w, r, c, err, next)
		default:
			bySession.ServeHTTP(w, r)
		}
	})
}

// proceed goes on with a request of somebody who proved who he is.
func (s *server) proceed(w http.ResponseWriter, r *http.Request, c *caller, err error, next http.Handler) {
	if said := r.Header.Get(personHeader); err == nil && said != "" && said != c.person {
		err = policy.Refuse(policy.AccessDenied, "您不是%s所写之人", personHeader)
	}
	if err != nil {
		p := s.problemOf(r.Context(), err)
		if p.Status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		writeProblem(w, p)
		return
	}
	c.narrow(r)
	next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, c)))
}

// insider is whose session the browser brings.
func (s *server) insider(r *http.Request) (*caller, error) {
	a, in := s.sessions.Who(r)
	switch {
	case !in:
		return nil, newProblem(policy.SessionMissing, "请先登录，或用个人令牌访问：Authorization: Bearer …（在“我的账户”中签发）")
	case a.MustChange:
		return nil, policy.Refuse(policy.PasswordMustChange, "请先更改首次密码")
	}
	c := s.callerFor(r, a.Person)
	if c.appointment == "" && len(c.posts) > 0 { // as on the pages: the post chosen, or else the first
		chosen := max(0, slices.IndexFunc(c.posts, func(p callerPost) bool { return p.appointment == s.sessions.Post(r) }))
		c.posts = c.posts[chosen : chosen+1]
		c.appointment = c.posts[0].appointment
	}
	return c, nil
}

// bearer is whose token it is, if it is good for asking or for entering.
func (s *server) bearer(r *http.Request, token string) (*caller, error) {
	a, t, err := s.Accounts.ByToken(r.Context(), token)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(t.Scopes, scopeOf(r)) {
		return nil, policy.Refuse(policy.AccessDenied, "这个令牌不能用于此项操作")
	}
	return s.callerFor(r, a.Person), nil
}

// scopeOf is what a token must be good for: asking, or entering.
func scopeOf(r *http.Request) string {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return "read"
	}
	return "write"
}

// callerFor is the person with his posts of today, or only the one he names.
func (s *server) callerFor(r *http.Request, person string) *caller {
	c := &caller{person: person, appointment: r.Header.Get("Shouwang-Appointment")}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // the function never fails
		for _, held := range d.Appointments(person, s.today()) {
			if at, ok := d.Office(held.Office, s.today()); ok {
				c.posts = append(c.posts, callerPost{held.Appointment, account.RoleOf(held.Capacity), at.Region})
			}
		}
		return nil
	})
	if c.appointment != "" {
		c.posts = slices.DeleteFunc(c.posts, func(p callerPost) bool { return p.appointment != c.appointment })
	}
	return c
}

// narrow asks a list for the caller's own region where he names none.
func (c *caller) narrow(r *http.Request) {
	q, a := r.URL.Query(), accessTo["GET "+r.URL.Path]
	if r.Method != http.MethodGet || q.Get("region") != "" || a.place != listed {
		return
	}
	for _, p := range c.posts {
		if slices.Contains(a.who, p.role) {
			q.Set("region", p.region)
			r.URL.RawQuery = q.Encode()
			return
		}
	}
}
