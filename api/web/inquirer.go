package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/paper"
)

// inquiring is who was appointed to inquire into the objections to a sheet, as those
// see it who may appoint.
type inquiring struct {
	all        []paper.Inquirer
	commission bool     // the visitor may appoint somebody
	people     []option // whom he may
	today      calendar.Day
	form       string // which form of the page was refused
	fault      fault
	q          url.Values
}

// of are those appointed to one inquiry.
func (i inquiring) of(objection string) (found []paper.Inquirer) {
	for _, one := range i.all {
		if one.Objection == objection {
			found = append(found, one)
		}
	}
	return found
}

// typed is what a form's field holds: what it was sent with, if it was refused.
func (i inquiring) typed(form, field, first string) string {
	if i.form != form {
		return first
	}
	return i.q.Get(field)
}

func (i inquiring) keyFor(form string) string {
	if i.form != form {
		return keyIn(nil)
	}
	return keyIn(i.q)
}

func (i inquiring) faultOf(form string) fault {
	if i.form != form {
		return fault{}
	}
	return i.fault
}

// inquiring reads who inquires, for whoever may appoint.
func (s *site) inquiring(ctx context.Context, v *visitor, sheet string) (inquiring, error) {
	out := inquiring{today: v.today}
	if !slices.Contains(commissioners, v.role) {
		return out, nil
	}
	f, err := s.filed(ctx, "notice", sheet)
	if err != nil {
		return out, err
	}
	out.all = f.Inquirers
	var me act.Person
	_ = s.Handler.Directory.View(func(d *office.Directory) error { me = d.Person(v.post.Appointed, f.Region, v.today); return nil }) // never fails
	if out.commission = f.Commissions(me) == nil; !out.commission {
		return out, nil
	}
	concerned := f.Concerned().Offices
	out.people = []option{{"", say(ctx, "请选择", "choose")}}
	for _, o := range s.officesOf(v) {
		if slices.Contains(concerned, o.ID) {
			continue
		}
		for _, held := range s.holders(o.ID, v.today) {
			if held.Person != v.Person {
				out.people = append(out.people, option{held.Person, held.Name + " · " + o.Title(held.Post)})
			}
		}
	}
	return out, nil
}

// appointInquirer enters who is to inquire into an objection (委派异议调查人).
func (s *site) appointInquirer(w http.ResponseWriter, r *http.Request, v *visitor) error {
	objection := chi.URLParam(r, "objection")
	return s.onInquiry(w, r, v, "inquirer-"+objection, func() (paper.Command, error) {
		c := paper.AppointInquirer{Objection: objection, Person: typed(r, "person"), Number: typed(r, "number")}
		var err error
		if c.From, err = calendar.ParseDay(typed(r, "from")); err != nil {
			return nil, misfill("from", "请填写自何日起")
		}
		if until := typed(r, "to"); until != "" {
			if c.To, err = calendar.ParseDay(until); err != nil {
				return nil, misfill("to", "请填写至何日止，或者留空")
			}
		}
		c.Paper, err = s.photo(r, v, "paper", "")
		return c, err
	})
}

// voidInquirer marks an appointment to an inquiry void.
func (s *site) voidInquirer(w http.ResponseWriter, r *http.Request, v *visitor) error {
	event := chi.URLParam(r, "appointment")
	return s.onInquiry(w, r, v, "void-"+event, func() (paper.Command, error) {
		return paper.VoidInquirer{Event: event, Reason: code.Text(reasonIn(r))}, nil
	})
}

func (s *site) onInquiry(w http.ResponseWriter, r *http.Request, v *visitor, form string, command func() (paper.Command, error)) error {
	err := s.sent(w, r, v)
	sheet := chi.URLParam(r, "sheet")
	request := commands.Request{By: v.Person, Appointment: v.post.Appointment, Channel: "web", Mode: act.Performed}
	var result commands.PaperResult
	if err == nil {
		var c paper.Command
		if c, err = command(); err == nil {
			request.Key = keyIn(r.PostForm)
			result, err = s.Handler.Paper(r.Context(), request, sheet, c)
		}
	}
	if f, refused := s.faultOf(r, err); refused {
		page, err := s.inspectedSheet(r.Context(), v, sheet)
		if err != nil {
			return err
		}
		page.inquiry.form, page.inquiry.fault, page.inquiry.q = form, f, r.PostForm
		return s.show(w, r, v, f.status(), noticeSheetPage(page))
	}
	if err != nil {
		return err
	}
	s.shownAfter(r.Context(), result.Position)
	return onward(w, r, sentOn("/notices/"+sheet+"#objections", r.PostFormValue("key")))
}
