package commands_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"shouwang/commands"
	"shouwang/domain/act"
	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/paper"
	"shouwang/domain/policy"
)

// papersOf are a meeting, a sheet and documents on three households, each with a
// stream of its own.
func papersOf(households []string) []struct {
	kind, id, by string
	paper        paper.Command
} {
	meeting := paper.HoldMeeting{Region: village, Procedure: policy.Inclusion, Place: "村委会", Entitled: 4, Attendees: []paper.Attendee{
		{Name: "罗村干", Capacity: "village_committee"}, {Name: "柳三", Capacity: "representative"}, {Name: "柳四", Capacity: "representative"}}}
	report := paper.IssueDocument{Region: village, Kind: "village_report", Procedure: policy.Inclusion, Title: "上报名单"}
	decision := paper.IssueDocument{Region: county, Kind: "county_decision", Procedure: policy.Inclusion, Title: "审定", Number: "守农组〔2023〕9号"}
	for i, h := range households {
		result := code.Pass
		if i == 1 {
			result = code.Reject
		}
		meeting.Items = append(meeting.Items, paper.MeetingItem{Household: h, For: 3, Result: result})
		report.Lines = append(report.Lines, paper.DocumentLine{Household: h})
		decision.Lines = append(decision.Lines, paper.DocumentLine{Household: h, Result: code.Pass, Class: code.Marginal, Risks: []code.Risk{"illness"}})
	}
	return []struct {
		kind, id, by string
		paper        paper.Command
	}{
		{"meeting", "m1", "cadre", meeting}, {"notice", "n1", "cadre", sheet(households...)},
		{"document", "d1", "cadre", report}, {"document", "d2", "decider", decision},
	}
}

// written are the files of the households after every paper, the paper at
// position cut being interrupted before its line of one household and finished
// on another day. With cut -1 nothing is interrupted. Papers are performed, or
// transcribed a day after they were written.
func written(t *testing.T, mode act.Mode, cut, line int) map[string][]household.Fact {
	t.Helper()
	p := newPlace(t)
	households := []string{p.register("柳一"), p.register("柳二"), p.register("柳三")}
	down := &broken{Log: p.Log}
	p.Handler = commands.New(p.Config)
	p.Log = down
	for i, c := range papersOf(households) {
		r := p.by(c.by)
		if mode == act.Transcribed {
			r = p.transcribed(c.by, (p.Today() - 1).String())
		}
		if i != cut {
			p.mustPaper(p.Paper(t.Context(), r, c.id, c.paper))
			continue
		}
		down.stream = commands.HouseholdStream(households[line])
		result, err := p.Paper(t.Context(), r, c.id, c.paper)
		if err == nil {
			t.Fatalf("%s was not interrupted", c.id)
		}
		down.stream = ""
		p.days(1)
		if _, err := p.Resume(t.Context(), commands.PaperStream(c.kind, c.id), c.id, result.Events[0]); err != nil {
			t.Fatal(err)
		}
		p.days(-1)
	}
	files := map[string][]household.Fact{}
	for i, id := range households {
		facts, err := p.Facts(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		files[fmt.Sprint("household ", i)] = facts
	}
	return files
}

// Wherever the writing of a paper's lines breaks off, what stands in the files
// once it is resumed is what would have stood there anyway: the same facts and
// flags on the same days by the same people, under the same ids.
func TestAnInterruptedFanOutEqualsAnUninterruptedOne(t *testing.T) {
	t.Parallel()
	same := []cmp.Option{
		cmpopts.IgnoreFields(household.Fact{}, "Recorded"),
		// Random, and the day on which somebody finished it.
		cmpopts.IgnoreFields(act.Act{}, "Salt", "Today"),
		cmp.AllowUnexported(household.Member{}), cmpopts.EquateEmpty(),
		// Sealed anew in each place, under its own key.
		cmp.Comparer(func(a, b code.Personal) bool { return (a == "") == (b == "") }),
	}
	for _, mode := range []act.Mode{act.Performed, act.Transcribed} {
		whole := written(t, mode, -1, 0)
		for cut, c := range papersOf([]string{"a", "b", "c"}) {
			for line := range 3 {
				t.Run(fmt.Sprintf("%s %s at line %d", c.id, mode, line+1), func(t *testing.T) {
					t.Parallel()
					if diff := cmp.Diff(whole, written(t, mode, cut, line), same...); diff != "" {
						t.Errorf("(-uninterrupted +resumed)\n%s", diff)
					}
				})
			}
		}
	}
}
