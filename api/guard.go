package api

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/go-chi/chi/v5/middleware"
)

// labelled sets what every answer carries: no sniffing, no caching by others,
// and on a demonstration log that everything shown is invented.
func (s *server) labelled(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Shouwang-Today", s.today().String())
		if s.Handler.Directory.Info().Demonstration() {
			h.Set("Shouwang-Demonstration", "true")
		}
		next.ServeHTTP(w, r)
	})
}

// recovered turns a panic into a problem. The stack is for the operator.
func (s *server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		defer func() {
			failure := recover()
			if failure == nil {
				return
			}
			if err, ok := failure.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(failure)
			}
			s.Logger.ErrorContext(r.Context(), "panic", "method", r.Method, "route", routeOf(r), "failure", fmt.Sprint(failure), "stack", string(debug.Stack()))
			if answer.Status() == 0 {
				writeProblem(answer, newProblem(serverInternal, ""))
			}
		}()
		next.ServeHTTP(answer, r)
	})
}

// onlyJSON asks for JSON wherever something is written to the API, attachments
// apart. A browser sends it across origins only after asking, which nobody here
// allows.
func onlyJSON(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/api/") && !strings.HasPrefix(r.URL.Path, attachmentsPath) {
			kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
			charset := strings.ToLower(parameters["charset"])
			if err != nil || kind != "application/json" || charset != "" && charset != "utf-8" {
				writeProblem(w, newProblem(inputMediaType, ""))
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (s *server) noMethod(w http.ResponseWriter, _ *http.Request) {
	writeProblem(w, newProblem(routeMethod, ""))
}
