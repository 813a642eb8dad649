package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/projections"
)

// appeals is the list of what households applied for (申报), the open ones first.
type appeals struct {
	rows  []projections.ClueRow
	next  string
	all   bool // the settled ones, too
	names map[string]string
}

func (s *site) applications(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q := r.URL.Query()
	a := appeals{all: q.Get("all") != ""}
	if s.Reads.Discoveries != nil {
		filter := projections.ClueFilter{Regions: s.area(v, q.Get("region")), Kind: "clue", Channel: code.SelfApplication, Open: !a.all}
		var err error
		if a.rows, a.next, err = s.Reads.Discoveries.Clues(r.Context(), filter, projections.Page{After: q.Get("after")}); err != nil {
			return err
		}
	}
	a.names = s.names(v, func(yield func(string)) {
		for _, row := range a.rows {
			yield(row.Region)
		}
	})
	return s.show(w, r, v, http.StatusOK, applicationsPage(a))
}

// appeal is an application as it came in: what the household wrote, its
// photographs, who wrote for it, how it is to be reached.
type appeal struct {
	household.State
	fact   household.Fact
	clue   household.ClueRecorded
	sent   household.ApplicationSent
	place  string
	result *household.ClueVerified // nil: nobody has looked into it
	full   bool                    // the contact, once the visitor said why
	told   string                  // why it was not shown
	acting acting
	fault  fault
	reason string // of a refusal that was not taken
	chosen string
	key    string
	seen   string
}

// open says whether somebody is still to take it up or to refuse it.
func (a appeal) open() bool { return a.Unconfirmed && a.Closed == 0 && a.result == nil }

// applicant is who applied: as named in the application, or the head of the file
// that it came to.
func (a appeal) applicant(v *visitor) string {
	if a.clue.Name != "" {
		return shownName(v, a.clue.Name)
	}
	return onPaper{State: a.State}.head(v)
}

// contact is masked until the visitor said why he needs it.
func (a appeal) contact() string {
	if a.full {
		return string(a.sent.Contact)
	}
	return code.MaskPhone(string(a.sent.Contact))
}

// appeal reads the application with which a file was opened.
func (s *site) appeal(r *http.Request, v *visitor) (a appeal, err error) {
	id := chi.URLParam(r, "household")
	facts, err := s.opened(r.Context(), id)
	if err != nil {
		return a, err
	}
	a.State = household.Fold(id, facts, household.Times{})
	for _, f := range household.Standing(facts, household.Times{}) {
		switch e := f.Event.(type) {
		case household.ClueRecorded:
			if e.Channel == code.SelfApplication && a.clue.Clue == "" {
				a.clue, a.fact = e, f
			}
		case household.ApplicationSent:
			if e.Clue == a.clue.Clue {
				a.sent = e
			}
		case household.ClueVerified:
			if e.Clue == a.clue.Clue {
				a.result = &e
			}
		default: // what came later
		}
	}
	if a.clue.Clue == "" {
		return a, errNoPage
	}
	a.seen = s.seen(v, sight{commands.HouseholdStream(id), a.Version})
	a.place, a.key = s.regionName(cmp.Or(a.Region, a.clue.Region), v.today), keyIn(r.PostForm)
	a.acting = s.acting(v, a.Region, r.PostForm)
	return a, nil
}

func (s *site) application(w http.ResponseWriter, r *http.Request, v *visitor) error {
	a, err := s.appeal(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, applicationPage(a))
}

// applicationPhoto gives out a photograph that came with it.
func (s *site) applicationPhoto(w http.ResponseWriter, r *http.Request, v *visitor) error {
	a, err := s.appeal(r, v)
	if err != nil {
		return err
	}
	name := code.Attachment(chi.URLParam(r, "hash"))
	if !slices.Contains(a.sent.Photos, name) {
		return errNoPage
	}
	return s.serveFile(w, r, name)
}

// applicationContact shows how whoever applied is to be reached, once the visitor
// said why and that he did is recorded.
func (s *site) applicationContact(w http.ResponseWriter, r *http.Request, v *visitor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	a, err := s.appeal(r, v)
	if err != nil {
		return err
	}
	if a.sent.Contact == "" {
		return errNoPage
	}
	err = s.Accounts.Show(r.Context(), v.Account, account.PersonalShown{Household: a.ID, Fields: []string{"contact"}, Reason: reasonIn(r)}, s.door(r))
	if told, ok := s.told(r, err); ok {
		a.told = told
		return s.show(w, r, v, http.StatusUnprocessableEntity, applicationPage(a))
	}
	if err != nil {
		return err
	}
	a.full = true
	return s.show(w, r, v, http.StatusOK, applicationPage(a))
}

// refusals are how an application may end without being taken up.
var refusals = []string{"no_risk", "single_measure", "already_monitored", "not_found"}

// refuseApplication says in plain words why an application is not taken up: the
// clue is verified and its file closed, and whoever holds the code reads why.
func (s *site) refuseApplication(w http.ResponseWriter, r *http.Request, v *visitor) error {
	err := s.sent(w, r, v)
	a, failed := s.appeal(r, v)
	if failed != nil {
		return failed
	}
	var result commands.Result
	if err == nil {
		var request commands.Request
		if request, err = acted(r, v); err == nil {
			result, err = s.refuses(r.Context(), request, a, r.PostFormValue("result"), code.Text(typed(r, "reason")))
		}
	}
	if f, refused := s.faultOf(r, err); refused {
		a.fault, a.reason, a.chosen = f, typed(r, "reason"), r.PostFormValue("result")
		return s.show(w, r, v, f.status(), applicationPage(a))
	}
	if err != nil {
		return err
	}
	s.remember(r, result.Flags)
	s.shownAfter(r.Context(), result.Position)
	return onward(w, r, sentOn("/households/"+a.ID+"/application", a.key))
}

func (s *site) refuses(ctx context.Context, request commands.Request, a appeal, why string, reason code.Text) (commands.Result, error) {
	if !slices.Contains(refusals, why) {
		return commands.Result{}, misfill("result", "请选择核实结果")
	}
	if reason == "" || code.PersonalNumber(string(reason)) != "" {
		return commands.Result{}, misfill("reason", "请用申报人看得懂的话写明理由，不写身份证、电话号码")
	}
	key := request.Key
	request.Key = key + "/check"
	if _, err := s.Handler.Household(ctx, request, a.ID, household.VerifyClue{Clue: a.clue.Clue, Result: why, Reason: reason}); err != nil {
		return commands.Result{}, err
	}
	request.Key = key + "/close"
	return s.Handler.Household(ctx, request, a.ID, household.CloseUnconfirmed{Reason: reason})
}
