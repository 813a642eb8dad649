package load_test

import (
	"strings"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
)

// Every document's own recurring and one-off duties stand in its pack.
func TestPacksStateTheirDuties(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pack, duty, cite, when string
		level                  code.Level
		basis                  policy.Basis
	}{
		{"chongqing-2020", "weekly_collection", "S0.21", "每周", code.Village, policy.Stated},
		{"chongqing-2020", "monthly_comparison", "S0.22", "每月（次期）第5日至第10日", code.Province, policy.Stated},
		{"mile-2020", "township_report", "S1.9", "每月（次期）第3日前", code.Township, policy.Stated},
		{"mile-2020", "lists_in_place", "S1.37", "2020年6月30日前", code.Township, policy.Stated},
		{"mile-2020", "measures_in_place", "S1.37", "2020年6月30日前", code.Village, policy.Stated},
		{"mile-2020", "epidemic_analysis", "S1.41", "每月", code.Township, policy.Assumed},
		{"jiaohe-2022", "concentrated_check", "S2.15", "每年4月、10月", code.County, policy.Stated},
		{"jiaohe-2022", "quarterly_list", "S2.16", "每季度", code.Township, policy.Stated},
		{"jiaohe-2022", "half_year_study", "S2.37", "每半年", code.Township, policy.Stated},
		{"jiaohe-2022", "scale_risk_study", "S2.38", "每年", code.County, policy.Stated},
		{"xinyu-2020", "repeated_comparison", "S3.4", "每季度", code.County, policy.Assumed},
		{"national-2020", "epidemic_analysis", "S3.8", "每月", code.County, policy.Assumed},
		{"county-2023", "check_of_all", "S4.10", "每半年", code.County, policy.Assumed},
	} {
		p, err := load.Parse([]byte(text(t, c.pack)))
		if err != nil {
			t.Fatal(err)
		}
		d, ok := p.Duty(c.duty)
		if !ok || d.Cite != c.cite || d.When() != c.when || d.Level != c.level || d.Basis != c.basis {
			t.Errorf("%s %s: %v %s %s %s %s", c.pack, c.duty, ok, d.Cite, d.When(), d.Level, d.Basis)
		}
	}
}

func TestDutiesAreReadStrictly(t *testing.T) {
	t.Parallel()
	const weekly = "id: weekly_collection, name: 监测责任人每周至少采集一次, per: household, about: monitored, officer: monitoring, level: village"
	sound := text(t, "chongqing-2020")
	for name, c := range map[string]struct{ old, new, want string }{
		"no id":                   {"id: weekly_collection", "id: \"\"", "has an id of its own"},
		"an id in capitals":       {"id: weekly_collection", "id: Weekly", "has an id of its own"},
		"no name":                 {"name: 监测责任人每周至少采集一次", "name: \"\"", "and a name"},
		"a duty twice":            {"id: monthly_comparison", "id: weekly_collection", "has an id of its own"},
		"unknown key":             {"every: week", "every: week, colour: red", "field colour not found"},
		"unknown per":             {"per: region", "per: river", `per "river"`},
		"unknown level":           {"level: province", "level: moon", `level "moon"`},
		"nobody owes it":          {"level: province, capacities: [county_officer, county_decider]", "level: province, capacities: []", "who owes it"},
		"unknown capacity":        {"capacities: [paired_cadre", "capacities: [cook", `capacity "cook"`},
		"departments of a region": {"per: region", "per: region, departments: [health]", "a duty of departments"},
		"a department without":    {"per: region", "per: department", "a duty of departments"},
		"unknown department":      {"per: region", "per: department, departments: [magic]", `department "magic"`},
		"about nobody":            {"about: monitored, ", "", `about ""`},
		"a region's officer":      {"per: region", "per: region, officer: monitoring", "only a duty of each household"},
		"unknown officer":         {"officer: monitoring", "officer: general", `officer "general"`},
		"unknown cadence":         {"every: week", "every: fortnight", `every "fortnight"`},
		"once without a day":      {"every: week", "every: once", "on which day"},
		"a day, but every week":   {"every: week", "every: week, by_day: 2020-06-30", "on which day"},
		"once and following":      {"every: week", "every: once, by_day: 2020-06-30, last_day: 3", "no other days"},
		"a thirteenth month":      {"every: month", "every: month, months: [13]", "months from 1 to 12"},
		"months of a week":        {"every: week", "every: week, months: [4]", "months from 1 to 12"},
		"the last before first":   {"first_day: 5, last_day: 10", "first_day: 11, last_day: 10", "in this order"},
		"ends before it begins":   {"every: week", "every: week, from: 2020-06-30, until: 2020-06-01", "until comes before"},
		"figures of a visit":      {"done_by: visit", "done_by: visit, figures: true", "states figures"},
		"done by magic":           {"done_by: visit", "done_by: magic", `done_by "magic"`},
		"a region is not visited": {"done_by: report", "done_by: visit", "does not fulfil"},
		"no report on a house":    {"done_by: visit", "done_by: report", "does not fulfil"},
		"stated without article":  {"basis: stated, cite: S0.21", "basis: stated", "cites its article"},
	} {
		at := strings.Index(sound, weekly)
		if at < 0 {
			t.Fatal("the pack has changed")
		}
		if i := strings.Index(sound[at:], c.old); i < 0 {
			t.Errorf("%s: the duties have no %q", name, c.old)
		} else if _, err := load.Parse([]byte(sound[:at+i] + c.new + sound[at+i+len(c.old):])); err == nil || !strings.Contains(err.Error(), c.want) ||
			!strings.Contains(err.Error(), "line ") {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	p, err := load.Parse([]byte(sound))
	if err != nil {
		t.Fatal(err)
	}
	if d, _ := p.Duty("weekly_collection"); d.Every != calendar.Weekly || d.Officer != code.MonitoringOfficer {
		t.Errorf("%+v", d)
	}
}
