package api

import (
	"context"
	"net/http"
	"strings"

	"shouwang/api/web"
	"shouwang/eventlog"
	"shouwang/projections"
)

// pages are the pages for people, beside the API.
func (s *server) pages() http.Handler {
	c := web.Config{Handler: s.Handler, Accounts: s.Accounts, Sessions: s.Sessions, Logger: s.Logger, Secure: s.Secure, Proxied: s.Proxied, Explain: s.explain, SelfCheck: s.SelfCheck, Seen: s.seen, Live: s.Live, Issuer: s.Issuer, Notifications: s.Notifications,
		Reads: web.Reads{Register: s.Reads.Register, History: s.Reads.History, Owed: s.Reads.Owed, Doings: s.Reads.Doings}}
	if s.Reads.Papers != nil {
		c.Reads.Papers = s.Reads.Papers
	}
	if s.Reads.Notices != nil {
		c.Reads.Notices = s.Reads.Notices
	}
	if s.Reads.Funds != nil {
		c.Reads.Funds = s.Reads.Funds
	}
	if s.Reads.Discovery != nil {
		c.Reads.Discoveries = s.Reads.Discovery
	}
	if s.Attachments != nil {
		c.Files = s.Attachments
	}
	return web.New(c)
}

// seen waits until the lists that pages show have taken in what stands at the
// position, as long as anybody would wait; then they show it a little later.
func (s *server) seen(ctx context.Context, at eventlog.Position) {
	if s.Followers == nil {
		return
	}
	receipt := s.Followers.Receipt(at)
	for _, model := range []string{projections.OwedName, projections.RegisterName, projections.PapersName, projections.NoticesName, projections.FundsName, projections.DiscoveryName} {
		_ = s.Followers.Await(ctx, model, receipt) // it is safe; only the list is late
	}
}

// explain tells a page what a failure means, in the words of the API.
func (s *server) explain(ctx context.Context, err error) web.Explained {
	p := s.problemOf(ctx, err)
	return web.Explained{Status: p.Status, Rule: string(p.Rule), Cite: p.Cite, ZH: p.ZH, EN: p.Title}
}

// noRoute answers an address that the API does not have: a page may.
func (s *server) noRoute(pages http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			writeProblem(w, newProblem(routeUnknown, ""))
			return
		}
		pages.ServeHTTP(w, r)
	}
}
