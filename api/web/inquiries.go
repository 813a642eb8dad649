package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/paper"
	"shouwang/projections"
)

// inquiries are the objections that the visitor is appointed to inquire into.
type inquiries struct {
	all      []projections.Inquiry
	names    map[string]string // of regions
	today    calendar.Day
	sheet    string   // of the one that was just opened or refused
	unsealed unsealed // of it
	entered  bool     // findings were sent, and refused
	findings string
	fault    fault
	key      string
	covered  map[string]bool   // regions that the visitor's office covers
	seen     map[string]string // what the forms had seen of each sheet
}

// enters says whether the visitor may enter what he found himself: while he is
// appointed, where his office covers the village, until the objection is answered.
func (p inquiries) enters(i projections.Inquiry) bool {
	return i.Open(p.today) && i.Answered == 0 && p.covered[i.Region]
}

// at says whether the inquiry is the one that was asked about.
func (p inquiries) at(i projections.Inquiry) bool {
	return p.sheet == i.Notice && p.unsealed.objection == i.Objection
}

// refused says whether the inquiry's form was sent and not taken.
func (p inquiries) refused(i projections.Inquiry) bool { return p.entered && p.at(i) }

// keyFor is the idempotency key of an inquiry's form.
func (p inquiries) keyFor(i projections.Inquiry) string {
	if !p.refused(i) {
		return keyIn(nil)
	}
	return p.key
}

func (p inquiries) faultOf(i projections.Inquiry) fault {
	if !p.refused(i) {
		return fault{}
	}
	return p.fault
}

func (p inquiries) findingsOf(i projections.Inquiry) string {
	if !p.refused(i) {
		return ""
	}
	return p.findings
}

// inquiries lists them (受委派调查), whatever office the visitor is of.
func (s *site) inquiries(w http.ResponseWriter, r *http.Request, v *visitor) error {
	page, err := s.inquiriesOf(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, inquiriesPage(page))
}

func (s *site) inquiriesOf(r *http.Request, v *visitor) (inquiries, error) {
	if s.Reads.Notices == nil {
		return inquiries{}, errNoPage
	}
	page := inquiries{today: v.today, covered: map[string]bool{}, seen: map[string]string{}}
	var err error
	page.all, err = s.Reads.Notices.Inquiries(r.Context(), v.Person, v.today)
	for _, i := range page.all {
		page.covered[i.Region] = s.covers(v, i.Region)
		if page.enters(i) {
			at, err := s.readTo(r.Context(), commands.PaperStream("notice", i.Notice))
			if err != nil {
				return page, err
			}
			page.seen[i.Notice] = s.seen(v, at)
		}
	}
	page.names = s.names(v, func(yield func(string)) {
		for _, i := range page.all {
			yield(i.Region)
		}
	})
	return page, err
}

// inquiredObjector tells the visitor who raised the objection that he is appointed to
// inquire into, this once, when it is recorded that he reads it and why.
func (s *site) inquiredObjector(w http.ResponseWriter, r *http.Request, v *visitor) error {
	page, err := s.inquiriesOf(r, v)
	if err != nil {
		return err
	}
	page.sheet, page.unsealed.objection = chi.URLParam(r, "notice"), chi.URLParam(r, "objection")
	if page.sheet == "" || len(page.sheet) > maxID {
		return errNoPage
	}
	page.unsealed.ObjectorShown, err = s.unseal(r, v, page.sheet, page.unsealed.objection)
	if told, ok := s.told(r, err); ok {
		page.unsealed.refused = told
		return s.show(w, r, v, http.StatusUnprocessableEntity, inquiriesPage(page))
	}
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, inquiriesPage(page))
}

// enterFindings enters what the visitor found in an inquiry that he is appointed to
// (异议调查).
func (s *site) enterFindings(w http.ResponseWriter, r *http.Request, v *visitor) error {
	told := s.sent(w, r, v)
	page, err := s.inquiriesOf(r, v)
	if err != nil {
		return err
	}
	page.sheet, page.unsealed.objection = chi.URLParam(r, "notice"), chi.URLParam(r, "objection")
	n := slices.IndexFunc(page.all, func(i projections.Inquiry) bool { return page.at(i) && page.enters(i) })
	if n < 0 {
		return errDenied
	}
	c := paper.InvestigateSheetObjection{Objection: page.unsealed.objection, Household: page.all[n].Household, Findings: code.Text(strings.TrimSpace(r.PostFormValue("findings")))}
	request := commands.Request{Key: keyIn(r.PostForm), By: v.Person, Appointment: v.post.Appointment, Channel: "web", Mode: act.Performed}
	var result commands.PaperResult
	if err = told; err == nil {
		result, err = s.Handler.Paper(r.Context(), request, page.sheet, c)
	}
	if f, refused := s.faultOf(r, err); refused {
		page.entered, page.fault, page.findings, page.key = true, f, string(c.Findings), request.Key
		return s.show(w, r, v, f.status(), inquiriesPage(page))
	}
	if err != nil {
		return err
	}
	return s.filedAway(w, r, result, "/inquiries")
}

// inquiriesToday is how many inquiries the visitor is appointed to today.
func (s *site) inquiriesToday(ctx context.Context, v *visitor) (n int, err error) {
	if s.Reads.Notices == nil {
		return 0, nil
	}
	all, err := s.Reads.Notices.Inquiries(ctx, v.Person, v.today)
	for _, i := range all {
		if i.Open(v.today) {
			n++
		}
	}
	return n, err
}
