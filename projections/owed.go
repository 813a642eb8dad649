package projections

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/goccy/go-json"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/eventlog"
)

//go:embed owed/tables.sql
var owedTables string

// OwedName names what is owed for waiting and rebuilding.
const OwedName = "owed"

// Packs returns an adopted pack by the SHA-256 of its text. The text of a pack
// never changes, and no act names one before it was adopted; so an error only
// means that the pack has not been read yet.
type Packs func(ctx context.Context, sha256 string) (policy.Pack, error)

// OwedKind is a kind of thing that is owed.
type OwedKind string

// The kinds.
const (
	OwedEarlierPaper OwedKind = "earlier_paper" // 前置材料待补: a later step is in the file, this one is not
	OwedNextStep     OwedKind = "next_step"     // 待办: the next step of a case under way
	OwedEnding       OwedKind = "ending"        // 识别终止: the appraisal did not pass, and no end is recorded
	OwedReturned     OwedKind = "returned"      // sent back to this step
	OwedGreen        OwedKind = "green_channel" // procedure owed after help under a green channel
	OwedNoticeDown   OwedKind = "notice_down"   // a notice past its days
	OwedObjection    OwedKind = "objection"     // an objection without an answer
	OwedClueCheck    OwedKind = "clue_check"    // a clue nobody has verified
	OwedClueFeedback OwedKind = "clue_feedback" // a clue whose sender was not told
	OwedUnconfirmed  OwedKind = "unconfirmed"   // a clue that matched no household
	OwedAnnouncement OwedKind = "announcement"  // a decision not announced
	OwedEntry        OwedKind = "system_entry"  // a decision not entered in the system
	OwedMark         OwedKind = "system_mark"   // an elimination not marked
	OwedPlan         OwedKind = "plan"          // included and without a plan
	OwedDocument     OwedKind = "document"      // a member without an ID number
	OwedHead         OwedKind = "head"          // the head died or left, another is to be named
	OwedHit          OwedKind = "hit"           // points of a comparison not explained
	OwedFollowUp     OwedKind = "follow_up"     // what a study wanted done
	OwedRedWarning   OwedKind = "red_warning"   // a red warning nobody has ended
	OwedDuty         OwedKind = "duty"          // what the pack asks for again and again, or once

	OwedPlanGap OwedKind = "plan_gap"       // a plan that does not say all it should
	OwedDenied  OwedKind = "measure_denied" // a measure the household says it did not receive
	OwedReview  OwedKind = "deferral"       // a deferred elimination to be looked at again

	OwedShortfall OwedKind = "shortfall" // what fell short in the work, to be put right
	OwedHandover  OwedKind = "handover"  // a responsible person left and did not hand over
	OwedFallen    OwedKind = "fallen"    // fell (back) into poverty and is not monitored
)

// OwedKinds with their terms.
var OwedKinds = code.List{
	{Code: "earlier_paper", ZH: "前置材料待补", EN: "earlier paper awaited"},
	{Code: "next_step", ZH: "待办环节", EN: "next step"},
	{Code: "ending", ZH: "评议未通过待办结", EN: "end of an inclusion whose appraisal did not pass"},
	{Code: "returned", ZH: "退回待重办", EN: "returned, to be done again"},
	{Code: "green_channel", ZH: "绿色通道待补程序", EN: "procedure owed under the green channel"},
	{Code: "notice_down", ZH: "公示期满待撤下并拍照", EN: "notice to be taken down and photographed"},
	{Code: "objection", ZH: "异议待调查答复", EN: "objection to be answered"},
	{Code: "clue_check", ZH: "线索待核实", EN: "clue to be verified"},
	{Code: "clue_feedback", ZH: "线索待反馈", EN: "clue to be fed back"},
	{Code: "unconfirmed", ZH: "线索对象待确认", EN: "clue that matched no household"},
	{Code: "announcement", ZH: "待公告", EN: "to be announced"},
	{Code: "system_entry", ZH: "待系统录入", EN: "to be entered in the system"},
	{Code: "system_mark", ZH: "待系统标注", EN: "to be marked in the system"},
	{Code: "plan", ZH: "待制定一户一策", EN: "plan to be made"},
	{Code: "document", ZH: "身份证件待补", EN: "identity document owed"},
	{Code: "head", ZH: "户主待变更", EN: "another head to be named"},
	{Code: "hit", ZH: "比对疑点待核实", EN: "hits to be explained"},
	{Code: "follow_up", ZH: "研判事项待落实", EN: "follow-up of a study"},
	{Code: "red_warning", ZH: "红色预警待处置", EN: "red warning to be dealt with"},
	{Code: "duty", ZH: "定期或限期职责", EN: "recurring or one-off duty"},
	{Code: "plan_gap", ZH: "一户一策待补全", EN: "plan to be completed"},
	{Code: "deferral", ZH: "暂缓消除待复核", EN: "deferred elimination to be looked at again"},
	{Code: "shortfall", ZH: "落实不到位待整改", EN: "shortfall in the work to be put right"},
	{Code: "handover", ZH: "责任人离任未交接", EN: "responsible person left without handing over"},
	{Code: "fallen", ZH: "实际返贫致贫待识别纳入", EN: "fell (back) into poverty, to be included"},
	{Code: "measure_denied", ZH: "农户反映未收到措施待核实", EN: "measure not received, to be verified"},
}

// dossier is the state of one household as far as anything may be owed.
type dossier struct {
	household.State
	clueName string
	returned calendar.Day
	// papers is since when each member's ID number is owed.
	papers map[string]calendar.Day
	packs  map[string]policy.Pack // of its episodes, by SHA-256
	sought []calendar.Day         // visits of concentrated checks

	office office // what a stream that is no household's tells
}

// Owed is the read model of what is due and missing.
func Owed(packs Packs) Model {
	return Spec[dossier]{
		Name: OwedName, Version: arranged(14), Fields: eventlog.WithData | eventlog.WithMeta,
		Schema: Schema{Tables: owedTables + signTables, Indexes: []string{
			`create index signs_of_stream on signs (stream)`,
			`create index signs_by_region on signs (region, place)`,
			`create index items_of_stream on items (stream)`,
			`create index items_by_region on items (region, place)`,
			`create index items_by_place on items (place)`,
			`create index items_by_paper on items (paper, kind) where paper <> ''`,
			`create unique index cases_pkey on cases (stream)`,
			`create index cases_by_region on cases (region)`,
			`create index sought_by_region on sought (region, on_day)`,
			`create index sought_by_stream on sought (stream)`,
			`create index deeds_by_region on deeds (region, to_day)`,
			`create index deeds_by_stream on deeds (stream)`,
			`create index closures_by_stream on closures (stream)`,
			`create index scale_risks_by_stream on scale_risks (stream)`,
			`create index scale_risks_by_region on scale_risks (region, since)`,
			`create unique index checks_pkey on checks (stream)`,
			`create index checks_by_day on checks (from_day)`,
			`create index villages_of_check on villages (stream)`,
		}},
		Wants: owes, Fold: foldDossier,
		Revises: revises, Struck: struckFacts,
		Complete: packs.complete,
		Tables: append(append([]Table[dossier]{{
			Name:    "items",
			Columns: []string{"place", "kind", "level", "region", "file_no", "head", "procedure", "step", "since", "due", "days", "count", "from_day", "paper", "office", "system", "capacities", "detail"},
			Rows:    (*dossier).rows,
		}, signTable()}, caseTables()...), officeTables()...),
	}.Model()
}

func foldDossier(d *dossier, rec eventlog.Record, struck bool) error {
	if !isHousehold(rec.Stream) {
		return d.office.fold(rec, struck)
	}
	if struck {
		return nil
	}
	e, err := householdEvent(rec)
	if err != nil {
		return err
	}
	var a struct {
		Happened calendar.Day `json:"happened"`
		Pack     act.Pack     `json:"pack"`
	}
	var by []act.Person
	if err := json.Unmarshal(rec.Meta, &a); err != nil {
		return fmt.Errorf("decode metadata: %w", err)
	}
	switch e := e.(type) {
	case household.ClueRecorded:
		if d.clueName == "" {
			d.clueName = e.Name
		}
	case household.HouseholdRegistered:
		for _, m := range e.Members {
			d.paperless(m, a.Happened)
		}
	case household.MemberAdded:
		d.paperless(e.Member, a.Happened)
	case household.MembersReceived:
		for _, m := range e.Members {
			d.paperless(m, a.Happened)
		}
	case household.CaseReturned:
		d.returned = a.Happened
	case household.Visited:
		if e.Kind == code.ConcentratedVisit {
			d.sought = append(d.sought, a.Happened)
		}
		if by, err = doneBy(rec.Meta); err != nil {
			return err
		}
	default: // the state has the rest
	}
	d.State = household.Evolve(d.State, household.Fact{Version: int64(rec.Version), Recorded: rec.RecordedAt, Event: e,
		Act: act.Act{Happened: a.Happened, Pack: a.Pack, DoneBy: by}})
	d.ID = subject(rec.Stream)
	return nil
}

// doneBy reads who did it, which only visits ask.
func doneBy(meta []byte) ([]act.Person, error) {
	var a struct {
		DoneBy []act.Person `json:"done_by"`
	}
	if err := json.Unmarshal(meta, &a); err != nil {
		return nil, fmt.Errorf("decode who did it: %w", err)
	}
	return a.DoneBy, nil
}

func (d *dossier) paperless(m household.Member, since calendar.Day) {
	if m.NoDocument == "" {
		return
	}
	if d.papers == nil {
		d.papers = map[string]calendar.Day{}
	}
	d.papers[m.ID] = since
}

// complete finds the packs whose step orders the episodes follow.
func (p Packs) complete(ctx context.Context, _ ReadStream, states []*dossier) error {
	for _, d := range states {
		for _, e := range d.Episodes {
			sum := e.Pack.SHA256
			if _, have := d.packs[sum]; have || sum == "" {
				continue
			}
			pack, err := p(ctx, sum)
			if err != nil {
				return &logError{fmt.Errorf("read the pack %s: %w", e.Pack.Name, err)}
			}
			if d.packs == nil {
				d.packs = map[string]policy.Pack{}
			}
			d.packs[sum] = pack
		}
	}
	return nil
}

// owedItem is one thing owed.
type owedItem struct {
	kind          OwedKind
	level         code.Level
	procedure     policy.Procedure
	step          policy.Step
	since         calendar.Day
	due, from     calendar.Day
	limit         calendar.Period // how due was reckoned; none where somebody set the day
	paper, office string
	detail        string
}

func (d *dossier) rows(w *Rows) {
	for i, o := range d.owed() {
		if o.from == 0 {
			o.from = o.since
		}
		w.Row()
		w.Text(fmt.Sprintf("%s %s %03d", o.since, d.ID, i))
		w.Text(string(o.kind))
		w.Text(string(o.level))
		w.Text(d.Region)
		w.Text(d.FileNo)
		w.Text(d.head())
		w.Text(string(o.procedure))
		w.Text(string(o.step))
		w.Day(o.since)
		w.Day(o.due)
		w.Int2(small(o.limit.Days))
		w.Text(o.limit.Count)
		w.Day(o.from)
		w.Text(o.paper)
		w.Text(o.office)
		w.Text(d.system(o))
		w.Texts(d.capacities(o))
		w.Text(o.detail)
	}
}

// capacities are in which a step that is owed may be taken; none where the pack
// does not say.
func (d *dossier) capacities(o owedItem) []string {
	var names []string
	if e := d.Episode(); e != nil && o.step != "" {
		rule, _ := d.packs[e.Pack.SHA256].StepAt(o.procedure, o.step)
		for _, who := range rule.Capacities {
			names = append(names, string(who))
		}
	}
	return names
}

// system is the named system into which an entry that is owed goes; none where the
// pack names none.
func (d *dossier) system(o owedItem) string {
	if e := d.Episode(); e != nil && o.step != "" {
		rule, _ := d.packs[e.Pack.SHA256].StepAt(o.procedure, o.step)
		return rule.System
	}
	return ""
}

func (d *dossier) head() string {
	for _, m := range d.Members {
		if m.ID == d.Head {
			return m.Name
		}
	}
	return d.clueName
}
