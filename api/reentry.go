package api

import "shouwang/domain/household"

func (s *server) reentries() {
	g := s.about("回退、撤销与减少")
	onHousehold[household.RollBackElimination](g, "elimination-rollbacks", "风险消除回退")
	onHousehold[household.RevokeInclusion](g, "inclusion-revocations", "撤销认定")
	onHousehold[household.CloseNaturally](g, "natural-closings", "自然减少")
	onHousehold[household.RecordFall](g, "falls", "实际返贫、致贫")
	onHousehold[household.RightShortfall](g, "shortfall-rightings", "工作、责任、政策落实不到位的整改")
}
