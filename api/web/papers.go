package web

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/eventlog"
)

// filed is a paper as its own stream tells it; whoever objected stays sealed.
type filed struct {
	paper.State
	facts []paper.Fact
}

// maxID bounds what is looked for as a paper's id: a UUID and some room.
const maxID = 80

// filed reads a paper. kind is meeting, notice or document.
func (s *site) filed(ctx context.Context, kind, id string) (filed, error) {
	if id == "" || len(id) > maxID {
		return filed{}, errNoPage
	}
	var f filed
	for rec, err := range s.Handler.Log.ReadStream(ctx, commands.PaperStream(kind, id), eventlog.NoStream) {
		if err != nil {
			return filed{}, err
		}
		fact, err := commands.PaperFact(rec)
		if err != nil {
			return filed{}, err
		}
		f.facts = append(f.facts, fact)
	}
	if f.State = paper.Fold(id, f.facts); !f.Exists || f.Kind != kind {
		return filed{}, errNoPage
	}
	return f, nil
}

// paperKinds are the kinds of papers, by the name of the parameter that names one.
var paperKinds = map[string]string{"meeting": "meeting", "sheet": "notice", "document": "document", "study": "meeting"}

// named reads the paper that the address names.
func (s *site) named(r *http.Request) (filed, error) {
	for parameter, kind := range paperKinds {
		if id := chi.URLParam(r, parameter); id != "" {
			return s.filed(r.Context(), kind, id)
		}
	}
	return filed{}, errNoPage
}

// firstOf is the event that opened a paper, with who did it.
func firstOf[E paper.Event](f filed) (e E, fact paper.Fact, ok bool) {
	for _, fact := range f.facts {
		if e, is := fact.Event.(E); is {
			return e, fact, true
		}
	}
	return e, fact, false
}

// onPaper is a household on a form or a paper.
type onPaper struct {
	household.State
	place string // its village
	at    string // its level's name for the group
}

// head is the name under which the household is known.
func (h onPaper) head(v *visitor) string {
	for _, m := range h.Members {
		if m.ID == h.Head {
			return shownName(v, m.Name)
		}
	}
	return h.FileNo
}

// named is the head as whoever asks may see him, "" where there is no household.
func (h onPaper) named(ctx context.Context) string {
	if h.ID == "" {
		return ""
	}
	return h.head(visitorOf(ctx))
}

// chain is the run of the procedure that an act would belong to now.
func (h onPaper) posted() code.Class {
	e := h.Episode()
	if e == nil {
		return ""
	}
	if e.Inclusion.Notice != nil {
		return e.Inclusion.Notice.Class
	}
	return e.Class
}

// households reads those with the ids as they stand now, in the order given,
// each once. Whoever names one outside the visitor's region is refused.
func (s *site) households(ctx context.Context, v *visitor, ids []string) ([]onPaper, error) {
	var all []onPaper
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] || id == "" {
			continue
		}
		seen[id] = true
		facts, err := s.Handler.Facts(ctx, id)
		if err != nil {
			return nil, err
		}
		h := onPaper{State: household.Fold(id, facts, household.Times{})}
		if !s.covers(v, h.Region) {
			return nil, errOutside
		}
		all = append(all, h)
	}
	names := s.names(v, func(yield func(string)) {
		for _, h := range all {
			yield(h.Region)
		}
	})
	for i := range all {
		all[i].place = names[all[i].Region]
	}
	return all, nil
}

// remember keeps what was found of an act for the page that follows it.
func (s *site) remember(r *http.Request, flags []commands.Flag) {
	if len(flags) == 0 {
		return
	}
	var told []string
	seen := map[string]bool{}
	for _, f := range flags {
		line := f.Detail
		if f.Cite != "" {
			line += say(r.Context(), "（依据："+f.Cite+"）", " (basis: "+f.Cite+")")
		}
		if !seen[line] && len(told) < maxRemarks {
			seen[line], told = true, append(told, line)
		}
	}
	s.sessions.Put(r.Context(), sessionRemarks, told)
}

const (
	sessionRemarks = "remarks"
	// maxRemarks bounds what a session holds of them: what somebody reads.
	maxRemarks = 20
)

// recall takes what was found of the act that led to this page.
func (s *site) recall(r *http.Request) []string {
	told, _ := s.sessions.Pop(r.Context(), sessionRemarks).([]string) // none, mostly
	return told
}

// shownAfter waits, briefly, until the lists show what was entered.
func (s *site) shownAfter(ctx context.Context, at eventlog.Position) {
	if s.Seen != nil {
		s.Seen(ctx, at)
	}
}

// headName is the household's head by his full name, for what hangs on a wall.
func (h onPaper) headName() string {
	for _, m := range h.Members {
		if m.ID == h.Head {
			return m.Name
		}
	}
	return ""
}

// officeName is what an office was called on the day, or else.
func (s *site) officeName(id string, on calendar.Day, or string) string {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		if o, ok := d.Office(id, on); ok {
			or = o.Name
		}
		return nil
	})
	return or
}
