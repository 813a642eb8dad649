package api

import "shouwang/domain/household"

func (s *server) corrections() {
	g := s.about("更正")
	onHousehold[household.VoidFact](g, "corrections", "更正：作废一条记录")
	onHousehold[household.ConsentToCorrection](g, "correction-consents", "同意更正")
}
