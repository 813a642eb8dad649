package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/projections"
)

const (
	// chroniclePage is how many entries stand on one page: a few screens.
	chroniclePage = 50
	// maxVillage bounds the households of a village that are replayed together;
	// the largest villages have some hundreds.
	maxVillage = 2000
)

// chronicle is what was recorded of a village, or by a person, in the order in
// which it was recorded (回放).
type chronicle struct {
	asked         url.Values
	regions       []office.Region
	people        []office.Appointed // of the region, to choose from
	region        string
	person, name  string
	done, typed   int // how many entries the person did, and typed
	entries       []told
	at, all       int    // where the page begins, and how many entries there are
	before, after string // cursors of the pages before and after a person's
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
	c := s.asks(r, v)
	if !s.isVillage(c.region) {
		return s.show(w, r, v, http.StatusOK, villagePage(c))
	}
	times := c.times()
	for _, unconfirmed := range []bool{false, true} {
		filter := projections.Filter{Regions: s.area(v, c.region), Unconfirmed: unconfirmed}
		for page := (projections.Page{Limit: 200}); ; {
			rows, next, err := s.Reads.Register.List(r.Context(), filter, page)
			if err != nil {
				return err
			}
			for _, row := range rows {
				h, err := s.historyFor(r.Context(), v, row.ID, times)
				if err != nil {
					return err
				}
				for _, e := range h.Entries {
					c.entries = append(c.entries, told{Entry: e, household: row.ID, head: shownName(v, row.Head)})
				}
			}
			if page.After = next; next == "" || len(c.entries) > maxVillage*chroniclePage {
				break
			}
		}
	}
	slices.SortStableFunc(c.entries, func(a, b told) int {
		return cmp.Or(a.Recorded.Compare(b.Recorded), strings.Compare(a.household, b.household), cmp.Compare(a.Version, b.Version))
	})
	c.turnTo(r)
	c.entries = c.entries[c.at:min(c.at+chroniclePage, c.all)]
	return s.show(w, r, v, http.StatusOK, villagePage(c))
}

// asks reads what every chronicle is asked for.
func (s *site) asks(r *http.Request, v *visitor) chronicle {
	q := r.URL.Query()
	c := chronicle{asked: q, regions: s.below(v), region: cmp.Or(q.Get("region"), v.region)}
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

// turnTo finds the page asked for, the last one if none is.
func (c *chronicle) turnTo(r *http.Request) {
	c.all = len(c.entries)
	c.at = max(0, c.all-1) / chroniclePage * chroniclePage
	if n, err := strconv.Atoi(r.URL.Query().Get("at")); err == nil {
		c.at = max(0, min(n, c.at))
	}
}

// to is the address of another page of the chronicle.
func (c chronicle) to(path string, at int) string {
	return with(c.asked, path, "at", strconv.Itoa(max(0, min(at, c.all-1))))
}

// historyFor is a household's history as the visitor may see it.
func (s *site) historyFor(ctx context.Context, v *visitor, id string, t household.Times) (projections.History, error) {
	h, err := s.Reads.History.History(ctx, id, t)
	if err == nil && !v.seesNames() {
		h = h.Masked()
	}
	return h, err
}
