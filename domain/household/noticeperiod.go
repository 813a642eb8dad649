package household

import (
	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// Period is how long the sheet must be up for the line, by the days of the day it
// went up. An objection raised in it extends it where the pack says so.
func (n *NoticeLine) Period() calendar.Period {
	period := calendar.Period{Days: n.Days, Count: n.Count}
	for _, o := range n.Objections {
		if over, known := period.Over(n.Posted, o.On); n.Extend > 0 && !(over && known) {
			period.Days += n.Extend
			break
		}
	}
	return period
}

// Full returns the day on which the sheet has been up for its period: the posting
// day is not counted. It is not known (ok is false) where the period counts
// working days and runs into a year whose holidays are not.
func (n *NoticeLine) Full() (day calendar.Day, ok bool) { return n.Period().End(n.Posted) }

// noticePeriod holds a sheet that came down on a day, or is to be followed by a
// step on it, to its period. Where nobody can say how many working days there
// were, that is what the flag says; it refuses nothing, since nothing is wrong
// for certain.
func (r *ruling) noticePeriod(n *NoticeLine, until calendar.Day, rule policy.Rule) {
	period := n.Period()
	over, known := period.Over(n.Posted, until)
	if known && over {
		return
	}
	span := calendar.Announced().Span(n.Posted, until)
	if !known {
		g := r.pack.Guard(rule)
		g.Mode = policy.Flag
		r.failsAs(g, "公示%s至%s共%d天，应不少于%s；%s，工作日数无法认定",
			n.Posted.Chinese(), until.Chinese(), span.Calendar, period.Chinese(), calendar.Unannounced(n.Posted, until))
		return
	}
	if rule == policy.NoticeStanding {
		r.fails(rule, "公示自%s起须满%s，尚未期满", n.Posted.Chinese(), period.Chinese())
		return
	}
	stood := calendar.Period{Days: span.Calendar}.Chinese()
	if period.Count == calendar.Working {
		stood = span.Chinese()
	}
	r.fails(rule, "公示%s至%s共%s，应不少于%s", n.Posted.Chinese(), until.Chinese(), stood, period.Chinese())
}
