package api

import "shouwang/domain/household"

func (s *server) members() {
	g := s.about("家庭成员")
	onHousehold[household.AddMember](g, "members", "家庭成员增加")
	movesBetween[household.RecordLeaving](g, "leavings", "家庭成员减少；写明去向农户和关系的同时转入该户")
	onHousehold[household.RecordResidence](g, "residences", "户在人不在、人在户不在")
	onHousehold[household.SupplyDocument](g, "id-documents", "补登证件")
	onHousehold[household.AssessLabour](g, "labour-assessments", "劳动能力认定")
	onHousehold[household.ChangeHead](g, "head-changes", "户主变更")
	onHousehold[household.RecordHealth](g, "health-records", "登记健康和残疾状况（密封）")
	splits(g)
	movesBetween[household.MergeHousehold](g, "merges", "并户：成员转入他户，本户结束")
}
