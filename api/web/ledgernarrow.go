package web

import (
	"context"
	"net/url"

	"shouwang/domain/calendar"
	"shouwang/projections"
)

// narrowing is a condition with which the dashboard's figures open their list,
// beside those that the ledger's form offers.
type narrowing struct {
	name, zh, en string
	day          bool // its value is a day
	set          func(*projections.Filter, calendar.Day)
}

// narrowings of the ledger. A value that is no day asks for nothing.
var narrowings = []narrowing{
	{"included_from", "纳入日期自", "included from", true, func(f *projections.Filter, d calendar.Day) { f.Included.From = d }},
	{"included_to", "纳入日期至", "included until", true, func(f *projections.Filter, d calendar.Day) { f.Included.To = d }},
	{"eliminated_from", "风险消除日期自", "eliminated from", true, func(f *projections.Filter, d calendar.Day) { f.Eliminated.From = d }},
	{"eliminated_to", "风险消除日期至", "eliminated until", true, func(f *projections.Filter, d calendar.Day) { f.Eliminated.To = d }},
	{"unvisited_since", "此日以来未走访", "not visited since", true, func(f *projections.Filter, d calendar.Day) { f.UnvisitedSince = d }},
	{"unhelped", "尚无帮扶措施", "without any measure", false, func(f *projections.Filter, _ calendar.Day) { f.Unhelped = true }},
	{"developed", "有开发式帮扶措施", "with a development measure", false, func(f *projections.Filter, _ calendar.Day) { f.Developed = true }},
	{"unattended", "责任人不全", "without an officer", false, func(f *projections.Filter, _ calendar.Day) { f.Unattended = true }},
	{"red", "红色预警", "under a red warning", false, func(f *projections.Filter, _ calendar.Day) { f.Red = true }},
}

func narrowed(f *projections.Filter, q url.Values) {
	for _, n := range narrowings {
		if day, ok := n.asked(q); ok {
			n.set(f, day)
		}
	}
}

func (n narrowing) asked(q url.Values) (day calendar.Day, ok bool) {
	value := q.Get(n.name)
	if value == "" || !n.day {
		return 0, value != ""
	}
	day, err := calendar.ParseDay(value)
	return day, err == nil
}

// narrowedBy are the conditions of the page beside its form's, in words, by name.
func narrowedBy(ctx context.Context, q url.Values) (said [][2]string) {
	for _, n := range narrowings {
		if day, ok := n.asked(q); ok {
			text := say(ctx, n.zh, n.en)
			if n.day {
				text += " " + date(ctx, day)
			}
			said = append(said, [2]string{n.name, text})
		}
	}
	return said
}
