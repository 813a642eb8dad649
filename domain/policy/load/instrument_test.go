package load_test

import (
	"strings"
	"testing"

	"shouwang/domain/policy/load"
)

// S1.16 to S1.25, S0.24 to S0.29, S2.30 to S2.36: what the documents list.
func TestTheFormsOfHelpAreThoseOfTheDocuments(t *testing.T) {
	t.Parallel()
	for name, articles := range map[string][]string{
		"chongqing-2020": {"S0.24", "S0.25", "S0.26", "S0.27", "S0.28", "S0.29"},
		"mile-2020":      {"S1.16", "S1.17", "S1.18", "S1.19", "S1.20", "S1.21", "S1.22", "S1.23", "S1.24", "S1.25"},
		"jiaohe-2022":    {"S2.30", "S2.31", "S2.32", "S2.33", "S2.35", "S2.36"},
	} {
		p := read(t, name)
		said := map[string]bool{}
		for _, i := range p.Instruments {
			said[i.Cite] = true
			if named := len(i.Departments) > 0; named != (name == "mile-2020") || named != (i.Units != "") {
				t.Errorf("%s: only Mile names units, %s has %v %s", name, i.Code, i.Departments, i.Units)
			}
		}
		for _, article := range articles {
			if !said[article] {
				t.Errorf("%s lists nothing of %s", name, article)
			}
		}
		if len(said) != len(articles) {
			t.Errorf("%s lists something of an article that lists nothing: %v", name, said)
		}
	}
	water, ok := read(t, "mile-2020").Instrument("water_safety")
	if !ok || water.Units != "市水务局，各乡镇党委、政府" || water.Class != "water" { // S1.22
		t.Errorf("%+v", water)
	}
}

func TestTheListOfFormsOfHelpIsReadStrictly(t *testing.T) {
	t.Parallel()
	sound := text(t, "mile-2020")
	const line = "{code: water_safety, class: water,"
	for name, c := range map[string]struct{ old, new, want string }{
		"twice":         {line, "{code: student_aid, class: water,", `instrument "student_aid" stands twice`},
		"no name":       {line, "{code: \"\", class: water,", "a code, a Chinese name"},
		"unknown class": {line, "{code: water_safety, class: magic,", `class "magic"`},
		"unknown unit":  {"[water, township]", "[moon, township]", `department "moon"`},
		"nowhere":       {"市水务局，各乡镇党委、政府, cite: S1.22", "市水务局，各乡镇党委、政府, cite: \"\"", "where it is written"},
		"no words":      {"units: 市水务局，各乡镇党委、政府, ", "", "in the document's own words"},
	} {
		t.Run(name, func(t *testing.T) {
			broken := strings.Replace(sound, c.old, c.new, 1)
			if broken == sound {
				t.Fatalf("the pack has no %q", c.old)
			}
			if _, err := load.Parse([]byte(broken)); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "line ") {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}
