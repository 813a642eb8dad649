package code

import "slices"

// Channel is how a risk came to notice (发现渠道, S4.8).
type Channel string

const (
	SelfApplication   Channel = "self_application"
	CadreCheck        Channel = "cadre_check"
	DepartmentWarning Channel = "department_warning"
	PublicSupervision Channel = "public_supervision"
	SystemAnalysis    Channel = "system_analysis"
)

// Channels of discovery.
var Channels = List{
	{"self_application", "农户自主申报", "self application"},
	{"cadre_check", "干部走访排查", "cadre check"},
	{"department_warning", "部门筛查预警", "department warning"},
	{"public_supervision", "社会监督发现", "public supervision"},
	{"system_analysis", "系统数据分析", "system analysis"},
}

// ApplicationForms are the ways a household applies (S2.13, S4.9).
var ApplicationForms = List{
	{"scan", "扫码申报", "by scanning a code"},
	{"quick_report", "“一键报贫”", "the province's one-key report"},
	{"app", "手机APP", "by mobile app"},
	{"hotline_12317", "12317服务平台", "hotline 12317"},
	{"written", "书面申请", "in writing"},
	{"oral", "口头申报", "by word of mouth"},
}

// ClueResults are how verifying a clue may end (DOMAIN 2.2).
var ClueResults = List{
	{"risk", "存在风险", "risk found"},
	{"no_risk", "核实无风险", "no risk found"},
	{"single_measure", "单项措施即可", "a single measure is enough"},
	{"duplicate", "重复线索", "duplicate"},
	{"already_monitored", "已是监测对象", "already monitored"},
	{"not_found", "查无此户", "no such household"},
}

// Vias say how a clue came within its channel (来源途径): S2.12, S2.13, S4.8, S4.9
// and the codes of DOMAIN 6.8.
var Vias = List{
	{"scan", "扫码申报", "by scanning a code"},
	{"app", "手机APP", "by mobile app"},
	{"written", "书面申请", "in writing"},
	{"oral", "口头申报", "by word of mouth"},
	{"hotline_12317", "12317服务平台", "hotline 12317"},
	{"routine_check", "常态化排查", "routine check"},
	{"concentrated_check", "集中排查", "concentrated check"},
	{"data_sharing", "部门信息共享", "data shared by a department"},
	{"screening", "部门筛查", "screening by a department"},
	{"petition", "信访", "petition"},
	{"media", "新闻媒体", "media"},
	{"complaint", "投诉举报", "complaint"},
	{"model", "系统比对模型", "comparison by the system"},
	{"quick_report", "“一键报贫”", "the province's one-key report"},
	{"rapid_response", "“防贫监测快速响应程序”", "the province's rapid response programme"},
}

var viasOf = map[Channel][]string{
	SelfApplication:   {"scan", "app", "written", "oral", "hotline_12317", "quick_report"},
	CadreCheck:        {"routine_check", "concentrated_check", "rapid_response"},
	DepartmentWarning: {"data_sharing", "screening"},
	PublicSupervision: {"petition", "media", "complaint", "hotline_12317"},
	SystemAnalysis:    {"model", "data_sharing", "rapid_response"},
}

// Brings says whether clues of the channel may come this way.
func (c Channel) Brings(via string) bool { return slices.Contains(viasOf[c], via) }

// Finders are the people of the grid who find clues (网格化监测, S2.14). They need
// hold no office.
var Finders = List{
	{"township_cadre", "乡镇干部", "township cadre"},
	{"village_cadre", "村干部", "village cadre"},
	{"resident_team", "驻村干部", "resident team member"},
	{"paired_cadre", "结对帮扶干部", "paired assistance cadre"},
	{"grid_worker", "网格员", "grid worker"},
	{"party_member", "党员", "party member"},
	{"representative", "村民代表", "villagers' representative"},
	{"group_head", "村民小组长（社长）", "head of the villagers' group"},
}

// AnalysisConclusions are how a poverty analysis (贫情分析) may end.
var AnalysisConclusions = List{
	{"propose", "建议农户申报", "the household should apply"},
	{"watch", "持续关注", "to be watched"},
	{"no_risk", "无返贫致贫风险", "no risk"},
}

// Shortfalls are causes in the work itself (S2.11: 工作、责任、政策落实不到位).
var Shortfalls = List{
	{"work", "工作落实不到位", "work not carried out"},
	{"responsibility", "责任落实不到位", "duty not carried out"},
	{"policy", "政策落实不到位", "policy not carried out"},
}
