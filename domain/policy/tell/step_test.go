package tell

import (
	"strings"
	"testing"

	"shouwang/domain/policy"
	"shouwang/domain/policy/packs"
)

// Every step of every pack is told with the place it has there and the rules to
// which it is held.
func TestEveryStepIsToldWithItsRules(t *testing.T) {
	t.Parallel()
	for _, name := range packs.Names() {
		pack := read(t, name)
		for _, of := range policy.Procedures {
			for _, s := range pack.Steps(policy.Procedure(of.Code)) {
				laid, rules := Step(pack, policy.Procedure(of.Code), s.Step)
				if len(laid) == 0 || !strings.Contains(laid[0].Text, basis(s.Basis, s.Cite, s.Reason)) || len(rules) < 5 {
					t.Errorf("%s, %s %s: %v and %d rules", name, of.Code, s.Step, laid, len(rules))
				}
			}
		}
	}
}

// The notice of Jiaohe is told with its days, the visit with its duty, and what is
// no step with nothing.
func TestAStepIsToldInPlainWords(t *testing.T) {
	t.Parallel()
	pack := read(t, "jiaohe-2022")
	laid, rules := Step(pack, policy.Inclusion, policy.Notice)
	said := ""
	for _, line := range append(laid, rules...) {
		said += line.Key + "：" + line.Text + "\n"
	}
	for _, want := range []string{"识别纳入·公示", "不少于", "S2.", "公示天数不足"} {
		if !strings.Contains(said, want) {
			t.Errorf("lacks %s:\n%s", want, said)
		}
	}
	if strings.Contains(said, "评议到会") {
		t.Errorf("tells of another step:\n%s", said)
	}
	if laid, rules := Step(pack, policy.Inclusion, ""); laid != nil || rules != nil {
		t.Errorf("no step is held to %v %v", laid, rules)
	}
	if got := Duties(read(t, "chongqing-2020"), "visit"); len(got) == 0 {
		t.Error("no duty of visiting")
	}
	if got := Duties(pack, "nothing"); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
