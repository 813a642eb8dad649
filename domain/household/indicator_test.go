package household

import (
	"testing"

	"shouwang/domain/code"
	"shouwang/domain/policy"
)

// S2.11: what was seen is named by an indicator of the pack, in the pack's words
// of that day.
func TestAWarningIndicatorIsOneOfThePack(t *testing.T) {
	t.Parallel()
	p := red()
	p.Indicators = []policy.Indicator{{Code: "disaster", ZH: "自然灾害", Grounds: policy.Grounds{Basis: policy.Stated, Cite: "T.indicator"}}}
	named := Indicated{Code: "disaster", ZH: "自然灾害"}
	clue := deed{"2022-06-10", by(cadre), RecordClue{Clue: "c7", Channel: code.CadreCheck, Content: "山洪冲毁田地", Indicator: Indicated{Code: "disaster", ZH: "别的话"}}}
	seen := deed{"2022-06-10", by(cadre, team), SurveyHome{Survey: "s7", Level: code.Village, Findings: []Finding{{Guarantee: "housing", LargeRisk: true, Indicator: Indicated{Code: "disaster"}}}}}

	t.Run("a clue", func(t *testing.T) {
		got := given(t, p, monitored(t)).when(clue)
		if e, ok := got.events[0].(ClueRecorded); !ok || e.Indicator != named {
			t.Errorf("%+v", got.events)
		}
	})
	t.Run("a finding, and the red warning it leads to", func(t *testing.T) {
		got := given(t, p, monitored(t)).when(seen)
		if e, ok := got.events[0].(HomeSurveyed); !ok || e.Findings[0].Indicator != named {
			t.Errorf("%+v", got.events)
		}
		if w, ok := got.events[1].(RedWarningRaised); !ok || w.Indicator != named {
			t.Errorf("%+v", got.events)
		}
		if seen.do.(SurveyHome).Findings[0].Indicator.ZH != "" {
			t.Error("the act as it was sent has changed")
		}
	})
	t.Run("an unknown one is refused", func(t *testing.T) {
		for _, d := range []deed{clue, seen} { // the strict and the lenient pack have none
			never(t, monitored(t), d, policy.IndicatorUnknown)
		}
		nameless := clue.do.(RecordClue)
		nameless.Indicator = Indicated{ZH: "自然灾害"}
		given(t, p, monitored(t)).when(clue.doing(nameless)).refused(policy.IndicatorUnknown)
	})
}

func TestJiaohesIndicatorsMayBeNamed(t *testing.T) {
	t.Parallel()
	p := real(t, "jiaohe-2022")
	for _, i := range p.Indicators {
		c := RecordClue{Clue: "c-" + i.Code, Channel: code.CadreCheck, Content: "走访发现", Indicator: Indicated{Code: i.Code}}
		given(t, p, registered(t)).when(deed{"2022-04-01", by(cadre), c}).done()
	}
}
