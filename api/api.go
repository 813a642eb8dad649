// Package api is the JSON face of the record: every act and every question has
// a route of its own under /api/v1, described by the OpenAPI document at
// /api/openapi.json. It has no rules of the procedure; it carries acts to
// commands, questions to projections, and refusals back as problems (RFC 9457).
//
// A personal token or a browser's session says who asks, and his posts of the day
// what he may. Nobody is believed to be who he says he is.
package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/prometheus/client_golang/prometheus"

	"shouwang/api/issuer"
	"shouwang/api/messages"
	"shouwang/api/session"
	"shouwang/api/web"
	"shouwang/commands"
	"shouwang/commands/accounts"
	"shouwang/commands/attachments"
	"shouwang/domain/calendar"
)

// Config is what the API stands on.
type Config struct {
	Handler *commands.Handler // enters acts; its log, keys and directory are read
	// Followers wait for one's own writes and say whether the read models follow.
	Followers Followers
	// Reads answers what folding one stream cannot.
	Reads Reads
	// Attachments keeps photographs and papers; nil: their routes answer 503.
	Attachments *attachments.Attachments
	// Accounts let people in, Sessions keep who is in.
	Accounts *accounts.Accounts
	Sessions scs.Store
	// SelfCheck looks whether the installation is sound; nil: nobody may ask.
	SelfCheck web.SelfCheck
	// Issuer is the unified login; nil: people come in with passwords only.
	Issuer *issuer.Issuer
	// Secure: the server is reached by TLS only.
	Secure bool
	// Proxied: a proxy brings the requests and says for whom (X-Forwarded-For).
	Proxied bool
	// Live lets open pages hear what changes; nil: they stay as they are.
	Live func(heard int64) (messages.Listening, bool)
	// Notifications are what offices were told; nil: the route answers 503.
	Notifications *messages.Notifications
	// Metrics is shown at /metrics and gets the API's own; nil: one of its own.
	Metrics *prometheus.Registry
	// Logger is told of failures that are nobody's fault at the screen.
	Logger *slog.Logger
	// Version of the program, for the document.
	Version string
}

// Limits of a request besides those of its subject.
const (
	// maxBody bounds a command: a county list of 1,000 lines is some 300 KiB.
	maxBody = 1 << 20
	// maxHeader bounds all headers of a request together.
	maxHeader = 32 << 10
	// headerTime, bodyTime and idleTime bound slow clients.
	headerTime = 5 * time.Second
	bodyTime   = 15 * time.Second
	idleTime   = 2 * time.Minute
	// actTime bounds an act: longer than three retries of the largest paper.
	actTime = 30 * time.Second
	// readTime bounds a question: a county's report at two times is the longest.
	readTime = 60 * time.Second
	// uploadTime bounds 20 MiB over a village's telephone line.
	uploadTime = 10 * time.Minute
)

type server struct {
	Config
	huma     huma.API
	registry huma.Registry
	routes   []route
	cursors  cursors
	store    storeName
	sessions *session.Sessions
}

// route is one registered operation, and the command it enters, if any.
type route struct{ method, path, command string }

// New returns the API. Its operations are fixed from then on.
func New(c Config) http.Handler {
	s, router := build(c)
	_ = s
	return router
}

func build(c Config) (*server, http.Handler) {
	if c.Metrics == nil {
		c.Metrics = prometheus.NewRegistry()
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	s := &server{Config: c}
	s.cursors = newCursors(c.Handler.Keys.Hash("api-cursor", "v1"))
	s.sessions = session.New(c.Sessions, c.Accounts, c.Secure, func(w http.ResponseWriter, r *http.Request, err error) {
		writeProblem(w, s.problemOf(r.Context(), err))
	})
	router := chi.NewRouter()
	router.Use(s.measured(), s.recovered, s.labelled, onlyJSON, s.identified, middleware.GetHead)
	router.NotFound(s.noRoute(s.pages()))
	router.MethodNotAllowed(s.noMethod)
	s.registry = newRegistry()
	s.huma = humachi.New(router, s.settings())
	s.huma.UseMiddleware(s.admitted)
	for _, register := range s.subjects() {
		register()
	}
	s.finishSchemas()
	s.finishParameters()
	s.serveHealth(router)
	s.serveDocument(router)
	s.serveMessageSchemas(router)
	return s, router
}

// subjects are the groups of operations, in the order of the document.
func (s *server) subjects() []func() {
	return []func(){
		s.root, s.codes, s.rules,
		s.households, s.members, s.clues, s.surveys, s.incomes, s.authorisations, s.comparisons,
		s.appraisals, s.reviews, s.decisions, s.assistance, s.visits, s.studies, s.handovers, s.findings, s.eliminations, s.reentries, s.corrections, s.entries,
		s.meetings, s.notices, s.inspections, s.documents, s.papers, s.funds,
		s.regions, s.offices, s.policies,
		s.registers, s.histories, s.doings, s.owed, s.discoveries, s.duties, s.reports, s.events, s.attachments,
	}
}

// settings are huma's: strict JSON, no schema links, our document.
func (s *server) settings() huma.Config {
	version := s.Version
	if version == "" {
		version = "dev"
	}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "守望 Shouwang", Version: version,
				Description: "防止返贫致贫监测与帮扶：一户一档、公开留痕、可追溯。每个操作都是记入档案的一项事实；什么都不删除。"},
			Components: &huma.Components{Schemas: s.registry, SecuritySchemes: map[string]*huma.SecurityScheme{
				"token":   {Type: "http", Scheme: "bearer", Description: "个人令牌：在“我的账户”中签发，或由shouwang account token签发；可做什么在签发时写明，能看到和办理什么以其任职为准"},
				"session": {Type: "apiKey", In: "cookie", Name: session.Cookie, Description: "在页面登录后的会话；只接受本站页面发出的请求"},
			}},
			Security: []map[string][]string{{"token": {}}, {"session": {}}},
		},
		// problem+json is looked up by what stands after the plus.
		Formats:       map[string]huma.Format{"application/json": strictFormat(), "json": strictFormat()},
		DefaultFormat: "application/json",
		Transformers:  []huma.Transformer{s.problems},
	}
}

// Server returns an http.Server with the limits that a face needs.
func Server(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader}
}

func (s *server) today() calendar.Day { return s.Handler.Today() }
