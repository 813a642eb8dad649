package household

import (
	"testing"

	"shouwang/domain/policy"
)

// What a replay calls the step of a fact is the step at which the fact stands in
// its procedure, over two whole lives.
func TestStepsAreCalledWhatTheyAre(t *testing.T) {
	t.Parallel()
	for pack, lived := range map[string]deeds{"county-2023": life, "jiaohe-2022": jiaohe()} {
		f := lived.play(t, real(t, pack))
		called := map[string]string{}
		for _, fact := range f {
			of, step := StepOf(fact.Event)
			called[fact.ID] = string(of) + " " + string(step)
		}
		s, seen := f.state(), 0
		check := func(of policy.Procedure, c Chain) {
			for _, d := range c.Done {
				seen++
				if want := string(of) + " " + string(d.Step); called[d.Event] != want {
					t.Errorf("%s: %s is called %q, want %q", pack, d.Event, called[d.Event], want)
				}
			}
		}
		for _, e := range s.Episodes {
			check(policy.Inclusion, e.Inclusion)
			check(policy.Assistance, e.Help)
			for _, attempt := range e.Attempts {
				check(policy.Elimination, attempt)
			}
		}
		if seen < 15 {
			t.Errorf("%s: only %d steps", pack, seen)
		}
	}
	if of, step := StepOf(Visited{}); of != "" || step != "" {
		t.Errorf("a visit is the step %s %s", of, step)
	}
	if _, step := StepOf(NoticeRemoved{}); step != policy.Notice {
		t.Errorf("taking down belongs to %s", step)
	}
}
