package load_test

import (
	"strings"
	"testing"

	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
)

// A pack asks of a step only for papers that the step can leave, each once.
func TestAStepIsAskedForPapersThatItLeaves(t *testing.T) {
	t.Parallel()
	sound := text(t, "jiaohe-2022")
	const line = `evidence: [{kind: list, basis: stated, cite: S2.20}, {kind: letter, basis: stated, cite: S2.20}]`
	for name, c := range map[string]struct{ new, want string }{
		"of another step": {`evidence: [{kind: notice_photo, basis: stated, cite: S2.20}]`, "leaves no notice_photo"},
		"twice":           {`evidence: [{kind: list, basis: stated, cite: S2.20}, {kind: list, basis: stated, cite: S2.20}]`, "evidence list stands twice"},
		"unknown":         {`evidence: [{kind: poem, basis: stated, cite: S2.20}]`, `evidence "poem" is not known`},
		"no grounds":      {`evidence: [{kind: list}]`, "basis is stated or assumed"},
	} {
		t.Run(name, func(t *testing.T) {
			broken := strings.Replace(sound, line, c.new, 1)
			if broken == sound {
				t.Fatalf("the pack has no %q", line)
			}
			if _, err := load.Parse([]byte(broken)); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "line ") {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// A rule about what comes late may flag and never block: it must be able to come.
func TestWhatIsLateNeverBlocks(t *testing.T) {
	t.Parallel()
	sound := text(t, "county-2023")
	for _, rule := range []string{"step.late", "chain.late", "clue.late", "green_channel.overdue"} {
		line := "{rule: " + rule + ", mode: flag, basis: assumed, reason: "
		broken := strings.Replace(sound, line, "{rule: "+rule+", mode: block, basis: stated, cite: S1, reason: ", 1)
		if broken == sound {
			t.Fatalf("the pack says nothing of %s", rule)
		}
		if _, err := load.Parse([]byte(broken)); err == nil || !strings.Contains(err.Error(), rule+" may flag, never block") || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%s: %v", rule, err)
		}
	}
}

// S4.9: what came by a known way is looked into in some days, on some grounds.
func TestResponsesAreReadStrictly(t *testing.T) {
	t.Parallel()
	sound := text(t, "county-2023")
	const line = "{via: rapid_response, days: 5, count: working, basis: assumed,"
	for name, c := range map[string]struct{ new, want string }{
		"unknown way": {"{via: pigeon, days: 5, count: working, basis: assumed,", `way "pigeon"`},
		"twice":       {"{via: quick_report, days: 5, count: working, basis: assumed,", "response to quick_report stands twice"},
		"no days":     {"{via: rapid_response, count: working, basis: assumed,", "days from 1"},
		"no count":    {"{via: rapid_response, days: 5, basis: assumed,", "calendar or working"},
		"unknown key": {"{via: rapid_response, hours: 5, count: working, basis: assumed,", "hours"},
	} {
		t.Run(name, func(t *testing.T) {
			broken := strings.Replace(sound, line, c.new, 1)
			if broken == sound {
				t.Fatalf("the pack has no %q", line)
			}
			if _, err := load.Parse([]byte(broken)); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "line ") {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// S0.15, S0.18: an entry goes into a named system, a mark as well, and the platform
// is a local one; nothing else goes into any.
func TestASystemIsNamedWhereSomethingIsEntered(t *testing.T) {
	t.Parallel()
	sound := text(t, "chongqing-2020")
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown":          {"{step: system_entry, system: national_poverty,", "{step: system_entry, system: paper,", `system "paper" is not known`},
		"nothing entered":  {"{step: comparison,", "{step: comparison, system: provincial,", "only an entry or a mark"},
		"no local one":     {"{step: platform_entry, system: provincial,", "{step: platform_entry, system: national_poverty,", "the platform is a local one"},
		"not even a limit": {"{step: list_handed_down,", "{step: list_handed_down, system: local,", "only an entry or a mark"},
	} {
		t.Run(name, func(t *testing.T) {
			broken := strings.Replace(sound, c.old, c.new, 1)
			if broken == sound {
				t.Fatalf("the pack has no %q", c.old)
			}
			if _, err := load.Parse([]byte(broken)); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "line ") {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
	entry := func(pack string) string {
		rule, _ := read(t, pack).StepRule(policy.Inclusion, policy.SystemEntry)
		return rule.System
	}
	if entry("chongqing-2020") != "national_poverty" || entry("mile-2020") != "national_poverty" || entry("jiaohe-2022") != "national_monitoring" || entry("county-2023") != "" {
		t.Error("the systems are those that the documents name")
	}
}

// S1.33, S2.36: no document says who approves and pays; each pack assumes it, and
// is read strictly in it.
func TestWhoHandlesAFundIsReadStrictly(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"chongqing-2020", "mile-2020", "jiaohe-2022", "county-2023", "national-2020", "xinyu-2020", "jiangkou-2020"} {
		p := read(t, name)
		for _, act := range policy.FundActs.Codes() {
			if rule, ok := p.FundRule(act); !ok || rule.Basis != policy.Assumed {
				t.Errorf("%s says of %s: %+v", name, act, rule)
			}
		}
	}
	sound := text(t, "mile-2020")
	const line = "{act: approve, capacities: [county_decider, township_reviewer],"
	for name, c := range map[string]struct{ new, want string }{
		"unknown act":      {"{act: spend, capacities: [county_decider],", `act "spend" is not known`},
		"twice":            {"{act: pay, capacities: [county_decider],", "fund: pay: one rule, with the capacities"},
		"nobody":           {"{act: approve, capacities: [],", "one rule, with the capacities"},
		"unknown capacity": {"{act: approve, capacities: [emperor],", `capacity "emperor"`},
		"unknown key":      {"{act: approve, limit: 3, capacities: [county_decider],", "limit"},
	} {
		t.Run(name, func(t *testing.T) {
			broken := strings.Replace(sound, line, c.new, 1)
			if broken == sound {
				t.Fatalf("the pack has no %q", line)
			}
			if _, err := load.Parse([]byte(broken)); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "line ") {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}
