package paper

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// InvestigateSheetObjection records the inquiry into an objection (异议调查): who
// inquired and when are the act's own.
type InvestigateSheetObjection struct {
	Objection string    `json:"objection"`
	Household string    `json:"household"`
	Findings  code.Text `json:"findings"`
}

// SheetObjectionInvestigated: somebody looked into the objection.
type SheetObjectionInvestigated InvestigateSheetObjection

func (InvestigateSheetObjection) isPaperCommand() {}
func (SheetObjectionInvestigated) isPaperEvent()  {}

// investigateObjection: an objection already answered may be found, later, to
// have been looked into; whether it is to this line the household's file knows.
func (s State) investigateObjection(c InvestigateSheetObjection) ([]Event, error) {
	if err := s.onSheet(c.Household); err != nil {
		return nil, err
	}
	if of, open := s.Open[c.Objection]; !s.Known[c.Objection] || open && of != c.Household {
		return refuse(policy.PaperLineUnknown, "没有这条异议")
	}
	if c.Findings == "" {
		return refuse(policy.Malformed, "异议调查须写明调查情况")
	}
	return []Event{SheetObjectionInvestigated(c)}, nil
}
