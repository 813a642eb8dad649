package main

import (
	"net/http"

	"shouwang/api"
	"shouwang/api/issuer"
	"shouwang/api/messages"
	"shouwang/commands/accounts/sessions"
)

// faces is everything that answers over HTTP.
func (a *app) faces(o outside, unified *issuer.Issuer) http.Handler {
	return api.New(api.Config{
		Handler: a.handler, Followers: a.followers, Reads: a.reads(), Attachments: a.attachments,
		Accounts: a.accounts, Secure: o.secure(), Proxied: o.proxied, Sessions: sessions.New(a.pool),
		Live: a.feed.Listen, Notifications: messages.NewNotifications(a.pool, a.directory.Pack),
		Issuer: unified, SelfCheck: a.selfCheck, Metrics: a.metrics, Logger: a.logger, Version: thisBuild().Version,
	})
}

func (a *app) reads() api.Reads {
	m := a.models
	return api.Reads{Signs: m.signs,
		Register: m.ledger, Notices: m.notices, Papers: m.papers, Owed: m.owed, History: m.historian, Reports: m.reports, Funds: m.funds, Discovery: m.discovery, Doings: m.doings}
}
