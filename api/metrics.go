package api

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/prometheus/client_golang/prometheus"
)

// measured times every request by its route, never by its address: addresses
// name households.
func (s *server) measured() func(http.Handler) http.Handler {
	seconds := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "shouwang_http_request_seconds", Help: "Time from a request's headers to the end of its answer.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
	}, []string{"method", "route", "status"})
	// A second face on the same registry goes on with what the first began.
	var there prometheus.AlreadyRegisteredError
	if err := s.Metrics.Register(seconds); errors.As(err, &there) {
		seconds = there.ExistingCollector.(*prometheus.HistogramVec)
	} else if err != nil {
		panic(fmt.Sprintf("api: measure requests: %v", err)) // a name that is fixed
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
			start := time.Now()
			next.ServeHTTP(answer, r)
			seconds.WithLabelValues(methodOf(r), routeOf(r), strconv.Itoa(max(answer.Status(), http.StatusOK))).Observe(time.Since(start).Seconds())
		})
	}
}

// methodOf keeps made-up methods from becoming time series.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return r.Method
	}
	return "other"
}

func routeOf(r *http.Request) string {
	if c := chi.RouteContext(r.Context()); c != nil && c.RoutePattern() != "" {
		return c.RoutePattern()
	}
	return "none"
}
