package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// posting is a notice sheet (公示单) on its way to the wall: its list, frozen when
// it is printed, and then where and when it went up.
type posting struct {
	batch
	of     policy.Procedure
	region string
	place  string // the village's name
	issuer string // the visitor's office
	rows   []onPaper
	lines  []paper.SheetLine // frozen; none while the list is put together
	days   int
	count  string
	acting acting
	q      url.Values
	fault  fault
	key    string
	seen   string
}

// frozen says whether the list stands.
func (p posting) frozen() bool { return len(p.lines) > 0 }

func (s *site) sheetForm(w http.ResponseWriter, r *http.Request, v *visitor) error {
	c, ok, err := s.choose(r, v, batches[1])
	if err != nil {
		return err
	}
	if !ok {
		return s.showChoice(w, r, v, c)
	}
	q := r.URL.Query()
	q.Set("procedure", string(c.of))
	q.Set("region", c.region)
	p, err := s.posting(r.Context(), v, q)
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, sheetDraftPage(p))
}

// posting is the form as it begins, or as it was sent.
func (s *site) posting(ctx context.Context, v *visitor, q url.Values) (posting, error) {
	p := posting{batch: batches[1], of: policy.Procedure(q.Get("procedure")), region: q.Get("region"), q: q, issuer: v.post.at.Name, key: keyIn(q)}
	p.acting = s.acting(v, p.region, q)
	p.place = s.names(v, func(yield func(string)) { yield(p.region) })[p.region]
	if pack, ok := s.Handler.Directory.Pack(p.region, v.today); ok {
		p.days, p.count = pack.Notice.Days, pack.Notice.Count
	}
	var err error
	p.rows, err = s.households(ctx, v, q["household"])
	p.seen = s.seenBefore(v, q, sightsOf(p.rows)...)
	return p, err
}

// linesIn is the list as it was sent: as frozen, it is what hangs on the wall
// whatever the files say since.
func linesIn(q url.Values) (lines []paper.SheetLine) {
	for _, id := range q["household"] {
		lines = append(lines, paper.SheetLine{Household: id, Head: strings.TrimSpace(q.Get("head_" + id)), Persons: number(q.Get("persons_" + id)), Class: code.Class(q.Get("class_" + id))})
	}
	return lines
}

// freeze shows the sheet as it is to be printed and hung up, and with it the
// form that enters that it was.
func (s *site) freeze(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if err := whole(w, r); err != nil {
		return err
	}
	p, err := s.posting(r.Context(), v, r.PostForm)
	if err != nil {
		return err
	}
	if p.lines = linesIn(r.PostForm); len(p.lines) == 0 {
		return errNoPage
	}
	if f, refused := s.faultOf(r, sheetIn(r.PostForm).Publishable()); refused {
		p.fault = f
		return s.show(w, r, v, http.StatusUnprocessableEntity, sheetDraftPage(p))
	}
	if r.PostFormValue("print") != "" {
		m := s.marked(v, "打印", p.q.Get("title"))
		if err := s.copied(r, v, m, "print", len(p.lines)); err != nil {
			return err
		}
		r = asCopy(r, m)
	}
	return s.show(w, r, v, http.StatusOK, sheetPostPage(p))
}

// postSheet enters that the sheet went up.
func (s *site) postSheet(w http.ResponseWriter, r *http.Request, v *visitor) error {
	err := s.sent(w, r, v)
	var request commands.Request
	var result commands.PaperResult
	if err == nil {
		if request, err = acted(r, v); err == nil {
			result, err = s.hangUp(r, v, request)
		}
	}
	if f, refused := s.faultOf(r, err); refused {
		p, err := s.posting(r.Context(), v, r.PostForm)
		if err != nil {
			return err
		}
		p.lines, p.fault = linesIn(r.PostForm), f
		if sheetIn(r.PostForm).Publishable() != nil { // nor may it be printed
			return s.show(w, r, v, f.status(), sheetDraftPage(p))
		}
		return s.show(w, r, v, f.status(), sheetPostPage(p))
	}
	if err != nil {
		return err
	}
	return s.filedAway(w, r, result, "/sheets/"+commands.NewID(request.By, request.Key))
}

// sheetIn is the sheet as it was sent.
func sheetIn(q url.Values) paper.PostSheet {
	return paper.PostSheet{Region: q.Get("region"), Procedure: policy.Procedure(q.Get("procedure")), Title: strings.TrimSpace(q.Get("title")), Place: strings.TrimSpace(q.Get("place")),
		Phone: strings.TrimSpace(q.Get("phone")), Lines: linesIn(q), Replaces: q.Get("replaces")}
}

func (s *site) hangUp(r *http.Request, v *visitor, request commands.Request) (commands.PaperResult, error) {
	q := r.PostForm
	c := sheetIn(q)
	var err error
	if c.Photo, err = s.photo(r, v, "photo", c.Place); c.Photo != "" {
		q.Set("photo_kept", string(c.Photo))
	}
	if err != nil {
		return commands.PaperResult{}, err
	}
	return s.Handler.Paper(r.Context(), request, commands.NewID(request.By, request.Key), c)
}

// hung is a sheet that went up, with everything that happened to it since.
type hung struct {
	filed
	paper.SheetPosted
	fact       paper.Fact
	rows       []onPaper
	place      string
	objections []objection
	removed    *paper.Fact
	photo      code.Attachment // of its removal
	days       int
	count      string
	over       calendar.Day // first day on which it may come down; none: not known
	acting     acting
	q          url.Values
	form       string // which form of the page was refused
	fault      fault
	seen       string
	found      []string
}

// objection is one to a line of the sheet; who raised it stands nowhere here.
type objection struct {
	paper.SheetObjected
	raised    paper.Fact
	inquiries []paper.Fact
	answered  *paper.Fact
	answer    paper.SheetObjectionAnswered
}

func (s *site) sheet(w http.ResponseWriter, r *http.Request, v *visitor) error {
	h, err := s.hung(r, v, r.URL.Query())
	if err != nil {
		return err
	}
	h.found = s.recall(r)
	return s.show(w, r, v, http.StatusOK, sheetPage(h))
}

// hung reads the sheet that the address names, from its own stream.
func (s *site) hung(r *http.Request, v *visitor, q url.Values) (hung, error) {
	f, err := s.named(r)
	if err != nil {
		return hung{}, err
	}
	h := hung{filed: f, q: q, acting: s.acting(v, f.Region, q), place: s.names(v, func(yield func(string)) { yield(f.Region) })[f.Region]}
	h.seen = s.seen(v, sight{commands.PaperStream("notice", f.ID), f.Version})
	var ok bool
	if h.SheetPosted, h.fact, ok = firstOf[paper.SheetPosted](f); !ok {
		return hung{}, errNoPage
	}
	for _, fact := range f.facts {
		switch e := fact.Event.(type) {
		case paper.SheetObjected:
			h.objections = append(h.objections, objection{SheetObjected: e, raised: fact})
		case paper.SheetObjectionInvestigated:
			if o := h.objection(e.Objection); o != nil {
				o.inquiries = append(o.inquiries, fact)
			}
		case paper.SheetObjectionAnswered:
			if o := h.objection(e.Objection); o != nil {
				o.answered, o.answer = &fact, e
			}
		case paper.SheetRemoved:
			h.removed, h.photo = &fact, e.Photo
		default: // what else happened stands in the state
		}
	}
	if h.rows, err = s.households(r.Context(), v, f.Lines); err != nil {
		return h, err
	}
	for _, row := range h.rows {
		if n := noticeOn(row, f.ID); n != nil {
			h.days, h.count = n.Days, n.Count
			if end, known := (calendar.Period{Days: n.Days, Count: n.Count}).End(h.fact.Act.Happened); known {
				h.over = end
			}
			break
		}
	}
	return h, nil
}

// noticeOn is the household's own line of the sheet.
func noticeOn(h onPaper, sheet string) *household.NoticeLine {
	for _, e := range h.Episodes {
		for _, c := range append([]household.Chain{e.Inclusion, e.Help}, e.Attempts...) {
			for _, n := range append(c.Past[:len(c.Past):len(c.Past)], c.Notice) {
				if n != nil && n.Notice == sheet {
					return n
				}
			}
		}
	}
	return nil
}

func (h *hung) objection(id string) *objection {
	for i := range h.objections {
		if h.objections[i].Objection == id {
			return &h.objections[i]
		}
	}
	return nil
}

// standing are the households whose lines were not struck.
func (h hung) standing() (ids []string) {
	for _, id := range h.filed.Lines {
		if !h.Struck[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// head is the name as it hangs on the wall.
func (h hung) head(id string) string {
	for _, line := range h.SheetPosted.Lines {
		if line.Household == id {
			return line.Head
		}
	}
	return ""
}

// up is how many days it has hung, by the calendar.
func (h hung) up(today calendar.Day) string {
	until := today
	if h.removed != nil {
		until = h.removed.Act.Happened
	}
	return strconv.Itoa(int(max(until-h.fact.Act.Happened, 0)))
}

// sheetFile gives out a photograph of the sheet.
func (s *site) sheetFile(w http.ResponseWriter, r *http.Request, v *visitor) error {
	h, err := s.hung(r, v, url.Values{})
	if err != nil {
		return err
	}
	name := code.Attachment(chi.URLParam(r, "hash"))
	if !slices.Contains([]code.Attachment{h.Photo, h.photo}, name) || name == "" {
		return errNoPage
	}
	return s.serveFile(w, r, name)
}
