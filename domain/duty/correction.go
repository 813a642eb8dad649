package duty

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// VoidDutyFact marks a wrong entry of an office's stream, or of a check's, void (更正:
// 作废). The entry stays visible, struck through; the right one is entered anew.
type VoidDutyFact struct {
	Event  string    `json:"event"`
	Reason code.Text `json:"reason"`
}

// FactVoided: the named entry does not stand, from the moment this was recorded,
// for all days.
type FactVoided VoidDutyFact

func (VoidDutyFact) isDutyCommand() {}
func (FactVoided) isDutyEvent()     {}

// entry is a fact as a correction may name it.
type entry struct {
	id   string
	kind Event
	void bool
}

// struck tells which facts are void.
func struck(facts []Fact) map[string]bool {
	void := map[string]bool{}
	for _, f := range facts {
		if v, ok := f.Event.(FactVoided); ok {
			void[v.Event] = true
		}
	}
	return void
}

func (s *State) entry(id string) *entry {
	for i := range s.entries {
		if s.entries[i].id == id {
			return &s.entries[i]
		}
	}
	return nil
}

// RegionOf is the region that an entry of the stream is about, whether it stands
// or not; "" where there is no such entry.
func (s State) RegionOf(event string) string {
	e := s.entry(event)
	if e == nil {
		return ""
	}
	switch k := e.kind.(type) {
	case Done:
		return k.Region
	case SystemShut:
		return k.Region
	case SystemOpened:
		return k.Region
	case ScaleRiskWatched:
		return k.Region
	case ScaleRiskFollowed:
		return k.Region
	case ScaleRiskEnded:
		return k.Region
	case CheckOrganised:
		return k.Region
	case VillageChecked:
		return k.Village
	case CheckEnded, FactVoided:
	}
	return s.Region()
}

// voidFact: what others of the stream rest on is voided after them, so that what
// stands always tells whole.
func (r ruling) voidFact(c VoidDutyFact) ([]Event, error) {
	e := r.s.entry(c.Event)
	if e == nil {
		return refuse(policy.EventUnknown, "没有这条记录")
	}
	_, isVoid := e.kind.(FactVoided)
	if err := policy.Voidable(isVoid, e.void, c.Reason); err != nil {
		return nil, err
	}
	for _, later := range r.s.entries {
		if !later.void && restsOn(later.kind, e.kind) {
			return refuse(policy.EventNotVoidable, "其后的登记以此为据，请先更正其后的登记")
		}
	}
	return []Event{FactVoided(c)}, nil
}

// restsOn says whether an entry of the stream has no meaning without another.
func restsOn(later, earlier Event) bool {
	switch earlier := earlier.(type) {
	case SystemShut:
		opened, ok := later.(SystemOpened)
		return ok && opened.Shut == earlier.Shut
	case ScaleRiskWatched:
		switch later := later.(type) {
		case ScaleRiskFollowed:
			return later.Risk == earlier.Risk
		case ScaleRiskEnded:
			return later.Risk == earlier.Risk
		default:
			return false
		}
	case CheckOrganised:
		switch later.(type) {
		case VillageChecked, CheckEnded:
			return true
		default:
			return false
		}
	case Done, SystemOpened, ScaleRiskFollowed, ScaleRiskEnded, VillageChecked, CheckEnded, FactVoided:
	}
	return false
}
