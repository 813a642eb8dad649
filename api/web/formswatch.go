package web

import (
	"context"
	"strings"

	"shouwang/domain/code"
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

func handoverFields(ctx context.Context, f filling) []input {
	var roles []option
	for _, o := range f.Officers {
		roles = append(roles, option{string(o.Role), term(ctx, code.OfficerRoles, o.Role) + say(ctx, "：", ": ") + o.Name})
	}
	return []input{
		{kind: askOne, name: "role", label: say(ctx, "移交什么责任", "What is handed over"), options: roles},
		{kind: askOne, name: "to", label: say(ctx, "接收人", "To whom"), options: f.officials(ctx), required: true},
		{kind: askLine, name: "reason", label: say(ctx, "交接原因", "Why"), required: true},
	}
}

func handoverMade(f filling) (household.Command, error) {
	c := household.HandOver{Role: code.OfficerRole(f.typed("role")), To: f.official(f.typed("to")), Reason: f.text("reason")}
	have := f.Officer(c.Role)
	c.From = household.Responsible{Person: have.Person, Name: have.Name}
	return c, nil
}

// openShortfalls are what in the work fell short and nobody has put right.
func openShortfalls(h household.State) (open []household.ShortfallState) {
	for _, s := range h.Shortfalls {
		if s.Righted == 0 {
			open = append(open, s)
		}
	}
	return open
}

func rightingFields(ctx context.Context, f filling) []input {
	var open []option
	for _, s := range openShortfalls(f.State) {
		open = append(open, option{s.Shortfall + " " + s.Clue, term(ctx, code.Shortfalls, s.Shortfall) + " " + date(ctx, s.On)})
	}
	return []input{
		{kind: askOne, name: "shortfall", label: say(ctx, "落实不到位的方面", "What fell short"), options: open},
		{kind: askWords, name: "done", label: say(ctx, "整改情况", "What was done about it"), required: true},
	}
}

func rightingMade(f filling) (household.Command, error) {
	what, clue, _ := strings.Cut(f.typed("shortfall"), " ")
	return household.RightShortfall{Clue: clue, Shortfall: what, Done: f.text("done")}, nil
}
