package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/account"
)

// unsealed is who raised an objection, or why that is not told.
type unsealed struct {
	objection string
	refused   string
	commands.ObjectorShown
}

// objector shows who raised an objection (异议人), this once, when it is recorded
// that the visitor reads it and why.
func (s *site) objector(w http.ResponseWriter, r *http.Request, v *visitor) error {
	sheet := chi.URLParam(r, "sheet")
	page, err := s.inspectedSheet(r.Context(), v, sheet)
	if err != nil {
		return err
	}
	page.unsealed.objection = chi.URLParam(r, "objection")
	page.unsealed.ObjectorShown, err = s.unseal(r, v, sheet, page.unsealed.objection)
	if told, ok := s.told(r, err); ok && page.hasObjection(page.unsealed.objection) {
		page.unsealed.refused = told
		return s.show(w, r, v, http.StatusUnprocessableEntity, noticeSheetPage(page))
	}
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, noticeSheetPage(page))
}

// unseal tells the visitor who raised an objection, once it is recorded that he reads it.
func (s *site) unseal(r *http.Request, v *visitor, sheet, objection string) (commands.ObjectorShown, error) {
	return s.Handler.Objector(r.Context(), commands.ObjectorQuestion{Sheet: sheet, Objection: objection, By: v.Person, Appointment: v.post.Appointment, Reason: reasonIn(r)},
		func(e account.PersonalShown) error { return s.Accounts.Show(r.Context(), v.Account, e, s.door(r)) })
}

func (p inspected) hasObjection(id string) bool {
	for _, o := range p.Objections {
		if o.ID == id {
			return true
		}
	}
	return false
}
