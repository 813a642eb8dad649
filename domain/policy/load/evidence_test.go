package load_test

import (
	"strings"
	"testing"

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
		"no grounds":      {`evidence: [{kind: list}]`, "basis is stated, assumed or house"},
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
		broken := strings.Replace(sound, line, "{rule: "+rule+", mode: block, basis: house, reason: ", 1)
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
