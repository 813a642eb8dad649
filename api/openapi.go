package api

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/go-chi/chi/v5"
)

const documentPath = "/api/openapi.json"

// serveDocument serves the OpenAPI document, which is fixed by now.
func (s *server) serveDocument(router chi.Router) {
	document, err := json.Marshal(s.huma.OpenAPI())
	if err != nil {
		panic(fmt.Sprintf("api: the OpenAPI document: %v", err)) // made of our own types
	}
	router.Get(documentPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/openapi+json")
		_, _ = w.Write(document) // whoever asked is gone
	})
}
