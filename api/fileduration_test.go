package api

import (
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// The chain is measured by the count of its pack, and told by both.
func TestHowLongAnInclusionTook(t *testing.T) {
	t.Parallel()
	day := calendar.MustDay
	for what, c := range map[string]struct {
		count, from, decided, asked string
		calendar, working           int
		due                         string
		late, unsure                bool
	}{
		"in time":                          {"calendar", "2023-04-03", "2023-04-18", "2023-06-30", 15, 10, "2023-04-18", false, false},
		"a day late":                       {"calendar", "2023-04-03", "2023-04-19", "2023-06-30", 16, 11, "2023-04-18", true, false},
		"in time by working days":          {"working", "2023-04-03", "2023-04-24", "2023-06-30", 21, 15, "2023-04-24", false, false},
		"late by working days":             {"working", "2023-04-03", "2023-04-25", "2023-06-30", 22, 16, "2023-04-24", true, false},
		"under way and late":               {"calendar", "2023-04-03", "", "2023-04-30", 27, 19, "2023-04-18", true, false},
		"rejected":                         {"calendar", "2023-04-03", "-2023-04-10", "2023-06-30", 7, 4, "2023-04-18", false, false},
		"in a year nobody knows":           {"working", "2026-12-25", "", "2027-01-20", 26, 4, "", false, true},
		"too short to be late in any case": {"working", "2026-12-25", "", "2027-01-05", 11, 4, "", false, false},
	} {
		e := household.Episode{OpenedOn: day(c.from)}
		switch {
		case c.decided != "" && c.decided[0] == '-':
			e.Rejected = day(c.decided[1:])
		case c.decided != "":
			e.Included = day(c.decided)
		}
		d := durationOf(&e, day(c.asked), policy.Pack{Chain: policy.Limit{Days: 15, Count: c.count}})
		if d.Days.Calendar != c.calendar || d.Days.Working != c.working || d.Due.String() != c.due || d.Late != c.late || (d.Unsure != "") != c.unsure {
			t.Errorf("%s: %+v", what, *d)
		}
	}
	if d := durationOf(&household.Episode{Brought: true}, day("2023-06-30"), policy.Pack{}); d != nil {
		t.Errorf("a case brought forward claims no chain: %+v", *d)
	}
	if d := durationOf(&household.Episode{OpenedOn: day("2023-04-03")}, day("2023-06-30"), policy.Pack{}); d.Late || d.Due != 0 {
		t.Errorf("without a limit nothing is late: %+v", *d)
	}
}
