package policy

import "fmt"

// Refusal is why an act does not become fact: a rule, where it is written, and
// the reason in plain Chinese.
type Refusal struct {
	Rule   Rule
	Cite   string
	Reason string
}

func (r *Refusal) Error() string { return fmt.Sprintf("%s: %s", r.Rule, r.Reason) }

// Refuse returns a refusal by a rule that stands in no document.
func Refuse(rule Rule, reason string, args ...any) *Refusal {
	return &Refusal{Rule: rule, Reason: fmt.Sprintf(reason, args...)}
}
