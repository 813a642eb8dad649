// Package inspection has what somebody found who went to look for himself
// (现场核查): whether a notice sheet hangs where the record says. Each check is a
// stream of its own, inspection-<id>. It changes no case: it is held against the
// record by whoever reads both.
package inspection

import (
	"fmt"
	"slices"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Event is a fact about one check on the spot.
//
//sumtype:decl
type Event interface{ isInspectionEvent() }

// Command is an act on one check on the spot.
//
//sumtype:decl
type Command interface{ isInspectionCommand() }

// RecordCheck records what was found at the board (核查登记).
type RecordCheck struct {
	Notice string          `json:"notice"` // id of the sheet
	Result string          `json:"result"` // Results
	Place  code.Text       `json:"place"`  // where he stood
	Note   code.Text       `json:"note,omitzero"`
	Photo  code.Attachment `json:"photo,omitzero"`
}

// Checked: somebody stood at the board and saw. Region is the sheet's.
type Checked struct {
	Notice string          `json:"notice"`
	Region string          `json:"region"`
	Result string          `json:"result"`
	Place  code.Text       `json:"place"`
	Note   code.Text       `json:"note,omitzero"`
	Photo  code.Attachment `json:"photo,omitzero"`
}

// WithdrawCheck marks a check that was entered by mistake (更正).
type WithdrawCheck struct {
	Reason code.Text `json:"reason"`
}

// Withdrawn: the check does not count any more; it stays to be seen.
type Withdrawn WithdrawCheck

func (RecordCheck) isInspectionCommand()   {}
func (WithdrawCheck) isInspectionCommand() {}
func (Checked) isInspectionEvent()         {}
func (Withdrawn) isInspectionEvent()       {}

// The results of a check.
const (
	Present   = "present"
	Missing   = "missing"
	Different = "different"
)

// Results with their terms (DOMAIN 5.3).
var Results = code.List{
	{Code: Present, ZH: "在位", EN: "hangs there"},
	{Code: Missing, ZH: "未见", EN: "not seen"},
	{Code: Different, ZH: "不符", EN: "differs from the record"},
}

// Inspectors are the capacities in which somebody checks (公示检查、纪检监察).
var Inspectors = []code.Capacity{code.NoticeInspector, code.Inspector}

// Sheet is what the record says of the sheet that was looked for.
type Sheet struct {
	Exists bool
	Region string
	Posted calendar.Day
}

// Fact is an event at its place in the stream.
type Fact struct {
	ID      string
	Version int64
	Act     act.Act
	Event   Event
}

// State is a check as its events tell it.
type State struct {
	ID      string
	Version int64

	Notice    string
	Region    string
	By        []string // persons who checked
	Withdrawn bool
}

// Fold returns the check's state.
func Fold(id string, facts []Fact) State {
	s := State{ID: id}
	for _, f := range facts {
		s = Evolve(s, f)
	}
	return s
}

// Evolve takes one fact in; it never fails.
func Evolve(s State, f Fact) State {
	s.Version = f.Version
	switch e := f.Event.(type) {
	case Checked:
		s.Notice, s.Region, s.By = e.Notice, e.Region, nil
		for _, p := range f.Act.DoneBy {
			s.By = append(s.By, p.ID)
		}
	case Withdrawn:
		s.Withdrawn = true
	default:
		panic(fmt.Sprintf("inspection: event %T is not known to Evolve", e))
	}
	return s
}

// Decide answers whether the act is possible, and what becomes fact. The error
// is a *policy.Refusal.
func Decide(s State, c Command, a act.Act, sheet Sheet) ([]Event, error) {
	if err := admit(a); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case RecordCheck:
		return recordCheck(s, c, a, sheet)
	case WithdrawCheck:
		return withdraw(s, c, a)
	}
	return nil, policy.Refuse(policy.Malformed, "未知的操作")
}

func admit(a act.Act) error {
	switch {
	case a.Happened == 0:
		return policy.Refuse(policy.DayMissing, "未填发生日期")
	case a.Happened > a.Today:
		return policy.Refuse(policy.FutureDay, "发生日期%s晚于今天%s", a.Happened.Chinese(), a.Today.Chinese())
	case a.Mode == act.Performed && a.Happened != a.Today:
		return policy.Refuse(policy.DayPerformed, "在系统中办理的事项发生在今天；此前已发生的请按补录登记")
	case a.Mode != act.Performed && a.Mode != act.Transcribed:
		return policy.Refuse(policy.Malformed, "须写明是当场办理还是补录")
	case len(a.DoneBy) == 0:
		return policy.Refuse(policy.DoneByMissing, "未写明核查人")
	case !a.RecordedBy.Covers:
		return policy.Refuse(policy.RecorderOutside, "录入人所在机构不管辖该地")
	case !a.HasCapacity("", Inspectors):
		return policy.Refuse(policy.WrongCapacity, "现场核查由公示检查员或纪检监察干部进行")
	}
	return nil
}

// recordCheck takes whatever he saw, also what the record contradicts: a sheet
// that hangs on although it was recorded as taken down is a finding.
func recordCheck(s State, c RecordCheck, a act.Act, sheet Sheet) ([]Event, error) {
	_, listed := Results.Find(c.Result)
	switch {
	case s.Version > 0:
		return nil, policy.Refuse(policy.PaperExists, "这次核查已登记")
	case !sheet.Exists:
		return nil, policy.Refuse(policy.PaperUnknown, "没有这张公示单")
	case !listed:
		return nil, policy.Refuse(policy.Malformed, "核查结果“%s”不在代码表中", c.Result)
	case a.Happened < sheet.Posted:
		return nil, policy.Refuse(policy.Malformed, "核查日期早于张贴日期%s", sheet.Posted.Chinese())
	case c.Place == "":
		return nil, policy.Refuse(policy.Malformed, "现场核查须写明地点")
	case c.Result == Different && c.Note == "":
		return nil, policy.Refuse(policy.Malformed, "与登记不符的，须写明何处不符")
	}
	return []Event{Checked{Notice: c.Notice, Region: sheet.Region, Result: c.Result, Place: c.Place, Note: c.Note, Photo: c.Photo}}, nil
}

// withdraw is for whoever made the check: nobody strikes another's finding.
func withdraw(s State, c WithdrawCheck, a act.Act) ([]Event, error) {
	own := slices.ContainsFunc(a.DoneBy, func(p act.Person) bool { return slices.Contains(s.By, p.ID) })
	switch {
	case s.Version == 0:
		return nil, policy.Refuse(policy.CheckUnknown, "没有这次现场核查")
	case s.Withdrawn:
		return nil, policy.Refuse(policy.CheckOver, "这次核查已更正")
	case !own:
		return nil, policy.Refuse(policy.WrongCapacity, "只有核查人本人可以更正")
	case c.Reason == "":
		return nil, policy.Refuse(policy.Malformed, "更正须写明原因")
	}
	return []Event{Withdrawn(c)}, nil
}
