package main

import (
	"net/http"

	"shouwang/api"
)

// faces is everything that answers over HTTP.
func (a *app) faces() http.Handler {
	return api.New(api.Config{
		Handler: a.handler, Followers: a.followers, Attachments: a.attachments,
		Metrics: a.metrics, Logger: a.logger, Version: thisBuild().Version,
	})
}
