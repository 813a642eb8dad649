package demonstration

import (
	"math/rand/v2"

	"shouwang/domain/code"
)

// risk is what people write about a risk, and what helps against it.
type risk struct {
	code      code.Risk
	clue      code.Text
	survey    code.Text
	problem   code.Text
	opinion   code.Text
	ended     code.Text
	guarantee code.Guarantee // that fails with it
	measures  []measure
}

// measure is a kind of help with its department and yearly cost.
type measure struct {
	class      code.MeasureClass
	content    code.Text
	department string
	yuan       int64
}

// risks are those that the plan deals out, the frequent ones first.
var risks = []risk{
	{code: "illness", clue: "家中主要劳动力患病住院，自付医疗费用较高", survey: "病历和住院票据已核，自付费用数额较大，家庭积蓄用尽", problem: "因病支出大，收入骤减",
		opinion: "因病刚性支出较大，情况属实，同意", ended: "经治疗病情稳定，已恢复劳动，医疗费用已报销到位",
		measures: []measure{{"health", "落实基本医保、大病保险、医疗救助三重保障", "medical_insurance", 6000}, {"safety_net", "申请临时救助", "civil_affairs", 3000}}},
	{code: "unstable_work", clue: "外出务工人员返乡，无稳定工资收入", survey: "务工合同到期未续，近三个月无工资收入", problem: "务工就业不稳，工资性收入减少",
		opinion: "务工收入中断，情况属实，同意", ended: "已在县内企业稳定就业满六个月",
		measures: []measure{{"employment", "介绍到县工业园区务工并发放交通补助", "human_resources", 1500}, {"motivation", "参加家政服务技能培训", "human_resources", 800}}},
	{code: "disability", clue: "家庭成员伤残后丧失部分劳动能力", survey: "残疾人证已核，需长期护理", problem: "因残缺少劳力，护理支出大",
		opinion: "因残致困，情况属实，同意", ended: "落实残疾人两项补贴，护理负担减轻，收入稳定",
		measures: []measure{{"safety_net", "落实残疾人生活补贴和护理补贴", "civil_affairs", 2400}, {"health", "配发辅助器具并签约家庭医生", "disabled_persons", 900}}},
	{code: "industry_failure", clue: "养殖户疫病损失，贷款未还", survey: "圈舍和账目已查，存栏损失过半", problem: "产业失败，经营性收入亏损",
		opinion: "产业受损，情况属实，同意", ended: "补栏后已恢复出栏，贷款按期偿还",
		measures: []measure{{"insurance", "办理养殖保险理赔", "agriculture", 2000}, {"finance", "办理脱贫人口小额信贷", "finance", 50000}}},
	{code: "schooling", clue: "家中两名子女在外就学，学费生活费负担重", survey: "在校证明已核，教育支出占收入一半以上", problem: "因学支出大",
		opinion: "教育支出较大，情况属实，同意", ended: "子女毕业就业，教育支出已减少",
		measures: []measure{{"education", "落实雨露计划和助学贷款", "education", 3000}, {"society", "社会力量结对助学", "civil_affairs", 2000}}},
	{code: "natural_disaster", clue: "冰雹使承包地作物大面积减产", survey: "受灾地块已现场查看，减产六成以上", problem: "因灾减产，经营性收入下降",
		opinion: "受灾情况属实，同意", ended: "补种和救灾资金到位，收成已恢复",
		measures: []measure{{"industry", "发放种子化肥恢复生产", "agriculture", 1800}, {"insurance", "办理农业保险理赔", "agriculture", 2600}}},
	{code: "accident", clue: "主要劳动力遭遇交通事故，住院手术", survey: "事故认定书和住院票据已核，后续康复费用较高", problem: "突发意外事故，医疗支出大",
		opinion: "突发事故致困，情况属实，同意", ended: "伤情痊愈，赔偿到位，收入恢复",
		measures: []measure{{"health", "落实医疗救助", "medical_insurance", 8000}, {"safety_net", "发放急难临时救助", "civil_affairs", 5000}}},
	{code: "housing", clue: "住房墙体开裂，雨季有安全隐患", survey: "住房经鉴定为C级危房", problem: "住房安全无保障", guarantee: "housing",
		opinion: "住房鉴定属实，同意", ended: "危房改造完工，经验收达到安全标准",
		measures: []measure{{"housing", "实施农村危房改造", "housing", 20000}}},
	{code: "water", clue: "水源干涸，拉水饮用", survey: "现场查看，取水往返四十分钟以上", problem: "饮水安全无保障", guarantee: "water",
		opinion: "饮水困难属实，同意", ended: "管网延伸入户，水量水质达标",
		measures: []measure{{"water", "自来水管网延伸入户", "water", 3500}}},
}

// noLabour is the risk of households wholly without labour.
var noLabour = risk{code: "lack_of_labour", clue: "老人年迈体弱，家中无人能劳动", survey: "家中无劳动力，生活靠养老金和低保", problem: "整户无劳动力，收入来源单一",
	opinion: "整户无劳动力，情况属实，同意", ended: "落实兜底保障",
	measures: []measure{{"safety_net", "纳入农村低保", "civil_affairs", 5400}, {"health", "家庭医生签约和慢病管理", "health", 300}, {"living_conditions", "改造厨厕，铺设院内硬化路面", "rural_revitalisation", 2500}}}

// development is help by which a household earns.
var development = []measure{
	{"industry", "发展肉羊养殖，发放基础母羊", "agriculture", 6000},
	{"public_post", "安排乡村公益性岗位（保洁员）", "human_resources", 6000},
	{"industry", "种植设施蔬菜，补助棚膜", "agriculture", 4000},
	{"employment", "参加劳务输转，发放一次性交通补助", "human_resources", 600},
	{"industry", "发展庭院经济，补助果树苗", "agriculture", 1500},
	{"industry", "入股合作社分红", "agriculture", 2000},
}

// further is help that suits everybody.
var further = []measure{
	{"insurance", "投保防返贫综合保险", "rural_revitalisation", 120},
	{"health", "代缴城乡居民医保部分个人费用", "medical_insurance", 175},
	{"motivation", "参加实用技术培训", "agriculture", 300},
	{"society", "县直单位结对帮扶慰问", "rural_revitalisation", 500},
	{"living_conditions", "改造户用卫生厕所", "rural_revitalisation", 2000},
}

var (
	visitNotes = []code.Text{
		"查看生产生活情况，政策落实到位，家中平稳", "了解近期务工收入，叮嘱按时参保", "宣讲医保和低保政策，收集诉求一条",
		"查看羊圈和存栏，长势良好", "核对明白卡，补助资金已到账", "了解老人身体状况，药品按时领取", "查看住房和饮水，均安全",
	}
	noRiskReasons = []code.Text{
		"入户核实，费用已报销到位，家庭收入稳定，无返贫致贫风险", "所反映情况已由子女承担，收入高于监测范围", "车辆系正常经营所用，家庭收入稳定，无风险", "住房经查看安全，无需纳入监测",
	}
	rejectReasons = []code.Text{
		"家中有经营性门面，收入稳定，不符合纳入条件", "家庭收入明显高于监测范围，支出已报销", "子女在外购房并赡养老人，不符合纳入条件",
	}
	warnings = []struct {
		department string
		content    code.Text
	}{
		{"medical_insurance", "近三个月个人自付医疗费用超过预警线"}, {"civil_affairs", "低保边缘家庭，刚性支出较大"},
		{"education", "家中学生申请困难资助"}, {"emergency", "受灾户，房屋受损"}, {"disabled_persons", "新办重度残疾人证"},
	}
)

// pick returns one of the list.
func pick[T any](random *rand.Rand, list []T) T { return list[random.IntN(len(list))] }

// riskOf returns the texts of a risk.
func riskOf(c code.Risk) risk {
	for _, r := range risks {
		if r.code == c {
			return r
		}
	}
	return noLabour
}
