package api

import "shouwang/domain/household"

func (s *server) surveys() {
	g := s.about("入户调查")
	onHousehold[household.SurveyHome](g, "surveys", "入户调查、入户核实")
	onHousehold[household.RecordRisk](g, "risks", "登记风险")
	onHousehold[household.EndRisk](g, "risk-endings", "风险消除项")
}
