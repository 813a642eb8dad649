package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// ReturnComparison records what comparing the household's data brought (信息比对).
// Hits are points to explain, not reasons to refuse (DOMAIN 3.5).
type ReturnComparison struct {
	Comparison string           `json:"comparison"`
	Procedure  policy.Procedure `json:"procedure"`
	Sources    []string         `json:"sources"`
	Hits       []Hit            `json:"hits,omitzero"`
}

// Hit is a point a comparison raised (疑点).
type Hit struct {
	ID     string        `json:"id"`
	Member string        `json:"member"`
	Source string        `json:"source"`
	Kind   string        `json:"kind"` // code.HitKinds
	Detail code.Personal `json:"detail,omitzero"`
}

// ComparisonReturned: the comparison's result.
type ComparisonReturned ReturnComparison

// ExplainHit records how a hit was verified and explained (疑点核实).
type ExplainHit struct {
	Hit         string          `json:"hit"`
	Explanation code.Text       `json:"explanation"`
	Accepted    bool            `json:"accepted"` // it does not stand against inclusion
	Paper       code.Attachment `json:"paper,omitzero"`
}

// HitExplained: the hit was explained.
type HitExplained ExplainHit

func (ReturnComparison) isCommand() {}
func (ExplainHit) isCommand()       {}
func (ComparisonReturned) isEvent() {}
func (HitExplained) isEvent()       {}

// Comparison is a comparison as the state keeps it.
type Comparison struct {
	ID   string
	On   calendar.Day
	Open []string // hits not explained yet
	All  []string
}

func (r *ruling) returnComparison(c ReturnComparison) []Event {
	if c.Comparison == "" || len(c.Sources) == 0 {
		return r.refuse(policy.Malformed, "信息比对须写明编号和比对来源")
	}
	for _, s := range c.Sources {
		r.known(code.ComparisonSources, s, "比对来源")
	}
	seen := map[string]bool{}
	for _, h := range c.Hits {
		if h.ID == "" || seen[h.ID] {
			return r.refuse(policy.Malformed, "比对疑点编号缺失或重复")
		}
		seen[h.ID] = true
		r.here(h.Member)
		r.known(code.HitKinds, h.Kind, "疑点类型")
		r.known(code.ComparisonSources, h.Source, "比对来源")
	}
	signed := false
	for _, l := range r.s.Letters {
		signed = signed || l.On <= r.act.Happened
	}
	if e := r.s.episodeOn(r.act.Happened); !signed && !brought(policy.Inclusion, e) {
		r.fails(policy.LetterMissing, "信息比对之前应由农户签署承诺授权书")
	}
	r.step(c.Procedure, policy.Comparison)
	return []Event{ComparisonReturned(c)}
}

func (s *State) comparisonReturned(f Fact, e ComparisonReturned) {
	c := Comparison{ID: e.Comparison, On: f.Happened()}
	for _, h := range e.Hits {
		c.Open = append(c.Open, h.ID)
		c.All = append(c.All, h.ID)
	}
	s.Comparisons = append(s.Comparisons, c)
	s.chainDone(e.Procedure, policy.Comparison, f, "")
}

func (r *ruling) explainHit(c ExplainHit) []Event {
	if c.Explanation == "" {
		return r.refuse(policy.Malformed, "疑点须写明核实情况")
	}
	for _, cmp := range r.s.Comparisons {
		for _, id := range cmp.All {
			if id == c.Hit {
				return []Event{HitExplained(c)}
			}
		}
	}
	return r.refuse(policy.ComparisonUnknown, "该户没有这条比对疑点")
}

func (s *State) hitExplained(e HitExplained) {
	for i := range s.Comparisons {
		open := s.Comparisons[i].Open
		for j, id := range open {
			if id == e.Hit {
				s.Comparisons[i].Open = append(append([]string{}, open[:j]...), open[j+1:]...)
				break
			}
		}
	}
}

// openHits counts the hits nobody has explained yet.
func (s *State) openHits() int {
	n := 0
	for _, c := range s.Comparisons {
		n += len(c.Open)
	}
	return n
}
