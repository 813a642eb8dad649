package web

import (
	"context"
	"strconv"

	"shouwang/domain/code"
	"shouwang/domain/household"
	"shouwang/domain/policy"
	"shouwang/projections"
)

// helpForms are the risks, the plan and its measures: begun, delivered, confirmed.
func helpForms() []caseForm {
	return []caseForm{
		{name: "risk", zh: "登记风险", en: "A risk", ready: hasCase, fields: riskFields, make: riskMade},
		{name: "risk-end", zh: "风险消除项", en: "A risk is gone", ready: func(h household.State) bool { return hasCase(h) && len(openRisks(h)) > 0 }, fields: riskEndFields, make: riskEndMade},
		{name: "officer", zh: "明确责任人", en: "Responsible person", ready: confirmed, fields: officerFields, make: officerMade},
		{name: "green", zh: "绿色通道", en: "Green channel", ready: confirmed, fields: greenFields, make: greenMade},
		{name: "plan", zh: "一户一策", en: "Plan", step: policy.Plan, kinds: []projections.OwedKind{projections.OwedPlan, projections.OwedPlanGap}, ready: hasCase, fields: planFields, make: planMade},
		{name: "measure", zh: "措施实施", en: "A measure begins", step: policy.MeasureStarted, ready: hasCase, fields: measureFields, make: measureMade},
		{name: "delivery", zh: "措施落实", en: "A measure arrived", step: policy.MeasureDelivered, kinds: []projections.OwedKind{projections.OwedDenied},
			ready: hasMeasure, fields: deliveryFields, make: deliveryMade},
		{name: "follow-up", zh: "研判事项落实", en: "What a study wanted done", kinds: []projections.OwedKind{projections.OwedFollowUp},
			ready: func(h household.State) bool { return len(openFollowUps(h)) > 0 }, fields: followUpFields, make: followUpMade},
		{name: "handover", zh: "责任人交接", en: "Hand over to a successor", kinds: []projections.OwedKind{projections.OwedHandover},
			ready: func(h household.State) bool { return confirmed(h) && len(h.Officers) > 0 }, fields: handoverFields, make: handoverMade},
		{name: "righting", zh: "落实不到位整改", en: "A shortfall is put right", kinds: []projections.OwedKind{projections.OwedShortfall},
			ready: func(h household.State) bool { return len(openShortfalls(h)) > 0 }, fields: rightingFields, make: rightingMade},
		{name: "red-warning", zh: "红色预警处置", en: "A red warning is dealt with", kinds: []projections.OwedKind{projections.OwedRedWarning},
			ready: func(h household.State) bool { return len(openWarnings(h)) > 0 }, fields: redWarningFields, make: redWarningMade},
		{name: "confirmation", zh: "农户确认", en: "The household confirms", ready: hasMeasure, fields: confirmationFields, make: confirmationMade},
	}
}

func hasCase(h household.State) bool { return confirmed(h) && h.Episode() != nil }

func hasMeasure(h household.State) bool { return hasCase(h) && len(h.Episode().Measures) > 0 }

// openRisks are the risks of the case that stand.
func openRisks(h household.State) (risks code.List) {
	e := h.Episode()
	if e == nil {
		return nil
	}
	for _, r := range e.Risks {
		if r.Gone == 0 {
			e, _ := code.Risks.Find(string(r.Risk)) // else it has no name
			risks = append(risks, e)
		}
	}
	return risks
}

func riskFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askOne, name: "risk", label: say(ctx, "风险类型", "Risk"), options: listOptions(ctx, code.Risks, true), required: true},
		{kind: askLine, name: "detail", label: say(ctx, "具体情况（密封保存）", "Detail (kept sealed)")},
	}
}

func riskMade(f filling) (household.Command, error) {
	return household.RecordRisk{Risk: code.Risk(f.typed("risk")), Detail: code.Personal(f.typed("detail"))}, nil
}

func riskEndFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "risk", label: say(ctx, "风险类型", "Risk"), options: listOptions(ctx, openRisks(f.State), false)},
		{kind: askOne, name: "way", label: say(ctx, "消除方式", "How"), options: listOptions(ctx, code.EliminationWays, false)},
		{kind: askWords, name: "note", label: say(ctx, "说明", "Note")},
	}
}

func riskEndMade(f filling) (household.Command, error) {
	return household.EndRisk{Risk: code.Risk(f.typed("risk")), Way: f.typed("way"), Note: f.text("note")}, nil
}

func officerFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "role", label: say(ctx, "责任", "Role"), options: listOptions(ctx, code.OfficerRoles, false)},
		{kind: askOne, name: "officer", label: say(ctx, "责任人", "Person"), options: f.officials(ctx), required: true},
		{kind: askLine, name: "reason", label: say(ctx, "原因", "Why")},
	}
}

func officerMade(f filling) (household.Command, error) {
	return household.AssignOfficer{Role: code.OfficerRole(f.typed("role")), Officer: f.official(f.typed("officer")), Reason: f.text("reason")}, nil
}

func greenFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askWords, name: "reason", label: say(ctx, "先行救助的原因", "Why help comes first"), required: true},
		{kind: askDay, name: "owed_by", label: say(ctx, "补办程序的期限", "The procedure is owed by"), required: true},
	}
}

func greenMade(f filling) (household.Command, error) {
	by, err := f.day("owed_by")
	return household.OpenGreenChannel{Reason: f.text("reason"), OwedBy: by}, err
}

// planRows are the measures that one form of a plan may foresee.
const planRows = 6

func planFields(ctx context.Context, f filling) []input {
	fields := []input{
		{kind: askWords, name: "situation", label: say(ctx, "底数清：家庭基本情况", "Situation"), required: true},
		{kind: askWords, name: "problems", label: say(ctx, "问题清：存在的困难和风险", "Problems"), required: true},
		{kind: askWords, name: "responsibility", label: say(ctx, "责任清：谁负责、怎么跟进", "Responsibility"), required: true},
		paperField(ctx, "measure_form"),
	}
	for i := range planRows {
		n := strconv.Itoa(i + 1)
		fields = append(fields, input{kind: askPart, label: say(ctx, "措施"+n+"（没有可不填）", "Measure "+n+" (may stay empty)"), folded: i > 1},
			input{kind: askOne, name: "class_" + n, label: say(ctx, "措施类别", "Class"), options: listOptions(ctx, code.MeasureClasses, true)},
			f.instruments(ctx, "instrument_"+n),
			input{kind: askLine, name: "content_" + n, label: say(ctx, "内容", "Content")},
			input{kind: askOne, name: "department_" + n, label: say(ctx, "责任部门", "Department"), options: listOptions(ctx, code.Departments, true)},
			input{kind: askMoney, name: "budget_" + n, label: say(ctx, "预算（元）", "Budget (yuan)")},
			input{kind: askDay, name: "due_" + n, label: say(ctx, "完成期限", "Due")})
	}
	return fields
}

// instruments are the forms of help that the region's pack names; where it names
// none nothing is asked.
func (f filling) instruments(ctx context.Context, name string) input {
	pack, _ := f.packs() // without one there are none
	i := input{kind: askOne, name: name, label: say(ctx, "帮扶方式（办法所列）", "Instrument (of the pack)"), options: []option{{"", "—"}}}
	for _, known := range pack.Instruments {
		i.options = append(i.options, option{known.Code, known.ZH})
	}
	if len(i.options) == 1 {
		i.kind = askNothing
	}
	return i
}

func planMade(f filling) (household.Command, error) {
	c := household.MakePlan{Plan: f.key, Situation: f.text("situation"), Problems: f.text("problems"), Responsibility: f.text("responsibility"), Papers: f.exhibits("measure_form")}
	for i := range planRows {
		n := strconv.Itoa(i + 1)
		if f.typed("class_"+n) == "" {
			continue
		}
		m := household.PlannedMeasure{Class: code.MeasureClass(f.typed("class_" + n)), Instrument: f.typed("instrument_" + n), Content: f.text("content_" + n), Department: f.typed("department_" + n)}
		var err error
		if m.Budget, err = f.fen("budget_" + n); err != nil {
			return nil, err
		}
		if m.Due, err = f.day("due_" + n); err != nil {
			return nil, err
		}
		c.Measures = append(c.Measures, m)
	}
	return c, nil
}

func measureFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "class", label: say(ctx, "措施类别", "Class"), options: listOptions(ctx, code.MeasureClasses, true), required: true},
		f.instruments(ctx, "instrument"),
		{kind: askLine, name: "content", label: say(ctx, "内容", "Content"), required: true},
		{kind: askOne, name: "department", label: say(ctx, "责任部门", "Department"), options: listOptions(ctx, code.Departments, true), required: true},
		{kind: askOne, name: "for", label: say(ctx, "针对的风险", "The risk it answers"), options: listOptions(ctx, openRisks(f.State), true)},
		{kind: askMoney, name: "budget", label: say(ctx, "预算（元）", "Budget (yuan)")},
	}
}

func measureMade(f filling) (household.Command, error) {
	budget, err := f.fen("budget")
	return household.StartMeasure{Measure: f.key, Class: code.MeasureClass(f.typed("class")), Instrument: f.typed("instrument"), Content: f.text("content"), Department: f.typed("department"),
		For: code.Risk(f.typed("for")), Budget: budget}, err
}

// measures are the measures of the case.
func (f filling) measures(ctx context.Context) (options []option) {
	e := f.Episode()
	if e == nil {
		return nil
	}
	for _, m := range e.Measures {
		options = append(options, option{m.ID, term(ctx, code.MeasureClasses, m.Class) + " " + date(ctx, m.Started)})
	}
	return options
}

func deliveryFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "measure", label: say(ctx, "措施", "Measure"), options: f.measures(ctx)},
		{kind: askMoney, name: "amount", label: say(ctx, "到户金额（元，实物不填）", "Amount (yuan)")},
		{kind: askWords, name: "note", label: say(ctx, "落实情况", "What arrived"), required: true},
		{kind: askFiles, label: say(ctx, "落实证明照片（可多张）", "Proof, photographed (several)"), max: maxPhotos},
	}
}

func deliveryMade(f filling) (household.Command, error) {
	amount, err := f.fen("amount")
	return household.DeliverMeasure{Measure: f.typed("measure"), Fen: amount, Evidence: f.allPhotos(), Note: f.text("note")}, err
}

func confirmationFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "measure", label: say(ctx, "措施", "Measure"), options: f.measures(ctx)},
		{kind: askOne, name: "member", label: say(ctx, "确认人", "Who says so"), options: f.members(ctx, true), first: f.Head, required: true},
		{kind: askOne, name: "received", label: say(ctx, "是否收到", "Received"), options: []option{{"yes", say(ctx, "已收到", "received")}, {"no", say(ctx, "未收到", "not received")}}},
		{kind: askOne, name: "signature", label: say(ctx, "签字方式", "How it was signed"), options: listOptions(ctx, code.Signatures, false)},
		{kind: askWords, name: "note", label: say(ctx, "说明（未收到的须写明）", "Note (what is missing)")},
		{kind: askFiles, label: say(ctx, "确认单照片", "The slip, photographed")},
	}
}

func confirmationMade(f filling) (household.Command, error) {
	return household.ConfirmMeasure{Measure: f.typed("measure"), Member: f.typed("member"), Received: f.typed("received") == "yes", Signature: f.typed("signature"), Note: f.text("note"), Paper: f.photo()}, nil
}
