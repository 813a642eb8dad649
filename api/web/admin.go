package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
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
	seen  string // as forms about it carry it
}

// maxRoster bounds the accounts on one page: a few screens.
const maxRoster = 100

// roster is a page of the accounts.
type roster struct {
	asked   url.Values
	holders []holder
	all, at int      // how many there are of those asked for, and how many stand before the page
	people  []person // appointed today, without an account
	fault   fault
	link    string // of an account, shown this once
	done    string // the key of the form that led to it
	linked  string // whose link it is
	unified bool   // there is a unified login
}

type person struct{ id, name, post string }

func by(v *visitor) accounts.By { return accounts.By{Account: v.Account, Channel: "web"} }

func (s *site) accounts(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.showRoster(w, r, v, http.StatusOK, roster{})
}

// faultAt is why the form about the account was refused; none of another's.
func faultAt(ctx context.Context, account string, f fault) fault {
	if !strings.HasPrefix(placeOf(ctx).path, "/admin/accounts/"+account+"/") {
		return fault{}
	}
	return f
}

func (s *site) showRoster(w http.ResponseWriter, r *http.Request, v *visitor, status int, page roster) error {
	page.unified, page.asked = s.Issuer != nil, r.URL.Query()
	text := strings.TrimSpace(page.asked.Get("text"))
	has := map[string]bool{}
	all := s.Accounts.All()
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // the function never fails
		for _, a := range all {
			has[a.Person] = true
			if h := (holder{a, postsOf(d, a.Person, v.today), s.seen(v, sight{commands.AccountStream(a.Account), a.Version})}); h.is(r.Context(), text) {
				if a.Account == chi.URLParam(r, "account") { // a form about it was refused: it is shown
					page.at = len(page.holders)
				}
				page.holders = append(page.holders, h)
			}
		}
		for _, o := range d.Offices("", v.today) {
			for _, held := range d.Holders(o.ID, v.today) {
				if !has[held.Person] {
					has[held.Person] = true
					page.people = append(page.people, person{held.Person, held.Name, o.Title(held.Post)})
				}
			}
		}
		return nil
	})
	page.all = len(page.holders)
	if at, err := strconv.Atoi(page.asked.Get("at")); err == nil {
		page.at = at
	}
	page.at = max(0, min(page.at, page.all-1)) / maxRoster * maxRoster
	page.holders = page.holders[page.at:min(page.at+maxRoster, page.all)]
	return s.show(w, r, v, status, rosterPage(page))
}

// is says whether the account is one that a search for the text finds: by its name,
// its login, its post or its duty.
func (h holder) is(ctx context.Context, text string) bool {
	of := []string{h.Name, h.Login, term(ctx, account.Duties, h.Duty)}
	for _, p := range h.posts {
		of = append(of, p.title())
	}
	return slices.ContainsFunc(of, func(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(text)) })
}

// to is the address of another page of the accounts, or none.
func (p roster) to(at int) string {
	if at < 0 || at >= p.all {
		return ""
	}
	return with(p.asked, "/admin/accounts", "at", strconv.Itoa(at))
}

// administered enters an act on an account, and shows all of them with what was
// refused, or anew.
func (s *site) administered(w http.ResponseWriter, r *http.Request, v *visitor, does func(accounts.By) error) error {
	err := s.sent(w, r, v)
	if err == nil {
		err = does(keyedBy(r, v))
	}
	if f, refused := s.faultOf(r, err); refused {
		return s.showRoster(w, r, v, f.status(), roster{fault: f})
	}
	if err != nil {
		return err
	}
	return onward(w, r, sentOn("/admin/accounts", r.PostFormValue("key")))
}

// keyedBy is the visitor with the key of his form and what he wrote: the same form
// sent twice is one act, with other words it is another.
func keyedBy(r *http.Request, v *visitor) accounts.By {
	by := by(v)
	if key := r.PostFormValue("key"); key != "" {
		typed := url.Values{}
		for name, values := range r.PostForm {
			if name != "seen" {
				typed[name] = values
			}
		}
		by.Key = eventlog.DeriveID(key, typed.Encode(), 0).String()
	}
	return by
}

func (s *site) openAccount(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if err := s.sent(w, r, v); err != nil {
		return err
	}
	o := accounts.Opening{Login: r.PostFormValue("login"), Person: r.PostFormValue("person"), Name: r.PostFormValue("name"), Duty: account.Duty(r.PostFormValue("duty"))}
	if o.Person != "" {
		_ = s.Handler.Directory.View(func(d *office.Directory) error { o.Name = cmp.Or(d.NameOf(o.Person), o.Name); return nil }) // never fails
	}
	id, err := s.Accounts.Open(r.Context(), keyedBy(r, v), o)
	return s.linkFor(w, r, v, id, err)
}

func (s *site) issueLink(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.linkFor(w, r, v, chi.URLParam(r, "account"), s.sent(w, r, v))
}

// linkFor shows a one-time link for the account, unless something was refused. Sent
// again, another link is shown: nobody can show the first once more.
func (s *site) linkFor(w http.ResponseWriter, r *http.Request, v *visitor, id string, err error) error {
	var link string
	if err == nil {
		link, err = s.Accounts.IssueLink(r.Context(), by(v), id)
	}
	if f, refused := s.faultOf(r, err); refused {
		return s.showRoster(w, r, v, f.status(), roster{fault: f})
	}
	if err != nil {
		return err
	}
	a, err := s.Accounts.Account(id)
	if err != nil {
		return err
	}
	return s.showRoster(w, r, v, http.StatusOK, roster{link: "/link/" + link, linked: a.Name, done: r.PostFormValue("key")})
}

func reasonIn(r *http.Request) code.Text { return code.Text(r.PostFormValue("reason")) }

func (s *site) closeAccount(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.administered(w, r, v, func(by accounts.By) error {
		return s.Accounts.Close(r.Context(), by, chi.URLParam(r, "account"), reasonIn(r))
	})
}

func (s *site) reopenAccount(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.administered(w, r, v, func(by accounts.By) error {
		return s.Accounts.Reopen(r.Context(), by, chi.URLParam(r, "account"), reasonIn(r))
	})
}

func (s *site) revokeSessions(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.administered(w, r, v, func(by accounts.By) error {
		return s.Accounts.RevokeSessions(r.Context(), by, chi.URLParam(r, "account"), reasonIn(r))
	})
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
