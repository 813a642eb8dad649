package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// caseForm is a form of one household, or of one that is not in the files yet.
type caseForm struct {
	name   string // in its address
	zh, en string
	step   policy.Step                // that it takes, if one
	kinds  []projections.OwedKind     // of what is owed that it does
	ready  func(household.State) bool // whether there is anything to enter; nil: always
	opens  bool                       // it may open a file
	paired bool                       // its fields stand two by two
	fields func(context.Context, filling) []input
	make   func(filling) (household.Command, error)
}

// filling is a form of one household being filled in.
type filling struct {
	*caseForm
	household.State
	desk    *placeForm // of a form about a place; nil: it is one household's
	subject string     // the fund or the office that it is about
	check   string     // the concentrated check
	address string     // of a form about a place
	site    *site
	seen    string
	v       *visitor
	region  string // of the household, or where it will be
	place   string // its name
	head    string
	of      policy.Procedure
	people  []colleague // who may be named in it
	acting  acting
	q       url.Values
	fault   fault
	key     string
	packs   func() (policy.Pack, bool)
	// correctables are the entries that may be struck through.
	correctables func() []projections.Entry
}

// to is where the form is sent.
func (f filling) to() string {
	if f.desk != nil {
		return f.address
	}
	if f.opens && !f.Exists {
		return "/households/forms/" + f.name + "?region=" + f.region
	}
	return "/households/" + f.ID + "/forms/" + f.name
}

// misfilled is a refusal of one field as it was typed.
type misfilled struct {
	field string
	*policy.Refusal
}

func (m *misfilled) Unwrap() error { return m.Refusal }

func misfill(field, reason string, args ...any) error {
	return &misfilled{field, policy.Refuse(policy.Malformed, reason, args...)}
}

// caseForms are all forms of one household, in the order of the procedure.
func caseForms() []caseForm {
	return slices.Concat(discoveryForms(), verificationForms(), familyForms(), movingForms(), attentionForms(), helpForms(), endForms(), recordForms())
}

func caseFormOf(name string) (*caseForm, bool) {
	for _, f := range caseForms() {
		if f.name == name {
			return &f, true
		}
	}
	return nil, false
}

// caseFormPage shows a form of a household.
func (s *site) caseFormPage(w http.ResponseWriter, r *http.Request, v *visitor) error {
	f, err := s.filling(r, v, r.URL.Query())
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, casePage(f))
}

// filling is the form as it begins, or as it was sent.
func (s *site) filling(r *http.Request, v *visitor, q url.Values) (filling, error) {
	form, ok := caseFormOf(chi.URLParam(r, "form"))
	if !ok {
		return filling{}, errNoPage
	}
	f := filling{caseForm: form, v: v, q: q, key: keyIn(q), of: policy.Procedure(q.Get("procedure")), region: r.URL.Query().Get("region")}
	if id := chi.URLParam(r, "household"); id != "" {
		facts, err := s.Handler.Facts(r.Context(), id)
		if err != nil {
			return f, err
		}
		f.State = household.Fold(id, facts, household.Times{})
		if f.region, f.seen = f.Region, s.seenBefore(v, q, sight{commands.HouseholdStream(id), f.Version}); f.Unconfirmed {
			f.head = namedIn(v, facts)
		}
	} else if !form.opens {
		return f, errNoPage
	}
	f.head = cmp.Or(onPaper{State: f.State}.head(v), f.head)
	if f.of == "" {
		f.of = procedureNow(f.State)
	}
	f.acting = s.acting(v, f.region, q)
	f.people = append(f.acting.own[:len(f.acting.own):len(f.acting.own)], f.acting.others...)
	f.place = s.names(v, func(yield func(string)) { yield(f.region) })[f.region]
	f.correctables = func() []projections.Entry { return s.correctables(r, f.ID) }
	f.packs = func() (policy.Pack, bool) { return s.Handler.Directory.Pack(f.region, v.today) }
	return f, nil
}

// correctables are the entries of a household that may be struck through, the
// latest first.
func (s *site) correctables(r *http.Request, id string) (all []projections.Entry) {
	told, err := s.Reads.History.History(r.Context(), id, household.Times{})
	facts, failed := s.Handler.Facts(r.Context(), id)
	if err != nil || failed != nil {
		return nil // nobody has a file yet
	}
	for _, e := range slices.Backward(told.Entries) {
		if i := slices.IndexFunc(facts, func(f household.Fact) bool { return f.ID == e.ID }); i >= 0 && !e.Void && household.Voidable(facts[i].Event) {
			all = append(all, e)
		}
	}
	return all
}

// procedureNow is the procedure that a household's next survey or sheet most
// likely belongs to.
func procedureNow(h household.State) policy.Procedure {
	switch h.Stage() {
	case household.StageMonitored:
		return policy.Elimination
	default:
		return policy.Inclusion
	}
}

// enterCase enters what a form of a household says.
func (s *site) enterCase(w http.ResponseWriter, r *http.Request, v *visitor) error {
	err := s.sent(w, r, v)
	f, failed := s.filling(r, v, r.PostForm)
	if failed != nil {
		return failed
	}
	var result commands.Result
	var request commands.Request
	id := f.ID
	if err == nil {
		request, err = acted(r, v)
	}
	if err == nil {
		if id == "" {
			id = commands.NewID(request.By, request.Key)
		}
		result, err = s.enterFilled(r, f, request, id)
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
	return onward(w, r, sentOn("/households/"+id+"#state", f.key))
}

func (s *site) enterFilled(r *http.Request, f filling, request commands.Request, id string) (commands.Result, error) {
	for _, i := range f.fields(r.Context(), f) {
		if i.kind == askFiles {
			if err := s.received(r, f.v, i.file(), ""); err != nil {
				return commands.Result{}, err
			}
		}
	}
	c, err := f.make(f)
	if err != nil {
		return commands.Result{}, err
	}
	if result, moves, err := s.moves(r, f, request, c); moves || err != nil {
		return result, err
	}
	return s.Handler.Household(r.Context(), request, id, c)
}

// offered are the forms that may be filled in for a household now.
func offered(h household.State) (forms []caseForm) {
	for _, f := range caseForms() {
		if (f.ready == nil || f.ready(h)) && f.name != "register" && f.name != "consent" { // the last is asked beside the entry
			forms = append(forms, f)
		}
	}
	return forms
}

// caseFormFor is the form of a household that does what is owed.
func caseFormFor(o projections.OwedItem) (string, bool) {
	for _, f := range caseForms() {
		if slices.Contains(f.kinds, o.Kind) {
			return f.name, true
		}
	}
	if o.Kind != projections.OwedNextStep && o.Kind != projections.OwedEarlierPaper && o.Kind != projections.OwedReturned {
		return "", false
	}
	for _, f := range caseForms() {
		if f.step != "" && string(f.step) == o.Step {
			return f.name, true
		}
	}
	return "", false
}
