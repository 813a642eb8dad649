package web

import (
	"context"
	"strconv"

	"shouwang/domain/code"
	"shouwang/domain/household"
)

// followUpRows are what one form of a study may want done.
const followUpRows = 3

// caseStudyFields ask for the study of one household (动态监测分析研判表).
func caseStudyFields(ctx context.Context, f filling) []input {
	fields := []input{
		{kind: askOne, name: "kind", label: say(ctx, "研判类别", "Whose study"), options: listOptions(ctx, code.StudyKinds, false), first: string(code.PeriodicStudy)},
		{kind: askDay, name: "from", label: say(ctx, "研判时段起（可不填）", "Period from (may stay empty)")},
		{kind: askDay, name: "to", label: say(ctx, "研判时段止", "To")},
		{kind: askWords, name: "situation", label: say(ctx, "成员、收支、保障、风险和帮扶成效的变化", "What changed in members, income, guarantees and risks, and what help did"), required: true},
		{kind: askOne, name: "conclusion", label: say(ctx, "研判结论", "Conclusion"), options: listOptions(ctx, code.StudyConclusions, true), required: true,
			hint: say(ctx, "研判不是认定：纳入和消除仍按各自程序办理。", "A study decides nothing: inclusions and eliminations take their own way.")},
		{kind: askWords, name: "opinion", label: say(ctx, "研判意见", "Opinion")},
	}
	return append(fields, followUpInputs(ctx, f, "")...)
}

// followUpInputs ask what is to be done, by whom and until when.
func followUpInputs(ctx context.Context, _ filling, of string) (fields []input) {
	for i := range followUpRows {
		n := strconv.Itoa(i+1) + of
		fields = append(fields,
			input{kind: askPart, label: say(ctx, "落实事项"+strconv.Itoa(i+1)+"（没有可不填）", "To be done "+strconv.Itoa(i+1)+" (may stay empty)"), folded: true},
			input{kind: askLine, name: "do_" + n, label: say(ctx, "事项", "What")},
			input{kind: askOne, name: "by_" + n, label: say(ctx, "责任部门", "Department"), options: listOptions(ctx, code.Departments, true)},
			input{kind: askDay, name: "until_" + n, label: say(ctx, "期限", "Until")})
	}
	return fields
}

// followUps are what the form wants done.
func (f filling) followUps(of string) (all []household.FollowUp, err error) {
	for i := range followUpRows {
		n := strconv.Itoa(i+1) + of
		if f.typed("do_"+n) == "" {
			continue
		}
		want := household.FollowUp{ID: strconv.Itoa(i + 1), Content: f.text("do_" + n), Department: f.typed("by_" + n)}
		if want.Due, err = f.day("until_" + n); err != nil {
			return nil, err
		}
		all = append(all, want)
	}
	return all, nil
}

func caseStudyMade(f filling) (household.Command, error) {
	c := household.StudyHousehold{Study: f.key, Kind: code.StudyKind(f.typed("kind")), Situation: f.text("situation"), Conclusion: code.StudyConclusion(f.typed("conclusion")), Opinion: f.text("opinion")}
	var err error
	if c.From, err = f.day("from"); err != nil {
		return nil, err
	}
	if c.To, err = f.day("to"); err != nil {
		return nil, err
	}
	c.FollowUps, err = f.followUps("")
	return c, err
}
