package household

import (
	"slices"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// SurveyHome records a home survey (入户调查), by the village or, as 入户核实, by
// the township's own people (S2.21). Procedure is empty for a routine one.
type SurveyHome struct {
	Survey    string            `json:"survey"`
	Procedure policy.Procedure  `json:"procedure,omitzero"`
	Level     code.Level        `json:"level"` // village or township
	Findings  []Finding         `json:"findings"`
	Note      code.Text         `json:"note,omitzero"`
	Photos    []code.Attachment `json:"photos,omitzero"`
	// Papers that it left, where the pack wants some.
	Papers []Exhibit `json:"papers,omitzero"`
}

// Finding is the state of one item of 两不愁三保障 or 饮水安全.
type Finding struct {
	Guarantee code.Guarantee `json:"guarantee"`
	OK        bool           `json:"ok"`
	Note      code.Text      `json:"note,omitzero"`
	// Standards of 饮水安全, each of the four or none (S1.22); met only if all are.
	Standards []Standard `json:"standards,omitzero"`
	// LargeRisk: as the surveyors see it, the failing item brings a large risk of
	// falling back (存在较大返致贫风险, S0.20).
	LargeRisk bool `json:"large_risk,omitzero"`
	// Indicator by which the item was seen to fail, where the pack has such (S2.11).
	Indicator Indicated `json:"indicator,omitzero"`
}

// Standard is one of the four standards of safe drinking water.
type Standard struct {
	Standard string `json:"standard"` // code.WaterStandards
	OK       bool   `json:"ok"`
}

// HomeSurveyed: the home was surveyed; what was found.
type HomeSurveyed SurveyHome

// RecordRisk records a risk of the household (返贫致贫风险).
type RecordRisk struct {
	Risk   code.Risk     `json:"risk"`
	Detail code.Personal `json:"detail,omitzero"` // may tell of health
}

// RiskFound: the household is at this risk.
type RiskFound RecordRisk

// EndRisk records that a risk is gone: by assistance or naturally (风险消除项).
type EndRisk struct {
	Risk code.Risk `json:"risk"`
	Way  string    `json:"way"` // code.EliminationWays
	Note code.Text `json:"note,omitzero"`
}

// RiskEnded: the risk is gone.
type RiskEnded EndRisk

func (SurveyHome) isCommand() {}
func (RecordRisk) isCommand() {}
func (EndRisk) isCommand()    {}
func (HomeSurveyed) isEvent() {}
func (RiskFound) isEvent()    {}
func (RiskEnded) isEvent()    {}

func (r *ruling) surveyHome(c SurveyHome) []Event {
	if c.Survey == "" {
		return r.refuse(policy.Malformed, "调查编号缺失")
	}
	r.photos(c.Photos)
	c.Findings = slices.Clone(c.Findings)
	for i, f := range c.Findings {
		r.known(code.Guarantees, string(f.Guarantee), "保障项目")
		c.Findings[i].Indicator = r.indicated(f.Indicator)
		r.standards(f)
		if slices.ContainsFunc(c.Findings[:i], func(other Finding) bool { return other.Guarantee == f.Guarantee }) {
			return r.refuse(policy.Malformed, "“%s”填写了两次", code.Guarantees.ZH(string(f.Guarantee)))
		}
	}
	step := policy.HomeSurvey
	switch c.Level {
	case code.Village:
	case code.Township:
		step = policy.TownshipVerification
		r.ownPeople()
	default:
		return r.refuse(policy.Malformed, "入户调查由村级或乡镇进行")
	}
	if len(r.act.DoneBy) < 2 {
		r.fails(policy.SurveyAlone, "入户调查应由两人以上进行")
	}
	carried := r.exhibits(c.Papers)
	if c.Procedure != "" {
		r.step(c.Procedure, step)
		r.evidence(c.Procedure, step, carried...)
	}
	return append([]Event{HomeSurveyed(c)}, r.guaranteeWarnings(c.Findings)...)
}

// standards: S1.22, water is safe when quantity, quality, convenience and supply
// all reach their standard (全面达标).
func (r *ruling) standards(f Finding) {
	if len(f.Standards) == 0 {
		return
	}
	met := 0
	for i, st := range f.Standards {
		r.known(code.WaterStandards, st.Standard, "饮水安全标准")
		if slices.ContainsFunc(f.Standards[:i], func(other Standard) bool { return other.Standard == st.Standard }) {
			r.refuse(policy.Malformed, "饮水安全标准“%s”填写了两次", code.WaterStandards.ZH(st.Standard))
		}
		if st.OK {
			met++
		}
	}
	switch {
	case f.Guarantee != "water":
		r.refuse(policy.Malformed, "水量、水质、用水方便程度、供水保证率只属于饮水安全")
	case len(f.Standards) != len(code.WaterStandards):
		r.refuse(policy.Malformed, "饮水安全的四项标准须逐项填写")
	case f.OK != (met == len(f.Standards)):
		r.refuse(policy.Malformed, "四项标准全面达标才是饮水安全有保障")
	}
}

// ownPeople: the township verifies by its own people (S2.21); who belongs to the
// village checks what he found himself.
func (r *ruling) ownPeople() {
	for _, p := range r.act.DoneBy {
		if p.Level != code.Township {
			r.fails(policy.NotOwnPeople, "%s不是乡镇人员，乡镇入户核实应由乡镇自己的人员进行", p.Name)
		}
	}
}

func (s *State) homeSurveyed(f Fact, e HomeSurveyed) {
	s.Surveys = append(s.Surveys, Survey{On: f.Happened(), Level: e.Level})
	for _, found := range e.Findings {
		s.guarantee(GuaranteeState{found.Guarantee, found.OK, f.Happened(), found.Standards, found.LargeRisk})
	}
	step := policy.HomeSurvey
	if e.Level == code.Township {
		step = policy.TownshipVerification
	}
	if e.Procedure != "" {
		s.chainDone(e.Procedure, step, f, "")
	}
}

// guarantee keeps what was found on the later day.
func (s *State) guarantee(found GuaranteeState) {
	for i := range s.Guarantees {
		if have := &s.Guarantees[i]; have.Guarantee == found.Guarantee {
			if found.On >= have.On {
				*have = found
			}
			return
		}
	}
	s.Guarantees = append(s.Guarantees, found)
}

func (r *ruling) recordRisk(c RecordRisk) []Event {
	r.known(code.Risks, string(c.Risk), "风险类型")
	if r.s.episodeOn(r.act.Happened) == nil {
		return r.refuse(policy.CaseNotOpen, "该户没有监测记录")
	}
	return []Event{RiskFound(c)}
}

func (s *State) riskFound(f Fact, e RiskFound) {
	if ep := s.episodeOn(f.Happened()); ep != nil {
		for _, have := range ep.Risks {
			if have.Risk == e.Risk && have.Gone == 0 {
				return
			}
		}
		ep.Risks = append(ep.Risks, RiskState{Risk: e.Risk, Since: f.Happened()})
	}
}

func (r *ruling) endRisk(c EndRisk) []Event {
	r.known(code.EliminationWays, c.Way, "消除方式")
	if ep := r.s.episodeOn(r.act.Happened); ep != nil {
		for _, have := range ep.Risks {
			if have.Risk == c.Risk && have.Gone == 0 {
				return []Event{RiskEnded(c)}
			}
		}
	}
	return r.refuse(policy.CaseNotOpen, "该户没有这项未消除的风险")
}

func (s *State) riskEnded(f Fact, e RiskEnded) {
	if ep := s.episodeOn(f.Happened()); ep != nil {
		for i := range ep.Risks {
			if have := &ep.Risks[i]; have.Risk == e.Risk && have.Gone == 0 {
				have.Gone, have.Way = f.Happened(), e.Way
			}
		}
	}
}
