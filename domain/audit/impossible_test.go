package audit

import (
	"slices"
	"testing"

	"shouwang/domain/act"
	"shouwang/domain/calendar"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
)

func at(day string, by string, e household.Event) household.Fact {
	return household.Fact{ID: day, Act: act.Act{Happened: calendar.MustDay(day), DoneBy: []act.Person{{ID: by}}}, Event: e}
}

// A decision that came first of all, by who reviews later, is found; one in its order
// is not.
func TestWhatCannotHaveBeenIsFound(t *testing.T) {
	t.Parallel()
	steps := func(decider string) []household.Fact {
		return []household.Fact{
			at("2023-04-01", "v", household.Appraised{Procedure: policy.Inclusion, Result: code.Pass}),
			at("2023-04-02", "v", household.NoticePosted{Procedure: policy.Inclusion, Notice: "n", Days: 5}),
			at("2023-04-07", "v", household.NoticeRemoved{Notice: "n"}),
			at("2023-04-08", "t", household.TownshipReviewed{Procedure: policy.Inclusion, Result: code.Pass}),
			at("2023-04-10", decider, household.InclusionDecided{Result: code.Pass}),
		}
	}
	short := steps("c")
	short[2].Act.Happened = calendar.MustDay("2023-04-04")
	for name, c := range map[string]struct {
		facts []household.Fact
		want  []string
	}{
		"in order":           {steps("c"), nil},
		"by one person":      {steps("t"), []string{"impossible.same-person"}},
		"cut short":          {short, []string{"impossible.notice"}},
		"decided first":      {steps("c")[4:], []string{"impossible.decision"}},
		"taken down only":    {steps("c")[2:3], []string{"impossible.removal"}},
		"eliminated only":    {[]household.Fact{at("2023-05-01", "c", household.EliminationDecided{Result: code.Reject})}, []string{"impossible.elimination"}},
		"marked only":        {[]household.Fact{at("2023-05-01", "c", household.SystemMarked{})}, []string{"impossible.mark"}},
		"rolled back only":   {[]household.Fact{at("2023-05-01", "c", household.EliminationRolledBack{})}, []string{"impossible.roll-back"}},
		"compared only":      {[]household.Fact{at("2023-05-01", "c", household.ComparisonReturned{})}, []string{"impossible.comparison"}},
		"delivered only":     {[]household.Fact{at("2023-05-01", "c", household.MeasureDelivered{Measure: "z"})}, []string{"impossible.delivery"}},
		"brought and marked": {[]household.Fact{at("2023-05-01", "c", household.CaseBroughtForward{}), at("2023-05-02", "c", household.SystemMarked{})}, nil},
	} {
		var got []string
		for _, f := range File(c.facts, household.Times{}, slices.Concat(Impossible, Unprepared)) {
			got = append(got, f.Rule)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
