package load_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"shouwang/domain/policy/load"
)

// swapped is a pack in which two steps of a procedure stand in each other's place,
// and the line on which the one that should come first then stands.
func swapped(t *testing.T, pack, of, a, b string) (text string, line int) {
	t.Helper()
	lines := strings.Split(pack, "\n")
	start := slices.Index(lines, of+":")
	find := func(step string) int {
		i := slices.IndexFunc(lines[start+1:], func(l string) bool { return strings.Contains(l, "{step: "+step+",") })
		if start < 0 || i < 0 {
			t.Fatalf("no step %s of %s", step, of)
		}
		return start + 1 + i
	}
	i, j := find(a), find(b)
	lines[i], lines[j] = lines[j], lines[i]
	return strings.Join(lines, "\n"), j + 1
}

func TestAnImpossibleOrderIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pack, of, a, b string
	}{
		{"county-2023", "inclusion", "village_report", "township_review"}, {"county-2023", "inclusion", "township_review", "county_decision"},
		{"county-2023", "inclusion", "county_decision", "announcement"}, {"county-2023", "inclusion", "appraisal", "notice"},
		{"county-2023", "inclusion", "county_decision", "system_entry"}, {"county-2023", "inclusion", "county_decision", "list_handed_down"},
		{"county-2023", "inclusion", "clue", "county_decision"}, {"county-2023", "inclusion", "application", "county_decision"},
		{"county-2023", "inclusion", "home_survey", "county_decision"}, {"county-2023", "inclusion", "income_sheet", "county_decision"},
		{"county-2023", "inclusion", "authorisation", "county_decision"}, {"county-2023", "inclusion", "comparison", "county_decision"},
		{"county-2023", "inclusion", "appraisal", "county_decision"}, {"county-2023", "inclusion", "notice", "county_decision"},
		{"county-2023", "inclusion", "village_report", "county_decision"}, {"county-2023", "inclusion", "township_verification", "county_decision"},
		{"jiaohe-2022", "inclusion", "committee_study", "county_decision"},
		{"jiaohe-2022", "assistance", "appraisal", "measure_started"}, {"jiaohe-2022", "assistance", "notice", "measure_started"},
		{"county-2023", "assistance", "measure_started", "measure_delivered"},
		{"county-2023", "elimination", "appraisal", "notice"}, {"county-2023", "elimination", "township_review", "county_decision"},
		{"county-2023", "elimination", "proposal", "township_review"}, {"county-2023", "elimination", "proposal", "county_decision"},
		{"county-2023", "elimination", "county_decision", "system_mark"}, {"county-2023", "elimination", "announcement", "system_mark"},
		{"county-2023", "elimination", "county_decision", "announcement"},
	} {
		broken, line := swapped(t, text(t, c.pack), c.of, c.a, c.b)
		_, err := load.Parse([]byte(broken))
		want := fmt.Sprintf("line %d: %s: %s cannot come after %s", line, c.of, c.a, c.b)
		if err == nil || !slices.Contains(strings.Split(err.Error(), "\n"), want) {
			t.Errorf("%s: want %q, got %v", c.pack, want, err)
		}
	}
	sound := strings.Split(text(t, "county-2023"), "\n")
	var without []string
	for _, l := range sound {
		if !strings.Contains(l, "{step: county_decision,") {
			without = append(without, l)
		}
	}
	if _, err := load.Parse([]byte(strings.Join(without, "\n"))); err == nil || !strings.Contains(err.Error(), "who takes the step county_decision") {
		t.Errorf("nobody decides: %v", err)
	}
}
