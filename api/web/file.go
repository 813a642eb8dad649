package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/account"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/projections"
)

// dossier is one household's file as a page (一户一档).
type dossier struct {
	household.State
	facts    []household.Fact // all of them, struck ones too; personal fields opened
	stands   map[string]bool  // by event id
	reach    *household.Reach // what relied on what
	entries  []projections.Entry
	places   string // the village's name
	tracks   []track
	people   map[string]particulars
	masks    func(string) string      // members' names in a text; nil: the visitor sees them
	offices  map[string]string        // names of those that clues were sent to
	meetings map[string]appraisalHeld // that appraised the household, by id
	owed     []projections.OwedItem
	remarked []string // what was found of the act that led here
	draft    draft    // of a form that was refused
	seen     string
	writes   bool   // whether the visitor's office enters acts
	opens    bool   // whether he may look at photographs
	clear    string // the member whose personal data are shown in full, or everyone
	printed  bool   // on paper nothing is folded away
	told     string
}

// particulars are a member's personal data.
type particulars struct{ number, phone, health code.Personal }

// particularsOf collects them from the facts that stand; the folded state has
// none.
func particularsOf(facts []household.Fact) map[string]particulars {
	people := map[string]particulars{}
	for _, f := range facts {
		switch e := f.Event.(type) {
		case household.HouseholdRegistered:
			for _, m := range e.Members {
				people[m.ID] = particulars{m.IDNumber, m.Phone, m.Health}
			}
		case household.MemberAdded:
			people[e.Member.ID] = particulars{e.Member.IDNumber, e.Member.Phone, e.Member.Health}
		case household.DocumentSupplied:
			p := people[e.Member]
			p.number = e.IDNumber
			people[e.Member] = p
		default: // the others have no personal data of a member
		}
	}
	return people
}

// track is one procedure with its steps under the pack of the episode.
type track struct {
	procedure policy.Procedure
	number    int // of the attempt; 0: the only one
	pack      string
	steps     []stage
}

// stage is a step on its track.
type stage struct {
	step     policy.Step
	level    code.Level
	stands   bool            // it is done
	done     *household.Done // when, where the chain has it
	next     *projections.OwedItem
	optional bool
}

func (s *site) file(w http.ResponseWriter, r *http.Request, v *visitor) error {
	d, err := s.dossier(r.Context(), v, chi.URLParam(r, "household"))
	if err != nil {
		return err
	}
	d.remarked = s.recall(r)
	return s.show(w, r, v, http.StatusOK, filePage(d))
}

// dossier reads a household's file as it stands now.
func (s *site) dossier(ctx context.Context, v *visitor, id string) (dossier, error) {
	told, err := s.Reads.History.History(ctx, id, household.Times{})
	if err != nil {
		return dossier{}, err
	}
	d := dossier{State: told.Folded, stands: map[string]bool{}}
	if !v.seesNames() {
		told, d.masks = told.Masked(), told.Mask
	}
	d.entries = told.Entries
	d.seen = s.seen(v, sight{commands.HouseholdStream(id), d.Version})
	if d.facts, err = s.opened(ctx, id); err != nil {
		return dossier{}, err
	}
	standing := household.Standing(d.facts, household.Times{})
	d.reach = household.NewReach(d.facts)
	for _, f := range standing {
		d.stands[f.ID] = true
	}
	d.people = particularsOf(standing)
	d.writes, d.opens = slices.Contains(caseworkers, v.role), mayOpen(v)
	if d.owed, _, err = s.Reads.Owed.List(ctx, projections.OwedFilter{Household: id, Today: v.today}, projections.Page{}); err != nil {
		return dossier{}, err
	}
	d.places = s.names(v, func(yield func(string)) { yield(d.Region) })[d.Region]
	d.tracks = s.tracksOf(&d.State, d.owed)
	d.offices = s.sentTo(d.Clues)
	d.meetings, err = s.meetingsOf(ctx, v, d)
	return d, err
}

// opened reads a household's facts with their personal fields opened: they are
// shown masked, or in full to whoever said why.
func (s *site) opened(ctx context.Context, id string) ([]household.Fact, error) {
	stream := commands.HouseholdStream(id)
	sealers, err := s.Handler.Keys.ExistingMany(ctx, []string{stream})
	if err != nil {
		return nil, err
	}
	var sealer wire.Sealer
	if k := sealers[stream]; k != nil {
		sealer = k
	}
	return s.factsIn(ctx, stream, sealer)
}

// factsIn reads a household's stream, its personal fields opened with the sealer.
func (s *site) factsIn(ctx context.Context, stream string, sealer wire.Sealer) (facts []household.Fact, err error) {
	for rec, err := range s.Handler.Log.ReadStream(ctx, stream, eventlog.NoStream) {
		if err != nil {
			return nil, err
		}
		f, err := commands.Fact(rec, sealer)
		if err != nil {
			return nil, err
		}
		facts = append(facts, f)
	}
	return facts, nil
}

// tracksOf are the procedures of the current episode, each in the order of the
// pack under which the episode opened, and whose turn it is as the read model of
// what is owed has it.
func (s *site) tracksOf(h *household.State, owed []projections.OwedItem) (tracks []track) {
	e := h.Episode()
	if e == nil {
		return nil
	}
	pack, ok := s.Handler.Directory.PackBySum(e.Pack.SHA256)
	if !ok {
		return nil
	}
	add := func(p policy.Procedure, chain *household.Chain, number int) {
		t := track{procedure: p, number: number, pack: pack.Title}
		for _, rule := range pack.Steps(p) {
			st := stage{step: rule.Step, level: rule.Level, stands: h.StepStands(e, p, chain, rule.Step), done: chain.Find(rule.Step), optional: rule.Optional}
			if i := slices.IndexFunc(owed, func(o projections.OwedItem) bool {
				return o.Procedure == string(p) && o.Step == string(rule.Step)
			}); i >= 0 && !st.stands {
				st.next = &owed[i]
			}
			t.steps = append(t.steps, st)
		}
		if len(t.steps) > 0 {
			tracks = append(tracks, t)
		}
	}
	if !e.Brought {
		add(policy.Inclusion, &e.Inclusion, 0)
	}
	if e.Included != 0 {
		add(policy.Assistance, &e.Help, 0)
	}
	for i := range e.Attempts {
		number := 0
		if len(e.Attempts) > 1 {
			number = i + 1
		}
		add(policy.Elimination, &e.Attempts[i], number)
	}
	return tracks
}

// personal shows one member's personal data in full, once the visitor said why
// and that he did is recorded.
func (s *site) personal(w http.ResponseWriter, r *http.Request, v *visitor) error {
	id, member := chi.URLParam(r, "household"), r.PostFormValue("member")
	d, err := s.dossier(r.Context(), v, id)
	if err != nil {
		return err
	}
	if member == "" || !d.hasMember(member) {
		return policy.Refuse(policy.MemberUnknown, "该户没有这名成员")
	}
	err = s.Accounts.Show(r.Context(), v.Account, account.PersonalShown{Household: id, Member: member, Fields: []string{"id_number", "phone", "health"}, Reason: reasonIn(r)}, s.door(r))
	if told, ok := s.told(r, err); ok {
		d.told = told
		return s.show(w, r, v, http.StatusUnprocessableEntity, filePage(d))
	}
	if err != nil {
		return err
	}
	d.clear = member
	return s.show(w, r, v, http.StatusOK, filePage(d))
}

func (d dossier) hasMember(id string) bool {
	for _, m := range d.Members {
		if m.ID == id {
			return true
		}
	}
	return false
}

// title is what stands over the file: the head, or whom the clue named that opened
// it while nobody knows which household it is.
func (d dossier) title(ctx context.Context) string {
	if name := d.headName(visitorOf(ctx)); name != "" {
		return name
	}
	return cmp.Or(namedIn(visitorOf(ctx), d.facts), say(ctx, "（未具名）", "(no name)"))
}

// namedIn is whom the clue named with which a file was opened.
func namedIn(v *visitor, facts []household.Fact) string {
	for _, f := range facts {
		if e, is := f.Event.(household.ClueRecorded); is && e.Name != "" {
			return shownName(v, e.Name)
		}
	}
	return ""
}

// headName is the household's name as the visitor may see it.
func (d dossier) headName(v *visitor) string {
	for _, m := range d.Members {
		if m.ID == d.Head {
			return shownName(v, m.Name)
		}
	}
	return ""
}

func (d dossier) inFull(member string) bool { return d.clear == member || d.clear == everyone }

// number and phone are masked until somebody said why he needs them.
func (d dossier) number(member string) string {
	if d.inFull(member) {
		return string(d.people[member].number)
	}
	return code.MaskID(string(d.people[member].number))
}

func (d dossier) phone(member string) string {
	if d.inFull(member) {
		return string(d.people[member].phone)
	}
	return code.MaskPhone(string(d.people[member].phone))
}

// knows says whether there is anything to be shown in full.
func (d dossier) knows(member string) bool { return d.people[member] != (particulars{}) }

// said is what somebody wrote, as the visitor may read it.
func (d dossier) said(text code.Text) string {
	if d.masks == nil {
		return string(text)
	}
	return d.masks(string(text))
}

// factsOf are the facts of one kind, the latest first, that stand.
func factsOf[E household.Event](d dossier) (found []household.Fact) {
	for i := len(d.facts) - 1; i >= 0; i-- {
		if _, is := d.facts[i].Event.(E); is && d.stands[d.facts[i].ID] {
			found = append(found, d.facts[i])
		}
	}
	return found
}

// doers are those who did it, with post.
func doers(f household.Fact) string {
	var names []string
	for _, p := range f.Act.DoneBy {
		names = append(names, p.Name+p.Post)
	}
	return strings.Join(names, "、")
}

// notices are all lines of notices of the household, with their procedure.
func (d dossier) notices() (lines []noticeLine) {
	for _, e := range d.Episodes {
		chains := append([]household.Chain{e.Inclusion}, e.Attempts...)
		for i, c := range chains {
			of := policy.Elimination
			if i == 0 {
				of = policy.Inclusion
			}
			for _, n := range append(c.Past[:len(c.Past):len(c.Past)], c.Notice) {
				if n != nil {
					lines = append(lines, noticeLine{of, n})
				}
			}
		}
	}
	return lines
}

type noticeLine struct {
	of policy.Procedure
	*household.NoticeLine
}

// up is how many days the notice hung until the day, by both counts.
func (n noticeLine) up(ctx context.Context, until calendar.Day) string {
	return span(ctx, calendar.Announced().Span(n.Posted, until))
}
