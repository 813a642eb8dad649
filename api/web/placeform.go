package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/fund"
	"shouwang/domain/office"
	"shouwang/domain/policy"
)

// placeForm is a form about a place, an office, a fund or a check: about none of
// the households by itself.
type placeForm struct {
	name   string // in its address
	zh, en string
	under  string         // the page that it belongs to
	who    []account.Role // nil: everybody who enters acts
	plain  bool           // the act of an administering office: of today, by whoever enters it
	fields func(context.Context, filling) []input
	make   func(filling) (any, error)
}

// placeForms are all of them.
func placeForms() []placeForm {
	return slices.Concat(fundForms(), dutyForms(), checkForms(), scaleForms(), officeForms(), regionForms(), voidForms())
}

func placeFormOf(name string) (placeForm, bool) {
	for _, p := range placeForms() {
		if p.name == name {
			return p, true
		}
	}
	return placeForm{}, false
}

// may says whether the visitor's role fills in the form.
func (p placeForm) may(v *visitor) bool {
	return v != nil && (p.who == nil && slices.Contains(caseworkers, v.role) || slices.Contains(p.who, v.role))
}

// address is where the form is opened, with what it is about.
func (p placeForm) address(q url.Values) string {
	about := url.Values{}
	for _, name := range []string{"region", "of", "check", "event"} {
		if q.Get(name) != "" {
			about.Set(name, q.Get(name))
		}
	}
	if len(about) == 0 {
		return "/forms/" + p.name
	}
	return "/forms/" + p.name + "?" + about.Encode()
}

func (s *site) placeFormPage(w http.ResponseWriter, r *http.Request, v *visitor) error {
	f, err := s.placeFilling(r, v, r.URL.Query())
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, casePage(f))
}

// placeFilling is the form as it begins, or as it was sent.
func (s *site) placeFilling(r *http.Request, v *visitor, q url.Values) (filling, error) {
	p, ok := placeFormOf(chi.URLParam(r, "form"))
	if !ok {
		return filling{}, errNoPage
	}
	if !p.may(v) {
		return filling{}, errDenied
	}
	f := filling{caseForm: &caseForm{name: p.name, zh: p.zh, en: p.en, fields: p.fields}, desk: &p, v: v, q: q, key: keyIn(q), region: v.region, of: policy.Assistance}
	if region := r.URL.Query().Get("region"); region != "" {
		f.region = region
	}
	f.address = p.address(r.URL.Query())
	f.subject = r.URL.Query().Get("of")
	f.check = r.URL.Query().Get("check")
	if err := s.mayTouch(r, v, f); err != nil {
		return f, err
	}
	at, err := s.placeSight(r, f)
	if err != nil {
		return f, err
	}
	f.seen = s.seenBefore(v, q, at)
	f.acting = s.acting(v, f.region, q)
	f.place = s.placeName(v, f.region)
	f.site = s
	f.packs = func() (policy.Pack, bool) { return s.Handler.Directory.Pack(f.region, v.today) }
	return f, nil
}

// placeSight is how far what the form is about was read when it is opened: the fund,
// the check, the office's own duties, or whatever place it will name.
func (s *site) placeSight(r *http.Request, f filling) (sight, error) {
	switch {
	case f.desk.under == "/funds" && f.subject != "":
		return s.readTo(r.Context(), commands.FundStream(f.subject))
	case f.check != "":
		return s.readTo(r.Context(), commands.CheckStream(f.check))
	case f.desk.under == "/duties" && f.desk.name != "check":
		return s.readTo(r.Context(), commands.DutyStream(f.v.post.Office))
	}
	return s.directorySight(), nil
}

// mayTouch refuses a form about a fund or a check outside the visitor's region.
func (s *site) mayTouch(r *http.Request, v *visitor, f filling) error {
	switch {
	case f.desk.under == "/funds" && f.subject != "":
		book, err := s.fundBook(r.Context(), f.subject)
		if err != nil {
			return err
		}
		if !s.covers(v, book.Region) {
			return errOutside
		}
	case f.check != "":
		facts, err := s.dutyFacts(r.Context(), commands.CheckStream(f.check))
		if err != nil {
			return err
		}
		held := duty.Fold(f.check, facts).Region()
		if held == "" {
			return errNoPage
		}
		if !s.covers(v, held) && !s.Handler.Directory.Contains(held, v.region, v.today) {
			return errOutside // neither held within his region nor over it
		}
	}
	return nil
}

// enterPlace enters what a form about a place says.
func (s *site) enterPlace(w http.ResponseWriter, r *http.Request, v *visitor) error {
	err := s.sent(w, r, v)
	f, failed := s.placeFilling(r, v, r.PostForm)
	if failed != nil {
		return failed
	}
	var result commands.Result
	to := f.desk.under
	if err == nil {
		result, to, err = s.enterPlaceAct(r, f)
	}
	if refused, ok := s.faultOf(r, err); ok {
		f.fault = refused
		return s.show(w, r, v, f.fault.status(), casePage(f))
	}
	if err != nil {
		return err
	}
	s.remember(r, result.Flags)
	s.shownAfter(r.Context(), result.Position)
	return onward(w, r, sentOn(to, f.key))
}

// enterPlaceAct enters the act, and says where it is then seen.
func (s *site) enterPlaceAct(r *http.Request, f filling) (result commands.Result, to string, err error) {
	request := commands.Request{Key: r.PostFormValue("key"), By: f.v.Person, Appointment: f.v.post.Appointment, Channel: "web"}
	if !f.desk.plain {
		if request, err = acted(r, f.v); err != nil {
			return result, "", err
		}
	}
	for _, i := range f.fields(r.Context(), f) {
		if i.kind == askFiles {
			if err := s.received(r, f.v, i.file(), ""); err != nil {
				return result, "", err
			}
		}
	}
	c, err := f.desk.make(f)
	if err != nil {
		return result, "", err
	}
	if c, err = s.lookedUp(r, f, c); err != nil {
		return result, "", err
	}
	if err := s.unchangedFor(r, f.v, c); err != nil {
		return result, "", err
	}
	id := commands.NewID(request.By, request.Key)
	to = f.desk.under
	switch c := c.(type) {
	case fund.Command:
		if f.subject != "" {
			id = f.subject
		}
		filed, err := s.Handler.Fund(r.Context(), request, id, c)
		return filed.Result, "/funds/" + id, err
	case duty.Command:
		result, to, err = s.enterDuty(r, f, request, id, c)
	case office.Event:
		result, err = s.Handler.Office(r.Context(), request, c)
	case policy.Event:
		result, err = s.Handler.Policy(r.Context(), request, c)
	default:
		err = errNoPage
	}
	return result, to, err
}

// enterDuty enters an act on the visitor's own office, on the one named, or on a
// concentrated check.
func (s *site) enterDuty(r *http.Request, f filling, request commands.Request, id string, c duty.Command) (commands.Result, string, error) {
	if f.check != "" {
		id = f.check
	}
	switch c.(type) {
	case duty.OrganiseCheck, duty.ReportVillageCheck, duty.EndCheck:
		result, err := s.Handler.Check(r.Context(), request, id, c)
		return result, "/checks/" + id, err
	case duty.VoidDutyFact:
		if f.check != "" {
			result, err := s.Handler.Check(r.Context(), request, id, c)
			return result, "/checks/" + id, err
		}
	case duty.RecordDone, duty.ShutSystem, duty.OpenSystem, duty.WatchScaleRisk, duty.FollowScaleRisk, duty.EndScaleRisk:
	}
	result, err := s.Handler.Duty(r.Context(), request, f.v.post.Office, c)
	return result, f.desk.under, err
}

// placesOf are the visitor's own region and those within it.
func (s *site) placesOf(v *visitor) (all []office.Region) {
	_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
		if own, ok := d.Region(v.region, v.today); ok {
			all = append(all, own)
		}
		return nil
	})
	return append(all, s.below(v)...)
}

// placeInput asks for a place of one of the levels; of any, where none is named.
func (f filling) placeInput(ctx context.Context, name, zh, en string, levels ...code.Level) input {
	i := input{kind: askOne, name: name, label: say(ctx, zh, en), required: true}
	for _, r := range f.site.placesOf(f.v) {
		if len(levels) == 0 || slices.Contains(levels, r.Level) {
			i.options = append(i.options, option{r.Code, r.Name})
		}
	}
	if len(i.options) != 1 {
		i.options = append([]option{{"", say(ctx, "请选择", "choose")}}, i.options...)
	}
	return i
}
