package api

import (
	"context"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-json-experiment/json"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"shouwang/projections"
)

const (
	// readyTime bounds asking whether the server is ready.
	readyTime = 3 * time.Second
	// maxLag is how old the oldest record that a read model does not show may
	// be before the server is no longer ready.
	maxLag = 30 * time.Second
)

// Readiness says what stands in the way of answering.
type Readiness struct {
	Ready     bool                 `json:"ready"`
	Reasons   []string             `json:"reasons"`
	Followers []projections.Status `json:"followers"`
}

// serveHealth serves what machines ask: alive, ready, measured.
func (s *server) serveHealth(router chi.Router) {
	router.Get("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok\n")) // whoever asked is gone
	})
	router.Get("/readyz", func(w http.ResponseWriter, r *http.Request) {
		ready := s.readiness(r.Context())
		w.Header().Set("Content-Type", "application/json")
		if !ready.Ready {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_ = json.MarshalWrite(w, ready) // whoever asked is gone
	})
	metrics := promhttp.HandlerFor(s.Metrics, promhttp.HandlerOpts{Timeout: readyTime})
	router.Get("/metrics", func(w http.ResponseWriter, r *http.Request) {
		if !fromHere(r) {
			writeProblem(w, newProblem(routeUnknown, "")) // what is counted is nobody else's business
			return
		}
		metrics.ServeHTTP(w, r)
	})
}

// readiness asks the log and the followers. Its reasons name no address and no
// secret.
func (s *server) readiness(ctx context.Context) Readiness {
	ctx, cancel := context.WithTimeout(ctx, readyTime)
	defer cancel()
	var out Readiness
	if _, err := s.Handler.Log.End(ctx); err != nil {
		s.Logger.WarnContext(ctx, "not ready", "error", err)
		out.Reasons = append(out.Reasons, "档案库无法连接")
		return out
	}
	if s.Followers != nil {
		out.Reasons = append(out.Reasons, s.behind(ctx, &out)...)
	}
	out.Ready = len(out.Reasons) == 0
	return out
}

// behind says which read models do not show the record.
func (s *server) behind(ctx context.Context, out *Readiness) []string {
	var reasons []string
	if err := s.Followers.Ready(ctx); err != nil {
		s.Logger.WarnContext(ctx, "not ready", "error", err)
		reasons = append(reasons, "台账未就绪")
	}
	all, err := s.Followers.Status(ctx)
	if err != nil {
		s.Logger.WarnContext(ctx, "not ready", "error", err)
		return append(reasons, "台账状态无法读取")
	}
	out.Followers = all
	for i, f := range all {
		out.Followers[i].Error = "" // may show what a record holds; it stands in the log of the program
		switch {
		case f.Sends: // what waits to be sent hinders nobody here
		case f.State == projections.Stopped:
			reasons = append(reasons, f.Name+"：台账已停止，须检查后重建")
		case f.State == projections.Rebuilding:
			// The old rows are still shown.
		case f.BehindSeconds > maxLag.Seconds():
			reasons = append(reasons, f.Name+"：台账落后于档案")
		}
	}
	return reasons
}
