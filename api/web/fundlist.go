package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/code"
	"shouwang/domain/fund"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// grants is the form of a fund's list of households: approved (资金审批), or paid
// (资金发放).
type grants struct {
	batch
	book   projections.FundRow
	pays   bool // else approves
	rows   []onPaper
	before map[string]projections.FundEntry // what was approved for each, of a payment
	acting acting
	q      url.Values
	fault  fault
	key    string
	seen   string
}

// fundBatch is the list as a paper: its households are looked for.
func fundBatch(book projections.FundRow, level code.Level, pays bool) batch {
	b := batch{path: "/funds/" + book.ID + "/approvals", level: level, zh: "资金审批：" + book.Name, en: "Approve from " + book.Name, procedures: []policy.Procedure{policy.Assistance}}
	if pays {
		b.path, b.zh, b.en = "/funds/"+book.ID+"/payments", "资金发放："+book.Name, "Pay from "+book.Name
	}
	return b
}

// lists reads the fund of the address and which of its two lists is entered.
func (s *site) lists(r *http.Request, v *visitor) (book projections.FundRow, b batch, pays bool, err error) {
	if book, err = s.fundBook(r.Context(), chi.URLParam(r, "fund")); err != nil {
		return book, b, pays, err
	}
	if !s.covers(v, book.Region) {
		return book, b, pays, errOutside
	}
	pays = strings.Contains(r.URL.Path, "/payments")
	level := levelOf(v)
	for _, at := range s.placesOf(v) {
		if at.Code == book.Region {
			level = at.Level
		}
	}
	return book, fundBatch(book, level, pays), pays, nil
}

func (s *site) grantForm(w http.ResponseWriter, r *http.Request, v *visitor) error {
	book, b, pays, err := s.lists(r, v)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	q.Set("region", book.Region)
	r.URL.RawQuery = q.Encode()
	c, ok, err := s.choose(r, v, b)
	if err != nil {
		return err
	}
	if !ok {
		if pays {
			c.waiting = s.unpaid(r.Context(), book.ID)
			c.names = s.names(v, func(yield func(string)) {
				for _, o := range c.waiting {
					yield(o.Region)
				}
				for _, h := range c.found {
					yield(h.Region)
				}
			})
		}
		return s.showChoice(w, r, v, c)
	}
	g, err := s.grants(r, v, book, b, pays, q)
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, grantsPage(g))
}

// unpaid are the households that were approved and not paid so far.
func (s *site) unpaid(ctx context.Context, id string) (waiting []projections.OwedItem) {
	for household := range s.approvedFor(ctx, id) {
		if row, err := s.Reads.Register.Get(ctx, household); err == nil {
			waiting = append(waiting, projections.OwedItem{Kind: projections.OwedNextStep, Household: household, Region: row.Region, FileNo: row.FileNo, Head: row.Head})
		}
	}
	slices.SortFunc(waiting, func(a, b projections.OwedItem) int { return strings.Compare(a.FileNo, b.FileNo) })
	return waiting
}

// approvedFor are the approvals of a fund that nothing was paid on.
func (s *site) approvedFor(ctx context.Context, id string) map[string]projections.FundEntry {
	open := map[string]projections.FundEntry{}
	lines, _, err := s.Reads.Funds.Lines(ctx, projections.FundFilter{Fund: id}, projections.Page{Limit: projections.MaxPage})
	if err != nil {
		return open // they can be looked for all the same
	}
	for _, l := range lines {
		if l.Entry == "approval" {
			open[l.Household] = l
		}
	}
	for _, l := range lines {
		if l.Entry == "payment" && l.Reversed == 0 {
			delete(open, l.Household)
		}
	}
	return open
}

// grants is the form as it begins, or as it was sent.
func (s *site) grants(r *http.Request, v *visitor, book projections.FundRow, b batch, pays bool, q url.Values) (g grants, err error) {
	g = grants{batch: b, book: book, pays: pays, q: q, key: keyIn(q), acting: s.acting(v, book.Region, q)}
	if pays {
		g.before = s.approvedFor(r.Context(), book.ID)
	}
	at, err := s.readTo(r.Context(), commands.FundStream(book.ID))
	if err != nil {
		return g, err
	}
	g.rows, err = s.households(r.Context(), v, q["household"])
	g.seen = s.seenBefore(v, q, append(sightsOf(g.rows), at)...)
	return g, err
}

// value is what stands in a household's field: what was typed, else what was
// approved for it.
func (g grants) value(name string, h onPaper) string {
	if g.q.Has("amount_" + h.ID) {
		return g.q.Get(name + "_" + h.ID)
	}
	approved, ok := g.before[h.ID]
	switch {
	case name == "persons" && ok:
		return strconv.Itoa(approved.Persons)
	case name == "persons":
		return strconv.Itoa(h.CountedOn(g.acting.today))
	case name == "amount" && ok:
		return plainYuan(approved.Fen)
	case name == "tier" && ok:
		return approved.Tier
	case name == "measure" && ok:
		return approved.Measure
	}
	return ""
}

// plainYuan is an amount as a field takes it.
func plainYuan(fen code.Fen) string {
	return strconv.FormatInt(int64(fen/100), 10) + "." + strconv.FormatInt(int64(100+fen%100), 10)[1:]
}

// grant enters the list.
func (s *site) grant(w http.ResponseWriter, r *http.Request, v *visitor) error {
	book, b, pays, err := s.lists(r, v)
	if err != nil {
		return err
	}
	err = s.sent(w, r, v)
	g, failed := s.grants(r, v, book, b, pays, r.PostForm)
	if failed != nil {
		return failed
	}
	var request commands.Request
	if err == nil {
		request, err = acted(r, v)
	}
	var result commands.PaperResult
	if err == nil {
		result, err = s.enterGrants(r, v, g, request)
	}
	if f, refused := s.faultOf(r, err); refused {
		g.fault = f
		return s.show(w, r, v, f.status(), grantsPage(g))
	}
	if err != nil {
		return err
	}
	return s.filedAway(w, r, result, "/funds/"+book.ID)
}

func (s *site) enterGrants(r *http.Request, v *visitor, g grants, request commands.Request) (commands.PaperResult, error) {
	var lines []fund.Line
	wrong := commands.LinesRefused{}
	for _, h := range g.rows {
		field := func(name string) string { return strings.TrimSpace(g.q.Get(name + "_" + h.ID)) }
		amount, err := filling{q: url.Values{"amount": {field("amount")}}}.fen("amount")
		if refusal := refusalIn(err); refusal != nil {
			wrong.Lines = append(wrong.Lines, commands.LineRefusal{Household: h.ID, Refusal: refusal})
		}
		lines = append(lines, fund.Line{Household: h.ID, Measure: field("measure"), Tier: field("tier"), Persons: number(field("persons")), Fen: amount, Payee: field("payee"), Reason: code.Text(field("reason"))})
	}
	if len(wrong.Lines) > 0 {
		return commands.PaperResult{}, &wrong
	}
	paper, err := s.photo(r, v, "photo", "")
	if err != nil {
		return commands.PaperResult{}, err
	}
	if paper != "" {
		g.q.Set("photo_kept", string(paper))
	}
	var c fund.Command = fund.Approve{List: request.Key, Document: typed(r, "number"), Lines: lines, Paper: paper}
	if g.pays {
		c = fund.Pay{List: request.Key, Document: typed(r, "number"), Lines: lines, Paper: paper}
	}
	return s.Handler.Fund(r.Context(), request, g.book.ID, c)
}

// measures are what a payment may be for.
func (g grants) measures(ctx context.Context, h onPaper) []option {
	return append([]option{{"", "—"}}, filling{State: h.State}.measures(ctx)...)
}
