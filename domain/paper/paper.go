// Package paper has the papers that cover many households: the minutes of an
// appraisal meeting, a notice sheet, a document with its number (文号). A paper
// is a stream of its own; each household named on it holds only its own line.
package paper

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// MaxLines bounds the households on one paper: the longest county list of a
// year's first round has some hundreds.
const MaxLines = 1000

// Event is a fact about a paper.
//
//sumtype:decl
type Event interface{ isPaperEvent() }

// Command is an act on a paper.
//
//sumtype:decl
type Command interface{ isPaperCommand() }

// Fact is an event at its place in the paper's stream. Hash is the SHA-256 of
// its stored data, in hexadecimal; the households' lines carry it.
type Fact struct {
	ID      string
	Version int64
	Act     act.Act
	Hash    string
	Event   Event
}

// State is a paper as its events tell it.
type State struct {
	ID      string
	Version int64
	Exists  bool
	Kind    string // meeting, notice, document
	Region  string
	Removed calendar.Day
	Lines   []string // households, by item from 1
	Struck  map[string]bool
	Open    map[string]string // objection → household, not answered yet
	Known   map[string]bool   // objections ever raised
	// Inquirers are the appointments to inquiries into objections, as they were made.
	Inquirers []Inquirer

	posted calendar.Day
	hands  []hand // of a sheet
}

// Line is what a paper's event means for one household.
type Line struct {
	Household string
	Command   household.Command
}

// Fold returns the paper's state.
func Fold(id string, facts []Fact) State {
	s := State{ID: id}
	for _, f := range facts {
		s = Evolve(s, f)
	}
	return s
}

// Evolve takes one fact in; it never fails. The state given is used up: only the
// one returned may be used further.
func Evolve(s State, f Fact) State {
	s.Exists, s.Version = true, f.Version
	if s.Struck == nil {
		s.Struck, s.Open, s.Known = map[string]bool{}, map[string]string{}, map[string]bool{}
	}
	switch e := f.Event.(type) {
	case MeetingHeld:
		s.Kind, s.Region = "meeting", e.Region
		for _, item := range e.Items {
			s.Lines = append(s.Lines, item.Household)
		}
	case SheetPosted:
		s.Kind, s.Region, s.posted = "notice", e.Region, f.Act.Happened
		for _, line := range e.Lines {
			s.Lines = append(s.Lines, line.Household)
		}
		s.handled(f, "")
	case SheetObjected:
		s.Open[e.Objection], s.Known[e.Objection] = e.Household, true
		s.handled(f, "")
	case SheetObjectionInvestigated: // the objection waits for its answer still
		s.handled(f, e.Objection)
	case SheetObjectionAnswered:
		delete(s.Open, e.Objection)
		s.handled(f, "")
	case SheetLineStruck:
		s.Struck[e.Household] = true
		s.handled(f, "")
	case SheetRemoved:
		s.Removed = f.Act.Happened
		s.handled(f, "")
	case SheetInquirerAppointed:
		s.Inquirers = append(s.Inquirers, Inquirer{Event: f.ID, SheetInquirerAppointed: e, By: f.Act.DoneBy, Made: f.Act.Happened})
	case FactVoided:
		s.strike(e)
	case DocumentIssued:
		s.Kind, s.Region = "document", e.Region
		for _, line := range e.Lines {
			s.Lines = append(s.Lines, line.Household)
		}
	case StudyHeld:
		s.Kind, s.Region = "meeting", e.Region
		for _, item := range e.Items {
			s.Lines = append(s.Lines, item.Household)
		}
	case HandoverSigned:
		s.Kind, s.Region = "document", e.Region
		for _, line := range e.Lines {
			s.Lines = append(s.Lines, line.Household)
		}
	default:
		panic(fmt.Sprintf("paper: event %T is not known to Evolve", e))
	}
	return s
}

// Admissible holds what every act on a list of households must satisfy, whatever
// it does. The error is a *policy.Refusal.
func Admissible(a act.Act) error {
	switch {
	case a.Happened == 0:
		return policy.Refuse(policy.DayMissing, "未填发生日期")
	case a.Happened > a.Today:
		return policy.Refuse(policy.FutureDay, "发生日期%s晚于今天%s", a.Happened.Chinese(), a.Today.Chinese())
	case a.Happened < household.Earliest:
		return policy.Refuse(policy.DayTooOld, "发生日期%s过早", a.Happened.Chinese())
	case a.Mode == act.Performed && a.Happened != a.Today:
		return policy.Refuse(policy.DayPerformed, "在系统中办理的事项发生在今天；此前已发生的请按补录登记")
	case a.Mode != act.Performed && a.Mode != act.Transcribed:
		return policy.Refuse(policy.Malformed, "须写明是当场办理还是补录")
	case len(a.DoneBy) == 0:
		return policy.Refuse(policy.DoneByMissing, "未写明经办人")
	case !a.RecordedBy.Covers:
		return policy.Refuse(policy.RecorderOutside, "录入人所在机构不管辖该地")
	}
	return nil
}

// Decide answers whether the act on the paper is possible, and what becomes
// fact. What it means for each household is decided there.
func Decide(s State, c Command, a act.Act) ([]Event, error) {
	if err := Admissible(a); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case HoldMeeting:
		return s.holdMeeting(c)
	case PostSheet:
		return s.postSheet(c)
	case RaiseSheetObjection:
		return s.raiseObjection(c)
	case InvestigateSheetObjection:
		return s.investigateObjection(c)
	case AnswerSheetObjection:
		return s.answerObjection(c)
	case StrikeSheetLine:
		return s.strikeLine(c)
	case RemoveSheet:
		return s.removeSheet(c, a)
	case AppointInquirer:
		return s.appointInquirer(c, a)
	case VoidInquirer:
		return s.voidInquirer(c, a)
	case IssueDocument:
		return s.issueDocument(c)
	case HoldStudy:
		return s.holdStudy(c, a.Happened)
	case HandOverHouseholds:
		return s.handOver(c)
	}
	return refuse(policy.Malformed, "未知的操作")
}

// Lines returns what a paper's event means for the households on it, in the
// order of the paper: the same event always gives the same commands, so an
// interrupted fan-out can be resumed by anybody.
func Lines(s State, f Fact) []Line {
	switch e := f.Event.(type) {
	case MeetingHeld:
		return e.lines(s.ID, f.Hash)
	case SheetPosted:
		return e.lines(s.ID, f.Hash)
	case SheetObjected:
		return []Line{{e.Household, household.RaiseObjection{Notice: s.ID, Objection: e.Objection, Content: e.Content}}}
	case SheetObjectionInvestigated:
		return []Line{{e.Household, household.InvestigateObjection{Notice: s.ID, Objection: e.Objection, Findings: e.Findings}}}
	case SheetObjectionAnswered:
		return []Line{{e.Household, household.AnswerObjection{Notice: s.ID, Objection: e.Objection, Upheld: e.Upheld, Findings: e.Findings}}}
	case SheetLineStruck:
		return []Line{{e.Household, household.StrikeNoticeLine{Notice: s.ID, Reason: e.Reason}}}
	case SheetRemoved:
		var lines []Line
		for _, h := range e.Standing {
			lines = append(lines, Line{h, household.RemoveNotice{Notice: s.ID, Photo: e.Photo != ""}})
		}
		return lines
	case SheetInquirerAppointed, FactVoided: // an inquiry is not of the household's file
		return nil
	case DocumentIssued:
		return e.lines(s.ID)
	case StudyHeld:
		return e.lines(s.ID, f.Hash)
	case HandoverSigned:
		return e.lines(s.ID)
	}
	return nil
}

func refuse(rule policy.Rule, reason string, args ...any) ([]Event, error) {
	return nil, policy.Refuse(rule, reason, args...)
}

// listed refuses a code that its list does not have. What a household's line
// would refuse as malformed is refused here, so that a paper once recorded can
// always be carried out for every household on it.
func listed(list code.List, value, what string) error {
	if _, ok := list.Find(value); !ok {
		return policy.Refuse(policy.Malformed, "%s“%s”不在代码表中", what, value)
	}
	return nil
}

// opened checks that the paper is new and belongs to a place.
func (s State) opened(region string) error {
	switch {
	case s.Exists:
		return policy.Refuse(policy.PaperExists, "这份材料已登记")
	case region == "":
		return policy.Refuse(policy.RegionUnknown, "未写明所在地")
	}
	return nil
}

// frozen checks the list of a new paper: each entry, a household or what it
// stands there for, once.
func (s State) frozen(region string, households []string) error {
	if err := s.opened(region); err != nil {
		return err
	}
	if len(households) == 0 || len(households) > MaxLines {
		return policy.Refuse(policy.Malformed, "名单应为1至%d户", MaxLines)
	}
	seen := map[string]bool{}
	for i, h := range households {
		if h == "" || seen[h] {
			return policy.Refuse(policy.Malformed, "名单第%d行重复或未写明农户", i+1)
		}
		seen[h] = true
	}
	return nil
}

// visible refuses text that must not hang on a wall.
func visible(text, what string) error {
	if kind := code.PersonalNumber(text); kind != "" {
		return policy.Refuse(policy.PersonalInText, "%s中有%s，不得公开", what, kind)
	}
	for _, risk := range code.Risks {
		if risk.Code != "other" && strings.Contains(text, risk.ZH) {
			return policy.Refuse(policy.RiskInPublic, "%s中有风险类型“%s”，不得公开", what, risk.ZH)
		}
	}
	if utf8.RuneCountInString(text) > 500 {
		return policy.Refuse(policy.Malformed, "%s不应超过500字", what)
	}
	return nil
}
