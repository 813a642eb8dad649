package web

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"

	"shouwang/domain/calendar"
	"shouwang/projections"
)

// inquiries are the objections that the visitor is appointed to inquire into.
type inquiries struct {
	all      []projections.Inquiry
	names    map[string]string // of regions
	today    calendar.Day
	sheet    string   // of the one that was just opened or refused
	unsealed unsealed // of it
}

// at says whether the inquiry is the one that was asked about.
func (p inquiries) at(i projections.Inquiry) bool {
	return p.sheet == i.Notice && p.unsealed.objection == i.Objection
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
	page := inquiries{today: v.today}
	var err error
	page.all, err = s.Reads.Notices.Inquiries(r.Context(), v.Person, v.today)
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
