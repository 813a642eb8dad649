package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"shouwang/commands"
	"shouwang/domain/calendar"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
	"shouwang/projections"
)

// treasury is the page of the funds against falling back (防贫资金).
type treasury struct {
	funds []projections.FundRow
	next  string
	names map[string]string
	found []string
}

func (s *site) funds(w http.ResponseWriter, r *http.Request, v *visitor) error {
	t := treasury{found: s.recall(r)}
	if s.Reads.Funds != nil {
		var err error
		filter := projections.FundFilter{Regions: s.area(v, r.URL.Query().Get("region")), Kind: r.URL.Query().Get("kind")}
		if t.funds, t.next, err = s.Reads.Funds.List(r.Context(), filter, projections.Page{After: r.URL.Query().Get("after")}); err != nil {
			return err
		}
	}
	t.names = s.names(v, func(yield func(string)) {
		for _, f := range t.funds {
			yield(f.Region)
		}
	})
	return s.show(w, r, v, http.StatusOK, fundsPage(t))
}

// fundBook is a fund as its book shows it.
func (s *site) fundBook(ctx context.Context, id string) (projections.FundRow, error) {
	if s.Reads.Funds == nil || len(id) > maxID {
		return projections.FundRow{}, errNoPage
	}
	return s.Reads.Funds.Get(ctx, id)
}

// openBook is the page of one fund: what came in, who was approved and paid, and
// what an audit finds.
type openBook struct {
	projections.FundRow
	place    string
	lines    []projections.FundEntry
	more     string
	findings []projections.FundFinding
	entries  []fundEntry
	rows     map[string]onPaper
	found    []string
}

// fundEntry is what came into a fund, or what it is.
type fundEntry struct {
	id, told string
	on       calendar.Day
	void     bool
}

func (s *site) fund(w http.ResponseWriter, r *http.Request, v *visitor) error {
	b, err := s.openBook(r, v)
	if err != nil {
		return err
	}
	return s.show(w, r, v, http.StatusOK, fundPage(b))
}

func (s *site) openBook(r *http.Request, v *visitor) (b openBook, err error) {
	ctx, id := r.Context(), chi.URLParam(r, "fund")
	if b.FundRow, err = s.fundBook(ctx, id); err != nil {
		return b, err
	}
	if !s.covers(v, b.Region) {
		return b, errOutside
	}
	b.place, b.found = s.regionName(b.Region, v.today), s.recall(r)
	if b.lines, b.more, err = s.Reads.Funds.Lines(ctx, projections.FundFilter{Fund: id}, projections.Page{After: r.URL.Query().Get("after")}); err != nil {
		return b, err
	}
	if b.findings, err = s.Reads.Funds.Findings(ctx, projections.FundFilter{Fund: id}); err != nil {
		return b, err
	}
	if b.entries, err = s.fundEntries(ctx, id); err != nil {
		return b, err
	}
	b.rows, err = s.fundHouseholds(ctx, v, b.lines)
	return b, err
}

// fundHouseholds are those that stand on lists of a fund; who has since moved out
// of the visitor's region is not among them.
func (s *site) fundHouseholds(ctx context.Context, v *visitor, lines []projections.FundEntry) (map[string]onPaper, error) {
	rows := map[string]onPaper{}
	for _, l := range lines {
		if _, known := rows[l.Household]; known {
			continue
		}
		found, err := s.households(ctx, v, []string{l.Household})
		if refusalIn(err) != nil {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, h := range found {
			rows[l.Household] = h
		}
	}
	return rows, nil
}

// fundEntries reads what the fund is, what came in and what was approved, the latest
// first.
func (s *site) fundEntries(ctx context.Context, id string) (all []fundEntry, err error) {
	void := map[string]bool{}
	for rec, err := range s.Handler.Log.ReadStream(ctx, commands.FundStream(id), eventlog.NoStream) {
		if err != nil {
			return nil, err
		}
		e, err := wire.Fund(rec.Type, rec.Data)
		if err != nil {
			return nil, err
		}
		meta, err := wire.DecodeMeta(rec.Meta)
		if err != nil {
			return nil, err
		}
		entry := fundEntry{id: rec.ID.String(), on: meta.Happened}
		switch e := e.(type) {
		case fund.Established:
			entry.told = say(ctx, "设立：", "established: ") + e.Name
		case fund.Raised:
			entry.told = say(ctx, "筹集：", "raised: ") + term(ctx, fund.Sources, e.Source) + " " + yuan(ctx, e.Fen) + " " + string(e.Note)
		case fund.FactVoided:
			void[e.Event] = true
			continue
		case fund.Approved:
			entry.told = say(ctx, "审批：", "approved: ") + e.Document + " " + strconv.Itoa(len(e.Lines)) + say(ctx, "户", " households")
		case fund.Paid, fund.Reversed, fund.FlagRaised:
			continue // among the lines
		}
		all = append(all, entry)
	}
	for i := range all {
		all[i].void = void[all[i].id]
	}
	slices.Reverse(all)
	return all, nil
}

// fundEntries are those that a correction may name.
func (f filling) fundEntries(ctx context.Context) (options []option) {
	all, err := f.site.fundEntries(ctx, f.subject)
	if err != nil {
		return nil // the form then offers none
	}
	for _, e := range all {
		if !e.void {
			options = append(options, option{e.id, date(ctx, e.on) + " " + e.told})
		}
	}
	return options
}

// payments are the payments of a fund that stand.
func (f filling) payments(ctx context.Context) (options []option) {
	if f.subject == "" {
		return nil
	}
	lines, err := f.site.paid(ctx, f.subject)
	if err != nil {
		return nil // the form then offers none
	}
	rows, err := f.site.fundHouseholds(ctx, f.v, lines)
	if err != nil {
		return nil
	}
	for _, l := range lines {
		if l.Reversed == 0 {
			options = append(options, option{l.List + "|" + l.Household, date(ctx, l.Happened) + " " + rows[l.Household].head(f.v) + " " + yuan(ctx, l.Fen) + " " + l.Document})
		}
	}
	return options
}

func (s *site) paid(ctx context.Context, id string) ([]projections.FundEntry, error) {
	lines, _, err := s.Reads.Funds.Lines(ctx, projections.FundFilter{Fund: id, Entry: "payment"}, projections.Page{Limit: projections.MaxPage})
	return lines, err
}

// listAndHousehold divides what the form of a reversal chose.
func listAndHousehold(line string) (list, id string) {
	list, id, _ = strings.Cut(line, "|")
	return list, id
}

// tierTitle is what a condition of a project is called.
func tierTitle(all []household.Condition, tier string) string {
	for _, t := range all {
		if t.Tier == tier {
			return t.Title
		}
	}
	return ""
}
