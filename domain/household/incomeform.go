package household

import (
	"strings"

	"shouwang/domain/code"
)

// The income and expenditure sheet (收支测算表) has five parts from which the net
// income per head is computed, and two that stand beside it (DOMAIN 3.6). The
// sources give the form's title only (S1.40, form 3-2): the parts are those
// that other counties' forms share, the items under them and their order are
// this system's own.

// IncomeKinds are the parts of the sheet.
var IncomeKinds = code.List{
	{Code: "wage", ZH: "工资性收入", EN: "wages"},
	{Code: "business", ZH: "生产经营性收入", EN: "household business"},
	{Code: "property", ZH: "财产性收入", EN: "property"},
	{Code: "transfer", ZH: "转移性收入", EN: "transfers"},
	{Code: "business_cost", ZH: "生产经营性支出", EN: "costs of household business"},
	{Code: "compensation", ZH: "家庭理赔收入", EN: "compensation received"},
	{Code: "self_paid", ZH: "合规自付支出", EN: "compliant self-paid expenditure"},
}

// IncomeItems are the items of each part: the code begins with its part.
var IncomeItems = code.List{
	{Code: "wage.away", ZH: "外出务工", EN: "work away from home"},
	{Code: "wage.local", ZH: "就近务工", EN: "work nearby"},
	{Code: "wage.public_post", ZH: "公益性岗位", EN: "public-welfare post"},
	{Code: "wage.workshop", ZH: "帮扶车间", EN: "workshop"},
	{Code: "wage.other", ZH: "其他工资性收入", EN: "other wages"},
	{Code: "business.crops", ZH: "种植", EN: "crops"},
	{Code: "business.livestock", ZH: "养殖", EN: "livestock"},
	{Code: "business.trade", ZH: "小规模经营", EN: "small trade"},
	{Code: "business.other", ZH: "其他生产经营性收入", EN: "other business"},
	{Code: "property.land", ZH: "土地流转", EN: "land transfer"},
	{Code: "property.dividend", ZH: "分红", EN: "dividends"},
	{Code: "property.rent", ZH: "出租", EN: "rent"},
	{Code: "property.interest", ZH: "利息", EN: "interest"},
	{Code: "property.other", ZH: "其他财产性收入", EN: "other property"},
	{Code: "transfer.subsistence", ZH: "低保金", EN: "subsistence allowance"},
	{Code: "transfer.destitute", ZH: "特困供养金", EN: "support of the destitute"},
	{Code: "transfer.pension", ZH: "养老金", EN: "pension"},
	{Code: "transfer.disability", ZH: "残疾人补贴", EN: "disability subsidies"},
	{Code: "transfer.farming", ZH: "惠农补贴", EN: "farming subsidies"},
	{Code: "transfer.ecology", ZH: "生态补偿", EN: "ecological compensation"},
	{Code: "transfer.education", ZH: "教育资助", EN: "student aid"},
	{Code: "transfer.relief", ZH: "临时救助", EN: "temporary relief"},
	{Code: "transfer.support", ZH: "赡养费", EN: "support by relatives"},
	{Code: "transfer.other", ZH: "其他转移性收入", EN: "other transfers"},
	{Code: "business_cost.crops", ZH: "种植支出", EN: "costs of crops"},
	{Code: "business_cost.livestock", ZH: "养殖支出", EN: "costs of livestock"},
	{Code: "business_cost.trade", ZH: "小规模经营支出", EN: "costs of small trade"},
	{Code: "business_cost.other", ZH: "其他生产经营性支出", EN: "other costs"},
	{Code: "compensation.insurance", ZH: "保险理赔", EN: "insurance"},
	{Code: "compensation.accident", ZH: "事故赔偿", EN: "accident damages"},
	{Code: "compensation.disaster", ZH: "灾害补偿", EN: "disaster compensation"},
	{Code: "self_paid.medical", ZH: "合规自付医疗支出", EN: "medical, own share"},
	{Code: "self_paid.education", ZH: "合规自付教育支出", EN: "education, own share"},
	{Code: "self_paid.housing", ZH: "住房修缮自付支出", EN: "housing repair, own share"},
	{Code: "self_paid.other", ZH: "其他合规自付支出", EN: "other, own share"},
}

// kindOf is the part of the sheet to which an item belongs.
func kindOf(item string) string {
	kind, _, _ := strings.Cut(item, ".")
	return kind
}

// inNet says how a part counts in the net income: +1, -1, or 0 beside it.
func inNet(kind string) code.Fen {
	switch kind {
	case "business_cost":
		return -1
	case "compensation", "self_paid":
		return 0
	}
	return 1
}

// netOf is the net income (纯收入) of the items: wages, business, property and
// transfers, less the costs of business.
func netOf(items []IncomeItem) code.Fen {
	var net code.Fen
	for _, item := range items {
		net += inNet(item.Kind) * item.Fen
	}
	return net
}
