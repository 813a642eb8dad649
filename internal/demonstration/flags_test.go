package demonstration

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shouwang/domain/household"
	"shouwang/domain/policy"
)

// Nothing in the county is flagged but what a story is about.
func TestWhatIsFlagged(t *testing.T) {
	t.Parallel()
	want := map[string]int{}
	// The appraisal of D03 was not in the file yet when the sheet went up, the
	// village reported and the township reviewed.
	for _, about := range []household.Event{household.NoticePosted{}, household.VillageReported{}, household.TownshipReviewed{}} {
		want[fmt.Sprintf("D03 %s %T", policy.OrderMissingStep, about)] = 1
	}
	// The sheet of G01 to G03 came down on day 4, and three steps went on.
	for _, story := range []string{"G01", "G02", "G03"} {
		for _, about := range []household.Event{household.NoticeRemoved{}, household.VillageReported{}, household.TownshipReviewed{}, household.InclusionDecided{}} {
			want[fmt.Sprintf("%s %s %T", story, policy.NoticeTooShort, about)] = 1
		}
	}
	l, got := county(t), map[string]int{}
	stories := map[string]string{}
	for _, s := range l.summary.Stories {
		stories[s.Household] = s.Code
	}
	for id, file := range l.files {
		for i, f := range file {
			if flag, ok := f.Event.(household.FlagRaised); ok {
				got[fmt.Sprintf("%s %s %T", stories[id], flag.Rule, file[i-flag.Back].Event)]++
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
