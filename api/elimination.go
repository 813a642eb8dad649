package api

import "shouwang/domain/household"

func (s *server) eliminations() {
	g := s.about("风险消除")
	onHousehold[household.ProposeElimination](g, "elimination-proposals", "提出风险消除")
	onHousehold[household.DecideElimination](g, "elimination-decisions", "评估认定（县级）")
	onHousehold[household.DeferElimination](g, "elimination-deferrals", "暂缓消除")
	onHousehold[household.WithholdMark](g, "withheld-marks", "暂不标注")
	onHousehold[household.MarkSystem](g, "system-marks", "系统标注")
}
