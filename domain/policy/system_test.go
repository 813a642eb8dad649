package policy

import "testing"

// S0.18, S1.28: an entry waits for the system that the step names, and for the
// national one, whatever it is called, where it names none.
func TestAnEntryWaitsForItsOwnSystem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		names, shut string
		waits       bool
	}{
		{"", "national_monitoring", true}, {"", "national_poverty", true}, {"", "provincial", false},
		{"provincial", "provincial", true}, {"provincial", "national_monitoring", false}, {"national_poverty", "national_monitoring", false},
	} {
		if got := (StepRule{Step: SystemEntry, System: c.names}).WaitsFor(c.shut); got != c.waits {
			t.Errorf("an entry into %q while %s is shut: waits %v", c.names, c.shut, got)
		}
	}
}
