package web

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/paper"
)

// onSheet enters an act on a sheet and shows it anew, or the form with why it
// was refused.
func (s *site) onSheet(w http.ResponseWriter, r *http.Request, v *visitor, form string, command func(commands.Request) (paper.Command, error)) error {
	err := s.sent(w, r, v)
	var result commands.PaperResult
	if err == nil {
		var request commands.Request
		if request, err = acted(r, v); err == nil {
			var c paper.Command
			if c, err = command(request); err == nil {
				result, err = s.Handler.Paper(r.Context(), request, chi.URLParam(r, "sheet"), c)
			}
		}
	}
	if f, refused := s.faultOf(r, err); refused {
		h, err := s.hung(r, v, r.PostForm)
		if err != nil {
			return err
		}
		h.form, h.fault = form, f
		return s.show(w, r, v, f.status(), sheetPage(h))
	}
	if err != nil {
		return err
	}
	return s.filedAway(w, r, result, "/sheets/"+chi.URLParam(r, "sheet")+"#"+form)
}

func typed(r *http.Request, field string) string { return strings.TrimSpace(r.PostForm.Get(field)) }

// object enters an objection (异议). Who raised it is sealed under a key of its
// own and read by nobody here.
func (s *site) object(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.onSheet(w, r, v, "objections", func(request commands.Request) (paper.Command, error) {
		return paper.RaiseSheetObjection{Objection: request.Key, Household: typed(r, "household"), Content: code.Text(typed(r, "content")),
			Objector: code.Personal(typed(r, "objector")), Contact: code.Personal(typed(r, "contact"))}, nil
	})
}

// inquire enters what looking into an objection found (异议调查).
func (s *site) inquire(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.onSheet(w, r, v, "inquiry-"+r.PostFormValue("objection"), func(commands.Request) (paper.Command, error) {
		return paper.InvestigateSheetObjection{Objection: typed(r, "objection"), Household: typed(r, "household"), Findings: code.Text(typed(r, "findings"))}, nil
	})
}

// answer enters the answer to an objection (异议答复).
func (s *site) answer(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.onSheet(w, r, v, "answer-"+r.PostFormValue("objection"), func(commands.Request) (paper.Command, error) {
		return paper.AnswerSheetObjection{Objection: typed(r, "objection"), Household: typed(r, "household"), Upheld: typed(r, "upheld") == "yes", Findings: code.Text(typed(r, "findings"))}, nil
	})
}

// strike strikes one line; the others stay.
func (s *site) strike(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.onSheet(w, r, v, "strike-"+r.PostFormValue("household"), func(commands.Request) (paper.Command, error) {
		return paper.StrikeSheetLine{Household: typed(r, "household"), Reason: code.Text(typed(r, "reason"))}, nil
	})
}

// remove enters that the sheet came down, with its photograph.
func (s *site) remove(w http.ResponseWriter, r *http.Request, v *visitor) error {
	return s.onSheet(w, r, v, "removal", func(commands.Request) (paper.Command, error) {
		photo, err := s.photo(r, v, "photo", typed(r, "place"))
		if photo != "" {
			r.PostForm.Set("photo_kept", string(photo))
		}
		return paper.RemoveSheet{Photo: photo}, err
	})
}
