package web

import (
	"context"
	"strings"

	"shouwang/domain/code"
	"shouwang/domain/duty"
)

// scaleForms are what may push many households back at once (规模性返贫风险): put on
// the watch list, followed, taken off it.
func scaleForms() []placeForm {
	return []placeForm{
		{name: "scale-risk", zh: "规模性返贫风险列入清单", en: "Put a risk of scale on the list", under: "/duties", fields: scaleFields, make: scaleMade},
		{name: "scale-risk-follow", zh: "规模性返贫风险的现状和措施", en: "How a risk of scale stands", under: "/duties", fields: scaleFollowFields, make: scaleFollowMade},
		{name: "scale-risk-end", zh: "规模性返贫风险解除", en: "Take a risk of scale off the list", under: "/duties", fields: scaleEndFields, make: scaleEndMade},
	}
}

func scaleFields(ctx context.Context, f filling) []input {
	return []input{
		f.placeInput(ctx, "place", "所在地", "Where"),
		{kind: askOne, name: "kind", label: say(ctx, "风险类型", "Kind"), options: listOptions(ctx, code.ScaleRisks, true), required: true},
		{kind: askDay, name: "since", label: say(ctx, "发生日期", "Since"), first: f.v.today.String(), required: true},
		{kind: askNumber, name: "households", label: say(ctx, "涉及户数", "Households touched"), required: true},
		{kind: askLine, name: "area", label: say(ctx, "受影响的范围（不是全部时填）", "Which part of it")},
		{kind: askWords, name: "content", label: say(ctx, "情况", "What happened"), required: true},
		{kind: askWords, name: "measures", label: say(ctx, "应急处置措施（没有可不填）", "Measures (may stay empty)")},
		{kind: askLine, name: "document", label: say(ctx, "文号", "Document number")},
	}
}

func scaleMade(f filling) (any, error) {
	since, err := f.day("since")
	return duty.WatchScaleRisk{Risk: f.key, Region: f.typed("place"), Kind: f.typed("kind"), Since: since, Area: f.text("area"), Households: number(f.typed("households")),
		Content: f.text("content"), Measures: f.text("measures"), Document: f.typed("document")}, err
}

// watchedInput asks for a risk that the visitor's office has on its list.
func (f filling) watchedInput(ctx context.Context) input {
	i := input{kind: askOne, name: "risk", label: say(ctx, "哪一项风险", "Which risk"), required: true, first: f.q.Get("event")}
	for _, r := range f.site.watchedBy(ctx, f.v) {
		i.options = append(i.options, option{r.Risk + "|" + r.Region, term(ctx, code.ScaleRisks, r.Kind) + " " + date(ctx, r.Since) + " " + r.Area})
	}
	return i
}

func scaleFollowFields(ctx context.Context, f filling) []input {
	return []input{
		f.watchedInput(ctx),
		{kind: askNumber, name: "households", label: say(ctx, "现涉及户数", "Households touched now"), required: true},
		{kind: askWords, name: "measures", label: say(ctx, "应急处置措施", "Measures"), required: true},
	}
}

func scaleFollowMade(f filling) (any, error) {
	id, region, _ := strings.Cut(f.typed("risk"), "|")
	return duty.FollowScaleRisk{Risk: id, Region: region, Households: number(f.typed("households")), Measures: f.text("measures")}, nil
}

func scaleEndFields(ctx context.Context, f filling) []input {
	return []input{f.watchedInput(ctx), {kind: askWords, name: "reason", label: say(ctx, "解除理由", "Why it is over"), required: true}}
}

func scaleEndMade(f filling) (any, error) {
	id, region, _ := strings.Cut(f.typed("risk"), "|")
	return duty.EndScaleRisk{Risk: id, Region: region, Reason: f.text("reason")}, nil
}
