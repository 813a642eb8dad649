package api

import "shouwang/domain/household"

func (s *server) reviews() {
	g := s.about("上报与审核")
	onHousehold[household.ReportByVillage](g, "village-reports", "村级上报")
	onHousehold[household.ReviewByTownship](g, "township-reviews", "乡镇审核")
	onHousehold[household.ReturnCase](g, "returns", "退回")
}
