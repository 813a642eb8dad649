package policy

import (
	"testing"

	"shouwang/domain/code"
)

func TestWhoseTurnAStepIs(t *testing.T) {
	t.Parallel()
	p := Pack{
		Inclusion:   []StepRule{{Step: Notice, Level: code.Village}, {Step: VillageReport, Level: code.Village, Optional: true}, {Step: TownshipReview, Level: code.Township}},
		Assistance:  []StepRule{{Step: Notice, Level: code.Village}, {Step: MeasureStarted, Level: code.County}},
		Elimination: []StepRule{{Step: TownshipReview, Level: code.County}},
	}
	for _, c := range []struct {
		of        Procedure
		step      Step
		at, after code.Level
	}{
		{Inclusion, Notice, code.Village, code.Township}, {"", Notice, code.Village, code.Township}, {Assistance, Notice, code.Village, code.County},
		{Elimination, TownshipReview, code.County, code.County}, {"", TownshipReview, code.Township, code.Township}, // nothing follows
		{"", CountyDecision, code.Village, code.Village}, // a step the pack does not know
	} {
		if at, after := p.LevelOf(c.of, c.step), p.LevelAfter(c.of, c.step); at != c.at || after != c.after {
			t.Errorf("%s %s at %s, then %s; want %s, %s", c.of, c.step, at, after, c.at, c.after)
		}
	}
}
