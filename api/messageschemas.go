package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-json-experiment/json"

	"shouwang/projections/outbox"
)

const messageSchemasPath = "/api/message-schemas"

// serveMessageSchemas serves what the messages to other systems look like: a
// JSON Schema for each type, and the list of them. They say nothing about anybody.
func (s *server) serveMessageSchemas(router chi.Router) {
	router.Get(messageSchemasPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.MarshalWrite(w, struct { // whoever asked is gone
			Types []string `json:"types"`
		}{outbox.Types()})
	})
	router.Get(messageSchemasPath+"/{type}", func(w http.ResponseWriter, r *http.Request) {
		schema, err := outbox.Schema(chi.URLParam(r, "type"))
		if err != nil {
			writeProblem(w, newProblem(routeUnknown, ""))
			return
		}
		w.Header().Set("Content-Type", "application/schema+json")
		_, _ = w.Write(schema) // whoever asked is gone
	})
}
