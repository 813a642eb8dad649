package web

import (
	"context"
	"strconv"

	"shouwang/domain/account"
	"shouwang/domain/code"
	"shouwang/domain/fund"
	"shouwang/domain/household"
)

// treasurers are those who set funds up and keep their books, and who hold studies:
// the township and the county.
var treasurers = []account.Role{account.Township, account.County}

// fundForms are the money raised against falling back, apart from the lists of
// households, which have a page of their own.
func fundForms() []placeForm {
	return []placeForm{
		{name: "fund", zh: "设立资金", en: "Set a fund up", under: "/funds", who: treasurers, fields: fundFields, make: fundMade},
		{name: "raising", zh: "筹集资金", en: "Money came in", under: "/funds", who: treasurers, fields: raisingFields, make: raisingMade},
		{name: "reversal", zh: "冲销或追回一户的发放", en: "Take one payment back", under: "/funds", who: treasurers, fields: reversalFields, make: reversalMade},
		{name: "fund-correction", zh: "更正资金登记", en: "Correct an entry of the fund", under: "/funds", who: treasurers, fields: fundCorrectionFields, make: fundCorrectionMade},
	}
}

// tierRows are the conditions of a subsidy project that one form takes.
const tierRows = 3

func fundFields(ctx context.Context, f filling) []input {
	fields := []input{
		f.placeInput(ctx, "place", "所在地", "Place", code.County, code.Township, code.Village),
		{kind: askLine, name: "name", label: say(ctx, "名称", "Name"), required: true},
		{kind: askOne, name: "kind", label: say(ctx, "资金种类", "Kind"), options: listOptions(ctx, household.FundKinds, true), required: true},
		{kind: askLine, name: "document", label: say(ctx, "管理办法文号", "Number of its rules")},
		{kind: askWords, name: "rules", label: say(ctx, "管理规定：用途、如何审批、如何发放", "Rules: what it is for, how it is approved and paid"), required: true},
	}
	for i := range tierRows {
		n := strconv.Itoa(i + 1)
		fields = append(fields, input{kind: askPart, label: say(ctx, "补助项目的第"+n+"类条件（其他资金不填）", "Condition "+n+" of a subsidy project"), folded: true},
			input{kind: askLine, name: "title_" + n, label: say(ctx, "条件名称", "Title")},
			input{kind: askMoney, name: "rate_" + n, label: say(ctx, "每户标准（元）", "For each household (yuan)")},
			input{kind: askOne, name: "whose_" + n, label: say(ctx, "农户类型", "Kind of household"), options: listOptions(ctx, code.Kinds, true)},
			input{kind: askNumber, name: "year_" + n, label: say(ctx, "收入年度", "Year of the income"), hint: say(ctx, "不限收入的不填", "empty: any income")},
			input{kind: askMoney, name: "below_" + n, label: say(ctx, "人均纯收入低于（元）", "Net income per head below (yuan)")},
			input{kind: askSome, name: "also_" + n, label: say(ctx, "还须", "And"), options: []option{{"monitored", say(ctx, "是监测对象", "is monitored")}, {"labour", say(ctx, "非整户无劳动力", "not wholly without labour")}}})
	}
	return fields
}

func fundMade(f filling) (any, error) {
	c := fund.Establish{Region: f.typed("place"), Kind: f.typed("kind"), Name: f.typed("name"), Rules: f.text("rules"), Document: f.typed("document")}
	for i := range tierRows {
		n := strconv.Itoa(i + 1)
		if f.typed("title_"+n) == "" {
			continue
		}
		tier := household.Condition{Tier: n, Title: f.typed("title_" + n), Kind: code.Kind(f.typed("whose_" + n)), IncomeYear: number(f.typed("year_" + n))}
		for _, also := range f.q["also_"+n] {
			tier.Monitored, tier.WithLabour = tier.Monitored || also == "monitored", tier.WithLabour || also == "labour"
		}
		var err error
		if tier.Fen, err = f.fen("rate_" + n); err != nil {
			return nil, err
		}
		if tier.IncomeBelow, err = f.fen("below_" + n); err != nil {
			return nil, err
		}
		c.Tiers = append(c.Tiers, tier)
	}
	return c, nil
}

func raisingFields(ctx context.Context, _ filling) []input {
	return []input{
		{kind: askOne, name: "source", label: say(ctx, "来源", "Source"), options: listOptions(ctx, fund.Sources, true), required: true},
		{kind: askMoney, name: "amount", label: say(ctx, "金额（元）", "Amount (yuan)"), required: true},
		{kind: askLine, name: "document", label: say(ctx, "文号", "Document number")},
		{kind: askWords, name: "note", label: say(ctx, "说明", "Note")},
	}
}

func raisingMade(f filling) (any, error) {
	amount, err := f.fen("amount")
	return fund.Raise{Source: f.typed("source"), Fen: amount, Document: f.typed("document"), Note: f.text("note")}, err
}

func reversalFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "line", label: say(ctx, "哪一笔发放", "Which payment"), options: f.payments(ctx), required: true},
		{kind: askOne, name: "why", label: say(ctx, "原因", "Why"), options: listOptions(ctx, household.ReversalReasons, true), required: true},
		{kind: askWords, name: "note", label: say(ctx, "经过", "How it came"), required: true},
	}
}

func reversalMade(f filling) (any, error) {
	list, id := listAndHousehold(f.typed("line"))
	return fund.Reverse{List: list, Household: id, Reason: f.typed("why"), Note: f.text("note")}, nil
}

func fundCorrectionFields(ctx context.Context, f filling) []input {
	return []input{
		{kind: askOne, name: "event", label: say(ctx, "有误的登记", "The wrong entry"), options: f.fundEntries(ctx), required: true,
			hint: say(ctx, "划去后保留，正确的另行登记。发放不作废，有误的逐户冲销。", "It is struck through and stays. Payments are not struck: they are taken back one by one.")},
		{kind: askWords, name: "reason", label: say(ctx, "错在哪里", "What is wrong"), required: true},
	}
}

func fundCorrectionMade(f filling) (any, error) {
	return fund.VoidFundFact{Event: f.typed("event"), Reason: f.text("reason")}, nil
}
