package demonstration

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/audit"
	"shouwang/domain/household"
)

// What cannot have been is found in the files of the sheet that came down on day 4
// and in no other: not where a story went wrong, nor where papers were typed in
// another order.
func TestWhatCannotHaveBeenInTheCounty(t *testing.T) {
	t.Parallel()
	l := county(t)
	stories := map[string]string{}
	for _, s := range l.summary.Stories {
		stories[s.Household] = s.Code
	}
	found := map[string]int{}
	for id, file := range l.files {
		for _, f := range audit.File(file, household.Times{}, audit.Impossible) {
			found[fmt.Sprintf("%s %s", stories[id], f.Rule)]++
		}
	}
	want := []string{"G01 impossible.notice", "G02 impossible.notice", "G03 impossible.notice"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(found))); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
