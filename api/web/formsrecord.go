package web

import (
	"context"

	"shouwang/domain/code"
	"shouwang/domain/household"
)

// recordForms are about the file itself: what was taken over from before, and the
// consent to a correction.
func recordForms() []caseForm {
	return []caseForm{
		{name: "brought-forward", zh: "存量导入", en: "Take over an existing case", ready: func(h household.State) bool { return confirmed(h) && h.Episode() == nil }, fields: broughtFields, make: broughtMade},
		{name: "consent", zh: "同意更正", en: "Consent to a correction", ready: func(h household.State) bool { return h.Exists }, fields: consentFields, make: consentMade},
	}
}

func broughtFields(ctx context.Context, f filling) []input {
	officers := f.officials(ctx)
	return []input{
		{kind: askWords, name: "source", label: say(ctx, "来源（从哪个系统、哪份名册接收）", "Where it was taken from"), required: true,
			hint: say(ctx, "只接收既有监测对象的现状；此前各环节记为“不详”，不算缺失。", "Takes over how things stand; earlier steps are unknown, not missing.")},
		{kind: askOne, name: "class", label: say(ctx, "监测对象类别", "Class"), options: listOptions(ctx, code.Classes, true), required: true},
		{kind: askSome, name: "risks", label: say(ctx, "风险类型", "Risks"), options: listOptions(ctx, code.Risks, false)},
		{kind: askDay, name: "included", label: say(ctx, "纳入日期", "Included"), required: true},
		{kind: askDay, name: "eliminated", label: say(ctx, "风险消除日期（未消除的不填）", "Eliminated (empty if not)")},
		{kind: askLine, name: "national", label: say(ctx, "户编号（已有的填）", "Number in the national system")},
		{kind: askOne, name: "monitoring", label: say(ctx, "监测责任人", "Monitoring officer"), options: officers},
		{kind: askOne, name: "assistance", label: say(ctx, "帮扶责任人", "Assistance officer"), options: officers},
	}
}

func broughtMade(f filling) (household.Command, error) {
	c := household.BringForward{Source: f.text("source"), Class: code.Class(f.typed("class")), National: f.typed("national"), Monitoring: f.official(f.typed("monitoring")), Assistance: f.official(f.typed("assistance"))}
	for _, r := range f.q["risks"] {
		c.Risks = append(c.Risks, code.Risk(r))
	}
	var err error
	if c.Included, err = f.day("included"); err != nil {
		return nil, err
	}
	c.Eliminated, err = f.day("eliminated")
	return c, err
}

// consentFields ask for which entry: those that may be struck through at all.
func consentFields(ctx context.Context, f filling) []input {
	var entries []option
	for _, e := range f.correctables() {
		entries = append(entries, option{e.ID, date(ctx, e.Happened) + " " + e.Sentence})
	}
	return []input{
		{kind: askOne, name: "event", label: say(ctx, "要更正的记录", "The entry to be corrected"), options: entries, required: true,
			hint: say(ctx, "上一级已据此办理的记录，由上一级同意后方可更正。", "Once a higher level has acted on an entry it is corrected only with its consent.")},
		{kind: askWords, name: "reason", label: say(ctx, "同意的理由", "Why"), required: true},
	}
}

func consentMade(f filling) (household.Command, error) {
	if f.typed("event") == "" {
		return nil, misfill("event", "请选择要更正的记录")
	}
	return household.ConsentToCorrection{Event: f.typed("event"), Reason: f.text("reason")}, nil
}
