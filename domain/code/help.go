package code

// MeasureClass is a class of assistance measure (帮扶措施类别).
type MeasureClass string

// MeasureClasses (DOMAIN 3.10).
var MeasureClasses = List{
	{"industry", "产业帮扶", "industry"},
	{"employment", "就业帮扶", "employment"},
	{"finance", "金融帮扶", "finance"},
	{"public_post", "公益性岗位帮扶", "public-welfare post"},
	{"housing", "住房安全保障", "safe housing"},
	{"water", "饮水安全保障", "safe drinking water"},
	{"health", "健康帮扶", "health"},
	{"compulsory_education", "义务教育保障", "compulsory education"},
	{"education", "教育帮扶", "education, other"},
	{"safety_net", "综合保障", "safety net"},
	{"society", "社会帮扶", "help by society"},
	{"relocation", "搬迁", "relocation"},
	{"living_conditions", "生产生活条件改善", "living and production conditions"},
	{"infrastructure", "基础设施建设", "infrastructure"},
	{"motivation", "扶志扶智", "motivation and skills"},
	{"insurance", "保险帮扶", "insurance"},
}

// Development says whether the class is 开发式帮扶 (a development measure).
func (m MeasureClass) Development() bool {
	return m == "industry" || m == "employment" || m == "finance" || m == "public_post"
}

// OfficerRole tells the two responsible persons of a household apart.
type OfficerRole string

const (
	MonitoringOfficer OfficerRole = "monitoring"
	AssistanceOfficer OfficerRole = "assistance"
)

// OfficerRoles of a household.
var OfficerRoles = List{
	{"monitoring", "监测责任人", "monitoring officer"},
	{"assistance", "帮扶责任人", "assistance officer"},
}

// ReviewResult is what a reviewing level says of a household.
type ReviewResult string

const (
	Pass   ReviewResult = "pass"
	Reject ReviewResult = "reject"
)

// ReviewResults (审核结果); a return (退回) is an act of its own.
var ReviewResults = List{{"pass", "通过", "pass"}, {"reject", "不予通过", "reject"}}

// EliminationResult is what the county says of a proposed elimination.
type EliminationResult string

const (
	Eliminate EliminationResult = "eliminate"
	Defer     EliminationResult = "defer"
	Withhold  EliminationResult = "withhold"
)

// EliminationResults (S4.18; S2.26 暂缓; S2.27 暂不标注).
var EliminationResults = List{
	{"eliminate", "风险消除", "risk eliminated"},
	{"defer", "暂缓消除", "elimination deferred"},
	{"withhold", "暂不标注", "mark withheld"},
}

// EliminationWays (DOMAIN 3.11).
var EliminationWays = List{
	{"by_assistance", "帮扶消除", "by assistance"},
	{"natural", "自然消除", "natural"},
}

// Weaknesses are why an elimination would not be stable (S2.26).
var Weaknesses = List{
	{"unstable_income", "收入不稳定", "unstable income"},
	{"rigid_expenditure", "刚性支出不可控", "rigid expenditure out of control"},
	{"depends_on_help", "取消帮扶即出现返贫致贫风险", "would be at risk at once without help"},
}

// ConcentratedVisit is a visit of a concentrated check (集中排查).
const ConcentratedVisit = "concentrated"

// VisitKinds (DOMAIN 6.8; S4.11, S4.12).
var VisitKinds = List{
	{"routine", "日常走访", "routine"},
	{"must_visit", "六必访", "must visit"},
	{"must_check", "六必查", "must check"},
	{"concentrated", "集中排查", "concentrated check"},
	{"review", "复核", "review"},
}

// ComparisonSources are whom a household's data are compared with (DOMAIN 3.5).
var ComparisonSources = List{
	{"public_security", "公安（户籍、车辆）", "public security"},
	{"real_estate", "不动产登记", "real-estate register"},
	{"market", "市场监管（工商登记）", "business register"},
	{"finance", "财政供养", "public payroll"},
	{"social_insurance", "人社（社保）", "social insurance"},
	{"tax", "税务", "tax"},
	{"civil_affairs", "民政", "civil affairs"},
	{"housing_fund", "住房公积金", "housing fund"},
}

// HitKinds are what a comparison may bring up.
var HitKinds = List{
	{"car", "小轿车", "private car"},
	{"large_vehicle", "大型农机或工程机械", "large vehicle or machine"},
	{"commercial_housing", "商品房", "commercial housing"},
	{"company", "工商注册", "company or business"},
	{"public_payroll", "财政供养人员", "person on the public payroll"},
	{"village_cadre", "村干部", "village cadre at home"},
	{"deposits", "大额存款", "large deposits"},
	{"other", "其他", "other"},
}

// Departments that warn, compare and help.
var Departments = List{
	{"rural_revitalisation", "乡村振兴", "rural revitalisation"},
	{"medical_insurance", "医保", "medical insurance"},
	{"education", "教育", "education"},
	{"civil_affairs", "民政", "civil affairs"},
	{"housing", "住建", "housing and construction"},
	{"water", "水利", "water"},
	{"health", "卫健", "health"},
	{"human_resources", "人社", "human resources"},
	{"emergency", "应急", "emergency management"},
	{"disabled_persons", "残联", "disabled persons' federation"},
	{"public_security", "公安", "public security"},
	{"agriculture", "农业农村", "agriculture"},
	{"finance", "财政", "finance"},
	{"petitions", "信访", "petitions"},
	{"development_reform", "发展改革", "development and reform"},
	{"transport", "交通运输", "transport"},
	{"publicity", "宣传", "publicity"},
	{"financial_supervision", "金融监管", "financial supervision"},
	{"central_bank", "人民银行", "central bank"},
	{"township", "乡镇党委政府", "township"},
	{"other", "其他", "other"},
}

// Systems into which households are entered and marked.
var Systems = List{
	{"national_poverty", "全国扶贫开发信息系统", "national poverty alleviation system"},
	{"national_monitoring", "全国防返贫监测信息系统", "national monitoring system against falling back"},
	{"provincial", "省级平台", "provincial platform"},
	{"local", "市县级平台", "platform of a prefecture or county"},
}
