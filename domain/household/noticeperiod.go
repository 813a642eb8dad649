package household

import (
	"strconv"
	"strings"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
)

// byWorkingDays is how a pack says that the days of a notice are working days.
const byWorkingDays = "working"

// Full returns the day on which the sheet has been up for its period: the posting
// day is not counted. It is not known (ok is false) where the period counts
// working days and runs into a year whose holidays are not.
func (n *NoticeLine) Full() (day calendar.Day, ok bool) {
	if n.Count == byWorkingDays {
		return calendar.Announced().AddWorkingDays(n.Posted, n.Days)
	}
	return n.Posted + calendar.Day(n.Days), true
}

// noticePeriod holds a sheet that came down on a day, or is to be followed by a
// step on it, to its period. Where nobody can say how many working days there
// were, that is what the flag says; it refuses nothing, since nothing is wrong
// for certain.
func (r *ruling) noticePeriod(n *NoticeLine, until calendar.Day, rule policy.Rule) {
	full, known := n.Full()
	if known && until >= full {
		return
	}
	span := calendar.Announced().Span(n.Posted, until)
	if !known && span.Working+span.Unknown >= n.Days {
		g := r.pack.Guard(rule)
		g.Mode = policy.Flag
		r.failsAs(g, "公示%s至%s共%d天，应不少于%d个工作日；%s年放假安排未录入，工作日数无法认定",
			n.Posted.Chinese(), until.Chinese(), span.Calendar, n.Days, missingYears(n.Posted, until))
		return
	}
	unit, stood := "天", strconv.Itoa(span.Calendar)+"天"
	if n.Count == byWorkingDays {
		unit, stood = "个工作日", span.Chinese()
	}
	if rule == policy.NoticeStanding {
		r.fails(rule, "公示自%s起须满%d%s，尚未期满", n.Posted.Chinese(), n.Days, unit)
		return
	}
	r.fails(rule, "公示%s至%s共%s，应不少于%d%s", n.Posted.Chinese(), until.Chinese(), stood, n.Days, unit)
}

func missingYears(from, to calendar.Day) string {
	var years []string
	for _, y := range calendar.Announced().Missing(from, to) {
		years = append(years, strconv.Itoa(y))
	}
	return strings.Join(years, "、")
}
