package web

import (
	"context"
	"strings"

	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/duty"
	"shouwang/domain/policy"
)

// countyOnly are those who act for the county as a whole.
var countyOnly = []account.Role{account.County}

// dutyForms are what offices owe whatever happens in the cases (履职), and the times
// in which a system is shut.
func dutyForms() []placeForm {
	return []placeForm{
		{name: "duty-done", zh: "履职登记", en: "A duty was done", under: "/duties", fields: dutyDoneFields, make: dutyDoneMade},
		{name: "system-closure", zh: "系统未开放", en: "A system is shut", under: "/duties", who: countyOnly, fields: closureFields, make: closureMade},
		{name: "system-opening", zh: "系统开放", en: "The system is open again", under: "/duties", who: countyOnly, fields: openingFields, make: openingMade},
		{name: "duty-correction", zh: "更正职责登记", en: "Correct an entry of a duty", under: "/duties", fields: dutyCorrectionFields, make: dutyCorrectionMade},
	}
}

// reported are the duties of the pack that are done by recording them.
func (f filling) reported(ctx context.Context) []option {
	options := []option{{"", say(ctx, "请选择", "choose")}}
	pack, _ := f.packs() // without one there are none
	for _, d := range pack.Duties {
		if d.Per != policy.PerHousehold && d.DoneBy != policy.ByCheck {
			options = append(options, option{d.ID, d.Name + "（" + d.When() + "）"})
		}
	}
	return options
}

func dutyDoneFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "duty", label: say(ctx, "哪一项职责", "Which duty"), options: f.reported(ctx), required: true},
		f.placeInput(ctx, "place", "哪个地区的", "Of which place"),
		{kind: askDay, name: "for", label: say(ctx, "所属期（期内任一天）", "Its period (any day of it)"), first: f.v.today.String()},
		{kind: askOne, name: "department", label: say(ctx, "部门（部门职责填）", "Department (of a department's duty)"), options: listOptions(ctx, code.Departments, true)},
		{kind: askLine, name: "document", label: say(ctx, "文号", "Document number")},
		{kind: askWords, name: "summary", label: say(ctx, "做了什么", "What was done"), required: true},
		{kind: askPart, label: say(ctx, "报表所列数字（要求报数的职责填）", "Figures that the report states (where it must)"), folded: true},
		{kind: askNumber, name: "new", label: say(ctx, "新增风险户", "New households")},
		{kind: askNumber, name: "eliminated", label: say(ctx, "风险消除户", "Risk removed")},
		{kind: askPart, label: say(ctx, "人员名单（要求上报名单的职责填）", "List of persons (where it must)"), folded: true},
		{kind: askWords, name: "persons", label: say(ctx, "每行一人：档案编号 姓名", "One a line: number of the file, name")},
		{kind: askFiles, label: say(ctx, "材料照片或扫描件（可多份）", "Papers, photographed (several)"), max: maxPhotos},
	}
}

// listedPersons is a list of persons as it was typed; who they are is looked up.
type listedPersons struct {
	duty.RecordDone
	lines [][2]string // file number and name
}

func dutyDoneMade(f filling) (any, error) {
	c := listedPersons{RecordDone: duty.RecordDone{Duty: f.typed("duty"), Region: f.typed("place"), Department: f.typed("department"), Document: f.typed("document"), Summary: f.text("summary"), Papers: f.allPhotos()}}
	var err error
	if c.For, err = f.day("for"); err != nil {
		return nil, err
	}
	if f.typed("new") != "" || f.typed("eliminated") != "" {
		c.Stated = &duty.Stated{New: number(f.typed("new")), Eliminated: number(f.typed("eliminated"))}
	}
	for line := range strings.Lines(f.typed("persons")) {
		file, name, ok := strings.Cut(strings.TrimSpace(line), " ")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if !ok {
			return nil, misfill("persons", "每行写档案编号和姓名，中间空一格：“%s”", line)
		}
		c.lines = append(c.lines, [2]string{file, strings.TrimSpace(name)})
	}
	if len(c.lines) == 0 {
		return c.RecordDone, nil
	}
	return c, nil
}

func closureFields(ctx context.Context, f filling) []input {
	return []input{
		f.placeInput(ctx, "place", "哪个地区", "Where", code.County, code.Township),
		{kind: askOne, name: "system", label: say(ctx, "信息系统", "System"), options: listOptions(ctx, code.Systems, false)},
		{kind: askDay, name: "from", label: say(ctx, "未开放起", "Shut from"), first: f.v.today.String(), required: true},
		{kind: askDay, name: "to", label: say(ctx, "未开放止（未知不填）", "Until (may stay empty)")},
		{kind: askLine, name: "document", label: say(ctx, "通知文号", "Number of the notice")},
		{kind: askWords, name: "reason", label: say(ctx, "原因", "Why"), required: true, hint: say(ctx, "其间系统录入、标注不计逾期。", "Meanwhile entries and marks are not overdue.")},
	}
}

func closureMade(f filling) (any, error) {
	c := duty.ShutSystem{Shut: f.key, Region: f.typed("place"), System: f.typed("system"), Document: f.typed("document"), Reason: f.text("reason")}
	var err error
	if c.From, err = f.day("from"); err != nil {
		return nil, err
	}
	c.To, err = f.day("to")
	return c, err
}

func openingFields(ctx context.Context, f filling) []input {
	var shut []option
	for _, e := range f.site.closures(ctx, f.v) {
		shut = append(shut, option{e.Shut + "|" + e.Region, term(ctx, code.Systems, e.System) + " " + date(ctx, e.From) + say(ctx, "起", " on") + "：" + string(e.Reason)})
	}
	return []input{
		{kind: askOne, name: "shut", label: say(ctx, "哪一次未开放", "Which time"), options: shut, required: true},
		{kind: askDay, name: "on", label: say(ctx, "首个开放日", "First day on which it is open"), first: f.v.today.String(), required: true},
	}
}

func openingMade(f filling) (any, error) {
	id, region, _ := strings.Cut(f.typed("shut"), "|")
	on, err := f.day("on")
	return duty.OpenSystem{Shut: id, Region: region, On: on}, err
}

func dutyCorrectionFields(ctx context.Context, f filling) []input {
	var entries []option
	for _, e := range f.dutyEntries(ctx) {
		if e.voidable {
			entries = append(entries, option{e.id, date(ctx, e.on) + " " + e.told})
		}
	}
	return []input{
		{kind: askOne, name: "event", label: say(ctx, "有误的登记", "The wrong entry"), options: entries, first: f.q.Get("event"), required: true,
			hint: say(ctx, "划去后保留，正确的另行登记。", "It is struck through and stays; the right one is entered anew.")},
		{kind: askWords, name: "reason", label: say(ctx, "错在哪里", "What is wrong"), required: true},
	}
}

func dutyCorrectionMade(f filling) (any, error) {
	return duty.VoidDutyFact{Event: f.typed("event"), Reason: f.text("reason")}, nil
}
