package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"shouwang/api/messages"
)

// livePath is where pages listen.
const livePath = "/live"

const (
	// liveRest is how long changes are gathered before a page is told: it looks
	// once for all of them.
	liveRest = 500 * time.Millisecond
	// liveAgain is after how many milliseconds a browser comes back: the server
	// lets nobody listen longer than a page may take, and then looks anew who asks.
	liveAgain = 2_000
)

// live tells an open page that something of what it shows has changed (server-sent
// events), and not what: the page is asked for anew, by whoever may see it. A browser
// that comes back, here or to another process, says what it heard last.
func (s *site) live(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if s.Live == nil {
		w.WriteHeader(http.StatusNoContent) // the browser does not come back
		return nil
	}
	heard, _ := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64) // anything else: it heard nothing
	l, ok := s.Live(heard)
	if !ok {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusServiceUnavailable)
		return nil
	}
	defer l.Leave()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy must not wait for more
	controller := http.NewResponseController(w)
	say := func(text string) bool {
		_, err := w.Write([]byte(text))
		return err == nil && controller.Flush() == nil
	}
	if !say(fmt.Sprintf("retry: %d\nid: %d\n\n", liveAgain, l.After)) {
		return nil
	}
	about := "household-" + r.URL.Query().Get("household")
	for {
		select {
		case <-r.Context().Done():
			return nil
		case c, open := <-l.Changes:
			if !open {
				return nil
			}
			if !c.Anything() && (about != "household-" && c.Subject != about || !s.covers(v, c.Region)) {
				continue
			}
			last, ok := s.rest(r, l.Changes, c.Number)
			if !ok || !say(fmt.Sprintf("id: %d\nevent: change\ndata: {}\n\n", last)) {
				return nil
			}
		}
	}
}

// rest waits until the lists show what changed, and what changes meanwhile, and
// returns the number of the last change.
func (s *site) rest(r *http.Request, changes <-chan messages.Change, last int64) (int64, bool) {
	timer := time.NewTimer(liveRest)
	defer timer.Stop()
	for {
		select {
		case <-r.Context().Done():
			return last, false
		case c, open := <-changes:
			if !open {
				return last, false
			}
			last = c.Number
		case <-timer.C:
			if end, err := s.Handler.Log.End(r.Context()); err == nil && s.Seen != nil {
				s.Seen(r.Context(), end)
			}
			return last, true
		}
	}
}

// glanced finds out whose session it is and does not count as its use: a page
// that is left open keeps nobody logged in.
func (s *site) glanced(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := ""
		if c, err := r.Cookie(s.sessions.Cookie.Name); err == nil {
			token = c.Value
		}
		ctx, err := s.sessions.Load(r.Context(), token)
		if err != nil {
			s.fail(w, r, nil, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// liveAt is where a page hears of changes, "" if it shows nothing that changes.
func (p place) liveAt() string {
	q := url.Values{}
	if id, ok := strings.CutPrefix(p.path, "/households/"); ok && !strings.Contains(id, "/") {
		q.Set("household", id)
		return livePath + "?" + q.Encode()
	}
	if p.path == "/work" || p.path == "/ledger" {
		return livePath
	}
	return ""
}
