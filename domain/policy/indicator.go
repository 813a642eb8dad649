package policy

// Indicator is a sign by which households are warned of (预警指标, S2.11): what a
// clue, a survey or a red warning may name as what was seen.
type Indicator struct {
	Code    string `json:"code" yaml:"code"`
	ZH      string `json:"zh" yaml:"zh"`
	Grounds `yaml:",inline"`
}

// Indicator returns a warning indicator of the pack by its code.
func (p Pack) Indicator(name string) (Indicator, bool) {
	for _, i := range p.Indicators {
		if i.Code == name {
			return i, true
		}
	}
	return Indicator{}, false
}
