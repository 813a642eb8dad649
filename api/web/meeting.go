package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// moreSeats are the empty rows of an attendance list: who else came. Thirty
// people fill a village's meeting room.
const moreSeats = 12

// assembly is the form of an appraisal meeting (民主评议会): who sat there in which
// capacity, votes and recusals of each household, and the minutes.
type assembly struct {
	batch
	of     policy.Procedure
	region string
	rows   []onPaper
	seats  []seat
	acting acting
	q      url.Values // what was typed, of a form that was refused
	fault  fault
	key    string
	seen   string
}

// seat is a row of the attendance list.
type seat struct {
	name, capacity, person string
	here                   bool
	named                  bool // not an empty row
}

func (s *site) meetingForm(w http.ResponseWriter, r *http.Request, v *visitor) error {
	c, ok, err := s.choose(r, v, batches[0])
	if err != nil {
		return err
	}
	if !ok {
		return s.showChoice(w, r, v, c)
	}
	a, err := s.assembly(r.Context(), v, c.of, c.region, r.URL.Query())
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, meetingPage(a))
}

// assembly is the form as it begins, or as it was sent.
func (s *site) assembly(ctx context.Context, v *visitor, of policy.Procedure, region string, q url.Values) (assembly, error) {
	a := assembly{batch: batches[0], of: of, region: region, q: q, acting: s.acting(v, region, q), key: keyIn(q)}
	var err error
	if a.rows, err = s.households(ctx, v, q["household"]); err != nil {
		return a, err
	}
	a.seen = s.seenBefore(v, q, sightsOf(a.rows)...)
	if q.Has("seat_0") {
		a.seats = seatsIn(q)
		return a, nil
	}
	for _, c := range append(a.acting.own, a.acting.others...) {
		if capacity := code.SeatOf(c.Capacity); capacity != "" {
			a.seats = append(a.seats, seat{name: c.Name, capacity: capacity, person: c.Person, named: true})
		}
	}
	last, err := s.lastSeats(ctx, region)
	if err != nil {
		return a, err
	}
	for _, l := range last {
		if !slices.ContainsFunc(a.seats, func(have seat) bool { return have.name == l.name }) {
			a.seats = append(a.seats, l)
		}
	}
	for range moreSeats {
		a.seats = append(a.seats, seat{capacity: "representative"})
	}
	return a, nil
}

// lastSeats are those who sat in the village's last meeting: mostly they come again.
func (s *site) lastSeats(ctx context.Context, region string) (seats []seat, err error) {
	if s.Reads.Papers == nil {
		return nil, nil
	}
	papers, _, err := s.Reads.Papers.List(ctx, projections.PaperFilter{Regions: []string{region}, Kind: "meeting"}, projections.Page{Limit: 1})
	if err != nil || len(papers) == 0 {
		return nil, err
	}
	last, err := s.filed(ctx, "meeting", strings.TrimPrefix(papers[0].Stream, "meeting-"))
	if err != nil {
		return nil, err
	}
	held, _, _ := firstOf[paper.MeetingHeld](last)
	for _, a := range held.Attendees {
		seats = append(seats, seat{name: a.Name, capacity: a.Capacity, person: a.Person, named: true})
	}
	return seats, nil
}

// maxSeats bounds an attendance list as a form sends it; a meeting of more is
// entered by its representatives.
const maxSeats = 200

// seatsIn reads the attendance list as it was sent.
func seatsIn(q url.Values) (seats []seat) {
	for i := range maxSeats {
		n := strconv.Itoa(i)
		if !q.Has("seat_" + n) {
			break
		}
		at := seat{name: strings.TrimSpace(q.Get("name_" + n)), capacity: q.Get("capacity_" + n), person: q.Get("person_" + n), named: q.Get("seat_"+n) == "named"}
		at.here = q.Get("here_"+n) != "" || !at.named && at.name != ""
		seats = append(seats, at)
	}
	return seats
}

// meeting enters a meeting that was held.
func (s *site) meeting(w http.ResponseWriter, r *http.Request, v *visitor) error {
	err := s.sent(w, r, v)
	var result commands.PaperResult
	var request commands.Request
	if err == nil {
		if request, err = acted(r, v); err == nil {
			result, err = s.holdMeeting(r, v, request)
		}
	}
	if f, refused := s.faultOf(r, err); refused {
		a, err := s.assembly(r.Context(), v, policy.Procedure(r.PostFormValue("procedure")), r.PostFormValue("region"), r.PostForm)
		if err != nil {
			return err
		}
		a.fault = f
		return s.show(w, r, v, f.status(), meetingPage(a))
	}
	if err != nil {
		return err
	}
	return s.filedAway(w, r, result, "/meetings/"+commands.NewID(request.By, request.Key))
}

func (s *site) holdMeeting(r *http.Request, v *visitor, request commands.Request) (commands.PaperResult, error) {
	q := r.PostForm
	c := paper.HoldMeeting{Region: q.Get("region"), Procedure: policy.Procedure(q.Get("procedure")), Place: strings.TrimSpace(q.Get("place")), Entitled: number(q.Get("entitled"))}
	for _, at := range seatsIn(q) {
		if at.here && at.name != "" {
			c.Attendees = append(c.Attendees, paper.Attendee{Name: at.name, Capacity: at.capacity, Person: at.person})
		}
	}
	for _, id := range q["household"] {
		c.Items = append(c.Items, paper.MeetingItem{Household: id, For: number(q.Get("for_" + id)), Against: number(q.Get("against_" + id)), Abstained: number(q.Get("abstained_" + id)),
			Recused: namesIn(q.Get("recused_" + id)), Result: code.ReviewResult(q.Get("result_" + id)), Opinion: code.Text(strings.TrimSpace(q.Get("opinion_" + id)))})
	}
	if err := cmp.Or(s.received(r, v, "photo", c.Place), s.received(r, v, "sign_in", c.Place)); err != nil {
		return commands.PaperResult{}, err
	}
	c.Minutes, c.SignIn = filesIn(q, "photo"), filesIn(q, "sign_in")
	return s.Handler.Paper(r.Context(), request, commands.NewID(request.By, request.Key), c)
}

// number is what was typed as a whole number; anything else is none and fails
// where one is needed.
func number(s string) int {
	if strings.TrimSpace(s) == "" {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return -1
	}
	return n
}

// namesIn are names typed one after another, however they are divided.
func namesIn(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune("、，,；; 　\n\t", c) })
}

// filedAway goes on to a paper that was entered, once the lists show it.
func (s *site) filedAway(w http.ResponseWriter, r *http.Request, result commands.PaperResult, to string) error {
	s.remember(r, result.Flags)
	s.shownAfter(r.Context(), result.Position)
	return onward(w, r, sentOn(to, r.PostFormValue("key")))
}

// minutes is the page of a meeting that was held.
type minutes struct {
	filed
	held  paper.MeetingHeld
	fact  paper.Fact
	rows  []onPaper
	place string
	found []string // remarks
}

func (s *site) meetingHeld(w http.ResponseWriter, r *http.Request, v *visitor) error {
	f, err := s.named(r)
	if err != nil {
		return err
	}
	held, fact, ok := firstOf[paper.MeetingHeld](f)
	if !ok {
		return errNoPage
	}
	m := minutes{filed: f, held: held, fact: fact, found: s.recall(r), place: s.names(v, func(yield func(string)) { yield(f.Region) })[f.Region]}
	if m.rows, err = s.households(r.Context(), v, f.Lines); err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, minutesPage(m))
}

// meetingFile gives out a photograph of the minutes.
func (s *site) meetingFile(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	f, err := s.named(r)
	if err != nil {
		return err
	}
	held, _, _ := firstOf[paper.MeetingHeld](f)
	name := code.Attachment(chi.URLParam(r, "hash"))
	if !slices.Contains(held.Minutes, name) && !slices.Contains(held.SignIn, name) {
		return errNoPage
	}
	return s.serveFile(w, r, name)
}

// row is the household that an item is about.
func (m minutes) row(id string) onPaper { return rowOf(m.rows, id) }

func rowOf(rows []onPaper, id string) onPaper {
	for _, h := range rows {
		if h.ID == id {
			return h
		}
	}
	return onPaper{}
}

// passedIn are the households that the appraisal passed.
func passedIn(e paper.MeetingHeld) (ids []string) {
	for _, item := range e.Items {
		if item.Result == code.Pass {
			ids = append(ids, item.Household)
		}
	}
	return ids
}

// attendance is who was there, in which capacity.
func attendance(ctx context.Context, all []paper.Attendee) string {
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = a.Name + bracketed(ctx, term(ctx, code.AttendeeCapacities, a.Capacity))
	}
	return strings.Join(names, "、")
}
