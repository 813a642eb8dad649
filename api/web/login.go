package web

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"shouwang/domain/account"
	"shouwang/domain/policy"
)

// loginWith is the login page, which leads back to where somebody was going.
func loginWith(r *http.Request) string {
	if r.URL.Path == "/" {
		return "/login"
	}
	return "/login?to=" + url.QueryEscape(r.URL.RequestURI())
}

func (s *site) loginForm(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if v != nil {
		return onward(w, r, ownPath(r.URL.Query().Get("to")))
	}
	return s.show(w, r, nil, http.StatusOK, loginPage(ownPath(r.URL.Query().Get("to")), "", "", s.Issuer != nil))
}

func (s *site) login(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	name, to := r.PostFormValue("login"), ownPath(r.PostFormValue("to"))
	a, err := s.Accounts.LogIn(r.Context(), name, r.PostFormValue("password"), r.PostFormValue("code"), s.door(r))
	if told, ok := s.told(r, err); ok {
		return s.show(w, r, nil, http.StatusUnauthorized, loginPage(to, name, told, s.Issuer != nil))
	}
	if err != nil {
		return err
	}
	if err := s.sessions.Enter(r, a); err != nil {
		return err
	}
	return onward(w, r, to)
}

// told is a refusal in words, to be shown beside the form; another failure is
// none.
func (s *site) told(r *http.Request, err error) (string, bool) {
	var refusal *policy.Refusal
	if !errors.As(err, &refusal) {
		return "", false
	}
	e := s.Explain(r.Context(), err)
	return say(r.Context(), e.ZH, e.EN), true
}

func (s *site) logout(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	if err := s.Accounts.LogOut(r.Context(), v.Account, s.door(r)); err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"storage"`) // drafts are of whoever was here
	return onward(w, r, "/login")
}

// home is where everybody's work begins.
func (s *site) home(w http.ResponseWriter, r *http.Request, v *visitor) error {
	switch v.role {
	case account.Village, account.Township, account.County, account.Department, account.Paired:
		return onward(w, r, "/work")
	case account.Discipline, account.Auditor:
		return onward(w, r, "/ledger")
	case account.NoticeChecker:
		return onward(w, r, "/notices")
	case account.SystemAdmin, account.SecurityAdmin, account.AuditAdmin:
		return onward(w, r, "/admin/accounts")
	default:
		return onward(w, r, "/me")
	}
}

func (s *site) linkForm(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	a, err := s.Accounts.Linked(r.Context(), chi.URLParam(r, "link"))
	if err != nil {
		return err
	}
	return s.show(w, r, nil, http.StatusOK, linkPage(a.Name, a.Login, ""))
}

func (s *site) link(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	link := chi.URLParam(r, "link")
	a, err := s.Accounts.Linked(r.Context(), link)
	if err != nil {
		return err
	}
	password, err := twice(r)
	if err == nil {
		err = s.Accounts.Redeem(r.Context(), link, password, s.door(r))
	}
	if told, ok := s.told(r, err); ok {
		return s.show(w, r, nil, http.StatusUnprocessableEntity, linkPage(a.Name, a.Login, told))
	}
	if err != nil {
		return err
	}
	return onward(w, r, "/login")
}

// twice reads a new password that was typed two times.
func twice(r *http.Request) (string, error) {
	password := r.PostFormValue("password")
	if password != r.PostFormValue("again") {
		return "", policy.Refuse(policy.PasswordWeak, "两次输入的密码不一致")
	}
	return password, nil
}

func (s *site) passwordForm(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.show(w, r, v, http.StatusOK, passwordPage(v.MustChange, ""))
}

func (s *site) password(w http.ResponseWriter, r *http.Request, v *visitor) error {
	password, err := twice(r)
	if err == nil {
		err = s.Accounts.ChangePassword(r.Context(), v.Account, r.PostFormValue("old"), password, s.door(r))
	}
	if told, ok := s.told(r, err); ok {
		return s.show(w, r, v, http.StatusUnprocessableEntity, passwordPage(v.MustChange, told))
	}
	if err != nil {
		return err
	}
	a, err := s.Accounts.Account(v.Account)
	if err != nil {
		return err
	}
	if err := s.sessions.Enter(r, a); err != nil { // every other session has ended
		return err
	}
	return onward(w, r, "/")
}
