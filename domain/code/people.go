package code

// Labour is a member's ability to work (劳动技能).
type Labour string

// Labours as the collection form has them (DOMAIN 6.6).
var Labours = List{
	{"ordinary", "普通劳动力", "ordinary labour"},
	{"skilled", "技能劳动力", "skilled labour"},
	{"weak", "弱劳动力或半劳动力", "weak or half labour"},
	{"lost", "丧失劳动力", "labour lost"},
	{"none", "无劳动力", "no labour"},
}

// Any says whether a member with it counts as labour: a household none of whose
// members does is 整户无劳动力.
func (l Labour) Any() bool { return l == "ordinary" || l == "skilled" || l == "weak" }

// Willingness of a member to take up work or a development measure (S4.17).
var Willingness = List{
	{"willing", "有劳动意愿", "willing to work"},
	{"unwilling", "无劳动意愿", "not willing to work"},
}

// Relations to the head of the household (与户主关系).
var Relations = List{
	{"head", "户主", "head"},
	{"spouse", "配偶", "spouse"},
	{"son", "之子", "son"},
	{"daughter", "之女", "daughter"},
	{"daughter_in_law", "之儿媳", "daughter-in-law"},
	{"son_in_law", "之女婿", "son-in-law"},
	{"grandchild", "之孙子女", "grandchild"},
	{"parent", "之父母", "parent"},
	{"grandparent", "之祖父母", "grandparent"},
	{"sibling", "之兄弟姐妹", "brother or sister"},
	{"other", "其他", "other"},
}

// Sexes after GB/T 2261.1.
var Sexes = List{{"1", "男", "male"}, {"2", "女", "female"}}

// KinRelations are the relations that an official declares (近亲属备案) and because
// of which he recuses.
var KinRelations = List{
	{"spouse", "配偶", "spouse"},
	{"lineal", "直系血亲", "lineal relative by blood"},
	{"collateral", "三代以内旁系血亲", "collateral relative within three generations"},
	{"in_law", "近姻亲", "near relative by marriage"},
}

// NoDocumentReasons say why a member has no ID document yet.
var NoDocumentReasons = List{
	{"newborn", "新生儿尚未落户", "newborn, not yet registered"},
	{"lost", "证件遗失补办中", "lost, being replaced"},
	{"unregistered", "尚未登记户口", "not in the household register"},
}

// JoinReasons say why somebody became a member.
var JoinReasons = List{
	{"birth", "出生", "birth"},
	{"marriage", "婚入", "marriage"},
	{"return", "迁回", "moved back"},
	{"adoption", "收养", "adoption"},
	{"omitted", "原登记遗漏", "left out when registered"},
	{"merge", "并户", "household merged into this one"},
	{"moved", "迁入", "moved in"},
}

// LeaveReasons say why somebody is no longer a member.
var LeaveReasons = List{
	{"death", "死亡", "death"},
	{"marriage", "婚出", "marriage"},
	{"moved", "迁出", "moved away"},
	{"split", "分户", "household split"},
	{"merged", "并入他户", "merged into another household"},
}

// InclusionEndings say why an inclusion ended before anybody decided on it (识别终止).
var InclusionEndings = List{
	{"appraisal_rejected", "民主评议未通过", "the appraisal did not pass"},
	{"withdrawn", "农户撤回申请", "the household withdrew"},
	{"no_risk", "核实无风险", "no risk after all"},
}

// NaturalClosings are the reasons of 自然减少.
var NaturalClosings = List{
	{"death", "整户死亡", "all members died"},
	{"moved", "整户迁出", "the household moved away"},
	{"merged", "并入他户", "merged into another household"},
}

// Signatures are the ways a letter is signed (承诺授权).
var Signatures = List{
	{"signed", "签字", "signed by hand"},
	{"fingerprint", "按手印", "fingerprint"},
	{"signed_and_fingerprint", "签字并按手印", "signed and fingerprint"},
	{"electronic", "电子签名", "electronic signature"},
}

// Capacity is what an appointment entitles a person to act as (履职身份).
type Capacity string

const (
	VillageCadre      Capacity = "village_cadre"
	VillageSecretary  Capacity = "village_secretary"
	ResidentTeam      Capacity = "resident_team"
	GridWorker        Capacity = "grid_worker"
	TownshipCadre     Capacity = "township_cadre"
	TownshipReviewer  Capacity = "township_reviewer"
	CountyOfficer     Capacity = "county_officer"
	CountyDecider     Capacity = "county_decider"
	DepartmentOfficer Capacity = "department_officer"
	PairedCadre       Capacity = "paired_cadre"
	Inspector         Capacity = "inspector"
	NoticeInspector   Capacity = "notice_inspector"
	Auditor           Capacity = "auditor"
)

// Capacities of appointments.
var Capacities = List{
	{"village_cadre", "村“两委”干部", "village cadre"},
	{"village_secretary", "村党组织书记", "village party secretary"},
	{"resident_team", "驻村工作队员", "resident team member"},
	{"grid_worker", "网格员", "grid worker"},
	{"township_cadre", "乡镇包村干部", "township cadre in charge of the village"},
	{"township_reviewer", "乡镇审核人", "township reviewer"},
	{"county_officer", "县级经办人", "county officer"},
	{"county_decider", "县级审定人", "county decider"},
	{"department_officer", "行业部门经办人", "department officer"},
	{"paired_cadre", "结对帮扶干部", "paired assistance cadre"},
	{"inspector", "监督检查人员", "inspector"},
	{"notice_inspector", "公示检查人员", "notice inspector"},
	{"auditor", "审计人员", "auditor"},
}

// SeatOf is in which capacity an official usually sits in an appraisal meeting (S1.12),
// "" if in none of his own.
func SeatOf(c Capacity) string {
	switch c {
	case VillageCadre, VillageSecretary:
		return "village_committee"
	case ResidentTeam:
		return "resident_team"
	case GridWorker:
		return "representative"
	case TownshipCadre:
		return "township_cadre"
	}
	return ""
}

// AttendeeCapacities are the capacities in which people sit in an appraisal
// meeting (S1.12; DOMAIN 3.3).
var AttendeeCapacities = List{
	{"village_committee", "村“两委”干部", "village two committees"},
	{"representative", "村民代表", "villagers' representative"},
	{"party_member", "党员代表", "party members' representative"},
	{"group_head", "村民小组长", "head of the villagers' group"},
	{"resident_team", "驻村工作队员", "resident team"},
	{"township_cadre", "包村干部", "township cadre in charge of the village"},
}
