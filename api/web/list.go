package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/office"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// roll is the form of a document over a list of households: the village's report,
// the township's review, the county's decision, what is handed down, announced and
// entered in a system.
type roll struct {
	batch
	kind     paper.DocumentKind // empty: entries in a system, which no document stands for
	of       policy.Procedure
	region   string
	place    string // its name
	rows     []onPaper
	returns  []policy.Step   // to which a line may be sent back
	officers []colleague     // who may answer for a household
	offices  []office.Office // that may issue and put up an announcement
	// authority is the one of them in which somebody decides.
	authority string
	acting    acting
	q         url.Values
	fault     fault
	key       string
	seen      string
}

// deciding says whether each line has a result of its own.
func (l roll) deciding() bool {
	return l.kind == paper.TownshipReview || l.kind == paper.CountyDecision
}

// undoes says whether the document takes back what an earlier one decided: each
// line says why.
func (l roll) undoes() bool { return l.kind == paper.RollBack || l.kind == paper.Revocation }

// numbered says whether there is no such document without its number (文号).
func (l roll) numbered() bool { return l.kind == paper.CountyDecision || l.undoes() }

// includes says whether the document decides on inclusions.
func (l roll) includes() bool {
	return l.kind == paper.CountyDecision && l.of != policy.Elimination
}

// listed finds the form of lists that the address names.
func listed(r *http.Request) (batch, error) {
	path := "/lists/" + chi.URLParam(r, "kind")
	i := slices.IndexFunc(batches, func(b batch) bool { return b.path == path })
	if i < 0 {
		return batch{}, errNoPage
	}
	return batches[i], nil
}

func (s *site) listForm(w http.ResponseWriter, r *http.Request, v *visitor) error {
	b, err := listed(r)
	if err != nil {
		return err
	}
	c, ok, err := s.choose(r, v, b)
	if err != nil {
		return err
	}
	if !ok {
		return s.showChoice(w, r, v, c)
	}
	q := r.URL.Query()
	q.Set("procedure", string(c.of))
	q.Set("region", c.region)
	l, err := s.roll(r.Context(), v, b, q)
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, listPage(l))
}

// roll is the form as it begins, or as it was sent.
func (s *site) roll(ctx context.Context, v *visitor, b batch, q url.Values) (roll, error) {
	l := roll{batch: b, of: policy.Procedure(q.Get("procedure")), region: q.Get("region"), q: q, key: keyIn(q)}
	if kind := strings.TrimPrefix(b.path, "/lists/"); b.step != policy.SystemEntry && b.step != policy.SystemMark {
		l.kind = paper.DocumentKind(kind)
	}
	var err error
	if l.rows, err = s.households(ctx, v, q["household"]); err != nil {
		return l, err
	}
	l.seen = s.seenBefore(v, q, sightsOf(l.rows)...)
	l.acting = s.acting(v, l.region, q)
	l.place = s.names(v, func(yield func(string)) { yield(l.region) })[l.region]
	if l.deciding() {
		l.returns = s.returnsOf(l, v.today)
	}
	if l.includes() {
		l.officers = s.responsible(v, l.rows)
	}
	if l.kind == paper.Announcement {
		_ = s.Handler.Directory.View(func(d *office.Directory) error { // never fails
			for _, o := range d.Offices("", v.today) {
				if d.Contains(o.Region, l.region, v.today) {
					l.offices = append(l.offices, o)
					if slices.ContainsFunc(d.Holders(o.ID, v.today), func(a office.Appointed) bool { return a.Capacity == code.CountyDecider }) {
						l.authority = o.ID
					}
				}
			}
			return nil
		})
	}
	return l, nil
}

// returnsOf are the steps before the deciding one, by the pack in force.
func (s *site) returnsOf(l roll, today calendar.Day) (steps []policy.Step) {
	pack, ok := s.Handler.Directory.Pack(l.region, today)
	if !ok {
		return nil
	}
	for _, rule := range pack.Steps(l.of) {
		if rule.Step == l.step {
			break
		}
		steps = append(steps, rule.Step)
	}
	return steps
}

// responsible are those who may be named as responsible for the households.
func (s *site) responsible(v *visitor, rows []onPaper) (all []colleague) {
	seen := map[string]bool{}
	for _, h := range rows {
		if seen[h.Region] {
			continue
		}
		seen[h.Region] = true
		own, others := s.colleagues(v, h.Region, v.today)
		for _, c := range append(others, own...) {
			if slices.Contains(household.Responsibles, c.Capacity) && !seen[c.Appointment] {
				seen[c.Appointment] = true
				all = append(all, c)
			}
		}
	}
	return all
}

// list enters a document, or the entries in a system.
func (s *site) list(w http.ResponseWriter, r *http.Request, v *visitor) error {
	b, err := listed(r)
	if err != nil {
		return err
	}
	err = s.sent(w, r, v)
	var request commands.Request
	if err == nil {
		request, err = acted(r, v)
	}
	q := r.PostForm
	l, failed := s.roll(r.Context(), v, b, q)
	if failed != nil {
		return failed
	}
	var result commands.PaperResult
	to := "/lists/" + commands.NewID(request.By, request.Key)
	switch {
	case err != nil:
	case l.kind == "":
		to = "/forms"
		result, err = s.enterInSystem(r.Context(), request, l)
	default:
		var c paper.IssueDocument
		if c, err = s.document(r, v, l); err == nil {
			result, err = s.Handler.Paper(r.Context(), request, commands.NewID(request.By, request.Key), c)
		}
	}
	if f, refused := s.faultOf(r, err); refused {
		l.fault = f
		return s.show(w, r, v, f.status(), listPage(l))
	}
	if err != nil {
		return err
	}
	return s.filedAway(w, r, result, to)
}

// document is what the form says.
func (s *site) document(r *http.Request, v *visitor, l roll) (paper.IssueDocument, error) {
	q := r.PostForm
	c := paper.IssueDocument{Region: l.region, Kind: l.kind, Procedure: l.of, Number: typed(r, "number"), Title: typed(r, "title"),
		Issuer: typed(r, "issuer"), Executor: typed(r, "executor"), Place: typed(r, "place")}
	for _, h := range l.rows {
		c.Lines = append(c.Lines, l.line(h.ID))
	}
	var err error
	if c.Paper, err = s.photo(r, v, "photo", c.Place); c.Paper != "" {
		q.Set("photo_kept", string(c.Paper))
	}
	return c, err
}

// line is what the form says of one household.
func (l roll) line(id string) paper.DocumentLine {
	line := paper.DocumentLine{Household: id}
	field := func(name string) string { return strings.TrimSpace(l.q.Get(name + "_" + id)) }
	if l.deciding() || l.undoes() {
		line.Opinion = code.Text(cmp.Or(field("opinion"), l.forAll("opinion")))
	}
	if !l.deciding() {
		return line
	}
	if field("result") == "return" {
		line.ReturnTo, line.Opinion = policy.Step(field("return")), code.Text(field("opinion")) // why it goes back is its own
		return line
	}
	line.Result = code.ReviewResult(field("result"))
	if l.kind != paper.CountyDecision || line.Result != code.Pass {
		return line
	}
	if l.of == policy.Elimination {
		line.Way = field("way")
		return line
	}
	line.Class = code.Class(field("class"))
	for _, risk := range l.q["risk_"+id] {
		line.Risks = append(line.Risks, code.Risk(risk))
	}
	line.Monitoring, line.Assistance = l.officer(cmp.Or(field("monitoring"), l.forAll("monitoring"))), l.officer(cmp.Or(field("assistance"), l.forAll("assistance")))
	return line
}

// forAll is what was chosen for all lines at once; a line may say otherwise.
func (l roll) forAll(name string) string { return strings.TrimSpace(l.q.Get(name + "_all")) }

// nobody is what a line says that names no officer though all others do.
const nobody = "nobody"

// officer is the responsible person of that id.
func (l roll) officer(person string) household.Responsible {
	if person == nobody {
		return household.Responsible{}
	}
	for _, c := range l.officers {
		if c.Person == person {
			return household.Responsible{Person: c.Person, Name: c.Name, Post: c.Post}
		}
	}
	return household.Responsible{Person: person}
}

// enterInSystem enters, household by household, that each stands in a system or
// is marked there. What one does not satisfy keeps nothing from the others:
// repeating enters the rest.
func (s *site) enterInSystem(ctx context.Context, request commands.Request, l roll) (commands.PaperResult, error) {
	var all commands.PaperResult
	var refused commands.LinesRefused
	key, system := request.Key, strings.TrimSpace(l.q.Get("system"))
	for _, h := range l.rows {
		request.Key = key + "/" + h.ID
		var c household.Command = household.EnterSystem{System: system, National: strings.TrimSpace(l.q.Get("national_" + h.ID))}
		if l.step == policy.SystemMark {
			c = household.MarkSystem{System: system}
		}
		result, err := s.Handler.Household(ctx, request, h.ID, c)
		if refusal := refusalIn(err); refusal != nil {
			refused.Lines = append(refused.Lines, commands.LineRefusal{Household: h.ID, Refusal: refusal})
			continue
		}
		if err != nil {
			return all, err
		}
		all.Flags = append(all.Flags, result.Flags...)
		if result.Position.Compare(all.Position) > 0 {
			all.Position = result.Position
		}
	}
	if len(refused.Lines) > 0 {
		return all, &refused
	}
	return all, nil
}

// issued is a document as it was entered.
type issued struct {
	filed
	document paper.DocumentIssued
	fact     paper.Fact
	rows     []onPaper
	place    string
	issuers  map[string]string // names of offices
	found    []string
	papers   []batch // and at which level each is made
}

func (s *site) listed(w http.ResponseWriter, r *http.Request, v *visitor) error {
	f, err := s.named(r)
	if err != nil {
		return err
	}
	d := issued{filed: f, found: s.recall(r), place: s.names(v, func(yield func(string)) { yield(f.Region) })[f.Region], issuers: map[string]string{}}
	var ok bool
	if d.document, d.fact, ok = firstOf[paper.DocumentIssued](f); !ok {
		return errNoPage
	}
	for _, id := range []string{d.document.Issuer, d.document.Executor} {
		d.issuers[id] = s.officeName(id, d.fact.Act.Happened, id)
	}
	if d.rows, err = s.households(r.Context(), v, f.Lines); err != nil {
		return err
	}
	for _, b := range batches {
		d.papers = append(d.papers, s.made(v, b))
	}
	return s.show(w, r, v, http.StatusOK, documentPage(d))
}

func (s *site) listFile(w http.ResponseWriter, r *http.Request, _ *visitor) error {
	f, err := s.named(r)
	if err != nil {
		return err
	}
	d, _, _ := firstOf[paper.DocumentIssued](f)
	if name := code.Attachment(chi.URLParam(r, "hash")); name != d.Paper || name == "" {
		return errNoPage
	}
	return s.serveFile(w, r, d.Paper)
}

// next is the paper that usually follows, with those who passed.
func (d issued) next() (b batch, link string, ok bool) {
	i := slices.IndexFunc(batches, func(b batch) bool { return b.path == "/lists/"+string(d.document.Kind) })
	if i < 0 {
		return b, "", false
	}
	for _, b := range d.papers[i+1:] {
		if !slices.Contains(b.procedures, d.document.Procedure) || b.turnless() {
			continue
		}
		var ids []string
		for _, line := range d.document.Lines {
			if line.ReturnTo == "" && line.Result != code.Reject {
				ids = append(ids, line.Household)
			}
		}
		return b, nextBatch(b.step, d.document.Procedure, "", ids), len(ids) > 0
	}
	return b, "", false
}
