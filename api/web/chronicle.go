package web

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/projections"
)

// chroniclePage is how many entries stand on one page: a few screens, and at most
// as many files to read.
const chroniclePage = 50

// chronicle is what was recorded of a village, or by a person, in the order in
// which it was recorded (回放).
type chronicle struct {
	asked         url.Values
	path          string // of the page
	regions       []office.Region
	people        []office.Appointed // of the region, to choose from
	region        string
	person, name  string
	done, typed   int // how many entries the person did, and typed
	entries       []told
	at, all       int    // how many entries stand before the page, and on all pages
	before, after string // cursors of the pages before and after it
	told          string
	asOf, knownAt calendar.Day
}

// told is an entry and whose it is.
type told struct {
	projections.Entry
	household, head string
	paper           string // what else than a household's file it stands in
	done, typed     bool
}

// villageReplay plays a village: everything recorded of its households.
func (s *site) villageReplay(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if s.Reads.Doings == nil {
		return errNoPage
	}
	c := s.asks(r, v)
	if s.isVillage(c.region) {
		heads, err := s.Reads.Register.Heads(r.Context(), s.area(v, c.region))
		if err != nil {
			return err
		}
		if err := s.tellFiles(r.Context(), v, &c, heads); err != nil {
			return err
		}
	}
	return s.show(w, r, v, http.StatusOK, villagePage(c))
}

// tellFiles finds a page of what was recorded in the files of the households, whose
// heads are given, and puts it into sentences.
func (s *site) tellFiles(ctx context.Context, v *visitor, c *chronicle, heads map[string]string) error {
	filter := projections.InFiles{Households: slices.Sorted(maps.Keys(heads)), Times: c.times()}
	page, back := c.page()
	found, before, after, err := s.Reads.Doings.ListFiles(ctx, filter, page, back)
	if err != nil || len(found) == 0 {
		return err
	}
	c.before, c.after = before, after
	at, all, err := s.Reads.Doings.CountFiles(ctx, filter, found[0])
	if err != nil {
		return err
	}
	c.at, c.all = int(at), int(all)
	files := reading{s: s, v: v, times: c.times(), files: map[string]projections.History{}}
	for _, e := range found {
		id := strings.TrimPrefix(e.Stream, "household-")
		_, entry, ok, err := files.entry(ctx, id, e.Version)
		if err != nil {
			return err
		}
		if ok {
			c.entries = append(c.entries, told{Entry: entry, household: id, head: shownName(v, heads[id])})
		}
	}
	return nil
}

// reading reads each file that a page tells of once.
type reading struct {
	s     *site
	v     *visitor
	times household.Times
	files map[string]projections.History
}

// entry is one of a file; none if it does not count at the two times.
func (r *reading) entry(ctx context.Context, id string, version int64) (h projections.History, e projections.Entry, ok bool, err error) {
	h, known := r.files[id]
	if !known {
		if h, err = r.s.historyFor(ctx, r.v, id, r.times); err != nil {
			return h, e, false, err
		}
		r.files[id] = h
	}
	at, ok := slices.BinarySearchFunc(h.Entries, version, func(e projections.Entry, version int64) int { return cmp.Compare(e.Version, version) })
	if ok {
		e = h.Entries[at]
	}
	return h, e, ok, nil
}

// asks reads what every chronicle is asked for.
func (s *site) asks(r *http.Request, v *visitor) chronicle {
	q := r.URL.Query()
	c := chronicle{asked: q, path: r.URL.Path, regions: s.below(v), region: cmp.Or(q.Get("region"), v.region)}
	for name, day := range map[string]*calendar.Day{"as_of": &c.asOf, "known_at": &c.knownAt} {
		if d, err := calendar.ParseDay(q.Get(name)); err == nil {
			*day = d
		} else if q.Get(name) != "" {
			c.told = say(r.Context(), "日期应写作2023-04-10", "a day is written 2023-04-10")
		}
	}
	return c
}

// times are the two times asked for.
func (c *chronicle) times() household.Times {
	t := household.Times{AsOf: c.asOf}
	if c.knownAt != 0 {
		t.KnownAt = c.knownAt.End().Add(-time.Microsecond)
	}
	return t
}

// page is the one asked for; the last, read backwards, unless the address names the
// first or a cursor.
func (c chronicle) page() (p projections.Page, back bool) {
	after := c.asked.Get("after")
	return projections.Page{After: cmp.Or(after, c.asked.Get("before")), Limit: chroniclePage}, after == "" && c.asked.Get("from") != "first"
}

// turn is the address of another page of the chronicle.
func (c chronicle) turn(pairs ...string) string {
	return with(c.asked, c.path, append([]string{"from", "", "before", "", "after", ""}, pairs...)...)
}

// turnIf is turn, or none without the cursor.
func (c chronicle) turnIf(name, cursor string) string {
	if cursor == "" {
		return ""
	}
	return c.turn(name, cursor)
}

// historyFor is a household's history as the visitor may see it.
func (s *site) historyFor(ctx context.Context, v *visitor, id string, t household.Times) (projections.History, error) {
	h, err := s.Reads.History.History(ctx, id, t)
	if err == nil && !v.seesNames() {
		h = h.Masked()
	}
	return h, err
}
