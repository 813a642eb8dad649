package household

import (
	"reflect"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// State is what future decisions and the official counts need to know of a
// household; what screens show besides is the read models' business.
type State struct {
	ID          string
	Version     int64
	Exists      bool // registered, or opened by a clue that stands
	Unconfirmed bool // opened by a clue that matched no household (待确认)
	Closed      calendar.Day
	ClosedWhy   string
	FileNo      string
	Region      string
	Group       string
	Kind        code.Kind
	Head        string // member id
	Members     []Member
	Clues       []Clue
	Applicants  []Applicant
	Letters     []Letter
	Comparisons []Comparison
	Sheets      []Sheet
	Guarantees  []GuaranteeState
	Groups      []GroupState // special groups as last found
	RedWarnings []RedWarning
	Payments    []Payment
	Surveys     []Survey
	Officers    []Officer
	Green       *GreenChannel
	Episodes    []Episode
	Visits      int
	LastVisit   calendar.Day
	Collected   calendar.Day // last visit by whoever was its monitoring officer then, if it had one
	Studied     calendar.Day // last 研判
	FollowUps   []FollowUpState
	Shortfalls  []ShortfallState
	Fell        calendar.Day // 返贫/致贫 that actually happened

	pastOfficers []Officer    // whom others followed
	entries      []entry      // what corrections may name
	headSince    calendar.Day // day from which Head holds
}

// Episode is a monitoring episode (监测周期), from the first act of its
// inclusion on. Number is given when the county includes the household.
type Episode struct {
	Number    int
	OpenedOn  calendar.Day
	Pack      act.Pack // whose step order the episode follows
	Inclusion Chain
	Help      Chain
	Attempts  []Chain // of elimination; the last is current

	Class     code.Class
	Risks     []RiskState
	Included  calendar.Day // day of the county decision
	Rejected  calendar.Day // by township or county
	Announced calendar.Day
	Entered   calendar.Day
	Brought   bool // 存量导入: claims no procedural steps

	Plan        calendar.Day
	PlanMissing []string // what the last plan does not say
	Measures    []Measure

	Eliminated     calendar.Day // day of the county decision that stands
	ElimAnnounced  calendar.Day
	Marked         calendar.Day
	Way            string
	RolledBack     calendar.Day // the last roll-back
	Revoked        calendar.Day
	Deferred       calendar.Day
	ReviewBy       calendar.Day // until when the deferred elimination is looked at again
	Withheld       calendar.Day
	ReturnedTo     policy.Step // step to be done again, "" if none
	ReturnedReason code.Text

	returnedOn calendar.Day
}

// Chain is the steps of one procedure done so far, in the order recorded.
type Chain struct {
	Done      []Done
	Appraisal *Line // the household's line of the last appraisal
	Notice    *NoticeLine
	Past      []*NoticeLine // sheets that a later sheet or a return replaced

	excepted bool         // proposed with a reason for less than the stated months
	from     calendar.Day // an attempt's first day; none: from the beginning
	returns  []returned
	undone   []Done // what a return made due again; who did it did it all the same
}

// returned says from which day a chain was due again, and from which step.
type returned struct {
	on    calendar.Day
	to    policy.Step
	again []policy.Step // due again, where the pack's order is not the usual one
}

// Done is a step that was done.
type Done struct {
	Step    policy.Step
	On      calendar.Day
	By      []string // person ids
	Event   string
	Version int64
	Paper   string
	Result  string
}

// Line is the household's line of an appraisal.
type Line struct {
	Meeting string
	On      calendar.Day
	Result  code.ReviewResult
}

// NoticeLine is the household's line of a notice sheet.
type NoticeLine struct {
	Notice     string
	Procedure  policy.Procedure
	Posted     calendar.Day
	Days       int        // required
	Count      string     // by which days: "working", or else calendar days
	Extend     int        // by so many days an objection extends them
	Class      code.Class // on the sheet; empty where none stood there
	Removed    calendar.Day
	Struck     calendar.Day
	Objections []Objection
}

// Objection is an objection to one line of a notice.
type Objection struct {
	ID       string
	On       calendar.Day
	Inquired calendar.Day // day of the first inquiry
	Answered calendar.Day
	Upheld   bool
}

// Open says whether an objection still waits for its answer.
func (n *NoticeLine) Open() bool {
	for _, o := range n.Objections {
		if o.Answered == 0 {
			return true
		}
	}
	return false
}

// openOn says whether an objection waited for its answer at the end of the day.
func (n *NoticeLine) openOn(day calendar.Day) bool {
	for _, o := range n.Objections {
		if o.On <= day && (o.Answered == 0 || o.Answered > day) {
			return true
		}
	}
	return false
}

// upheldBy says whether an objection had been found right by the day.
func (n *NoticeLine) upheldBy(day calendar.Day) bool {
	for _, o := range n.Objections {
		if o.Upheld && o.Answered <= day {
			return true
		}
	}
	return false
}

// RiskState is a risk of an episode: recorded, answered by a measure, gone.
type RiskState struct {
	Risk     code.Risk
	Since    calendar.Day
	Original bool // named by the county decision
	Answered calendar.Day
	Gone     calendar.Day
	Way      string // by assistance or naturally, once gone
}

// Measure is a measure of assistance.
type Measure struct {
	ID         string
	Class      code.MeasureClass
	Instrument string // of the pack
	Started    calendar.Day
	Delivered  calendar.Day
	Fen        code.Fen
	Evidence   int          // pieces
	Confirmed  calendar.Day // by the household
	Denied     calendar.Day // the household says it did not arrive
}

// Officer is a responsible person of the household, from a day on.
type Officer struct {
	Role   code.OfficerRole
	Person string
	Name   string
	From   calendar.Day
}

// GreenChannel: help first, procedure owed by a day (绿色通道).
type GreenChannel struct {
	Opened calendar.Day
	OwedBy calendar.Day
}

// Survey is that a home was surveyed.
type Survey struct {
	On    calendar.Day
	Level code.Level
}

// GuaranteeState is an item of 两不愁三保障 or 饮水安全 as last found.
type GuaranteeState struct {
	Guarantee code.Guarantee
	OK        bool
	On        calendar.Day
	Standards []Standard // of water, where they were looked at one by one
	LargeRisk bool
}

// entry is a fact as corrections name it: its kind, not its content.
type entry struct {
	id      string
	version int64
	kind    Event // an empty event of the fact's type
	about   string
	cause   string // the paper's event whose line it is
	level   code.Level
	on      calendar.Day
}

func entryOf(f Fact) entry {
	e := entry{id: f.ID, version: f.Version, on: f.Happened(), cause: f.Act.Causation, kind: reflect.Zero(reflect.TypeOf(f.Event)).Interface().(Event)}
	for _, p := range f.Act.DoneBy {
		e.level = p.Level
	}
	switch about := f.Event.(type) {
	case FactVoided:
		e.about = about.Event
	case CorrectionConsented:
		e.about = about.Event
	default:
	}
	return e
}

// Episode returns the current episode, or nil.
func (s *State) Episode() *Episode {
	if len(s.Episodes) == 0 {
		return nil
	}
	return &s.Episodes[len(s.Episodes)-1]
}

// Holds says whether the file has the event, void or not.
func (s *State) Holds(event string) bool {
	for i := len(s.entries) - 1; i >= 0; i-- {
		if s.entries[i].id == event {
			return true
		}
	}
	return false
}

// Stage is where a household stands, as the ledgers name it.
type Stage string

const (
	StageNone       Stage = "none"       // no case
	StageInclusion  Stage = "inclusion"  // 识别中
	StageMonitored  Stage = "monitored"  // 监测中 (风险未消除)
	StageEliminated Stage = "eliminated" // 风险消除
	StageRejected   Stage = "rejected"   // 未纳入
	StageRevoked    Stage = "revoked"    // 撤销认定
	StageClosed     Stage = "closed"     // 自然减少
)

// Stages with their terms.
var Stages = code.List{
	{Code: "none", ZH: "未监测", EN: "not monitored"},
	{Code: "inclusion", ZH: "识别中", EN: "inclusion under way"},
	{Code: "monitored", ZH: "监测中（风险未消除）", EN: "monitored"},
	{Code: "eliminated", ZH: "风险消除", EN: "risk eliminated"},
	{Code: "rejected", ZH: "未纳入", EN: "not included"},
	{Code: "revoked", ZH: "撤销认定", EN: "inclusion revoked"},
	{Code: "closed", ZH: "自然减少", EN: "naturally closed"},
}

// Stage says where the household stands.
func (s *State) Stage() Stage {
	e := s.Episode()
	switch {
	case s.Unconfirmed:
		return StageNone // no household yet, and none the less when it is closed
	case s.Closed != 0:
		return StageClosed
	case e == nil:
		return StageNone
	case e.Revoked != 0:
		return StageRevoked
	case e.Included == 0 && e.Rejected != 0:
		return StageRejected
	case e.Included == 0:
		return StageInclusion
	case e.Eliminated != 0:
		return StageEliminated
	}
	return StageMonitored
}

// Monitored says whether help is due: included, neither eliminated nor revoked
// nor closed.
func (s *State) Monitored() bool { return s.Stage() == StageMonitored }
