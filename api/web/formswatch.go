package web

import (
	"context"

	"shouwang/domain/household"
)

// openFollowUps are what studies wanted done and nobody reported done.
func openFollowUps(h household.State) (open []household.FollowUpState) {
	for _, f := range h.FollowUps {
		if f.Done == 0 {
			open = append(open, f)
		}
	}
	return open
}

func followUpFields(ctx context.Context, f filling) []input {
	var open []option
	for _, o := range openFollowUps(f.State) {
		open = append(open, option{o.ID, string(o.What)})
	}
	return []input{
		{kind: askOne, name: "follow_up", label: say(ctx, "事项", "What was wanted"), options: open},
		{kind: askOne, name: "done", label: say(ctx, "进展", "How far"), options: []option{{"yes", say(ctx, "已落实", "done")}, {"no", say(ctx, "正在办理", "under way")}}},
		{kind: askWords, name: "result", label: say(ctx, "办理情况", "What was done"), required: true},
	}
}

func followUpMade(f filling) (household.Command, error) {
	c := household.FollowUpStudy{FollowUp: f.typed("follow_up"), Done: f.typed("done") == "yes", Result: f.text("result")}
	for _, o := range f.FollowUps {
		if o.ID == c.FollowUp {
			c.Study = o.Study
		}
	}
	return c, nil
}

// openWarnings are the red warnings that nobody has ended.
func openWarnings(h household.State) (open []household.RedWarning) {
	for _, w := range h.RedWarnings {
		if w.Ended == 0 {
			open = append(open, w)
		}
	}
	return open
}

func redWarningFields(ctx context.Context, f filling) []input {
	var open []option
	for _, w := range openWarnings(f.State) {
		open = append(open, option{w.Ground, household.GroundName(w.Ground) + " " + date(ctx, w.Since)})
	}
	return []input{
		{kind: askOne, name: "ground", label: say(ctx, "红色预警", "Red warning"), options: open},
		{kind: askOne, name: "result", label: say(ctx, "处置结果", "How it ended"), options: listOptions(ctx, household.RedWarningEnds, false)},
		{kind: askWords, name: "note", label: say(ctx, "处置情况", "What was done"), required: true},
	}
}

func redWarningMade(f filling) (household.Command, error) {
	return household.EndRedWarning{Ground: f.typed("ground"), Result: f.typed("result"), Note: f.text("note")}, nil
}
