package projections

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
	"shouwang/domain/wire"
	"shouwang/eventlog"
)

//go:embed notices/tables.sql
var noticesTables string

// NoticesName names the notices for waiting and rebuilding.
const NoticesName = "notices"

// noticeFile is the state of one sheet, or what one household tells of sheets.
type noticeFile struct {
	version    eventlog.Version
	sheet      *sheetState
	lines      []sheetLine
	objections []sheetObjection
	inquirers  []appointedInquirer
	posted     []postedLine    // a household's lines, on all sheets
	objected   []lineObjection // of a household
	steps      []laterStep     // a household's steps after a notice
	photos     []photoUse
	region     string // of a household
	appraised  []appraisal
	decided    []ruling
	check      *spotCheck
}

type sheetState struct {
	paper.SheetPosted
	on           calendar.Day
	recorded     time.Time
	removed      calendar.Day
	taken        time.Time
	removalPhoto string
}

type sheetLine struct {
	paper.SheetLine
	struck calendar.Day
	reason string
}

type sheetObjection struct {
	paper.RaiseSheetObjection
	raised, inquired, answered calendar.Day
	upheld                     bool
	inquiry, findings          string
}

type postedLine struct {
	notice    string
	procedure policy.Procedure
	on        calendar.Day
	days      int
	count     string
	extend    int // by so many days an objection extends them
}

// lineObjection is an objection to the household's line of a sheet.
type lineObjection struct {
	notice string
	on     calendar.Day
}

// period is how long the sheet must be up for the line, an objection's extension
// included: the procedure says when it extends.
func (n *noticeFile) period(l postedLine) calendar.Period {
	line := household.NoticeLine{Posted: l.on, Days: l.days, Count: l.count, Extend: l.extend}
	for _, o := range n.objected {
		if o.notice == l.notice {
			line.Objections = append(line.Objections, household.Objection{On: o.on})
		}
	}
	return line.Period()
}

// full is the day on which the days required are over; none while they are not
// known or nothing is required.
func (n *noticeFile) full(l postedLine) calendar.Day {
	period := n.period(l)
	end, known := period.End(l.on)
	if !known || period.Days <= 0 {
		return 0
	}
	return end
}

type laterStep struct {
	procedure policy.Procedure
	step      policy.Step
	on        calendar.Day
}

type photoUse struct {
	hash, use string
	on        calendar.Day
}

// Notices is the read model of notice sheets.
func Notices() Model {
	return Spec[noticeFile]{
		Name: NoticesName, Version: arranged(6), Fields: eventlog.Everything,
		Schema: Schema{Tables: noticesTables, Indexes: []string{
			`create unique index sheets_pkey on sheets (stream)`,
			`create index sheets_by_region on sheets (region, posted, stream)`,
			`create index sheets_up on sheets (region) where removed is null`,
			`create unique index lines_pkey on lines (stream, item)`,
			`create index lines_of_household on lines (household)`,
			`create index objections_of_sheet on objections (stream)`,
			`create index objections_by_id on objections (objection)`,
			`create index inquirers_by_person on inquirers (person, stream, objection)`,
			`create index followed_by_notice on followed (notice, stream)`,
			`create index followed_by_household on followed (stream)`,
			`create index photos_by_hash on photos (hash)`,
			`create index photos_by_stream on photos (stream)`,
			`create index appraised_at on appraised (meeting, procedure)`,
			`create index decided_in on decided (region) where notice = ''`,
			`create index decided_by_household on decided (stream)`,
			`create index appraised_by_household on appraised (stream)`,
			`create unique index inspections_pkey on inspections (stream)`,
			`create index inspections_of_notice on inspections (notice)`,
			`create index inspections_in on inspections (region)`,
		}},
		Wants: func(stream string) bool {
			return strings.HasPrefix(stream, noticePrefix) || strings.HasPrefix(stream, inspectionPrefix) || isHousehold(stream)
		},
		Fold:    foldNotice,
		Revises: func(rec eventlog.Record) bool { return isHousehold(rec.Stream) && revises(rec) },
		Struck: func(records []eventlog.Record) (map[eventlog.Version]bool, error) {
			if !isHousehold(records[0].Stream) {
				return nil, nil
			}
			return struckFacts(records)
		},
		Tables: []Table[noticeFile]{
			{Name: "sheets", Columns: []string{"version", "region", "procedure", "title", "place", "phone", "replaces", "posted", "recorded", "photo",
				"removed", "removed_recorded", "removal_photo", "lines", "struck", "open"}, Rows: (*noticeFile).sheetRow, Single: true},
			{Name: "lines", Columns: []string{"item", "household", "head", "persons", "class", "struck", "reason"}, Rows: (*noticeFile).lineRows},
			{Name: "objections", Columns: []string{"objection", "household", "content", "raised", "inquired", "inquiry", "answered", "upheld", "findings"}, Rows: (*noticeFile).objectionRows},
			{Name: "inquirers", Columns: []string{"event", "version", "objection", "person", "since", "until", "number", "made", "made_by"}, Rows: (*noticeFile).inquirerRows},
			{Name: "followed", Columns: []string{"notice", "days", "count", "full_on", "next_step", "next_on",
				"appraised", "appraised_on", "meeting", "decided", "decided_on", "decided_class"}, Rows: (*noticeFile).followedRows},
			{Name: "appraised", Columns: []string{"procedure", "meeting", "appraised_on", "result"}, Rows: (*noticeFile).appraisedRows},
			{Name: "decided", Columns: []string{"region", "procedure", "decided_on", "result", "class", "notice"}, Rows: (*noticeFile).decidedRows},
			{Name: "inspections", Columns: []string{"version", "notice", "region", "result", "place", "note", "photo", "checked_on", "recorded", "checked_by", "withdrawn"},
				Rows: (*noticeFile).inspectionRow, Single: true},
			{Name: "photos", Columns: []string{"hash", "use", "taken_for"}, Rows: (*noticeFile).photoRows},
		},
	}.Model()
}

func foldNotice(n *noticeFile, rec eventlog.Record, struck bool) error {
	n.version = rec.Version
	if struck {
		return nil
	}
	if isHousehold(rec.Stream) {
		return n.household(rec)
	}
	if strings.HasPrefix(rec.Stream, inspectionPrefix) {
		return n.inspected(rec)
	}
	e, err := wire.Paper(rec.Type, rec.Data, nil)
	if err != nil {
		return err
	}
	on, err := happened(rec.Meta)
	if err != nil {
		return err
	}
	switch e := e.(type) {
	case paper.SheetPosted:
		n.sheet = &sheetState{SheetPosted: e, on: on, recorded: rec.RecordedAt}
		for _, line := range e.Lines {
			n.lines = append(n.lines, sheetLine{SheetLine: line})
		}
		n.photo(string(e.Photo), "posted", on)
	case paper.SheetObjected:
		n.objections = append(n.objections, sheetObjection{RaiseSheetObjection: paper.RaiseSheetObjection(e), raised: on})
	case paper.SheetObjectionInvestigated:
		for i := range n.objections {
			if o := &n.objections[i]; o.Objection == e.Objection && (o.inquired == 0 || on < o.inquired) {
				o.inquired, o.inquiry = on, string(e.Findings)
			}
		}
	case paper.SheetObjectionAnswered:
		for i := range n.objections {
			if o := &n.objections[i]; o.Objection == e.Objection {
				o.answered, o.upheld, o.findings = on, e.Upheld, string(e.Findings)
			}
		}
	case paper.SheetLineStruck:
		for i := range n.lines {
			if l := &n.lines[i]; l.Household == e.Household {
				l.struck, l.reason = on, string(e.Reason)
			}
		}
	case paper.SheetRemoved:
		if n.sheet != nil {
			n.sheet.removed, n.sheet.removalPhoto = on, string(e.Photo)
			n.sheet.taken = rec.RecordedAt
		}
		n.photo(string(e.Photo), "removed", on)
	case paper.SheetInquirerAppointed:
		return n.appointed(rec, e, on)
	case paper.FactVoided:
		n.inquirers = slices.DeleteFunc(n.inquirers, func(i appointedInquirer) bool { return i.event == e.Event })
	case paper.MeetingHeld, paper.DocumentIssued, paper.StudyHeld, paper.HandoverSigned:
		return fmt.Errorf("%s does not belong in a notice's stream", rec.Type)
	}
	return nil
}

func (n *noticeFile) photo(hash, use string, on calendar.Day) {
	if hash != "" {
		n.photos = append(n.photos, photoUse{hash, use, on})
	}
}

// household takes in what a household's file says about its notices.
func (n *noticeFile) household(rec eventlog.Record) error {
	switch rec.Type {
	case "household.registered.v1":
		var e struct {
			Region string `json:"region"`
		}
		err := decode(rec, &e)
		n.region = e.Region
		return err
	case "notice.posted.v1", "notice.objected.v1", "village.reported.v1", "township.reviewed.v1", "inclusion.decided.v1", "elimination.decided.v1", "appraisal.recorded.v1",
		"visit.recorded.v1", "survey.recorded.v1":
	default:
		return nil
	}
	f, err := slimFact(rec)
	if err != nil {
		return err
	}
	on := f.Happened()
	step := func(of policy.Procedure, s policy.Step) { n.steps = append(n.steps, laterStep{of, s, on}) }
	switch e := f.Event.(type) {
	case household.NoticePosted:
		n.posted = append(n.posted, postedLine{e.Notice, e.Procedure, on, e.Days, e.Count, e.Extend})
	case household.NoticeObjected:
		n.objected = append(n.objected, lineObjection{e.Notice, on})
	case household.VillageReported:
		step(e.Procedure, policy.VillageReport)
	case household.TownshipReviewed:
		step(e.Procedure, policy.TownshipReview)
	case household.Appraised:
		n.appraised = append(n.appraised, appraisal{e.Procedure, e.Meeting, on, e.Result})
	case household.InclusionDecided:
		step(policy.Inclusion, policy.CountyDecision)
		n.decided = append(n.decided, ruling{policy.Inclusion, on, e.Result, e.Class})
	case household.EliminationDecided:
		step(policy.Elimination, policy.CountyDecision)
		n.decided = append(n.decided, ruling{policy.Elimination, on, e.Result, ""})
	case household.Visited:
		for _, hash := range e.Photos {
			n.photo(string(hash), "visit", on)
		}
	case household.HomeSurveyed:
		for _, hash := range e.Photos {
			n.photo(string(hash), "survey", on)
		}
	default: // the others say nothing about notices
	}
	return nil
}

// next is the first step of the line's procedure after it was posted and
// before the line hung again on another sheet. It goes by the days on which
// things happened, whenever they were typed.
func (n *noticeFile) next(line postedLine) laterStep {
	until, first := n.until(line), laterStep{}
	for _, s := range n.steps {
		if s.procedure == line.procedure && s.on >= line.on && s.on < until && (first.on == 0 || s.on < first.on) {
			first = s
		}
	}
	return first
}

func (n *noticeFile) sheetRow(w *Rows) {
	if n.sheet == nil {
		return
	}
	s := n.sheet
	struck, open := 0, 0
	for _, l := range n.lines {
		if l.struck != 0 {
			struck++
		}
	}
	for _, o := range n.objections {
		if o.answered == 0 {
			open++
		}
	}
	w.Row()
	w.Int8(int64(n.version))
	w.Text(s.Region)
	w.Text(string(s.Procedure))
	w.Text(s.Title)
	w.Text(s.Place)
	w.Text(s.Phone)
	w.Text(s.Replaces)
	w.Day(s.on)
	w.Instant(s.recorded)
	w.Text(string(s.Photo))
	w.Day(s.removed)
	w.Instant(s.taken)
	w.Text(s.removalPhoto)
	w.Int2(small(len(n.lines)))
	w.Int2(small(struck))
	w.Int2(small(open))
}

func (n *noticeFile) lineRows(w *Rows) {
	for i, l := range n.lines {
		w.Row()
		w.Int2(small(i + 1))
		w.Text(l.Household)
		w.Text(l.Head)
		w.Int2(small(l.Persons))
		w.Text(string(l.Class))
		w.Day(l.struck)
		w.Text(l.reason)
	}
}

func (n *noticeFile) objectionRows(w *Rows) {
	for _, o := range n.objections {
		w.Row()
		w.Text(o.Objection)
		w.Text(o.Household)
		w.Text(string(o.Content))
		w.Day(o.raised)
		w.Day(o.inquired)
		w.Text(o.inquiry)
		w.Day(o.answered)
		w.Bool(o.upheld)
		w.Text(o.findings)
	}
}

func (n *noticeFile) followedRows(w *Rows) {
	for _, line := range n.posted {
		next := n.next(line)
		w.Row()
		w.Text(line.notice)
		w.Int2(small(n.period(line).Days))
		w.Text(line.count)
		w.Day(n.full(line))
		w.Text(string(next.step))
		w.Day(next.on)
		n.comparedRow(w, line)
	}
}

func (n *noticeFile) photoRows(w *Rows) {
	for _, p := range n.photos {
		w.Row()
		w.Text(p.hash)
		w.Text(p.use)
		w.Day(p.on)
	}
}
