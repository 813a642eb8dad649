package duty

import (
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// S2.2, S2.15: the county checks in April, every village reports.
func TestAConcentratedCheck(t *testing.T) {
	t.Parallel()
	jiaohe, county := pack(t, "jiaohe-2022"), Place{CoveredLevel: code.County}
	village := Place{CoveredLevel: code.Village}
	organise := OrganiseCheck{Region: "c", Title: "2022年4月集中排查", From: day("2022-04-01"), To: day("2022-04-30"), Duty: "concentrated_check"}
	facts := given(t, jiaohe, county, code.CountyOfficer).when("2022-03-28", organise).then(CheckOrganised(organise))
	given(t, jiaohe, county, code.CountyOfficer, facts...).when("2022-03-29", organise).refused(policy.CheckExists)
	given(t, jiaohe, Place{CoveredLevel: code.Township}, code.TownshipCadre).when("2022-03-28", organise).refused(policy.DutyNotOwed)

	report := ReportVillageCheck{Village: "v", Households: 300, Checked: 298, Groups: 6, GroupsChecked: 6, Found: []string{"h1"}}
	given(t, jiaohe, village, code.VillageCadre, facts...).when("2022-03-30", report).refused(policy.Malformed) // before it began
	given(t, jiaohe, village, code.VillageCadre).when("2022-04-20", report).refused(policy.CheckUnknown)
	given(t, jiaohe, county, code.CountyOfficer, facts...).when("2022-04-20", report).refused(policy.Malformed) // village by village
	reported := given(t, jiaohe, village, code.VillageCadre, facts...).when("2022-04-20", report).then(VillageChecked(report))
	for what, change := range map[string]func(*ReportVillageCheck){
		"more checked than there are": func(c *ReportVillageCheck) { c.Checked = 301 },
		"more groups than there are":  func(c *ReportVillageCheck) { c.GroupsChecked = 7 },
		"an empty village":            func(c *ReportVillageCheck) { c.Households = 0 },
		"no groups":                   func(c *ReportVillageCheck) { c.Groups = 0 },
		"found twice":                 func(c *ReportVillageCheck) { c.Found = []string{"h1", "h1"} },
		"more found than checked":     func(c *ReportVillageCheck) { c.Checked, c.Found = 1, []string{"h1", "h2"} },
	} {
		c := report
		change(&c)
		t.Log(what)
		given(t, jiaohe, village, code.VillageCadre, facts...).when("2022-04-20", c).refused(policy.Malformed)
	}

	end := EndCheck{Summary: "全部排查"}
	given(t, jiaohe, county, code.CountyOfficer).when("2022-04-30", end).refused(policy.CheckUnknown)
	given(t, jiaohe, county, code.CountyOfficer, reported...).when("2022-04-30", EndCheck{}).refused(policy.Malformed)
	over := given(t, jiaohe, county, code.CountyOfficer, reported...).when("2022-04-30", end).then(CheckEnded(end))
	given(t, jiaohe, county, code.CountyOfficer, over...).when("2022-05-01", end).refused(policy.CheckOver)
	given(t, jiaohe, village, code.VillageCadre, over...).when("2022-05-02", report).refused(policy.CheckOver)
	given(t, jiaohe, village, code.VillageCadre, over...).typed("2022-04-29", "2022-05-02", report).stands()
}

func TestACheckSaysWhatItIs(t *testing.T) {
	t.Parallel()
	jiaohe := pack(t, "jiaohe-2022")
	for what, c := range map[string]struct {
		change func(*OrganiseCheck)
		rule   policy.Rule
	}{
		"no title":        {func(c *OrganiseCheck) { c.Title = "" }, policy.Malformed},
		"no days":         {func(c *OrganiseCheck) { c.From, c.To = 0, 0 }, policy.Malformed},
		"a whole year":    {func(c *OrganiseCheck) { c.To = c.From + 365 }, policy.Malformed},
		"years ahead":     {func(c *OrganiseCheck) { c.From += 730; c.To += 730 }, policy.Malformed},
		"another duty":    {func(c *OrganiseCheck) { c.Duty = "quarterly_list" }, policy.DutyUnknown},
		"a phone number":  {func(c *OrganiseCheck) { c.Title = "联系13912345678" }, policy.PersonalInText},
		"of its own will": {func(c *OrganiseCheck) { c.Duty = "" }, ""},
	} {
		organise := OrganiseCheck{Region: "c", Title: "集中排查", From: day("2022-04-01"), To: day("2022-04-30"), Duty: "concentrated_check"}
		c.change(&organise)
		s := given(t, jiaohe, Place{CoveredLevel: code.County}, code.CountyOfficer).when("2022-03-28", organise)
		t.Log(what)
		if c.rule == "" {
			s.stands()
		} else {
			s.refused(c.rule)
		}
	}
}
