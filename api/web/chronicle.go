package web

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/projections"
)

const (
	// chroniclePage is how many entries stand on one page: a few screens.
	chroniclePage = 50
	// maxVillage bounds the households of a village that are replayed together;
	// the largest villages have some hundreds.
	maxVillage = 2000
	// maxDeeds bounds what is kept of one person's deeds: thirty a day for years.
	maxDeeds = 50_000
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
	at, all       int // where the page begins, and how many entries there are
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

// inquirers follow what one person did.
var inquirers = []account.Role{account.Discipline}

// villageReplay plays a village: everything recorded of its households.
func (s *site) villageReplay(w http.ResponseWriter, r *http.Request, v *visitor) error {
	c := s.asks(r, v)
	if !s.isVillage(c.region) {
		return s.show(w, r, v, http.StatusOK, villagePage(c))
	}
	times := household.Times{AsOf: c.asOf}
	if c.knownAt != 0 {
		times.KnownAt = c.knownAt.End().Add(-time.Microsecond)
	}
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

// personReplay plays what one person did and typed, apart: everything in the
// record that bears his name, from the first day on.
func (s *site) personReplay(w http.ResponseWriter, r *http.Request, v *visitor) error {
	c := s.asks(r, v)
	c.person = r.URL.Query().Get("person")
	within := false
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		for _, o := range d.Offices(c.region, v.today) {
			if o.Region == c.region {
				c.people = append(c.people, d.Holders(o.ID, v.today)...)
			}
		}
		if last, ok := d.Last(c.person); ok {
			c.name = last.Name
			at, _ := d.Office(last.Office, v.today) // one that is not there lies nowhere
			within = d.Contains(v.region, at.Region, v.today)
		}
		return nil
	})
	if c.person == "" {
		return s.show(w, r, v, http.StatusOK, personPage(c))
	}
	if c.name == "" {
		return policy.Refuse(policy.RecorderUnknown, "没有这个人")
	}
	if !within {
		return errOutside
	}
	if err := s.deeds(r.Context(), &c); err != nil {
		return err
	}
	c.turnTo(r)
	c.entries = c.entries[c.at:min(c.at+chroniclePage, c.all)]
	if err := s.tell(r.Context(), v, &c); err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, personPage(c))
}

// deeds finds every entry that bears the person's name. It reads the metadata of
// the whole record, which an inspector asks for now and then; nothing that was
// ever recorded is missing, whatever read models there are.
func (s *site) deeds(ctx context.Context, c *chronicle) error {
	mark, as := []byte(`"id":"`+c.person+`"`), c.asked.Get("as")
	for rec, err := range s.Handler.Log.ReadAll(ctx, eventlog.Position{}, eventlog.WithMeta) {
		if err != nil {
			return err
		}
		if !bytes.Contains(rec.Meta, mark) || rec.Type == "guard.flag_raised.v1" || strings.HasPrefix(rec.Stream, "account-") {
			continue
		}
		a, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			return err
		}
		t := told{paper: strings.Clone(rec.Stream), typed: a.RecordedBy.ID == c.person,
			done: slices.ContainsFunc(a.DoneBy, func(p act.Person) bool { return p.ID == c.person })}
		t.Version, t.Type, t.Recorded, t.Happened, t.Transcribed = int64(rec.Version), strings.Clone(rec.Type), rec.RecordedAt, a.Happened, a.Mode == act.Transcribed
		if c.knownAt != 0 && t.Recorded.After(c.knownAt.End()) || c.asOf != 0 && t.Happened > c.asOf || len(c.entries) >= maxDeeds {
			continue
		}
		if t.done {
			c.done++
		}
		if t.typed {
			c.typed++
		}
		if as == "done" && t.done || as == "typed" && t.typed || as == "" && (t.done || t.typed) {
			c.entries = append(c.entries, t)
		}
	}
	return nil
}

// tell puts the entries of the page into sentences, as far as they stand in files
// of the visitor's region; of what stands elsewhere only that it is there.
func (s *site) tell(ctx context.Context, v *visitor, c *chronicle) error {
	files := map[string]projections.History{}
	for i := range c.entries {
		t := &c.entries[i]
		id, file := strings.CutPrefix(t.paper, "household-")
		if !file {
			continue
		}
		h, known := files[id]
		if !known {
			var err error
			if h, err = s.historyFor(ctx, v, id, household.Times{}); err != nil {
				return err
			}
			files[id] = h
		}
		if !s.covers(v, h.Folded.Region) {
			t.paper = ""
			continue
		}
		t.household, t.head, t.paper = id, h.State.Head, ""
		for _, e := range h.Entries {
			if e.Version == t.Version {
				t.Entry = e
			}
		}
	}
	return nil
}

// standsIn is what an entry of a paper stands in, in words and as a page.
func standsIn(ctx context.Context, t told) (name, path string) {
	kind, id, _ := strings.Cut(t.paper, "-")
	switch kind {
	case "meeting":
		return say(ctx, "评议会议", "an appraisal meeting"), "/meetings/" + id
	case "notice":
		return say(ctx, "公示表", "a notice sheet"), "/sheets/" + id
	case "document":
		return say(ctx, "文件名单", "a document or list"), "/lists/" + id
	case "fund":
		return say(ctx, "资金", "a fund"), ""
	case "":
		return say(ctx, "辖区以外的档案", "a file outside your region"), ""
	}
	return say(ctx, "机构、职责或办法", "an office, a duty or a pack"), ""
}
