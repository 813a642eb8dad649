package office

import (
	"testing"

	"shouwang/domain/policy"
)

// S2.13: what is sent by a village's code goes to a village that there is, or was;
// to no township, and to none that comes later.
func TestWhatIsSentByCodeGoesToAVillage(t *testing.T) {
	t.Parallel()
	d := directory()
	for at, c := range map[string]struct {
		region, on string
		village    string // its name; "": refused
	}{
		"a village":                       {"629900101201", "2023-04-03", "柳湾村"},
		"one that was merged since":       {"629900101202", "2023-04-03", "上坪村"},
		"before it was established":       {"629900101201", "2018-12-31", ""},
		"a township":                      {"629900101", "2023-04-03", ""},
		"a county":                        {"629900", "2023-04-03", ""},
		"nothing":                         {"", "2023-04-03", ""},
		"a code that nobody heard of yet": {"629900101999", "2023-04-03", ""},
	} {
		r, err := d.Village(c.region, day(c.on))
		refusal, _ := err.(*policy.Refusal)
		if r.Name != c.village || (c.village == "") != (refusal != nil && refusal.Rule == policy.RegionUnknown) || c.village != "" && err != nil {
			t.Errorf("%s: %q %v", at, r.Name, err)
		}
	}
}
