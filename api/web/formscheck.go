package web

import (
	"context"
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/policy"
)

// checkForms are the concentrated checks (集中排查), and what each village reports.
func checkForms() []placeForm {
	return []placeForm{
		{name: "check", zh: "组织集中排查", en: "Organise a concentrated check", under: "/duties", fields: checkFieldsOf, make: organiseMade},
		{name: "check-village", zh: "村级排查情况", en: "What a village reports of a check", under: "/duties", fields: villageCheckFields, make: villageCheckMade},
		{name: "check-end", zh: "结束集中排查", en: "End the check", under: "/duties", fields: checkEndFields, make: checkEndMade},
	}
}

func checkFieldsOf(ctx context.Context, f filling) []input {
	duties := []option{{"", "—"}}
	pack, _ := f.packs() // without one there are none
	for _, d := range pack.Duties {
		if d.DoneBy == policy.ByCheck {
			duties = append(duties, option{d.ID, d.Name})
		}
	}
	return []input{
		{kind: askLine, name: "title", label: say(ctx, "名称", "Title"), required: true},
		f.placeInput(ctx, "place", "排查范围", "Where"),
		{kind: askDay, name: "from", label: say(ctx, "排查起", "From"), first: f.v.today.String(), required: true},
		{kind: askDay, name: "to", label: say(ctx, "排查止", "To"), required: true},
		{kind: askOne, name: "duty", label: say(ctx, "履行哪项职责（办法有规定的选）", "Duty that it fulfils"), options: duties},
		{kind: askLine, name: "document", label: say(ctx, "通知文号", "Number of the notice")},
	}
}

func organiseMade(f filling) (any, error) {
	c := duty.OrganiseCheck{Region: f.typed("place"), Title: f.typed("title"), Duty: f.typed("duty"), Document: f.typed("document")}
	var err error
	if c.From, err = f.day("from"); err != nil {
		return nil, err
	}
	c.To, err = f.day("to")
	return c, err
}

func villageCheckFields(ctx context.Context, f filling) []input {
	return []input{
		f.placeInput(ctx, "place", "哪个村", "Village", code.Village),
		{kind: askNumber, name: "households", label: say(ctx, "全村户数", "Households of the village"), required: true},
		{kind: askNumber, name: "checked", label: say(ctx, "已排查户数", "Of them checked"), required: true},
		{kind: askNumber, name: "groups", label: say(ctx, "村民小组数", "Groups of the village"), required: true},
		{kind: askNumber, name: "groups_checked", label: say(ctx, "已排查小组数", "Of them reached"), required: true},
		{kind: askWords, name: "found", label: say(ctx, "发现风险的农户（每行一个档案编号，没有可不填）", "Households at risk (number of the file, one a line)")},
		{kind: askWords, name: "note", label: say(ctx, "说明", "Note"), hint: say(ctx, "再次报告以后一次为准。", "A later report takes the place of an earlier one.")},
	}
}

// foundAt is what a village reports, with the files at which a risk was found as
// they were typed.
type foundAt struct {
	duty.ReportVillageCheck
	files []string
}

func villageCheckMade(f filling) (any, error) {
	c := foundAt{ReportVillageCheck: duty.ReportVillageCheck{Village: f.typed("place"), Households: number(f.typed("households")), Checked: number(f.typed("checked")),
		Groups: number(f.typed("groups")), GroupsChecked: number(f.typed("groups_checked")), Note: f.text("note")}, files: strings.Fields(f.typed("found"))}
	if len(c.files) == 0 {
		return c.ReportVillageCheck, nil
	}
	return c, nil
}

func checkEndFields(ctx context.Context, _ filling) []input {
	return []input{{kind: askWords, name: "summary", label: say(ctx, "排查总体情况", "How it went"), required: true}}
}

func checkEndMade(f filling) (any, error) {
	return duty.EndCheck{Summary: f.text("summary")}, nil
}
