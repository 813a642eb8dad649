package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/projections"
)

// leaving is the form by which a cadre who leaves hands his households over
// (责任人交接): the list of what he answers for, and who takes it.
type leaving struct {
	from   person
	rows   []inCharge
	more   bool // than one list takes
	names  map[string]string
	acting acting
	q      url.Values // what was typed, of a form that was refused
	fault  fault
	key    string
	seen   string
	found  []string // remarks
}

// inCharge is a household and the role in which he answers for it.
type inCharge struct {
	projections.Household
	role code.OfficerRole
}

// line names a row in the form.
func (i inCharge) line() string { return i.ID + "/" + string(i.role) }

// ticked says whether the row goes with this list; all do at first.
func (l leaving) ticked(i inCharge) bool {
	return !l.q.Has("key") || slices.Contains(l.q["line"], i.line())
}

// takers are those who may take households over: in office today where the
// visitor's region is covered, or within it.
func (l leaving) takers() (all []colleague) {
	for _, c := range append(slices.Clip(l.acting.own), l.acting.others...) {
		if c.Person != l.from.id {
			all = append(all, c)
		}
	}
	return all
}

func (s *site) handoverForm(w http.ResponseWriter, r *http.Request, v *visitor) error {
	l, err := s.leaving(r, v, r.URL.Query().Get("person"), url.Values{})
	if err != nil {
		return err
	}
	l.found = s.recall(r)
	return s.show(w, r, v, http.StatusOK, handoverPage(l))
}

// leaving reads what a person answers for in the visitor's region.
func (s *site) leaving(r *http.Request, v *visitor, person string, q url.Values) (leaving, error) {
	l := leaving{q: q, key: keyIn(q)}
	l.from.id = person
	region := v.region
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		if last, ok := d.Last(person); ok {
			l.from.name, l.from.post = last.Name, last.Post
			if o, ok := d.Office(last.Office, v.today); ok && d.Contains(v.region, o.Region, v.today) {
				region, l.from.post = o.Region, o.Title(last.Post)
			}
		}
		return nil
	})
	if l.from.name == "" {
		return l, errNoPage
	}
	l.acting = s.acting(v, region, q)
	regions := s.area(v, "")
	rows, next, err := s.Reads.Register.List(r.Context(), projections.Filter{Regions: regions, Whole: s.Handler.Directory.Whole(regions), Officer: person}, projections.Page{Limit: maxOnForm})
	if err != nil {
		return l, err
	}
	l.more, l.seen = next != "", q.Get("seen")
	for _, h := range rows {
		if h.Monitoring != nil && h.Monitoring.Person == person {
			l.rows = append(l.rows, inCharge{h, code.MonitoringOfficer})
		}
		if h.Assistance != nil && h.Assistance.Person == person {
			l.rows = append(l.rows, inCharge{h, code.AssistanceOfficer})
		}
	}
	if l.seen == "" {
		var read []sight
		for _, h := range rows {
			at, err := s.readTo(r.Context(), commands.HouseholdStream(h.ID))
			if err != nil {
				return l, err
			}
			read = append(read, at)
		}
		l.seen = s.seen(v, read...)
	}
	l.names = s.names(v, func(yield func(string)) {
		for _, h := range rows {
			yield(h.Region)
		}
	})
	return l, nil
}

// handOver enters a list that both sides signed.
func (s *site) handOver(w http.ResponseWriter, r *http.Request, v *visitor) error {
	err := s.sent(w, r, v)
	from := r.PostFormValue("person")
	var result commands.PaperResult
	if err == nil {
		result, err = s.signHandover(r, v, from)
	}
	if f, refused := s.faultOf(r, err); refused {
		l, err := s.leaving(r, v, from, r.PostForm)
		if err != nil {
			return err
		}
		l.fault = f
		return s.show(w, r, v, f.status(), handoverPage(l))
	}
	if err != nil {
		return err
	}
	return s.filedAway(w, r, result, "/handovers/new?person="+url.QueryEscape(from))
}

func (s *site) signHandover(r *http.Request, v *visitor, from string) (commands.PaperResult, error) {
	request, err := acted(r, v)
	if err != nil {
		return commands.PaperResult{}, err
	}
	to := r.PostFormValue("to")
	c := paper.HandOverHouseholds{Region: v.region, From: household.Responsible{Person: from}, Reason: code.Text(strings.TrimSpace(r.PostFormValue("reason")))}
	taker := household.Responsible{Person: to}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		c.From.Name = d.NameOf(from)
		for _, a := range d.Appointments(to, request.Happened) {
			taker.Name, taker.Post = a.Name, a.Post
		}
		return nil
	})
	for _, line := range r.PostForm["line"] {
		id, role, _ := strings.Cut(line, "/")
		c.Lines = append(c.Lines, paper.HandoverLine{Household: id, Role: code.OfficerRole(role), To: taker})
	}
	papers, err := s.photos(r, v, "photo", "")
	if err != nil {
		return commands.PaperResult{}, err
	}
	if len(papers) > 0 {
		c.Paper = papers[0]
	}
	return s.Handler.Paper(r.Context(), request, commands.NewID(request.By, request.Key), c)
}
