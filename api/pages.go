package api

import (
	"context"
	"net/http"
	"strings"

	"shouwang/api/web"
)

// pages are the pages for people, beside the API; nil without accounts.
func (s *server) pages() http.Handler {
	if s.Accounts == nil {
		return nil
	}
	return web.New(web.Config{Handler: s.Handler, Accounts: s.Accounts, Sessions: s.Sessions, Logger: s.Logger, Secure: s.Secure, Proxied: s.Proxied, Explain: s.explain,
		Reads: web.Reads{Register: s.Reads.Register, History: s.Reads.History, Owed: s.Reads.Owed}})
}

// explain tells a page what a failure means, in the words of the API.
func (s *server) explain(ctx context.Context, err error) web.Explained {
	p := s.problemOf(ctx, err)
	return web.Explained{Status: p.Status, Rule: string(p.Rule), Cite: p.Cite, ZH: p.ZH, EN: p.Title}
}

// noRoute answers an address that the API does not have: a page may.
func (s *server) noRoute(pages http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if pages == nil || strings.HasPrefix(r.URL.Path, "/api/") {
			writeProblem(w, newProblem(routeUnknown, ""))
			return
		}
		pages.ServeHTTP(w, r)
	}
}
