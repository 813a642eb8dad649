package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"shouwang/domain/household"
	"shouwang/projections"
)

// tape is a household's file, played entry by entry in the order in which it
// was recorded (回放).
type tape struct {
	id      string
	head    string
	asked   url.Values
	entries []projections.Entry // all of them
	now     moment              // the one shown
	other   *moment             // another one to compare with
	step    *step               // the entry at which the moment stands
	lines   []line              // what is known at the moment, and at the other one or before
	fault   string
}

func (s *site) replay(w http.ResponseWriter, r *http.Request, v *visitor) error {
	id, q := chi.URLParam(r, "household"), r.URL.Query()
	all, err := s.historyFor(r.Context(), v, id, household.Times{})
	if err != nil {
		return err
	}
	t := tape{id: id, asked: q, entries: all.Entries, head: all.State.Head, now: after(all.Entries, len(all.Entries))}
	t.find(r.Context())
	before := after(t.entries, t.now.entry-1)
	before.asOf = t.now.asOf
	if t.other != nil {
		before = *t.other
	}
	was, err := s.standingAt(r.Context(), v, t, before)
	if err != nil {
		return err
	}
	is, err := s.standingAt(r.Context(), v, t, t.now)
	if err != nil {
		return err
	}
	t.lines = differ(was, is)
	if t.now.entry > 0 {
		if t.step, err = s.stepAt(r.Context(), v, t, &all.Folded); err != nil {
			return err
		}
	}
	return s.show(w, r, v, http.StatusOK, replayPage(t))
}

// find reads which moment is asked for, and with which it is compared.
func (t *tape) find(ctx context.Context) {
	q := t.asked
	if n, err := strconv.Atoi(q.Get("at")); err == nil {
		t.now = after(t.entries, n)
	}
	m, ok, err := byClocks(q, "")
	switch {
	case err != nil:
		t.fault = say(ctx, "日期应写作2023-04-10", "a day is written 2023-04-10")
	case ok && m.knownAt.IsZero() && q.Get("at") != "": // an entry, as far as it happened by the day
		t.now.asOf = m.asOf
	case ok:
		m.entry = recordedBy(t.entries, m.knownAt)
		t.now = m
	}
	if n, err := strconv.Atoi(q.Get("compare")); err == nil {
		m := after(t.entries, n)
		m.asOf = t.now.asOf
		t.other = &m
	}
	m, ok, err = byClocks(q, "compare_")
	switch {
	case err != nil:
		t.fault = say(ctx, "日期应写作2023-04-10", "a day is written 2023-04-10")
	case ok:
		m.entry = recordedBy(t.entries, m.knownAt)
		t.other = &m
	}
}

// standingAt is what is known at a moment.
func (s *site) standingAt(ctx context.Context, v *visitor, t tape, m moment) ([]line, error) {
	if m.entry <= 0 {
		return nil, nil
	}
	at, err := s.historyFor(ctx, v, t.id, m.times())
	if err != nil || !at.Folded.Exists && !at.Folded.Unconfirmed {
		return nil, err
	}
	return linesOf(ctx, v, at), nil
}

// to is the address of the moment after the first n entries.
func (t tape) to(n int) string {
	return with(t.asked, "/households/"+t.id+"/replay", "at", strconv.Itoa(max(0, min(n, len(t.entries)))), "known_at", "", "known_time", "")
}

// alone is the address of the moment without what it is compared with.
func (t tape) alone() string {
	return with(t.asked, "/households/"+t.id+"/replay", "compare", "", "compare_as_of", "", "compare_known_at", "", "compare_known_time", "")
}

// changed are how many lines differ between the two moments.
func (t tape) changed() (n int) {
	for _, l := range t.lines {
		if l.changed() {
			n++
		}
	}
	return n
}

// asKnown is an entry as it stood at the moment, and whether it is struck since.
func (t tape) asKnown(e projections.Entry) (shown projections.Entry, since bool) {
	since = e.Void && !t.now.struck(e)
	if since {
		e.Void = false
	}
	return e, since
}
