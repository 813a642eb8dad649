package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// SupplyDocument supplies the ID number that was owed.
type SupplyDocument struct {
	Member   string        `json:"member"`
	IDNumber code.Personal `json:"id_number"`
	// Birth is the day of birth as the document has it, where the one registered
	// was wrong; Reason says how that came.
	Birth  calendar.Day `json:"birth,omitzero"`
	Reason code.Text    `json:"reason,omitzero"`
}

// DocumentSupplied: the member has an ID number now.
type DocumentSupplied SupplyDocument

func (SupplyDocument) isCommand() {}
func (DocumentSupplied) isEvent() {}

func (r *ruling) supplyDocument(c SupplyDocument) []Event {
	m := r.here(c.Member)
	if m == nil {
		return nil
	}
	birth := m.Birth
	if c.Birth != 0 && c.Birth != birth {
		if birth = c.Birth; c.Reason == "" {
			return r.refuse(policy.Malformed, "更正出生日期须写明原因")
		}
	}
	r.idNumber(m.Name, c.IDNumber, birth)
	return []Event{DocumentSupplied(c)}
}

func (s *State) documentSupplied(e DocumentSupplied) {
	if m := s.find(e.Member); m != nil {
		m.NoDocument = ""
		if e.Birth != 0 {
			m.Birth = e.Birth
		}
	}
}

// idNumber checks a number by itself, and against the day of birth where there is
// one registered.
func (r *ruling) idNumber(name string, n code.Personal, birth calendar.Day) {
	if err := code.CheckIDNumber(string(n), r.act.Today); err != nil {
		r.refuse(policy.IDMalformed, "%s:%s", name, err)
		return
	}
	if in := code.BirthOf(string(n)); birth != 0 && in != birth {
		r.refuse(policy.IDBirthDiffers, "%s的出生日期%s与身份证号码中的%s不一致", name, birth.Chinese(), in.Chinese())
		return
	}
	if !code.KnownArea(string(n)) && !r.act.Demonstration { // invented persons have an impossible area
		r.fails(policy.IDAreaUnknown, "%s的身份证号码地区代码不在册", name)
	}
}
