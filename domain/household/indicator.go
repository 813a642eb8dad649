package household

import "shouwang/domain/policy"

// Indicated is a warning indicator of the pack (预警指标, S2.11) by which a clue
// came, a survey noticed something or a red warning was raised. Whoever enters it
// gives the code; the pack's words of that day become part of the fact.
type Indicated struct {
	Code string `json:"code"`
	ZH   string `json:"zh,omitzero"`
}

// indicated puts the pack's words beside the code, and refuses an indicator that
// the pack does not have.
func (r *ruling) indicated(i Indicated) Indicated {
	if i == (Indicated{}) {
		return i
	}
	stated, ok := r.pack.Indicator(i.Code)
	if !ok {
		r.refuse(policy.IndicatorUnknown, "《%s》没有预警指标“%s”", r.pack.Title, i.Code)
	}
	return Indicated{Code: stated.Code, ZH: stated.ZH}
}
