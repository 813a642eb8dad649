package household

import (
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// AnalysePoverty records a poverty analysis (贫情分析): what is known of a household
// is gone through before anybody applies; Mile's first step (S1.11).
type AnalysePoverty struct {
	Analysis   string          `json:"analysis"`
	Situation  code.Text       `json:"situation"`
	Conclusion string          `json:"conclusion"` // code.AnalysisConclusions
	Minutes    code.Attachment `json:"minutes,omitzero"`
}

// PovertyAnalysed: the household's situation was analysed, with a conclusion.
type PovertyAnalysed AnalysePoverty

// EnterPlatform records the entry in a local platform while the case is still
// being identified (录入地方平台): Chongqing's before the comparison (S0.15). The
// entry in the national system follows the decision and is another act.
type EnterPlatform struct {
	System string `json:"system"` // code.Systems, none of the national ones
	Number string `json:"number,omitzero"`
}

// PlatformEntered: the case stands in the local platform.
type PlatformEntered EnterPlatform

func (AnalysePoverty) isCommand() {}
func (EnterPlatform) isCommand()  {}
func (PovertyAnalysed) isEvent()  {}
func (PlatformEntered) isEvent()  {}

func (r *ruling) analysePoverty(c AnalysePoverty) []Event {
	r.known(code.AnalysisConclusions, c.Conclusion, "分析结论")
	if c.Analysis == "" || c.Situation == "" {
		return r.refuse(policy.Malformed, "贫情分析须有编号和情况分析")
	}
	if e, _ := r.current(policy.Inclusion, policy.PovertyAnalysis); e != nil && e.Included != 0 && r.act.Happened > e.Included {
		return r.refuse(policy.CaseDecided, "该户已是监测对象；监测期间的分析按研判登记")
	}
	r.step(policy.Inclusion, policy.PovertyAnalysis)
	r.evidence(policy.Inclusion, policy.PovertyAnalysis, when(c.Minutes != "", "minutes")...)
	return []Event{PovertyAnalysed(c)}
}

// povertyAnalysed: only an analysis that proposes to apply begins a case; the
// others stay in the file as what they are.
func (s *State) povertyAnalysed(f Fact, e PovertyAnalysed) {
	if e.Conclusion == "propose" {
		s.chainResult(policy.Inclusion, policy.PovertyAnalysis, f, "", e.Conclusion)
	}
}

func (r *ruling) enterPlatform(c EnterPlatform) []Event {
	r.known(code.Systems, c.System, "信息系统")
	if policy.National(c.System) {
		return r.refuse(policy.Malformed, "全国系统的录入在审定之后，按系统录入登记")
	}
	r.step(policy.Inclusion, policy.PlatformEntry)
	return []Event{PlatformEntered(c)}
}

func (s *State) platformEntered(f Fact, e PlatformEntered) {
	s.chainResult(policy.Inclusion, policy.PlatformEntry, f, "", e.System)
}
