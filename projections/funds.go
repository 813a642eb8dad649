package projections

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/goccy/go-json"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

//go:embed funds/tables.sql
var fundsTables string

// FundsName names the funds for waiting and rebuilding.
const FundsName = "funds"

const fundPrefix = "fund-"

func isFund(stream string) bool { return strings.HasPrefix(stream, fundPrefix) }

// fundFile is the state of one fund, or what one household's file found about
// its payments.
type fundFile struct {
	stream   string
	version  eventlog.Version
	head     *fund.Established
	since    calendar.Day
	raised   code.Fen
	lines    []fundLine
	findings []fundFinding

	// of a household's file: which versions are lines of which lists
	received map[eventlog.Version]fundFinding
}

type fundLine struct {
	entry, list, document string
	version               eventlog.Version
	item                  int
	fund.Line
	happened, reversed calendar.Day
}

type fundFinding struct {
	fund, list, household, rule, detail string
	happened                            calendar.Day
}

// Funds is the read model of funds, their lists, and what an audit finds.
func Funds() Model {
	return Spec[fundFile]{
		Name: FundsName, Version: 2, Fields: eventlog.WithData | eventlog.WithMeta,
		Schema: Schema{Tables: fundsTables, Indexes: []string{
			`create unique index funds_pkey on funds (stream)`,
			`create unique index lines_of_fund on lines (stream, place)`,
			`create index lines_of_household on lines (household)`,
			`create index findings_by_stream on findings (stream)`,
			`create index findings_of_fund on findings (fund, list)`,
		}},
		Wants: func(stream string) bool { return isFund(stream) || isHousehold(stream) },
		Fold:  foldFund, Revises: revises, Struck: struckFacts,
		Tables: []Table[fundFile]{
			{Name: "funds", Columns: []string{"version", "region", "kind", "name", "rules", "document", "since", "raised", "approved", "paid", "tiers"},
				Rows: (*fundFile).headRow, Single: true},
			{Name: "lines", Columns: []string{"place", "entry", "list", "document", "household", "measure", "tier", "persons", "fen", "happened", "reversed"},
				Rows: (*fundFile).lineRows},
			{Name: "findings", Columns: []string{"fund", "list", "household", "rule", "happened", "detail"}, Rows: (*fundFile).findingRows},
		},
	}.Model()
}

// foldFund: payments are reversed, never voided; a sum that came in and an approval
// may be.
func foldFund(s *fundFile, rec eventlog.Record, struck bool) error {
	s.stream, s.version = rec.Stream, rec.Version
	if struck {
		return nil
	}
	if isHousehold(rec.Stream) {
		return s.ofHousehold(rec)
	}
	e, err := wire.Fund(rec.Type, rec.Data)
	if err != nil {
		return err
	}
	on, err := happened(rec.Meta)
	if err != nil {
		return err
	}
	switch e := e.(type) {
	case fund.Established:
		s.head, s.since = &e, on
	case fund.Raised:
		s.raised += e.Fen
	case fund.Approved:
		s.list("approval", e.List, e.Document, e.Lines, on, rec.Version)
	case fund.Paid:
		s.list("payment", e.List, e.Document, e.Lines, on, rec.Version)
	case fund.Reversed:
		for i := range s.lines {
			if l := &s.lines[i]; l.entry == "payment" && l.list == e.List && l.Household == e.Household && l.reversed == 0 {
				l.reversed = on
			}
		}
	case fund.FactVoided: // what it names was left out
	case fund.FlagRaised:
		s.findings = append(s.findings, fundFinding{fund: rec.Stream, list: e.List, household: e.Household, rule: string(e.Rule), detail: e.Detail, happened: on})
	}
	return nil
}

func (s *fundFile) list(entry, list, document string, lines []fund.Line, on calendar.Day, version eventlog.Version) {
	for i, l := range lines {
		s.lines = append(s.lines, fundLine{entry: entry, list: list, document: document, version: version, item: i + 1, Line: l, happened: on})
	}
}

// ofHousehold takes in the flags that a household's file raised on its lines.
func (s *fundFile) ofHousehold(rec eventlog.Record) error {
	switch rec.Type {
	case "payment.approved.v1", "payment.made.v1":
		var e household.PaymentLine
		if err := decode(rec, &e); err != nil {
			return err
		}
		on, err := happened(rec.Meta)
		if err != nil {
			return err
		}
		if s.received == nil {
			s.received = map[eventlog.Version]fundFinding{}
		}
		s.received[rec.Version] = fundFinding{fund: fundPrefix + e.Fund, list: e.List, household: subject(rec.Stream), happened: on}
	case "guard.flag_raised.v1":
		if len(s.received) == 0 {
			return nil
		}
		var e household.FlagRaised
		if err := decode(rec, &e); err != nil {
			return err
		}
		if found, ok := s.received[rec.Version-eventlog.Version(e.Back)]; ok {
			found.rule, found.detail = string(e.Rule), e.Detail
			s.findings = append(s.findings, found)
		}
	}
	return nil
}

// sum adds the lines of one kind that were not reversed.
func (s *fundFile) sum(entry string) int64 {
	var all code.Fen
	for _, l := range s.lines {
		if l.entry == entry && l.reversed == 0 {
			all += l.Fen
		}
	}
	return int64(all)
}

func (s *fundFile) headRow(w *Rows) {
	if s.head == nil {
		return
	}
	tiers, err := json.Marshal(s.head.Tiers)
	if err != nil {
		tiers = []byte("null") // plain values always encode
	}
	w.Row()
	w.Int8(int64(s.version))
	w.Text(s.head.Region)
	w.Text(s.head.Kind)
	w.Text(s.head.Name)
	w.Text(string(s.head.Rules))
	w.Text(s.head.Document)
	w.Day(s.since)
	w.Int8(int64(s.raised))
	w.Int8(s.sum("approval"))
	w.Int8(s.sum("payment"))
	w.Text(string(tiers))
}

func (s *fundFile) lineRows(w *Rows) {
	for _, l := range s.lines {
		w.Row()
		w.Text(fmt.Sprintf("%s %010d %05d", l.happened, l.version, l.item))
		w.Text(l.entry)
		w.Text(l.list)
		w.Text(l.document)
		w.Text(l.Household)
		w.Text(l.Measure)
		w.Text(l.Tier)
		w.Int2(small(l.Persons))
		w.Int8(int64(l.Fen))
		w.Day(l.happened)
		w.Day(l.reversed)
	}
}

func (s *fundFile) findingRows(w *Rows) {
	for _, f := range s.findings {
		w.Row()
		w.Text(f.fund)
		w.Text(f.list)
		w.Text(f.household)
		w.Text(f.rule)
		w.Day(f.happened)
		w.Text(f.detail)
	}
}
