package web

import (
	"cmp"
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// draft is what a form was sent with, so that a refusal loses nothing.
type draft struct {
	form   string // which form of the page
	told   string // why it was refused
	fault  fault  // the same, with the field that it is about
	values map[string]string
	sent   url.Values // with the files that were received
}

// value is what a field held, or what it begins with.
func (d draft) value(form, field, first string) string {
	if d.form != form {
		return first
	}
	return d.values[field]
}

// faultOf is why the form was refused; none of another form of the page.
func (d draft) faultOf(form string) fault {
	if d.form != form {
		return fault{}
	}
	return d.fault
}

// received are the files that were received with the form.
func (d draft) received(form string) url.Values {
	if d.form != form {
		return nil
	}
	return d.sent
}

// key is the idempotency key of a form: sent twice, it is entered once.
func (d draft) key(form string) string { return cmp.Or(d.value(form, "key", ""), uuid.NewString()) }

func draftOf(r *http.Request, form, told string, fields ...string) draft {
	d := draft{form: form, told: told, values: map[string]string{}, sent: r.PostForm}
	for _, f := range fields {
		d.values[f] = r.PostFormValue(f)
	}
	return d
}

// requested is an act as a form of a page enters it, done by the visitor. What
// happened before today is entered from paper (补录).
func requested(r *http.Request, v *visitor) (commands.Request, error) {
	out := commands.Request{Key: r.PostFormValue("key"), By: v.Person, Appointment: v.post.Appointment, Channel: "web", Mode: act.Performed}
	day, err := calendar.ParseDay(r.PostFormValue("happened"))
	if err != nil {
		return out, policy.Refuse(policy.DayMissing, "请填写发生日期")
	}
	if out.Happened = day; day != v.today {
		out.Mode, out.DoneBy = act.Transcribed, []commands.DoneBy{{Person: v.Person}}
	}
	return out, nil
}

// entered shows the file anew after an act, or the form with what was refused.
func (s *site) entered(w http.ResponseWriter, r *http.Request, v *visitor, err error, form, anchor string, fields ...string) error {
	id := chi.URLParam(r, "household")
	f, refused := s.faultOf(r, err)
	if !refused {
		if err != nil {
			return err
		}
		return onward(w, r, "/households/"+id+"?sent="+url.QueryEscape(r.PostFormValue("key"))+"#"+anchor)
	}
	d, err := s.dossier(r.Context(), v, id)
	if err != nil {
		return err
	}
	d.draft = draftOf(r, form, f.told, append(fields, "key", "happened")...)
	d.draft.fault = f
	return s.show(w, r, v, f.status(), filePage(d))
}

// visit enters a visit (走访), with what was photographed there.
func (s *site) visit(w http.ResponseWriter, r *http.Request, v *visitor) error {
	id := chi.URLParam(r, "household")
	request, err := s.visited(w, r, v)
	if err == nil {
		_, err = s.Handler.Household(r.Context(), request, id,
			household.RecordVisit{Visit: request.Key, Kind: r.PostFormValue("kind"), Place: code.Text(r.PostFormValue("place")), Note: code.Text(r.PostFormValue("note")),
				Photos: filesIn(r.PostForm, "photo")})
	}
	return s.entered(w, r, v, visitMisfilled(r, err), "visit", "visits", "kind", "place", "note")
}

// visited reads a visit's form and keeps its photographs, so that they are safe
// whatever becomes of the form.
func (s *site) visited(w http.ResponseWriter, r *http.Request, v *visitor) (commands.Request, error) {
	if err := s.sent(w, r, v); err != nil {
		return commands.Request{}, err
	}
	if err := s.received(r, v, "photo", r.PostFormValue("place")); err != nil {
		return commands.Request{}, err
	}
	return requested(r, v)
}

// visitMisfilled says which field of the visit's form a refusal is about, where the
// rule alone does not say it.
func visitMisfilled(r *http.Request, err error) error {
	refusal := refusalIn(err)
	if refusal == nil {
		return err
	}
	_, known := code.VisitKinds.Find(r.PostFormValue("kind"))
	switch {
	case refusal.Rule == policy.PersonalInText && code.PersonalNumber(r.PostFormValue("place")) != "":
		return &misfilled{"place", refusal}
	case refusal.Rule == policy.PersonalInText:
		return &misfilled{"note", refusal}
	case refusal.Rule == policy.Malformed && !known:
		return &misfilled{"kind", refusal}
	case refusal.Rule == policy.Malformed && r.PostFormValue("note") == "":
		return &misfilled{"note", refusal}
	}
	return err
}

// correct marks a wrong entry void (更正). The right one is entered anew.
func (s *site) correct(w http.ResponseWriter, r *http.Request, v *visitor) error {
	event := r.PostFormValue("event")
	request := commands.Request{Key: r.PostFormValue("key"), By: v.Person, Appointment: v.post.Appointment, Channel: "web", Mode: act.Performed}
	err := s.sent(w, r, v)
	if err == nil {
		_, err = s.Handler.Household(r.Context(), request, chi.URLParam(r, "household"), household.VoidFact{Event: event, Reason: reasonIn(r)})
	}
	return s.entered(w, r, v, err, "correct-"+event, "history", "reason")
}

// correctable says whether the visitor may mark the entry void, and how many
// later entries relied on it.
func (d dossier) correctable(event string) (relied int, ok bool) {
	if !d.writes || !d.stands[event] {
		return 0, false
	}
	for _, f := range d.facts {
		if f.ID == event && household.Voidable(f.Event) {
			return len(d.reach.Of(event)), true
		}
	}
	return 0, false
}
