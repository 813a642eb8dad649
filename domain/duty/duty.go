// Package duty has what offices owe whatever happens in the cases: a report
// each month, a list each quarter, a check in April and October. A pack states
// the duties; that one was done is a fact in the office's own stream, and so is
// that a system was not open and what stands on the watch list of scale risks. A
// concentrated check (集中排查) is a stream of its own, in which the villages report.
package duty

import (
	"fmt"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// Event is a fact about an office's duties or a concentrated check.
//
//sumtype:decl
type Event interface{ isDutyEvent() }

// Command is an act on an office's duties or on a concentrated check.
//
//sumtype:decl
type Command interface{ isDutyCommand() }

// Fact is an event at its place in its stream.
type Fact struct {
	ID      string
	Version int64
	Act     act.Act
	Event   Event
}

// State is a stream as its events tell it: an office's, or a check's.
type State struct {
	ID      string
	Version int64

	shut  map[string]SystemShut // by id, those still shut
	scale map[string]watched    // by id, the watch list with what was taken off it

	organised *CheckOrganised
	ended     calendar.Day
	reported  map[string]bool // villages of the check

	entries []entry // what corrections may name
}

// Fold returns the stream's state, without what is void.
func Fold(id string, facts []Fact) State {
	s := State{ID: id}
	void := struck(facts)
	for _, f := range facts {
		if void[f.ID] {
			s.Version, s.entries = f.Version, append(s.entries, entry{f.ID, f.Event, true})
			continue
		}
		s = Evolve(s, f)
	}
	return s
}

// Region is where a check is held, "" where the stream is none.
func (s State) Region() string {
	if s.organised == nil {
		return ""
	}
	return s.organised.Region
}

// Evolve takes one fact in; it never fails. The state given is used up: only the
// one returned may be used further.
func Evolve(s State, f Fact) State {
	s.Version, s.entries = f.Version, append(s.entries, entry{f.ID, f.Event, false})
	switch e := f.Event.(type) {
	case FactVoided: // Fold leaves out what it names
	case Done: // what is due is computed where it is asked
	case SystemShut:
		if s.shut == nil {
			s.shut = map[string]SystemShut{}
		}
		s.shut[e.Shut] = e
	case SystemOpened:
		delete(s.shut, e.Shut)
	case ScaleRiskWatched:
		if s.scale == nil {
			s.scale = map[string]watched{}
		}
		s.scale[e.Risk] = watched{region: e.Region, since: e.Since}
	case ScaleRiskFollowed: // it stays on the list
	case ScaleRiskEnded:
		if risk, ok := s.scale[e.Risk]; ok {
			risk.ended = f.Act.Happened
			s.scale[e.Risk] = risk
		}
	case CheckOrganised:
		s.organised = &e
	case VillageChecked:
		if s.reported == nil {
			s.reported = map[string]bool{}
		}
		s.reported[e.Village] = true
	case CheckEnded:
		s.ended = f.Act.Happened
	default:
		panic(fmt.Sprintf("duty: event %T is not known to Evolve", e))
	}
	return s
}

// Place is where an act happens, as the directory knows it on the day.
type Place struct {
	Level      code.Level // of the office
	Department string     // of the office, "" if it is of none
	// Covered says whether the region named in the act lies where the stream's
	// office rules, or the check is held; CoveredLevel is that region's level.
	Covered      bool
	CoveredLevel code.Level
	// Top says that no region is registered above that one: it stands for the
	// levels above, too.
	Top bool
	// Figures are what the record counts now for the period of a report that states
	// figures.
	Figures Figures
}

// StandsFor says whether a region of a level, with nothing above it or not, owes
// what a level owes.
func StandsFor(region code.Level, top bool, owes code.Level) bool {
	return region == owes || top && rank(owes) > rank(region)
}

// rank orders levels, the higher above.
func rank(l code.Level) int {
	for i, e := range code.Levels {
		if e.Code == string(l) {
			return len(code.Levels) - i
		}
	}
	return 0
}

// ruling is one act being decided.
type ruling struct {
	s     State
	act   act.Act
	pack  policy.Pack
	place Place
}

// Decide answers whether the act is possible, and what becomes fact. The error
// is a *policy.Refusal.
func Decide(s State, c Command, a act.Act, pack policy.Pack, place Place) ([]Event, error) {
	if err := admit(a, place); err != nil {
		return nil, err
	}
	r := ruling{s, a, pack, place}
	switch c := c.(type) {
	case RecordDone:
		return r.recordDone(c)
	case ShutSystem:
		return r.shutSystem(c)
	case OpenSystem:
		return r.openSystem(c)
	case WatchScaleRisk:
		return r.watchScaleRisk(c)
	case FollowScaleRisk:
		return r.followScaleRisk(c)
	case EndScaleRisk:
		return r.endScaleRisk(c)
	case OrganiseCheck:
		return r.organiseCheck(c)
	case ReportVillageCheck:
		return r.reportVillageCheck(c)
	case EndCheck:
		return r.endCheck(c)
	case VoidDutyFact:
		return r.voidFact(c)
	}
	return refuse(policy.Malformed, "未知的操作")
}

// admit holds what every act must satisfy, whatever it is.
func admit(a act.Act, place Place) error {
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
		return policy.Refuse(policy.DoneByMissing, "未写明经办人")
	case !a.RecordedBy.Covers:
		return policy.Refuse(policy.RecorderOutside, "录入人所在机构不管辖该地")
	case !place.Covered:
		return policy.Refuse(policy.OutsideRegion, "该机构不管辖该地")
	}
	return nil
}

func refuse(rule policy.Rule, reason string, args ...any) ([]Event, error) {
	return nil, policy.Refuse(rule, reason, args...)
}
