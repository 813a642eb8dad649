package api

import "shouwang/domain/household"

func (s *server) visits() {
	g := s.about("走访")
	onHousehold[household.RecordVisit](g, "visits", "登记走访")
	onHousehold[household.RecordGroup](g, "special-groups", "列入或不再列入特殊群体（六必访、六必查）")
}
