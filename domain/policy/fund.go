package policy

import "shouwang/domain/code"

// FundRule is who takes a step with a fund's money (资金管理, S1.33, S2.36).
type FundRule struct {
	Act        string          `json:"act" yaml:"act"` // FundActs
	Capacities []code.Capacity `json:"capacities" yaml:"capacities"`
	Grounds    `yaml:",inline"`
}

// FundActs are the steps that are taken with a fund's money.
var FundActs = code.List{
	{Code: "establish", ZH: "设立资金", EN: "establish a fund"},
	{Code: "raise", ZH: "登记筹集", EN: "enter what was raised"},
	{Code: "approve", ZH: "审批", EN: "approve payments"},
	{Code: "pay", ZH: "发放", EN: "pay"},
	{Code: "reverse", ZH: "核查冲销", EN: "verify and reverse a payment"},
}

// FundRule returns who takes a step with a fund's money; ok is false where the
// pack leaves it open.
func (p Pack) FundRule(act string) (rule FundRule, ok bool) {
	for _, r := range p.Funds {
		if r.Act == act {
			return r, true
		}
	}
	return FundRule{}, false
}
