package api

import "shouwang/domain/household"

func (s *server) members() {
	g := s.about("家庭成员")
	onHousehold[household.AddMember](g, "members", "家庭成员增加")
	onHousehold[household.RecordLeaving](g, "leavings", "家庭成员减少")
	onHousehold[household.RecordResidence](g, "residences", "户在人不在、人在户不在")
	onHousehold[household.SupplyDocument](g, "id-documents", "补登证件")
	onHousehold[household.AssessLabour](g, "labour-assessments", "劳动能力认定")
	onHousehold[household.ChangeHead](g, "head-changes", "户主变更")
	onHousehold[household.SplitHousehold](g, "splits", "分户")
}
