package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/domain/account"
	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// mine is what a person sees of his own account.
type mine struct {
	*visitor
	fault  fault
	seen   string
	factor accounts.Factor // a device in the making
	side   int             // of its code, in modules
	path   string          // the dark modules, as an SVG path
	token  string          // shown this once
}

func (s *site) me(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.showMe(w, r, http.StatusOK, mine{visitor: v})
}

func (s *site) showMe(w http.ResponseWriter, r *http.Request, status int, m mine) error {
	m.seen = s.seen(m.visitor, sight{commands.AccountStream(m.Account), m.Version})
	if m.Factor == "" && m.factor.Secret == "" {
		f, err := s.Accounts.NewFactor(m.Account)
		if err != nil {
			return err
		}
		m.factor = f
	}
	if m.Factor == "" {
		var err error
		if m.side, m.path, err = modules(m.factor.Address); err != nil {
			return err
		}
	}
	return s.show(w, r, m.visitor, status, mePage(m))
}

// again shows one's own account with what was refused, or anew after an act.
func (s *site) again(w http.ResponseWriter, r *http.Request, v *visitor, err error, refused mine) error {
	if f, ok := s.faultOf(r, err); ok {
		refused.visitor, refused.fault = v, f
		return s.showMe(w, r, f.status(), refused)
	}
	if err != nil {
		return err
	}
	return onward(w, r, sentOn("/me", r.PostFormValue("key")))
}

// choosePost lets a person with several posts work in another.
func (s *site) choosePost(w http.ResponseWriter, r *http.Request, v *visitor) error {
	for _, p := range v.posts {
		if p.Appointment == r.PostFormValue("post") {
			s.sessions.Choose(r, p.Appointment)
			return onward(w, r, "/")
		}
	}
	return policy.Refuse(policy.Malformed, "您今天没有这项任职")
}

func (s *site) endSessions(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if err := s.Accounts.RevokeSessions(r.Context(), accounts.By{Account: v.Account, Channel: "web"}, v.Account, "本人退出全部登录"); err != nil {
		return err
	}
	return onward(w, r, "/login")
}

func (s *site) setFactor(w http.ResponseWriter, r *http.Request, v *visitor) error {
	secret := r.PostFormValue("secret")
	device, err := s.Accounts.SameFactor(v.Account, secret)
	if err == nil {
		err = s.Accounts.SetFactor(r.Context(), v.Account, secret, r.PostFormValue("code"), s.door(r))
	}
	return s.again(w, r, v, err, mine{factor: device})
}

func (s *site) removeFactor(w http.ResponseWriter, r *http.Request, v *visitor) error {
	err := s.sent(w, r, v)
	if err == nil {
		err = s.Accounts.RemoveFactor(r.Context(), keyedBy(r, v), v.Account, reasonIn(r))
	}
	return s.again(w, r, v, err, mine{})
}

func (s *site) issueToken(w http.ResponseWriter, r *http.Request, v *visitor) error {
	expires, err := calendar.ParseDay(r.PostFormValue("expires"))
	if err != nil {
		expires = 0 // refused with the others
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	token, err := s.Accounts.IssueToken(r.Context(), by(v), v.Account, r.PostFormValue("name"), r.PostForm["scope"], expires)
	if err != nil {
		return s.again(w, r, v, err, mine{})
	}
	if v.State, err = s.Accounts.Account(v.Account); err != nil {
		return err
	}
	return s.showMe(w, r, http.StatusOK, mine{visitor: v, token: token})
}

func (s *site) revokeToken(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.again(w, r, v, s.Accounts.RevokeToken(r.Context(), v.Account, chi.URLParam(r, "token"), s.door(r)), mine{})
}

// good are the tokens that still open something.
func (m mine) good() (tokens []account.Token) {
	for _, t := range m.Tokens {
		if t.Good(m.today) {
			tokens = append(tokens, t)
		}
	}
	return tokens
}
