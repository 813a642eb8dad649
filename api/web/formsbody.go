package web

import (
	"context"

	"shouwang/domain/code"
	"shouwang/domain/household"
)

// attentionForms are what tells to whom attention is owed: health and disability,
// kept sealed, and the special groups (特殊群体).
func attentionForms() []caseForm {
	return []caseForm{
		{name: "health", zh: "健康和残疾", en: "Health and disability", ready: confirmed, fields: healthFields, make: healthMade},
		{name: "special-group", zh: "特殊群体", en: "Special group", ready: confirmed, fields: groupFields, make: groupMade},
	}
}

func healthFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "member", label: say(ctx, "成员", "Member"), options: f.members(ctx, true), required: true},
		{kind: askOne, name: "health", label: say(ctx, "健康状况", "Health"), options: listOptions(ctx, code.Healths, true), required: true},
		{kind: askPart, label: say(ctx, "残疾（有残疾证的填，两项都要填）", "Disability (both, if there is a card)")},
		{kind: askOne, name: "disability", label: say(ctx, "残疾类别", "Category"), options: listOptions(ctx, code.Disabilities, true)},
		{kind: askOne, name: "level", label: say(ctx, "残疾等级", "Level"), options: listOptions(ctx, code.DisabilityLevels, true)},
		{kind: askLine, name: "detail", label: say(ctx, "具体情况，如病种", "Detail, such as which illness"),
			hint: say(ctx, "本表各项密封保存；档案中只显示“已登记”。", "All of this is kept sealed; the file shows only that it is recorded.")},
	}
}

func healthMade(f filling) (household.Command, error) {
	return household.RecordHealth{Member: f.typed("member"), Health: code.Personal(f.typed("health")), Disability: code.Personal(f.typed("disability")),
		Level: code.Personal(f.typed("level")), Detail: code.Personal(f.typed("detail"))}, nil
}

func groupFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askOne, name: "group", label: say(ctx, "特殊群体（六必访、六必查）", "Group (to be visited, to be checked)"), options: listOptions(ctx, code.SpecialGroups, true), required: true},
		{kind: askOne, name: "belongs", label: say(ctx, "登记", "Entry"), options: []option{{"yes", say(ctx, "列入", "belongs to it")}, {"no", say(ctx, "不再列入", "no longer")}}},
		{kind: askWords, name: "reason", label: say(ctx, "情况", "What is the case"), required: true},
	}
}

func groupMade(f filling) (household.Command, error) {
	return household.RecordGroup{Group: f.typed("group"), Belongs: f.typed("belongs") != "no", Reason: f.text("reason")}, nil
}
