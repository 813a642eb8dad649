package load_test

import (
	"fmt"
	"strings"
	"testing"

	"shouwang/domain/calendar"
	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
	"shouwang/domain/policy/packs"
)

func text(t *testing.T, name string) string {
	t.Helper()
	b, err := packs.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestEveryPackIsSound(t *testing.T) {
	for _, name := range packs.Names() {
		p, err := load.Parse([]byte(text(t, name)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if p.Name != name || len(p.SHA256) != 64 || p.Ref().SHA256 != p.SHA256 {
			t.Errorf("%s calls itself %s", name, p.Name)
		}
		for _, g := range p.Guards {
			if g.Basis == policy.Assumed && g.Mode == policy.Block {
				t.Errorf("%s: %s is assumed and blocks", name, g.Rule)
			}
		}
	}
	if _, err := packs.Text("atlantis-1"); err == nil || !strings.Contains(err.Error(), "county-2023") {
		t.Errorf("an unknown pack: %v", err)
	}
}

func TestAPackSaysWhatItsDocumentSays(t *testing.T) {
	county, err := load.Parse([]byte(text(t, "county-2023")))
	if err != nil {
		t.Fatal(err)
	}
	for year, want := range map[int]int64{2021: 6000, 2022: 6500, 2023: 7200} {
		if line, ok := county.LineOf(year); !ok || int64(line) != want*100 {
			t.Errorf("%d: %d", year, line)
		}
	}
	if county.ValidFrom != calendar.MustDay("2021-01-01") || county.EliminationIf.IncomeMonths != 6 {
		t.Errorf("%+v", county)
	}
	jiaohe, err := load.Parse([]byte(text(t, "jiaohe-2022")))
	if err != nil {
		t.Fatal(err)
	}
	if line, ok := jiaohe.LineOf(2021); !ok || line != 600000 {
		t.Errorf("2021: %d", line)
	}
	for _, year := range []int{2022, 2023, 2024} {
		if line, ok := jiaohe.LineOf(year); ok {
			t.Errorf("%d is 未定 until the county sets it, not %d", year, line)
		}
	}
	if !jiaohe.NoticeDue(policy.Assistance) || county.NoticeDue(policy.Assistance) {
		t.Error("S2.19 wants a notice before measures, the county's document does not")
	}
	order := func(p policy.Pack, a, b policy.Step) bool {
		ia, ib := -1, -1
		for i, s := range p.Inclusion {
			if s.Step == a {
				ia = i
			}
			if s.Step == b {
				ib = i
			}
		}
		return ia >= 0 && ia < ib
	}
	if !order(jiaohe, policy.TownshipReview, policy.Comparison) || !order(county, policy.Comparison, policy.Appraisal) {
		t.Error("Jiaohe compares at the county, after the notice; the county of 2023 before it")
	}
}

// Each fault is reported with the line it stands on.
func TestAPackIsReadStrictly(t *testing.T) {
	sound := text(t, "county-2023")
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown key":            {"issuer:", "issued_by: x\nissuer:", "field issued_by not found"},
		"unknown key in a step":  {"- {step: clue, ", "- {step: clue, colour: red, ", "field colour not found"},
		"key twice":              {"issuer:", "name: twice\nissuer:", "already defined"},
		"wrong type":             {"days: 5", "days: five", "cannot unmarshal"},
		"a fraction of a day":    {"days: 5", "days: 5.5", "no whole number"},
		"impossible day":         {"valid_from: 2021-01-01", "valid_from: 2021-02-30", "is not a day"},
		"a day of a duty":        {"from: 2023-02-20, done_by", "from: 2023-02-31, done_by", "is not a day"},
		"a day of a name":        {"from: 2021-06-01,", "from: June,", "is not a day"},
		"no name":                {"name: county-2023", "name: \"\"", "name is required"},
		"no sources":             {"sources: [\"004", "sources: []\nx: [\"004", "sources is required"},
		"no title":               {"title: 某县防止返贫动态监测和帮扶办法(2021—2023)", "title: \"\"", "title is required"},
		"no version":             {"version: \"1\"", "version: \"\"", "version is required"},
		"no issuer":              {"issuer: 县乡村振兴局", "issuer: \"\"", "issuer is required"},
		"no day of its own":      {"valid_from: 2021-01-01\n", "valid_from:\n", "valid_from is required"},
		"ends before it begins":  {"classes:", "valid_to: 2020-12-31\nclasses:", "valid_to comes before"},
		"unknown class":          {"[unstable, marginal, sudden]", "[unstable, poor]", `class "poor"`},
		"no classes":             {"classes: [unstable, marginal, sudden]", "classes: []", "names its classes"},
		"label without a name":   {"zh: 县级审定,", "zh: \"\",", "a label has"},
		"line and undetermined":  {"{year: 2022, yuan: 6500,", "{year: 2022, undetermined: true, yuan: 6500,", "income line of 2022"},
		"neither":                {"{year: 2022, yuan: 6500,", "{year: 2022,", "income line of 2022"},
		"a year twice":           {"{year: 2022, yuan: 6500,", "{year: 2021, yuan: 6500,", "income line of 2021 stands twice"},
		"unknown step":           {"{step: plan,", "{step: dance,", `step "dance" is not known`},
		"a step twice":           {"{step: income_sheet, level: village, capacities: [village_cadre, village_secretary, resident_team, grid_worker], basis: assumed", "{step: clue, level: village, capacities: [village_cadre, village_secretary, resident_team, grid_worker], basis: assumed", "inclusion step clue stands twice"},
		"nobody acts":            {"{step: plan, level: village, capacities: [village_cadre, village_secretary, resident_team, paired_cadre, township_cadre]", "{step: plan, level: village, capacities: []", "who acts"},
		"at no level":            {"{step: plan, level: village", "{step: plan", "who acts"},
		"at an unknown level":    {"{step: plan, level: village", "{step: plan, level: moon", `level "moon"`},
		"unknown capacity":       {"resident_team, paired_cadre, township_cadre], basis: stated, order: flag, cite: S4.15}\n  - {step: measure_started", "cook], basis: stated, order: flag, cite: S4.15}\n  - {step: measure_started", `capacity "cook"`},
		"neither block nor flag": {"basis: stated, order: block, cite: S4.19}\n  - {step: income_sheet", "basis: stated, order: shout, cite: S4.19}\n  - {step: income_sheet", "block or flag"},
		"assumed order blocks":   {"basis: assumed, order: flag, reason: 村级上报", "basis: assumed, order: block, reason: 村级上报", "never block"},
		"assumed without reason": {", reason: 村级上报为乡镇审核之前提", "", "gives its reason"},
		"stated without article": {"basis: stated, order: block, cite: S4.20}\n  - {step: announcement", "basis: stated, order: block}\n  - {step: announcement", "cites its article"},
		"unknown basis":          {"basis: stated, order: block, cite: S4.20}\n  - {step: announcement", "basis: rumour, order: block, cite: S4.20}\n  - {step: announcement", "basis is stated"},
		"a county's own house":   {"{rule: notice.too-short, mode: flag, basis: assumed", "{rule: notice.too-short, mode: block, basis: house", "basis house"},
		"an order of the house":  {"basis: assumed, order: flag, reason: 村级上报", "basis: house, order: block, reason: 村级上报", "basis house"},
		"days of the house":      {"  basis: assumed\n  reason: 来源未写公示天数", "  basis: house\n  reason: 来源未写公示天数", "basis house"},
		"assumed house blocks":   {"{rule: duty.same-person, mode: block, basis: house", "{rule: duty.same-person, mode: block, basis: assumed", "never block"},
		"assumed guard blocks":   {"{rule: notice.too-short, mode: flag, basis: assumed", "{rule: notice.too-short, mode: block, basis: assumed", "never block"},
		"unknown guard":          {"{rule: notice.too-short,", "{rule: notice.too-blue,", `guard "notice.too-blue"`},
		"a guard twice":          {"{rule: notice.too-short,", "{rule: elimination.income,", "stands twice"},
		"no days":                {"  days: 5\n", "  days: 0\n", "notice: days from"},
		"lunar days":             {"count: calendar\n  basis: assumed\n  reason: 来源未写公示", "count: lunar\n  basis: assumed\n  reason: 来源未写公示", "notice: days count"},
		"a step's lunar days":    {"- {step: plan,", "- {step: plan, limit: {days: 10, count: lunar, basis: stated, cite: S4.15},", "step plan: limit: days count"},
		"a step's endless limit": {"- {step: plan,", "- {step: plan, limit: {days: 9999, count: working, basis: stated, cite: S4.15},", "step plan: limit: days from"},
		"a step's own reason":    {"- {step: plan,", "- {step: plan, limit: {days: 10, count: working, basis: assumed},", "gives its reason"},
		"unknown procedure":      {"procedures: [inclusion, elimination]", "procedures: [inclusion, adoption]", `procedure "adoption"`},
		"quorum over one":        {"quorum_numerator: 2", "quorum_numerator: 4", "fraction"},
		"quorum over nought":     {"quorum_denominator: 3", "quorum_denominator: 0", "fraction"},
		"unknown seat":           {"composition: [village_committee, representative]", "composition: [village_committee, guest]", `seat "guest"`},
		"limit of no days":       {"chain: {days: 15", "chain: {days: 0", "chain: days"},
		"limit in lunar days":    {"plan_due: {days: 10, count: calendar", "plan_due: {days: 10, count: lunar", "plan_due: days"},
		"label of nothing":       {"{code: county_decision, zh: 县级审定", "{code: county_dance, zh: 县级审定", "no level, authority"},
		"label from nowhere":     {"from: 2021-06-01, cite: S4.20}", "from: 2021-06-01}", "a label has"},
		"label twice":            {"from: 2021-06-01, cite: S4.20}", "from: 2019-01-01, cite: S4.20}", "stands twice"},
		"validity from nowhere":  {"validity: {basis: assumed, cite: S4.7, reason: ", "validity: {basis: assumed, cite: S4.7} #", "validity: what is assumed"},
		"class twice":            {"[unstable, marginal, sudden]", "[unstable, unstable, sudden]", "class unstable stands twice"},
		"red line of no yuan":    {"inclusion:\n", "red_lines: [{year: 2023, cite: x}]\ninclusion:\n", "red line of 2023"},
		"set by no level":        {"{year: 2022, yuan: 6500,", "{year: 2022, undetermined: true, by: moon,", `level "moon"`},
		"set, and left to":       {"{year: 2022, yuan: 6500,", "{year: 2022, yuan: 6500, by: province,", "is undetermined"},
		"unknown evidence":       {"{kind: sign_in,", "{kind: hearsay,", `evidence "hearsay"`},
		"evidence from nowhere":  {"{kind: sign_in, basis: assumed, reason: 来源未写评议留存材料，各地通行}", "{kind: sign_in, basis: assumed}", "gives its reason"},
		"none of that level":     {"{step: township_review, level: township, capacities: [township_reviewer]", "{step: township_review, level: township, capacities: [village_cadre]", "acts at the level township"},
		"step of another":        {"{step: township_verification, level", "{step: measure_started, level", "no step of that procedure"},
		"seats in no procedure":  {"  composition: [village_committee", "  seats_in: [adoption]\n  composition: [village_committee", `procedure "adoption"`},
		"seats from nowhere":     {"  composition: [village_committee", "  seats: {basis: stated}\n  composition: [village_committee", "cites its article"},
		"negative months":        {"income_months: 6", "income_months: -1", "income_months"},
		"condition from nowhere": {"income_cite: S4.18", "income_cite: \"\"", "says where"},
	} {
		t.Run(name, func(t *testing.T) {
			at := strings.Index(sound, c.old)
			if at < 0 {
				t.Fatalf("the pack has no %q", c.old)
			}
			broken := sound[:at] + c.new + sound[at+len(c.old):]
			_, err := load.Parse([]byte(broken))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("%v, want %q", err, c.want)
			}
			// The fault is reported on one of the lines that were changed, or on the
			// last line of the statement that they are part of.
			first := strings.Count(sound[:at], "\n") + 1
			last := first + strings.Count(c.new, "\n")
			for _, said := range strings.Split(err.Error(), "\n") {
				if !strings.Contains(said, c.want) {
					continue
				}
				for line := first - 1; line <= last+4; line++ {
					if strings.HasPrefix(said, fmt.Sprintf("line %d: ", line)) {
						return
					}
				}
			}
			t.Errorf("changed line %d, reported %v", first, err)
		})
	}
	for name, c := range map[string]struct{ broken, want string }{
		"two documents":  {sound + "---\nname: second\n", fmt.Sprintf("line %d: a pack is one document", strings.Count(sound, "\n")+1)},
		"nothing":        {"", "line 1: nothing is written"},
		"not a pack":     {"- just\n- a list\n", "line 1: cannot unmarshal"},
		"not YAML":       {"name: x\nversion: [", "line 2: "},
		"longer than is": {sound + "#" + strings.Repeat("x", load.MaxPack), "at most"},
		"a first line":   {"colour: red\n", "line 1: name is required"},
	} {
		if _, err := load.Parse([]byte(c.broken)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// Wherever a pack states days, it may state them as working days.
func TestDaysMayBeWorkingDays(t *testing.T) {
	sound := text(t, "county-2023")
	text := strings.ReplaceAll(sound, "count: calendar", "count: working")
	text = strings.Replace(text, "- {step: plan,", "- {step: plan, limit: {days: 10, count: working, basis: assumed, reason: 试验},", 1)
	p, err := load.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	plan, _ := p.StepRule(policy.Assistance, policy.Plan)
	if plan.Limit == nil {
		t.Fatal("the step has no limit")
	}
	for what, l := range map[string]policy.Limit{"chain": p.Chain, "green_channel": p.GreenChannel, "plan_due": p.PlanDue, "plan": *plan.Limit} {
		if l.Period().Count != calendar.Working || l.Period().Days < 1 {
			t.Errorf("%s: %+v", what, l)
		}
	}
	if p.Notice.Count != calendar.Working {
		t.Errorf("notice: %+v", p.Notice)
	}
}

// All that is wrong is said at once, in the order of the document: what the
// reader cannot read and what makes no sense.
func TestAllFaultsAtOnce(t *testing.T) {
	broken := text(t, "county-2023")
	for _, c := range [][2]string{
		{"issuer:", "issued_by: x\nissuer:"}, {"[unstable, marginal, sudden]", "[unstable, poor]"}, {"quorum_numerator: 2", "quorum_numerator: many"},
		{"{rule: notice.too-short, mode: flag, basis: assumed", "{rule: notice.too-short, mode: block, basis: assumed"},
	} {
		broken = strings.Replace(broken, c[0], c[1], 1)
	}
	_, err := load.Parse([]byte(broken))
	if err == nil {
		t.Fatal("it was read")
	}
	faults := strings.Split(err.Error(), "\n")
	for i, want := range []string{"issued_by", `class "poor"`, "cannot unmarshal", "never block"} {
		if i >= len(faults) || !strings.HasPrefix(faults[i], "line ") || !strings.Contains(faults[i], want) {
			t.Errorf("fault %d: want %q in\n%s", i, want, err)
		}
	}
	if len(faults) != 4 {
		t.Errorf("%d faults, one follows from another:\n%s", len(faults), err)
	}
}

// What was adopted is read as it stood, whatever is asked of a pack since.
func TestAnAdoptedTextIsReadForEver(t *testing.T) {
	old := strings.Replace(text(t, "county-2023"), "validity:", "#", 1)
	if _, err := load.Parse([]byte(old)); err == nil {
		t.Error("a pack without the grounds of its validity may be adopted")
	}
	if p, err := load.Adopted([]byte(old)); err != nil || p.Name != "county-2023" || len(p.SHA256) != 64 {
		t.Errorf("%+v %v", p.Name, err)
	}
	for _, broken := range []string{"name: [", "name: x\n---\nname: y", "days: 1", strings.Repeat("#", load.MaxPack+1)} {
		if _, err := load.Adopted([]byte(broken)); err == nil {
			t.Errorf("%.20q was read", broken)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range packs.Names() {
		b, err := packs.Text(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("inclusion: [1]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := load.Parse(text)
		if err == nil && (p.Name == "" || len(p.Inclusion) == 0) {
			t.Errorf("%q was read as a pack", text)
		}
	})
}

func TestHowSheetsAreJudgedIsChecked(t *testing.T) {
	for name, c := range map[string]struct{ instead, fault string }{
		"months":         {"income: {months: 13, months_reason: x}", "months from 0 to 12"},
		"no reason":      {"income: {months: 12}", "months_reason"},
		"percent":        {"income: {rigid_percent: 1001, cite: S0.8, reason: x}", "rigid_percent from 0 to 1000"},
		"unexplained":    {"income: {rigid_percent: 100, cite: S0.8}", "give their reason"},
		"a red line":     {"red_lines: [{year: 2021, cite: S0.20}]", "red line of 2021: either yuan or undetermined"},
		"red line twice": {"red_lines: [{year: 2021, yuan: 1, cite: S0.20}, {year: 2021, yuan: 2, cite: S0.20}]", "red line of 2021 stands twice"},
	} {
		pack := strings.Replace(text(t, "county-2023"), "inclusion:\n", c.instead+"\ninclusion:\n", 1)
		if _, err := load.Parse([]byte(pack)); err == nil || !strings.Contains(err.Error(), c.fault) || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	chongqing, err := load.Parse([]byte(text(t, "chongqing-2020")))
	if err != nil {
		t.Fatal(err)
	}
	if red, ok := chongqing.RedLineOf(2020); !ok || red != 480000 || chongqing.Income.RigidPercent != 100 {
		t.Errorf("S0.20 says 4,800 yuan, not %d", red)
	}
	if cite, known := chongqing.RedWarnings(); !known || cite != "S0.20" {
		t.Errorf("red warnings by %q", cite)
	}
}

func TestTheIndicatorOfSizeIsChecked(t *testing.T) {
	for name, c := range map[string]struct{ instead, fault string }{
		"no article":     {"size: {percent: 5, flagged_percent: 10, base_year: 2014}", "where it is written"},
		"flagged less":   {"size: {percent: 5, flagged_percent: 4, base_year: 2014, cite: S0.9}", "no less"},
		"an area twice":  {"size: {percent: 5, flagged_percent: 10, base_year: 2014, cite: S0.9, areas: [{region: '1', persons: 1, source: x}, {region: '1', persons: 1, source: x}]}", "its region once"},
		"no source":      {"size: {percent: 5, flagged_percent: 10, base_year: 2014, cite: S0.9, areas: [{region: '1', persons: 1}]}", "the source of the number"},
		"unlimited at 5": {"size: {unlimited: true, percent: 5, flagged_percent: 10, base_year: 2014, cite: S0.9}", "unlimited goes with no number"},
		"unlimited":      {"size: {unlimited: true}", "unlimited goes with no number"},
		"help twice":     {"help_order: [policy, policy]", "policy stands twice"},
		"help unknown":   {"help_order: [luck]", "\"luck\" is not known"},
		"no guard":       {"help_order: [policy]", "says where it is written"},
	} {
		pack := strings.Replace(text(t, "mile-2020"), "inclusion:\n", c.instead+"\ninclusion:\n", 1)
		if _, err := load.Parse([]byte(pack)); err == nil || !strings.Contains(err.Error(), c.fault) || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	chongqing, err := load.Parse([]byte(text(t, "chongqing-2020")))
	if err != nil {
		t.Fatal(err)
	}
	if s := chongqing.Size; s.Percent != 5 || s.FlaggedPercent != 10 || s.BaseYear != 2014 || s.Expected(policy.SizeArea{Flagged: true}) != 10 {
		t.Errorf("S0.9 says 5 and 10 percent of 2014: %+v", s)
	}
	if _, known := chongqing.Size.Area("500101"); known {
		t.Error("the summary gives no base number")
	}
}
