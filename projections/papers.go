package projections

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-json"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/fund"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

//go:embed papers/tables.sql
var papersTables string

// PapersName names the papers for waiting and rebuilding.
const PapersName = "papers"

// paperFile is the state of one paper, or the lines that arrived in one
// household's file.
type paperFile struct {
	version eventlog.Version
	paper   *paperHead
	state   paper.State
	fund    fund.State // of a fund's stream: its lists fan out as papers do
	lines   []paperLine
	arrived []arrival // each once
}

type paperHead struct {
	kind, region, procedure, number, title, place, attachment string
	happened                                                  calendar.Day
	recorded                                                  time.Time
	lines                                                     int
}

type paperLine struct {
	event, kind       string
	version           eventlog.Version
	happened          calendar.Day
	item              int
	household, result string
	arrival           string // under which it arrives in the household's file
	region            string
}

// arrival is a line of a paper's event in a household's file. The second line of
// one event there has the event's id with "/2".
type arrival struct{ event, line string }

// Papers is the read model of papers and of what has become of their lines.
func Papers() Model {
	return Spec[paperFile]{
		Name: PapersName, Version: 4, Fields: eventlog.Everything,
		Schema: Schema{Tables: papersTables, Indexes: []string{
			`create unique index papers_pkey on papers (stream)`,
			`create index papers_by_region on papers (region, happened, stream)`,
			`create index lines_of_paper on lines (stream, version, item)`,
			`create index lines_by_event on lines (event)`,
			`create index lines_of_household on lines (household)`,
			`create index arrivals_by_stream on arrivals (stream)`,
			`create index arrivals_by_line on arrivals (line, stream)`,
			`create unique index fanouts_pkey on fanouts (event)`,
			`create index fanouts_interrupted on fanouts (event) where arrived < expected`,
		}},
		Wants: func(stream string) bool { return isPaper(stream) || isFund(stream) || isHousehold(stream) },
		Fold:  foldPaper,
		Tables: []Table[paperFile]{
			{Name: "papers", Columns: []string{"version", "kind", "region", "procedure", "number", "title", "place", "happened", "recorded", "lines", "attachment"},
				Rows: (*paperFile).headRow, Single: true},
			{Name: "lines", Columns: []string{"event", "version", "type", "happened", "item", "household", "result", "region", "arrival"}, Rows: (*paperFile).lineRows},
			{Name: "arrivals", Columns: []string{"line"}, Rows: (*paperFile).arrivalRows},
		},
		Totals: []Totals[paperFile]{{Name: "fanouts", By: []string{"event"}, Sums: []string{"expected", "arrived"}, Of: (*paperFile).count}},
	}.Model()
}

// foldPaper: a line that was voided later had arrived all the same, so voids
// change nothing here.
func foldPaper(p *paperFile, rec eventlog.Record, _ bool) error {
	p.version = rec.Version
	if isHousehold(rec.Stream) {
		return p.inFile(rec)
	}
	if isFund(rec.Stream) {
		return p.fundList(rec)
	}
	e, err := wire.Paper(rec.Type, rec.Data, nil)
	if err != nil {
		return err
	}
	on, err := happened(rec.Meta)
	if err != nil {
		return err
	}
	if p.state.Struck == nil {
		p.state = paper.Fold(subject(rec.Stream), nil)
	}
	f := paper.Fact{ID: rec.ID.String(), Version: int64(rec.Version), Event: e}
	f.Act.Happened = on
	p.state = paper.Evolve(p.state, f)
	results := p.head(e, rec.RecordedAt, on)
	p.fansOut(rec, on, paper.Lines(p.state, f), p.state.Region, results)
	return nil
}

// fansOut notes the lines that an event means for households.
func (p *paperFile) fansOut(rec eventlog.Record, on calendar.Day, all []paper.Line, region string, results []string) {
	event, lines := rec.ID.String(), map[string]int{}
	for i, line := range all {
		l := paperLine{event: event, kind: rec.Type, version: rec.Version, happened: on, item: i + 1, household: line.Household, region: region, arrival: event}
		if lines[line.Household]++; lines[line.Household] > 1 {
			l.arrival += "/" + strconv.Itoa(lines[line.Household])
		}
		if i < len(results) {
			l.result = results[i]
		}
		p.lines = append(p.lines, l)
	}
}

// fundList takes in an event of a fund.
func (p *paperFile) fundList(rec eventlog.Record) error {
	e, err := wire.Fund(rec.Type, rec.Data)
	if err != nil {
		return err
	}
	on, err := happened(rec.Meta)
	if err != nil {
		return err
	}
	f := fund.Fact{ID: rec.ID.String(), Version: int64(rec.Version), Event: e}
	f.Act.Happened = on
	if p.fund.ID == "" {
		p.fund = fund.Fold(subject(rec.Stream), nil)
	}
	p.fund = fund.Evolve(p.fund, f)
	if opened, ok := e.(fund.Established); ok {
		p.paper = &paperHead{kind: "fund", region: opened.Region, number: opened.Document, title: opened.Name, happened: on, recorded: rec.RecordedAt}
	}
	p.fansOut(rec, on, fund.Lines(p.fund, f), p.fund.Region, nil)
	return nil
}

// head takes in what opens a paper and returns the results of its lines.
func (p *paperFile) head(e paper.Event, recorded time.Time, on calendar.Day) (results []string) {
	switch e := e.(type) {
	case paper.MeetingHeld:
		p.paper = &paperHead{kind: "meeting", region: e.Region, procedure: string(e.Procedure), place: e.Place}
		for _, item := range e.Items {
			results = append(results, string(item.Result))
		}
	case paper.SheetPosted:
		p.paper = &paperHead{kind: "notice", region: e.Region, procedure: string(e.Procedure), title: e.Title, place: e.Place, attachment: string(e.Photo)}
	case paper.DocumentIssued:
		p.paper = &paperHead{kind: string(e.Kind), region: e.Region, procedure: string(e.Procedure), number: e.Number, title: e.Title,
			place: e.Place, attachment: string(e.Paper)}
		for _, line := range e.Lines {
			result := string(line.Result)
			if line.ReturnTo != "" {
				result = "returned"
			}
			results = append(results, result)
		}
	case paper.StudyHeld:
		p.paper = &paperHead{kind: "study", region: e.Region, title: string(e.Subject), place: e.Place}
		for _, item := range e.Items {
			results = append(results, string(item.Conclusion))
		}
	case paper.HandoverSigned:
		p.paper = &paperHead{kind: "handover", region: e.Region, title: "责任人交接清单", attachment: string(e.Paper)}
	case paper.SheetObjected, paper.SheetObjectionInvestigated, paper.SheetObjectionAnswered, paper.SheetLineStruck, paper.SheetRemoved,
		paper.SheetInquirerAppointed, paper.FactVoided:
		return nil
	}
	p.paper.happened, p.paper.recorded, p.paper.lines = on, recorded, len(p.state.Lines)
	return results
}

// movingTypes are the events of one file that another file may follow.
var movingTypes = map[string]bool{"household.split.v1": true, "household.merged.v1": true, "household.linked.v1": true, "member.left.v1": true}

// inFile notes, of a household's event, what it follows from and what follows
// from it in another file.
func (p *paperFile) inFile(rec eventlog.Record) error {
	var a struct {
		Causation  string       `json:"causation"`
		Key        string       `json:"key"`
		Happened   calendar.Day `json:"happened"`
		RecordedBy act.Person   `json:"recorded_by"`
	}
	if err := json.Unmarshal(rec.Meta, &a); err != nil {
		return err
	}
	if movingTypes[rec.Type] {
		e, err := householdEvent(rec)
		if err != nil {
			return err
		}
		if _, other, moves := household.Began(e); moves {
			p.lines = append(p.lines, paperLine{event: rec.ID.String(), kind: rec.Type, version: rec.Version, happened: a.Happened, item: 1, arrival: rec.ID.String(),
				household: other, region: a.RecordedBy.Region})
		}
	}
	if a.Causation == "" {
		return nil
	}
	came := arrival{a.Causation, a.Causation}
	if rest, second := strings.CutPrefix(a.Key, a.Causation); second {
		came.line += rest
	}
	if !slices.Contains(p.arrived, came) {
		p.arrived = append(p.arrived, came)
	}
	return nil
}

func (p *paperFile) headRow(w *Rows) {
	h := p.paper
	if h == nil {
		return
	}
	w.Row()
	w.Int8(int64(p.version))
	w.Text(h.kind)
	w.Text(h.region)
	w.Text(h.procedure)
	w.Text(h.number)
	w.Text(h.title)
	w.Text(h.place)
	w.Day(h.happened)
	w.Instant(h.recorded)
	w.Int2(small(h.lines))
	w.Text(h.attachment)
}

func (p *paperFile) lineRows(w *Rows) {
	for _, l := range p.lines {
		w.Row()
		w.Text(l.event)
		w.Int8(int64(l.version))
		w.Text(l.kind)
		w.Day(l.happened)
		w.Int2(small(l.item))
		w.Text(l.household)
		w.Text(l.result)
		w.Text(l.region)
		w.Text(l.arrival)
	}
}

func (p *paperFile) arrivalRows(w *Rows) {
	for _, came := range p.arrived {
		w.Row()
		w.Text(came.line)
	}
}

func (p *paperFile) count(add Add) {
	for _, l := range p.lines {
		add([]string{l.event}, 1, 0)
	}
	for _, came := range p.arrived {
		add([]string{came.event}, 0, 1)
	}
}
