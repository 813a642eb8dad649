package calendar

import "testing"

func TestAPeriodEndsByItsOwnDays(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		p               Period
		from, end, text string
	}{
		"calendar days":              {Period{5, "calendar"}, "2023-04-03", "2023-04-08", "5天"},
		"no word is calendar days":   {Period{Days: 5}, "2023-04-03", "2023-04-08", "5天"},
		"working days over Qingming": {Period{5, Working}, "2023-04-03", "2023-04-11", "5个工作日"},
		"worked on a Sunday":         {Period{5, Working}, "2023-04-21", "2023-04-27", "5个工作日"},
		"into a year nobody knows":   {Period{5, Working}, "2026-12-28", "", "5个工作日"},
	} {
		end, known := c.p.End(MustDay(c.from))
		if end.String() != c.end || known != (c.end != "") || c.p.Chinese() != c.text {
			t.Errorf("%s: %s, %v, %s", what, end, known, c.p.Chinese())
		}
	}
}

func TestWhetherAPeriodIsOverMayNotBeKnown(t *testing.T) {
	t.Parallel()
	five := Period{5, Working}
	for what, c := range map[string]struct {
		from, on    string
		over, known bool
	}{
		"long over":               {"2023-04-03", "2023-06-01", true, true},
		"on its last day":         {"2023-04-03", "2023-04-11", true, true},
		"the day before":          {"2023-04-03", "2023-04-10", false, true},
		"too few in any case":     {"2026-12-28", "2027-01-01", false, true},
		"it may have been enough": {"2026-12-28", "2027-01-04", false, false},
	} {
		if over, known := five.Over(MustDay(c.from), MustDay(c.on)); over != c.over || known != c.known {
			t.Errorf("%s: %v, %v", what, over, known)
		}
	}
	if got := Unannounced(MustDay("2026-12-28"), MustDay("2028-01-04")); got != "2027、2028年放假安排未录入" {
		t.Error(got)
	}
	if got := Unannounced(MustDay("2023-04-03"), MustDay("2023-06-01")); got != "" {
		t.Error(got)
	}
}
