package policy

// IncomeRule is how an income sheet (收支测算表) is judged. Nothing in it bars an
// inclusion.
type IncomeRule struct {
	// Months in a row that a sheet covers; 0 asks for none in particular.
	Months       int    `json:"months,omitzero" yaml:"months"`
	MonthsReason string `json:"months_reason,omitzero" yaml:"months_reason"`
	// RigidPercent: rigid expenditure above so many percent of the income of the
	// year before is 明显超过上年度收入; FallPercent: an income that fell by so many
	// percent is 收入大幅缩减 (S0.8). 0 where the document knows no such condition.
	RigidPercent int `json:"rigid_percent,omitzero" yaml:"rigid_percent"`
	FallPercent  int `json:"fall_percent,omitzero" yaml:"fall_percent"`
	// Cite is where the condition is written, Reason where the percentages are
	// from: no document gives them.
	Cite   string `json:"cite,omitzero" yaml:"cite"`
	Reason string `json:"reason,omitzero" yaml:"reason"`
}

// RedWarnings says whether the pack knows 红色预警 at all, and where it is written.
func (p Pack) RedWarnings() (cite string, known bool) {
	if len(p.RedLines) == 0 {
		return "", false
	}
	return p.RedLines[0].Cite, true
}
