package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// council is the form of a study meeting (研判会商): of the county with its
// departments or of a township, household by household or about the place as a
// whole.
type council struct {
	batch
	filling
	rows []onPaper
}

// studyBatch is the study meeting as a paper: its households are looked for.
func studyBatch(v *visitor) batch {
	return batch{path: "/studies", level: levelOf(v), zh: "研判会商", en: "Study meeting", procedures: []policy.Procedure{policy.Assistance}}
}

func (s *site) studyForm(w http.ResponseWriter, r *http.Request, v *visitor) error {
	q := r.URL.Query()
	if q.Get("whole") == "" {
		c, ok, err := s.choose(r, v, studyBatch(v))
		if err != nil {
			return err
		}
		if !ok {
			return s.showChoice(w, r, v, c)
		}
		q.Set("region", c.region)
	}
	c, err := s.council(r.Context(), v, q)
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, councilPage(c))
}

// council is the form as it begins, or as it was sent.
func (s *site) council(ctx context.Context, v *visitor, q url.Values) (council, error) {
	c := council{batch: studyBatch(v), filling: filling{caseForm: &caseForm{}, v: v, q: q, key: keyIn(q), region: cmp.Or(q.Get("region"), v.region)}}
	if !s.covers(v, c.region) {
		return c, errOutside
	}
	c.place, c.acting = s.placeName(v, c.region), s.acting(v, c.region, q)
	var err error
	c.rows, err = s.households(ctx, v, q["household"])
	c.seen = s.seenBefore(v, q, sightsOf(c.rows)...)
	return c, err
}

// study enters a meeting that was held.
func (s *site) study(w http.ResponseWriter, r *http.Request, v *visitor) error {
	err := s.sent(w, r, v)
	c, failed := s.council(r.Context(), v, r.PostForm)
	if failed != nil {
		return failed
	}
	var request commands.Request
	if err == nil {
		request, err = acted(r, v)
	}
	var result commands.PaperResult
	if err == nil {
		result, err = s.holdStudy(r, c, request)
	}
	if f, refused := s.faultOf(r, err); refused {
		c.fault = f
		return s.show(w, r, v, f.status(), councilPage(c))
	}
	if err != nil {
		return err
	}
	return s.filedAway(w, r, result, "/studies/"+commands.NewID(request.By, request.Key))
}

func (s *site) holdStudy(r *http.Request, c council, request commands.Request) (commands.PaperResult, error) {
	hold := paper.HoldStudy{Region: c.region, Kind: code.StudyKind(c.typed("kind")), Subject: c.text("subject"), Place: c.typed("place"), Outcome: c.text("outcome")}
	var err error
	if hold.From, err = c.day("from"); err == nil {
		hold.To, err = c.day("to")
	}
	if err != nil {
		return commands.PaperResult{}, err
	}
	hold.Attendees = c.attended()
	for _, h := range c.rows {
		item := paper.StudyItem{Household: h.ID, Situation: c.text("situation_" + h.ID), Conclusion: code.StudyConclusion(c.typed("conclusion_" + h.ID)), Opinion: c.text("opinion_" + h.ID)}
		if item.FollowUps, err = c.followUps("_" + h.ID); err != nil {
			return commands.PaperResult{}, err
		}
		hold.Items = append(hold.Items, item)
	}
	if err := s.received(r, c.v, "photo", hold.Place); err != nil {
		return commands.PaperResult{}, err
	}
	hold.Minutes = filesIn(c.q, "photo")
	return s.Handler.Paper(r.Context(), request, commands.NewID(request.By, request.Key), hold)
}

// usualKind is whose study it mostly is, where the visitor works.
func (c council) usualKind() string {
	if c.level == code.Township {
		return string(code.TownshipStudy)
	}
	return string(code.JointStudy)
}

// councilSeats are the empty rows of a study's attendance list: every department of
// a county has one.
const councilSeats = 12

// attended are those present: colleagues that were ticked, and the rows written.
func (c council) attended() (all []paper.StudyAttendee) {
	for _, who := range append(c.acting.own[:len(c.acting.own):len(c.acting.own)], c.acting.others...) {
		for _, person := range c.q["here"] {
			if person == who.Person {
				all = append(all, paper.StudyAttendee{Name: who.Name, Unit: who.at, Person: who.Person})
				break
			}
		}
	}
	for i := range councilSeats {
		n := strconv.Itoa(i)
		if name := c.typed("name_" + n); name != "" {
			all = append(all, paper.StudyAttendee{Name: name, Unit: c.typed("unit_" + n), Department: c.typed("department_" + n)})
		}
	}
	return all
}

// studied is the page of a study that was held.
type studied struct {
	filed
	held  paper.StudyHeld
	fact  paper.Fact
	rows  []onPaper
	place string
	found []string
}

func (s *site) studyHeld(w http.ResponseWriter, r *http.Request, v *visitor) error {
	f, err := s.named(r)
	if err != nil {
		return err
	}
	held, fact, ok := firstOf[paper.StudyHeld](f)
	if !ok {
		return errNoPage
	}
	page := studied{filed: f, held: held, fact: fact, found: s.recall(r), place: s.regionName(f.Region, v.today)}
	if page.rows, err = s.households(r.Context(), v, f.Lines); err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, studiedPage(page))
}

func (s *site) studyFile(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	f, err := s.named(r)
	if err != nil {
		return err
	}
	held, _, _ := firstOf[paper.StudyHeld](f)
	for _, name := range held.Minutes {
		if string(name) == chi.URLParam(r, "hash") {
			return s.serveFile(w, r, name)
		}
	}
	return errNoPage
}

// councillors are those who were there, with whom they came for.
func councillors(all []paper.StudyAttendee) string {
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = a.Name + "（" + a.Unit + "）"
	}
	return strings.Join(names, "、")
}
