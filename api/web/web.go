// Package web is the workspace of each kind of user: pages rendered on the
// server, in Chinese first, that work without scripts. A page has no rule of the
// procedure: it asks the same readers as the API and enters acts through the
// same commands, and shows their refusals in their own words.
package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5"

	"shouwang/api/issuer"
	"shouwang/api/messages"
	"shouwang/api/session"
	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/domain/calendar"
	"shouwang/domain/duty"
	"shouwang/domain/household"
	"shouwang/eventlog"
	"shouwang/projections"
)

// Config is what the pages stand on.
type Config struct {
	Handler  *commands.Handler
	Accounts *accounts.Accounts
	Sessions scs.Store
	Reads    Reads
	// Explain turns a failure into what people are told; what nobody at the
	// screen can mend it notes for the operator.
	Explain func(context.Context, error) Explained
	// Files keeps photographs and scanned papers; nil: forms take none.
	Files Files
	// Seen waits, briefly, until the lists show what was recorded at the position;
	// nil: nobody waits.
	Seen func(context.Context, eventlog.Position)
	// SelfCheck looks whether the installation is sound; nil: nobody may ask.
	SelfCheck SelfCheck
	// Live lets a page hear what changes, and what did since the last it heard of; it
	// is not ok when too many listen already. nil: pages stay as they are.
	Live func(heard int64) (messages.Listening, bool)
	// Notifications are what offices were told; nil: no page shows any.
	Notifications *messages.Notifications
	// Issuer is the unified login; nil: people come in with passwords only.
	Issuer *issuer.Issuer
	// Secure: the server is reached by TLS, so cookies never travel without.
	Secure bool
	// Proxied: a proxy brings the requests and says for whom (X-Forwarded-For).
	Proxied bool
	Logger  *slog.Logger
}

// Reads are the readers of the read models that pages ask.
type Reads struct {
	Register interface {
		List(ctx context.Context, f projections.Filter, p projections.Page) ([]projections.Household, string, error)
		Get(ctx context.Context, id string) (projections.Household, error)
		Heads(ctx context.Context, regions []string) (map[string]string, error)
		Totals(ctx context.Context, regions []string) ([]projections.Total, error)
		Count(ctx context.Context, f projections.Filter) (households, persons int64, err error)
		Groups(ctx context.Context, f projections.Filter, by projections.Grouping) ([]projections.Group, error)
	}
	History interface {
		History(ctx context.Context, id string, t household.Times) (projections.History, error)
	}
	Owed interface {
		List(ctx context.Context, f projections.OwedFilter, p projections.Page) ([]projections.OwedItem, string, error)
		Counts(ctx context.Context, f projections.OwedFilter) ([]projections.OwedCount, error)
		Funnel(ctx context.Context, f projections.OwedFilter) ([]projections.Waiting, error)
		Queue(ctx context.Context, f projections.OwedFilter, p projections.Page) (items []projections.OwedItem, households int, next string, err error)
		Turns(ctx context.Context, owings []duty.Owing, today calendar.Day) ([]projections.DutyTurn, error)
		Checks(ctx context.Context, regions []string, year int, id string) ([]projections.Check, error)
		Check(ctx context.Context, id string, villages func(region string, on calendar.Day) []projections.CheckVillage) (projections.CheckWithVillages, error)
		ScaleRisks(ctx context.Context, regions []string, kind string, open bool) ([]projections.ScaleRisk, error)
	}
	// Funds are their books; nil: there are none.
	Funds interface {
		List(ctx context.Context, f projections.FundFilter, p projections.Page) ([]projections.FundRow, string, error)
		Get(ctx context.Context, id string) (projections.FundRow, error)
		Lines(ctx context.Context, f projections.FundFilter, p projections.Page) ([]projections.FundEntry, string, error)
		Findings(ctx context.Context, f projections.FundFilter) ([]projections.FundFinding, error)
	}
	// Discoveries are the ledger of clues and applications; nil: there is none.
	Discoveries interface {
		Clues(ctx context.Context, f projections.ClueFilter, p projections.Page) ([]projections.ClueRow, string, error)
	}
	// Notices are the sheets; nil: there is no notice board.
	Notices interface {
		List(ctx context.Context, f projections.NoticeFilter, p projections.Page) ([]projections.Notice, string, error)
		Get(ctx context.Context, id string, today calendar.Day) (projections.NoticeSheet, error)
		Inspections(ctx context.Context, regions []string) ([]projections.SpotInspection, error)
		Compliance(ctx context.Context, regions []string, today calendar.Day) ([]projections.Compliance, error)
		Uncovered(ctx context.Context, regions []string) ([]projections.UncoveredCase, error)
		Objection(ctx context.Context, id string) (notice string, o projections.NoticeObjection, err error)
		Inquiries(ctx context.Context, person string, today calendar.Day) ([]projections.Inquiry, error)
	}
	// Doings are what people did; nil: nobody's is shown.
	Doings Doings
	Papers interface {
		List(ctx context.Context, f projections.PaperFilter, p projections.Page) ([]projections.PaperRow, string, error)
	}
}

// Explained is a failure in words for people.
type Explained struct {
	Status int
	Rule   string
	Cite   string
	ZH, EN string
}

const (
	// maxForm bounds what a form sends, photographs apart.
	maxForm = 256 << 10
	// pageTime bounds making a page.
	pageTime = 30 * time.Second
)

type site struct {
	Config
	sessions *session.Sessions
	routes   []entry
	gates    gates
	exports  chan struct{} // those under way
}

// New returns the pages.
func New(c Config) http.Handler {
	_, handler := build(c)
	return handler
}

func build(c Config) (*site, http.Handler) {
	s := &site{Config: c, gates: newGates(), exports: make(chan struct{}, exportsAtOnce)}
	s.sessions = session.New(c.Sessions, c.Accounts, c.Secure, func(w http.ResponseWriter, r *http.Request, err error) { s.fail(w, r, nil, err) })
	router := chi.NewRouter()
	router.Use(s.guarded, spoken)
	router.Get("/static/{name}", static)
	s.routes = s.entries()
	router.Group(func(in chi.Router) {
		in.Use(s.sessions.LoadAndSave)
		for _, e := range s.routes {
			if e.path != livePath {
				in.MethodFunc(e.method, e.path, s.open(e))
			}
		}
		in.NotFound(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, s.visitor(r), errNoPage) })
	})
	for _, e := range s.routes {
		if e.path == livePath {
			router.With(s.glanced).MethodFunc(e.method, e.path, s.open(e))
		}
	}
	router.MethodNotAllowed(func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, nil, errNoPage) })
	return s, http.NewCrossOriginProtection().Handler(router)
}

// policy of what a page may load: its own files, and nothing that stands in it.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func (s *site) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if s.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		patience := pageTime
		if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
			patience = uploadTime // what is sent is bounded where it is let in
		}
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// show renders a page whole before anything of it is sent.
func (s *site) show(w http.ResponseWriter, r *http.Request, v *visitor, status int, page templ.Component) error {
	var out bytes.Buffer
	ctx := context.WithValue(r.Context(), visitorKey, v)
	here := place{path: r.URL.Path, query: r.URL.RawQuery, today: s.Handler.Today(), demonstration: s.Handler.Directory.Info().Demonstration()}
	if r.Method == http.MethodPost && status >= http.StatusBadRequest {
		here.sent = r.PostForm
	}
	s.printable(r, v, &here)
	if m := copyIn(r.Context()); m.number != "" {
		here.copy = m
	}
	ctx = context.WithValue(ctx, placeKey, here)
	if err := page.Render(ctx, &out); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", string(languageOf(r.Context())))
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // whoever asked is gone
	return nil
}

// fail shows a failure as a page.
func (s *site) fail(w http.ResponseWriter, r *http.Request, v *visitor, err error) {
	e := s.Explain(r.Context(), err)
	if s.show(w, r, v, e.Status, failurePage(e)) != nil {
		http.Error(w, e.ZH, e.Status)
	}
}

// onward sends the browser on after a form was taken.
func onward(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
