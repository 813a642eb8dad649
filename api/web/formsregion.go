package web

import (
	"context"

	"shouwang/domain/code"
	"shouwang/domain/office"
	"shouwang/domain/policy"
)

// regionForms are the regions by their days, and the income line of a year.
func regionForms() []placeForm {
	return []placeForm{
		{name: "region", zh: "登记行政区划", en: "Establish a region", under: "/places", who: countyOnly, plain: true, fields: regionFields, make: regionMade},
		{name: "region-name", zh: "行政区划更名", en: "Rename a region", under: "/places", who: countyOnly, plain: true, fields: regionNameFields, make: regionNameMade},
		{name: "region-merger", zh: "行政区划撤并", en: "Merge a region into another", under: "/places", who: countyOnly, plain: true, fields: regionMergerFields, make: regionMergerMade},
		{name: "income-line", zh: "年度监测范围（收入线）", en: "Income line of a year", under: "/packs", who: countyOnly, plain: true, fields: lineFieldsOf, make: lineMade},
	}
}

func regionFields(ctx context.Context, f filling) []input {
	return []input{
		f.placeInput(ctx, "place", "上级区划", "Within", code.County, code.Township, code.Village),
		{kind: askLine, name: "code", label: say(ctx, "区划代码（2至15位数字）", "Its code (2 to 15 digits)"), required: true},
		{kind: askLine, name: "name", label: say(ctx, "名称", "Name"), required: true},
		{kind: askOne, name: "level", label: say(ctx, "层级", "Level"), options: listOptions(ctx, code.Levels, true), required: true},
		fromDay(ctx, f),
	}
}

func regionMade(f filling) (any, error) {
	from, err := f.day("from")
	return office.RegionEstablished{Code: f.typed("code"), Name: f.typed("name"), Level: code.Level(f.typed("level")), Parent: f.typed("place"), From: from}, err
}

func regionNameFields(ctx context.Context, f filling) []input {
	return []input{f.placeInput(ctx, "place", "哪个区划", "Which region"), {kind: askLine, name: "name", label: say(ctx, "新名称", "New name"), required: true}, fromDay(ctx, f)}
}

func regionNameMade(f filling) (any, error) {
	from, err := f.day("from")
	return office.RegionRenamed{Code: f.typed("place"), Name: f.typed("name"), From: from}, err
}

func regionMergerFields(ctx context.Context, f filling) []input {
	return []input{
		f.placeInput(ctx, "place", "撤销的区划", "The region that ends"),
		f.placeInput(ctx, "into", "并入的区划", "Into which it goes"),
		{kind: askDay, name: "from", label: say(ctx, "新区划自哪天起承接", "First day of the successor"), first: f.v.today.String(), required: true},
		{kind: askLine, name: "document", label: say(ctx, "批复文号", "Document number"), hint: say(ctx, "原区划下的档案编号不变，由新区划承接。", "What was recorded under the old code keeps it and is found through the successor.")},
	}
}

func regionMergerMade(f filling) (any, error) {
	from, err := f.day("from")
	return office.RegionMerged{Code: f.typed("place"), Successor: f.typed("into"), From: from, Document: f.typed("document")}, err
}

func lineFieldsOf(ctx context.Context, f filling) []input {
	return []input{
		f.placeInput(ctx, "place", "适用地区", "Where", code.County),
		{kind: askNumber, name: "year", label: say(ctx, "年度", "Year"), required: true},
		{kind: askNumber, name: "yuan", label: say(ctx, "收入线（元／人）", "Line (yuan for each person)"), required: true},
		{kind: askOne, name: "red", label: say(ctx, "哪一条线", "Which line"), options: []option{{"", say(ctx, "监测范围", "of monitoring")}, {"red", say(ctx, "红色预警", "of the red warning")}}},
		{kind: askOne, name: "level", label: say(ctx, "由哪一级确定（办法写明时填）", "Set by which level (where the pack says so)"), options: listOptions(ctx, code.Levels, true)},
		{kind: askLine, name: "document", label: say(ctx, "依据文件", "Document"), required: true},
	}
}

func lineMade(f filling) (any, error) {
	return policy.LineSet{Region: f.typed("place"), Year: number(f.typed("year")), Yuan: int64(number(f.typed("yuan"))), Document: f.typed("document"),
		Level: code.Level(f.typed("level")), Red: f.typed("red") == "red"}, nil
}
