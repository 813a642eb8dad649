package calendar

import (
	"fmt"
	"strconv"
	"strings"
)

// Working is how a rule says that its days are working days (工作日); any other
// word, and none, means calendar days (自然日).
const Working = "working"

// Period is a number of days as a rule counts them. The first day is not
// counted: a sheet posted on the 10th has been up for five days on the 15th.
type Period struct {
	Days  int    `json:"days"`
	Count string `json:"count"`
}

// End returns the day on which the period that began on a day is over. It is not
// known (ok is false) where the period counts working days and runs into a year
// whose holidays are not announced.
func (p Period) End(from Day) (end Day, ok bool) {
	if p.Count == Working {
		return Announced().AddWorkingDays(from, p.Days)
	}
	return from + Day(p.Days), true
}

// Over says whether the period that began on a day is over on another. known is
// false where nobody can say: it counts working days, and it depends on a year
// whose holidays are not announced.
func (p Period) Over(from, on Day) (over, known bool) {
	if end, ok := p.End(from); ok {
		return on >= end, true
	}
	s := Announced().Span(from, on)
	return false, s.Working+s.Unknown < p.Days
}

// Chinese returns "5天" or "5个工作日".
func (p Period) Chinese() string {
	if p.Count == Working {
		return fmt.Sprintf("%d个工作日", p.Days)
	}
	return fmt.Sprintf("%d天", p.Days)
}

// Unannounced returns a clause that says which years between two days have no
// arrangement of holidays, "" if all have one.
func Unannounced(from, to Day) string {
	var years []string
	for _, y := range Announced().Missing(from, to) {
		years = append(years, strconv.Itoa(y))
	}
	if len(years) == 0 {
		return ""
	}
	return strings.Join(years, "、") + "年放假安排未录入"
}
