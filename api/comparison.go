package api

import "shouwang/domain/household"

func (s *server) comparisons() {
	g := s.about("信息比对")
	onHousehold[household.ReturnComparison](g, "comparisons", "信息比对结果")
	onHousehold[household.ExplainHit](g, "hit-explanations", "疑点核实")
}
