package web

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/go-chi/chi/v5"

	"shouwang/api/issuer"
	"shouwang/commands/accounts"
	"shouwang/domain/account"
	"shouwang/domain/policy"
)

const (
	// journeyCookie is what a browser takes along to the unified login.
	journeyCookie = "shouwang-journey"
	// journeyTime is how long somebody may take to prove who he is there.
	journeyTime = 10 * time.Minute
	// issuedPath is where the way to the unified login begins, returnPath where
	// it ends: the address that is registered there.
	issuedPath = "/login/unified"
	returnPath = "/login/unified/return"
)

// goToIssuer sends somebody to the unified login (统一身份认证).
func (s *site) goToIssuer(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	if s.Issuer == nil {
		return errNoPage
	}
	to := ownPath(r.URL.Query().Get("to"))
	journey, address, err := s.Issuer.Begin(r.Context(), s.addressOf(r)+returnPath)
	if err != nil {
		return s.notIssued(w, r, to, err)
	}
	taken := url.Values{"state": {journey.State}, "nonce": {journey.Nonce}, "verifier": {journey.Verifier}, "to": {to}}
	http.SetCookie(w, s.journey(base64.RawURLEncoding.EncodeToString([]byte(taken.Encode())), int(journeyTime.Seconds())))
	return onward(w, r, address)
}

// fromIssuer lets in who comes back from the unified login.
func (s *site) fromIssuer(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	if s.Issuer == nil {
		return errNoPage
	}
	http.SetCookie(w, s.journey("", -1)) // good once
	taken := journeyOf(r)
	to, q := ownPath(taken.Get("to")), r.URL.Query()
	subject, err := s.Issuer.Finish(r.Context(), issuer.Journey{State: taken.Get("state"), Nonce: taken.Get("nonce"), Verifier: taken.Get("verifier")},
		s.addressOf(r)+returnPath, q.Get("state"), q.Get("code"))
	if err != nil {
		return s.notIssued(w, r, to, err)
	}
	a, err := s.Accounts.EnterAs(r.Context(), subject, s.door(r))
	if told, ok := s.told(r, err); ok {
		return s.show(w, r, nil, http.StatusUnauthorized, loginPage(to, "", told, true))
	}
	if err != nil {
		return err
	}
	if err := s.sessions.Enter(r, a); err != nil {
		return err
	}
	return onward(w, r, to)
}

// notIssued shows the login page to whom the unified login did not vouch for.
// What went wrong there is for the operator.
func (s *site) notIssued(w http.ResponseWriter, r *http.Request, to string, err error) error {
	s.Logger.WarnContext(r.Context(), "nobody came in by the unified login", "error", err)
	refusal := policy.Refuse(policy.IssuerSilent, "统一身份认证暂时无法使用，请稍后再试，或用用户名和密码登录")
	if errors.Is(err, issuer.ErrAnswer) {
		refusal = policy.Refuse(policy.IssuerRefused, "统一身份认证没有通过或已过期，请重新登录")
	}
	told, _ := s.told(r, refusal)
	return s.show(w, r, nil, http.StatusUnauthorized, loginPage(to, "", told, true))
}

// journey is the cookie of a journey; Lax, since the issuer's page sends the
// browser back.
func (s *site) journey(value string, age int) *http.Cookie {
	return &http.Cookie{Name: journeyCookie, Value: value, Path: issuedPath, MaxAge: age, HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode}
}

// journeyOf is what the browser brought back, nothing if it was never sent.
func journeyOf(r *http.Request) url.Values {
	c, err := r.Cookie(journeyCookie)
	if err != nil {
		return nil
	}
	text, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil {
		return nil
	}
	taken, err := url.ParseQuery(string(text))
	if err != nil {
		return nil
	}
	return taken
}

// linkSubject opens an account to a person of the unified login.
func (s *site) linkSubject(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if s.Issuer == nil {
		return errNoPage
	}
	subject := account.Subject{Issuer: s.Issuer.Address, Subject: r.PostFormValue("subject")}
	return s.administered(w, r, v, func(by accounts.By) error {
		return s.Accounts.LinkSubject(r.Context(), by, chi.URLParam(r, "account"), subject)
	})
}

func (s *site) unlinkSubject(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.administered(w, r, v, func(by accounts.By) error {
		return s.Accounts.UnlinkSubject(r.Context(), by, chi.URLParam(r, "account"), reasonIn(r))
	})
}
