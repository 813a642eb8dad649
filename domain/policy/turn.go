package policy

import "shouwang/domain/code"

// StepAt returns the rule of a step in a procedure; where none is named, in the
// first that has it, inclusion before elimination before assistance.
func (p Pack) StepAt(of Procedure, step Step) (StepRule, bool) {
	for _, in := range []Procedure{Inclusion, Elimination, Assistance} {
		if r, ok := p.StepRule(in, step); ok && (of == "" || of == in) {
			return r, true
		}
	}
	return StepRule{}, false
}

// LevelOf is the level that takes a step. What a pack gives to nobody begins where
// the household lives, with the village.
func (p Pack) LevelOf(of Procedure, step Step) code.Level {
	if r, ok := p.StepAt(of, step); ok && r.Level != "" {
		return r.Level
	}
	return code.Village
}

// LevelAfter is the level whose turn it is once a step is done: that of the next
// required step of the procedure; where none is named, of the first that has the
// step.
func (p Pack) LevelAfter(of Procedure, step Step) code.Level {
	for _, in := range []Procedure{Inclusion, Elimination, Assistance} {
		done := false
		for _, r := range p.Steps(in) {
			switch {
			case r.Step == step && (of == "" || of == in):
				done = true
			case done && !r.Optional:
				return r.Level
			}
		}
	}
	return p.LevelOf(of, step)
}
