package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/inspection"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/projections"
)

// inspected is a sheet as its inspector sees it.
type inspected struct {
	projections.NoticeSheet
	village  string
	missing  []string  // heads of those who passed and are not on it, by Omitted
	numbers  string    // which kind of personal number its text holds, "" none
	looks    bool      // the visitor may record a check
	unseals  bool      // he may ask who objected
	unsealed unsealed  // what he was told of it
	inquiry  inquiring // who inquires into its objections
	own      string    // his name, whose checks he may withdraw
	acting   acting
	fault    fault
	key      string
	seen     string
	kept     url.Values // files of a form that was refused
	typed    map[string]string
}

func (s *site) noticeSheet(w http.ResponseWriter, r *http.Request, v *visitor) error {
	page, err := s.inspectedSheet(r.Context(), v, chi.URLParam(r, "sheet"))
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, noticeSheetPage(page))
}

func (s *site) inspectedSheet(ctx context.Context, v *visitor, id string) (inspected, error) {
	if s.Reads.Notices == nil {
		return inspected{}, errNoPage
	}
	at, err := s.readTo(ctx, commands.PaperStream("notice", id))
	if err != nil {
		return inspected{}, err
	}
	sheet, err := s.Reads.Notices.Get(ctx, id, v.today)
	if err != nil {
		return inspected{}, err
	}
	page := inspected{NoticeSheet: sheet, looks: slices.Contains(spotters, v.role), unseals: slices.Contains(unsealers, v.role), key: keyIn(nil), seen: s.seen(v, at), typed: map[string]string{"happened": v.today.String()}}
	_ = s.Handler.Directory.View(func(d *office.Directory) error { page.own = d.NameOf(v.Person); return nil }) // never fails
	page.village = s.regionName(sheet.Region, v.today)
	page.numbers = code.PersonalNumber(sheet.Title + "\n" + sheet.Place)
	for _, o := range sheet.Omitted {
		row, err := s.Reads.Register.Get(ctx, o.Household)
		if err != nil {
			row.Head = say(ctx, "（未登记）", "(not registered)")
		}
		page.missing = append(page.missing, row.Head)
	}
	page.inquiry, err = s.inquiring(ctx, v, id)
	return page, err
}

// noticePhoto gives out a photograph of the sheet or of a check on it.
func (s *site) noticePhoto(w http.ResponseWriter, r *http.Request, v *visitor) error {
	hash := chi.URLParam(r, "hash")
	sheet, err := s.filed(r.Context(), "notice", chi.URLParam(r, "sheet"))
	if err != nil {
		return err
	}
	for _, f := range sheet.facts {
		switch e := f.Event.(type) {
		case paper.SheetPosted:
			if string(e.Photo) == hash {
				return s.serveFile(w, r, e.Photo)
			}
		case paper.SheetRemoved:
			if string(e.Photo) == hash {
				return s.serveFile(w, r, e.Photo)
			}
		default: // the others have none
		}
	}
	page, err := s.inspectedSheet(r.Context(), v, sheet.ID)
	if err != nil {
		return err
	}
	for _, i := range page.Inspections {
		if i.Photo == hash {
			return s.serveFile(w, r, code.Attachment(hash))
		}
	}
	return errNoPage
}

// inspect enters what the visitor saw at the board (现场核查).
func (s *site) inspect(w http.ResponseWriter, r *http.Request, v *visitor) error {
	id := chi.URLParam(r, "sheet")
	result, err := s.enterInspection(w, r, v, id)
	f, refused := s.faultOf(r, err)
	if !refused {
		if err != nil {
			return err
		}
		s.shownAfter(r.Context(), result.Position)
		return onward(w, r, "/notices/"+id+"?sent="+r.PostFormValue("key")+"#inspections")
	}
	page, err := s.inspectedSheet(r.Context(), v, id)
	if err != nil {
		return err
	}
	page.kept, page.fault, page.key, page.typed = r.PostForm, f, cmp.Or(r.PostFormValue("key"), page.key), map[string]string{}
	for _, field := range []string{"result", "place", "note", "happened"} {
		page.typed[field] = r.PostFormValue(field)
	}
	return s.show(w, r, v, f.status(), noticeSheetPage(page))
}

func (s *site) enterInspection(w http.ResponseWriter, r *http.Request, v *visitor, notice string) (commands.Result, error) {
	if err := s.sent(w, r, v); err != nil {
		return commands.Result{}, err
	}
	request, err := requested(r, v)
	if err != nil {
		return commands.Result{}, err
	}
	place := r.PostFormValue("place")
	photo, err := s.photo(r, v, "photo", place)
	if err != nil {
		return commands.Result{}, err
	}
	return s.Handler.Inspection(r.Context(), request, commands.NewID(request.By, request.Key), inspection.RecordCheck{
		Notice: notice, Result: r.PostFormValue("result"), Place: code.Text(place), Note: code.Text(r.PostFormValue("note")), Photo: photo})
}

// withdrawInspection marks a check of the visitor's own that was entered by mistake.
func (s *site) withdrawInspection(w http.ResponseWriter, r *http.Request, v *visitor) error {
	notice, id := chi.URLParam(r, "sheet"), chi.URLParam(r, "inspection")
	var result commands.Result
	err := s.sent(w, r, v)
	if err == nil {
		request := commands.Request{Key: keyIn(r.PostForm), By: v.Person, Appointment: v.post.Appointment, Channel: "web"}
		result, err = s.Handler.Inspection(r.Context(), request, id, inspection.WithdrawCheck{Reason: reasonIn(r)})
	}
	if f, refused := s.faultOf(r, err); refused {
		page, err := s.inspectedSheet(r.Context(), v, notice)
		if err != nil {
			return err
		}
		page.fault = f
		return s.show(w, r, v, f.status(), noticeSheetPage(page))
	}
	if err != nil {
		return err
	}
	s.shownAfter(r.Context(), result.Position)
	return onward(w, r, sentOn("/notices/"+notice+"#inspections", r.PostFormValue("key")))
}
