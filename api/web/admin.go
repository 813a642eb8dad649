package web

import (
	"cmp"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

// holder is an account as administrators see it.
type holder struct {
	account.State
	posts []post
}

// roster is the page of all accounts.
type roster struct {
	holders []holder
	people  []person // appointed today, without an account
	told    string
	link    string // of an account, shown this once
	linked  string // whose link it is
	unified bool   // there is a unified login
}

type person struct{ id, name, post string }

func by(v *visitor) accounts.By { return accounts.By{Account: v.Account, Channel: "web"} }

func (s *site) accounts(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.showRoster(w, r, v, http.StatusOK, roster{})
}

func (s *site) showRoster(w http.ResponseWriter, r *http.Request, v *visitor, status int, page roster) error {
	page.unified = s.Issuer != nil
	has := map[string]bool{}
	all := s.Accounts.All()
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // the function never fails
		for _, a := range all {
			has[a.Person] = true
			page.holders = append(page.holders, holder{a, postsOf(d, a.Person, v.today)})
		}
		for _, o := range d.Offices("", v.today) {
			for _, held := range d.Holders(o.ID, v.today) {
				if !has[held.Person] {
					has[held.Person] = true
					page.people = append(page.people, person{held.Person, held.Name, o.Name + held.Post})
				}
			}
		}
		return nil
	})
	return s.show(w, r, v, status, rosterPage(page))
}

// administered shows all accounts with what was refused, or anew after an act.
func (s *site) administered(w http.ResponseWriter, r *http.Request, v *visitor, err error) error {
	if told, ok := s.told(r, err); ok {
		return s.showRoster(w, r, v, http.StatusUnprocessableEntity, roster{told: told})
	}
	if err != nil {
		return err
	}
	return onward(w, r, "/admin/accounts")
}

func (s *site) openAccount(w http.ResponseWriter, r *http.Request, v *visitor) error {
	o := accounts.Opening{Login: r.PostFormValue("login"), Person: r.PostFormValue("person"), Name: r.PostFormValue("name"), Duty: account.Duty(r.PostFormValue("duty"))}
	if o.Person != "" {
		_ = s.Handler.Directory.View(func(d *office.Directory) error { o.Name = cmp.Or(d.NameOf(o.Person), o.Name); return nil }) // never fails
	}
	id, err := s.Accounts.Open(r.Context(), by(v), o)
	if err != nil {
		return s.administered(w, r, v, err)
	}
	return s.linkFor(w, r, v, id)
}

func (s *site) issueLink(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.linkFor(w, r, v, chi.URLParam(r, "account"))
}

func (s *site) linkFor(w http.ResponseWriter, r *http.Request, v *visitor, id string) error {
	link, err := s.Accounts.IssueLink(r.Context(), by(v), id)
	if err != nil {
		return s.administered(w, r, v, err)
	}
	a, err := s.Accounts.Account(id)
	if err != nil {
		return err
	}
	return s.showRoster(w, r, v, http.StatusOK, roster{link: "/link/" + link, linked: a.Name})
}

func reasonIn(r *http.Request) code.Text { return code.Text(r.PostFormValue("reason")) }

func (s *site) closeAccount(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.administered(w, r, v, s.Accounts.Close(r.Context(), by(v), chi.URLParam(r, "account"), reasonIn(r)))
}

func (s *site) reopenAccount(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.administered(w, r, v, s.Accounts.Reopen(r.Context(), by(v), chi.URLParam(r, "account"), reasonIn(r)))
}

func (s *site) revokeSessions(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.administered(w, r, v, s.Accounts.RevokeSessions(r.Context(), by(v), chi.URLParam(r, "account"), reasonIn(r)))
}

// passing is one coming, going or look in an account's trail.
type passing struct {
	at   time.Time
	what string // wire name
	by   act.Person
	told string
}

// maxTrail bounds a trail that is shown: what an auditor reads through.
const maxTrail = 500

// trail is what happened to and through an account, the latest first. Of cases
// it says only that personal data of one were shown, not whose.
func (s *site) trail(w http.ResponseWriter, r *http.Request, v *visitor) error {
	a, err := s.Accounts.Account(chi.URLParam(r, "account"))
	if err != nil {
		return err
	}
	var all []passing
	for rec, err := range s.Handler.Log.ReadStream(r.Context(), commands.AccountStream(a.Account), eventlog.NoStream) {
		if err != nil {
			return err
		}
		e, err := wire.Account(rec.Type, rec.Data, nil)
		if err != nil {
			return err
		}
		meta, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			return err
		}
		all = append(all, passing{at: rec.RecordedAt.In(calendar.Beijing), what: rec.Type, by: meta.RecordedBy, told: tellPassing(r.Context(), e)})
	}
	for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
		all[i], all[j] = all[j], all[i]
	}
	return s.show(w, r, v, http.StatusOK, trailPage(a, all[:min(len(all), maxTrail)]))
}
