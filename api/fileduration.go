package api

import (
	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// FileDuration is how long an inclusion took, or has taken so far, against the
// time that its pack gives the whole chain.
type FileDuration struct {
	From   calendar.Day    `json:"from"`
	To     calendar.Day    `json:"to" doc:"审定（或不予纳入）之日；未审定的为截至日期"`
	Days   calendar.Span   `json:"days" doc:"自然日和工作日两种算法"`
	Limit  calendar.Period `json:"limit,omitzero" doc:"办法规定（或推定）的全程时限"`
	Due    calendar.Day    `json:"due,omitzero"`
	Late   bool            `json:"late"`
	Unsure string          `json:"unsure,omitzero" doc:"放假安排未录入，是否超期无法认定"`
}

// durationOf measures the chain of an episode. One brought forward claims none.
func durationOf(e *household.Episode, on calendar.Day, pack policy.Pack) *FileDuration {
	if e.Brought {
		return nil
	}
	d := FileDuration{From: e.OpenedOn, To: on, Limit: pack.Chain.Period()}
	for _, ended := range []calendar.Day{e.Rejected, e.Included} {
		if ended != 0 {
			d.To = ended
		}
	}
	d.Days = calendar.Announced().Span(d.From, d.To)
	if d.Limit.Days == 0 {
		return &d
	}
	d.Due, _ = d.Limit.End(d.From)
	// It is late from the day after the last.
	over, known := d.Limit.Over(d.From, d.To-1)
	d.Late = over && known
	if !known {
		d.Unsure = calendar.Unannounced(d.From, d.To)
	}
	return &d
}
