package web

import (
	"context"
	"net/http"
	"strings"

	"shouwang/domain/account"
	"shouwang/domain/act"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/projections"
)

// inquirers follow what one person did.
var inquirers = []account.Role{account.Discipline}

// Doings are what people did and typed.
type Doings interface {
	List(ctx context.Context, f projections.DoingFilter, p projections.Page, back bool) (page []projections.Doing, before, after string, err error)
	Count(ctx context.Context, f projections.DoingFilter) (projections.DoingCount, error)
	ListFiles(ctx context.Context, f projections.InFiles, p projections.Page, back bool) (page []projections.Doing, before, after string, err error)
	CountFiles(ctx context.Context, f projections.InFiles, first projections.Doing) (before, all int64, err error)
}

// personReplay plays what one person did and typed, apart: everything in the
// record that bears his name, from the first day on.
func (s *site) personReplay(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if s.Reads.Doings == nil {
		return errNoPage
	}
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
	if err := s.tell(r.Context(), v, &c); err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, personPage(c))
}

// deeds finds a page of what the person did: the last one, unless the address
// names the first or a cursor.
func (s *site) deeds(ctx context.Context, c *chronicle) error {
	q := c.asked
	filter := projections.DoingFilter{Person: c.person, Times: c.times()}
	counted, err := s.Reads.Doings.Count(ctx, filter)
	if err != nil {
		return err
	}
	c.done, c.typed, c.all = int(counted.Done), int(counted.Typed), int(counted.All)
	switch q.Get("as") {
	case "done":
		filter.Which, c.all = "done", c.done
	case "typed":
		filter.Which, c.all = "typed", c.typed
	}
	page, back := c.page()
	found, before, after, err := s.Reads.Doings.List(ctx, filter, page, back)
	if err != nil {
		return err
	}
	c.before, c.after = before, after
	for _, e := range found {
		t := told{paper: e.Stream, done: e.Done, typed: e.Typed}
		t.Version, t.Happened, t.Recorded = e.Version, e.Happened, e.Recorded
		c.entries = append(c.entries, t)
	}
	return nil
}

// tell puts the entries of the page into sentences, as far as they stand in files
// of the visitor's region; of what stands elsewhere only that it is there.
func (s *site) tell(ctx context.Context, v *visitor, c *chronicle) error {
	files := reading{s: s, v: v, times: household.Times{KnownAt: c.times().KnownAt}, files: map[string]projections.History{}}
	papers := map[string][]projections.Entry{}
	for i := range c.entries {
		t := &c.entries[i]
		id, file := strings.CutPrefix(t.paper, "household-")
		if !file {
			if papers[t.paper] == nil {
				entries, err := s.outlined(ctx, t.paper, c.times())
				if err != nil {
					return err
				}
				papers[t.paper] = entries
			}
			if n := int(t.Version); n <= len(papers[t.paper]) {
				t.Entry = papers[t.paper][n-1]
			}
			continue
		}
		h, entry, found, err := files.entry(ctx, id, t.Version)
		if err != nil {
			return err
		}
		if !s.covers(v, h.Folded.Region) {
			t.paper = ""
			continue
		}
		t.household, t.head, t.paper = id, h.State.Head, ""
		if found {
			t.Entry = entry
		}
	}
	return nil
}

// outlined are the entries of a stream that is no household's: what was recorded
// and when, not its content, and what is void, as known at the time, and why.
func (s *site) outlined(ctx context.Context, stream string, t household.Times) (entries []projections.Entry, err error) {
	place := map[string]int{}
	for rec, err := range s.Handler.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return nil, err
		}
		a, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			return nil, err
		}
		name, ok := projections.DoingNames.Find(rec.Type)
		if !ok {
			name.ZH, name.EN = rec.Type, rec.Type
		}
		e := projections.Entry{ID: rec.ID.String(), Version: int64(rec.Version), Type: rec.Type, Happened: a.Happened, Recorded: rec.RecordedAt,
			Sentence: say(ctx, name.ZH, name.EN), Typed: typist(a.RecordedBy), Transcribed: a.Mode == act.Transcribed}
		place[e.ID] = len(entries)
		entries = append(entries, e)
		if !t.KnownAt.IsZero() && rec.RecordedAt.After(t.KnownAt) {
			continue
		}
		event, err := wire.Decode(rec.Type, rec.Data, nil)
		if err != nil {
			return nil, err
		}
		of, void := place[wire.Voids(event)]
		if rec.Type == "inspection.withdrawn.v1" { // the check itself is the first
			of, void = 0, true
		}
		if void {
			entries[of].Void, entries[of].VoidedAt = true, rec.RecordedAt
			if v, ok := event.(household.FactVoided); ok {
				entries[of].VoidReason = string(v.Reason)
			}
		}
	}
	return entries, nil
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
	case "inspection":
		return say(ctx, "现场核查", "a check on the spot"), ""
	case "":
		return say(ctx, "辖区以外的档案", "a file outside your region"), ""
	}
	return say(ctx, "机构、职责或办法", "an office, a duty or a pack"), ""
}
