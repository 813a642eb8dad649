package load_test

import (
	"slices"
	"strings"
	"testing"

	"shouwang/domain/policy"
	"shouwang/domain/policy/load"
)

// S2.11, S0.20: the signs are those that the documents name, each at its article.
func TestTheWarningIndicatorsAreThoseOfTheDocuments(t *testing.T) {
	t.Parallel()
	for name, articles := range map[string][]string{
		"jiaohe-2022": {"S2.10", "S2.4", "S2.5", "S2.6", "S2.7"}, "chongqing-2020": {"S0.20"},
		"mile-2020": nil, "county-2023": nil, "national-2020": nil, "xinyu-2020": nil, "jiangkou-2020": nil,
	} {
		var said []string
		for _, i := range read(t, name).Indicators {
			if i.Basis != policy.Stated {
				t.Errorf("%s: %s is %s", name, i.Code, i.Basis)
			}
			said = append(said, i.Cite)
		}
		slices.Sort(said)
		if said = slices.Compact(said); !slices.Equal(said, articles) {
			t.Errorf("%s: indicators of %v, want %v", name, said, articles)
		}
	}
	if i, ok := read(t, "jiaohe-2022").Indicator("project_failed"); !ok || i.ZH != "产业项目失败" || i.Cite != "S2.6" {
		t.Errorf("%+v", i)
	}
}

func TestTheListOfIndicatorsIsReadStrictly(t *testing.T) {
	t.Parallel()
	sound := text(t, "jiaohe-2022")
	const line = "{code: accident, zh: 意外事故, basis: stated, cite: S2.6}"
	for name, c := range map[string]struct{ new, want string }{
		"twice":         {"{code: disaster, zh: 意外事故, basis: stated, cite: S2.6}", "indicator disaster stands twice"},
		"no code":       {"{zh: 意外事故, basis: stated, cite: S2.6}", "a code of small letters"},
		"no name":       {"{code: accident, basis: stated, cite: S2.6}", "a Chinese name"},
		"no article":    {"{code: accident, zh: 意外事故, basis: stated}", "cites its article"},
		"no reason":     {"{code: accident, zh: 意外事故, basis: assumed}", "gives its reason"},
		"no grounds":    {"{code: accident, zh: 意外事故}", "basis is stated or assumed"},
		"unknown key":   {"{code: accident, zh: 意外事故, basis: stated, cite: S2.6, weight: 3}", "weight"},
		"letters, only": {"{code: Accident!, zh: 意外事故, basis: stated, cite: S2.6}", "a code of small letters"},
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
