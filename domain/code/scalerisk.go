package code

// ScaleRisks are what may push many households back at once (规模性返贫风险, S2.10):
// natural disasters, emergencies, markets, failed projects, and villages that are
// weak as a whole.
var ScaleRisks = List{
	{"flood_drought", "水旱灾害", "flood or drought"},
	{"hail", "冰雹灾害", "hail"},
	{"earthquake", "地震灾害", "earthquake"},
	{"biological", "生物灾害", "biological disaster"},
	{"wind", "风灾", "wind"},
	{"traffic", "交通事故", "traffic accident"},
	{"farm_machine", "农机具伤人", "injury by farm machines or tools"},
	{"fire", "火灾", "fire"},
	{"epidemic", "疫情", "epidemic"},
	{"price_fall", "大宗农副产品价格下跌", "price fall of bulk farm products"},
	{"unemployment", "失业明显增多", "rising unemployment"},
	{"project_failed", "乡村产业项目失败", "failed village project"},
	{"contract_ended", "合作企业突然终止合同", "sudden end of contract by a cooperating firm"},
	{"endemic_village", "地方病集中村", "endemic-disease village"},
	{"empty_nest_village", "空巢老人村", "empty-nest village"},
}
