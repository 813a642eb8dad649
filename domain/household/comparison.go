package household

import (
	"slices"

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
	// Papers that it left, where the pack wants some.
	Papers []Exhibit `json:"papers,omitzero"`
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
	ID        string
	On        calendar.Day
	Open      []string // hits not explained yet
	All       []string
	Explained []Explained
}

// Explained is what verifying a hit brought, and when.
type Explained struct {
	Hit      string
	On       calendar.Day
	Accepted bool
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
	r.authorised(c)
	r.step(c.Procedure, policy.Comparison)
	r.evidence(c.Procedure, policy.Comparison, r.exhibits(c.Papers)...)
	return []Event{ComparisonReturned(c)}
}

// authorised holds what the letters say of a comparison: one covers its day, and
// together those name its sources and the members it found something about.
func (r *ruling) authorised(c ReturnComparison) {
	var scope, members []string
	signed, limited := false, true
	for _, l := range r.s.Letters {
		if l.covers(r.act.Happened) {
			signed = true
			scope, members = append(scope, l.Scope...), append(members, l.Members...)
			limited = limited && len(l.Scope) > 0
		}
	}
	if !signed {
		if !brought(policy.Inclusion, r.s.episodeOn(r.act.Happened)) {
			r.fails(policy.LetterMissing, "信息比对当日没有有效的承诺授权书")
		}
		return
	}
	for _, source := range c.Sources {
		if limited && !slices.Contains(scope, source) {
			r.fails(policy.BeyondLetter, "承诺授权书未授权查询“%s”", code.ComparisonSources.ZH(source))
		}
	}
	for _, h := range c.Hits {
		if !slices.Contains(members, h.Member) {
			r.fails(policy.BeyondLetter, "承诺授权书未包括疑点所涉成员")
		}
	}
	for _, m := range r.s.Members {
		if len(m.Was) > 0 && m.From <= r.act.Happened && m.Left == 0 && !slices.Contains(members, m.ID) {
			r.fails(policy.BeyondLetter, "%s自他户转入，承诺授权书未包括", m.Name)
		}
	}
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

func (s *State) hitExplained(f Fact, e HitExplained) {
	for i := range s.Comparisons {
		c := &s.Comparisons[i]
		if slices.Contains(c.All, e.Hit) {
			c.Open = slices.DeleteFunc(slices.Clone(c.Open), func(id string) bool { return id == e.Hit })
			c.Explained = append(c.Explained, Explained{e.Hit, f.Happened(), e.Accepted})
		}
	}
}

// openHits counts the hits that nobody had explained by the end of the day, and
// those whose explanation was not accepted: they stand against an inclusion.
func (s *State) openHits(on calendar.Day) (open, standing int) {
	for _, c := range s.Comparisons {
		if c.On > on {
			continue
		}
		for _, hit := range c.All {
			var last *Explained
			for i := range c.Explained {
				if x := &c.Explained[i]; x.Hit == hit && x.On <= on && (last == nil || x.On >= last.On) {
					last = x
				}
			}
			switch {
			case last == nil:
				open++
			case !last.Accepted:
				standing++
			}
		}
	}
	return open, standing
}
