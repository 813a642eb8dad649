// Package session knows who is in with a browser: the pages let people in, and
// pages and API alike ask here whose session a request brings.
package session

import (
	"context"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"shouwang/commands/accounts"
	"shouwang/domain/account"
)

const (
	// IdleTime ends a session nobody used: a visit to the next room.
	IdleTime = 30 * time.Minute
	// Lifetime ends every session: a working day.
	Lifetime = 12 * time.Hour
	// Cookie is what the browser brings.
	Cookie = "shouwang"
)

// What a session holds.
const (
	accountKey = "account"
	epochKey   = "epoch"
	postKey    = "post"
)

// Sessions are who is in. Secure ones travel by TLS only.
type Sessions struct {
	*scs.SessionManager
	accounts *accounts.Accounts
}

// New returns the sessions kept in the store. failed answers when the store does not.
func New(store scs.Store, a *accounts.Accounts, secure bool, failed func(http.ResponseWriter, *http.Request, error)) *Sessions {
	m := scs.New()
	m.Store = store
	m.Lifetime, m.IdleTimeout = Lifetime, IdleTime
	m.HashTokenInStore = true
	m.Cookie.Name = Cookie
	m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Secure = true, http.SameSiteLaxMode, secure
	m.ErrorFunc = failed
	return &Sessions{m, a}
}

// Who is whose session the request brings. One of an earlier epoch is nobody's:
// the password was changed, or it was revoked.
func (s *Sessions) Who(r *http.Request) (account.State, bool) {
	id := s.GetString(r.Context(), accountKey)
	if id == "" {
		return account.State{}, false
	}
	a, err := s.accounts.Account(id)
	if err != nil || !a.Open() || a.Epoch != s.GetInt(r.Context(), epochKey) {
		return account.State{}, false
	}
	return a, true
}

// sweeper is a store that has to be told to forget what has expired.
type sweeper interface {
	Sweep(ctx context.Context) error
}

// Enter begins a session of the account under a new token. Sessions come by
// nothing else, so the store is swept here.
func (s *Sessions) Enter(r *http.Request, a account.State) error {
	if store, ok := s.Store.(sweeper); ok {
		if err := store.Sweep(r.Context()); err != nil {
			return err
		}
	}
	if err := s.RenewToken(r.Context()); err != nil {
		return err
	}
	s.Put(r.Context(), accountKey, a.Account)
	s.Put(r.Context(), epochKey, a.Epoch)
	return nil
}

// Post is the appointment in which the person works, "" if he chose none.
func (s *Sessions) Post(r *http.Request) string { return s.GetString(r.Context(), postKey) }

// Choose lets the person work in another of his appointments.
func (s *Sessions) Choose(r *http.Request, appointment string) {
	s.Put(r.Context(), postKey, appointment)
}
